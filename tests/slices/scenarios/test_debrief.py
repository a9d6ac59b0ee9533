"""The look back says why; until an answer is given, nothing of what it does leaves the server."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from html import unescape

import pytest

from coach.db import session, unit_of_work
from coach.people import services as people
from coach.people.models import Person
from coach.scenarios.script import Script
from coach.scenarios.walk import costliest, walk
from tests.client import Browser
from tests.conftest import TODAY
from tests.slices.scenarios.conftest import Played, begin, play, say

Opens = Callable[..., Browser]


def secrets_of(script: Script) -> set[str]:
    """List what no page may show before the end: every reason, and what each end teaches."""
    answers = [answer for node in script.nodes.values() for answer in node.answers]
    lessons = [node.lesson for node in script.nodes.values() if node.lesson]
    return {words for text in [*(a.why for a in answers), *lessons] for words in (text.en, text.ko)}


@pytest.mark.parametrize("who", ["olivia", "minho"])
def test_no_byte_before_the_end_tells_what_an_answer_does(who: str, browser: Opens, played: Played) -> None:
    opened, seen = browser(who), []
    seen.append(opened.get(f"/scenarios/{played.id}"))
    conversation_id, node, position = begin(opened, played.id), played.first, 1
    path = f"/conversations/{conversation_id}"
    while node.answers:
        page = opened.get(path)
        ahead = {answer.next for answer in node.answers}
        unsaid = [a.text.of(lang) for n in ahead for a in played.script.nodes[n].answers for lang in ("en", "ko")]
        known = unescape(page.text)
        assert not [words for words in unsaid if words in known and words not in _said_here(played, node.id)]
        seen += [page, opened.post(f"{path}/answers/{position}", {"answer": "zz"}, status=422)]
        say(opened, conversation_id, position, node.best.id)
        node, position = played.script.nodes[node.best.next], position + 1
    for answer in seen:
        shown = unescape(answer.text) + str(answer.headers)
        for secret in secrets_of(played.script):
            assert secret not in shown, f"{answer.request.path} shows {secret!r}"
        for word in ("data-trust", "data-deal", "criterion", "fingerprint", "not_met"):
            assert word not in shown, f"{answer.request.path} holds {word}"


def _said_here(played: Played, node_id: str) -> str:
    node = played.script.nodes[node_id]
    return " ".join(answer.text.of(lang) for answer in node.answers for lang in ("en", "ko"))


def test_the_look_back_gives_the_reasons_of_what_was_said(browser: Opens, played: Played) -> None:
    opened = browser("olivia")
    conversation_id, said = play(opened, played, best=False)
    page = unescape(opened.get(f"/conversations/{conversation_id}").text)
    way = walk(played.script, said)
    assert way.node.lesson is not None
    assert way.node.lesson.en in page
    assert all(step.answer.why.en in page for step in way.steps)
    assert page.count("A better answer here") == len(costliest(way.steps))
    for step in way.steps:
        assert (step.node.best.why.en in page) == (step.position in costliest(way.steps) or step.cost == 0)
    assert "What it showed" in page
    assert "A lesson that fits" in page
    assert "Again" in page


def test_who_plays_again_gets_no_reasons_until_it_has_ended(browser: Opens, played: Played) -> None:
    opened = browser("olivia")
    conversation_id, _ = play(opened, played)
    again = begin(opened, played.id)
    page = unescape(opened.get(f"/conversations/{conversation_id}").text)
    assert "You are in this conversation again" in page
    assert f"/conversations/{again}" in page
    assert not [secret for secret in secrets_of(played.script) if secret in page]


def test_coach_and_manager_read_what_has_ended_and_nobody_else(
    browser: Opens, played: Played, cast: Callable[[str], uuid.UUID]
) -> None:
    opened = browser("jiwoo")
    with unit_of_work():
        jiwoo, coach = (session().get_one(Person, cast(key)) for key in ("jiwoo", "taeyang"))
        people.pair_with_coach(jiwoo, by=None, coach=coach, since=TODAY)
    conversation_id = begin(opened, played.id)
    path = f"/conversations/{conversation_id}"
    for who in ("taeyang", "sora", "kyungmi", "dana", "minho"):
        browser(who).get(path, status=404)
    node, position = played.first, 1
    while node.answers:
        say(opened, conversation_id, position, node.best.id)
        node, position = played.script.nodes[node.best.next], position + 1
    for who in ("taeyang", "sora"):
        page = unescape(browser(who).get(path).text)
        assert "data-main" not in page
        assert any(answer.why.of(lang) in page for answer in played.first.answers for lang in ("en", "ko"))
    for who in ("kyungmi", "dana", "minho"):
        browser(who).get(path, status=404)
    browser("sora").post(f"{path}/answers/1", {"answer": "a"}, on="/scenarios", status=404)


def test_the_look_back_speaks_korean(browser: Opens, played: Played) -> None:
    opened = browser("minho")
    conversation_id, _ = play(opened, played, best=False)
    page = unescape(opened.get(f"/conversations/{conversation_id}").text)
    for words in ("무엇이 보였나요", "하나씩 돌아보기", "여기서 더 나은 답", "다시 해 보기", "1번째 답: 믿음"):
        assert words in page
