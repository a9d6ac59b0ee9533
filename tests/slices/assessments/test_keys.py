"""What is right, and why, leaves the server only once the check is handed in."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest

from coach.assessments.models import Attempt
from coach.db import session
from coach.items.models import ItemRevision
from tests.client import Browser
from tests.slices.assessments.conftest import (
    LESSON_CHECK,
    answer_one,
    asked,
    begin,
    fields,
    take,
    wrong_answer,
)


def reasons(value: Any) -> Iterator[str]:
    """Collect every reason of a question, in both languages."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "why":
                yield from inner.values()
            else:
                yield from reasons(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from reasons(inner)


def secrets_of(revisions: list[ItemRevision]) -> set[str]:
    """List what no page may show before: reasons, and the words that are accepted."""
    found = {text for revision in revisions for text in reasons(revision.body)}
    return found | {w for r in revisions for texts in r.body.get("accept", {}).values() for w in texts}


@pytest.mark.parametrize("quiz_id", [LESSON_CHECK, "ho-hear-it-out-check"])
@pytest.mark.parametrize("who", ["olivia", "minho"])
def test_no_answer_before_it_is_handed_in_holds_a_key_or_a_reason(
    who: str, quiz_id: str, browser: Callable[..., Browser]
) -> None:
    opened, seen = browser(who), []
    seen.append(opened.get(f"/checks/{quiz_id}"))
    attempt_id = begin(opened, quiz_id)
    revisions = [revision for _, revision in asked(attempt_id)]
    for position, revision in enumerate(revisions, start=1):
        path = f"/attempts/{attempt_id}/answers/{position}"
        seen.append(opened.get(f"/attempts/{attempt_id}?q={position}"))
        seen.append(opened.post(path, {"answer": ""}, status=422))
        given = fields(revision, wrong_answer(revision.kind, revision.body))
        seen.append(opened.post(path, given))
        seen.append(opened.get(f"/attempts/{attempt_id}?q={position}"))
    seen += [opened.get(path) for path in (f"/attempts/{attempt_id}/finish", f"/checks/{quiz_id}", "/")]
    for answer in seen:
        text = unescape(answer.text) + str(answer.headers)
        for secret in secrets_of(revisions):
            assert secret not in text, f"{answer.request.path} shows {secret!r}"
        for word in ("data-right", "data-score", "fingerprint", '"right"', "is_right"):
            assert word not in text, f"{answer.request.path} holds {word}"


def test_two_pages_of_one_question_differ_in_nothing_but_the_answer_kept(browser: Callable[..., Browser]) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, LESSON_CHECK)

    def shown() -> list[str]:
        lines = opened.get(f"/attempts/{attempt_id}?q=1").text.splitlines()
        return [line for line in lines if "form_key" not in line and "csrf_token" not in line]

    before = shown()
    answer_one(opened, attempt_id, 1, right=True)
    right = shown()
    answer_one(opened, attempt_id, 1, right=False)
    wrong = shown()
    assert len(right) == len(wrong)
    assert sum(a != b for a, b in zip(right, wrong, strict=True)) == 2
    assert len(before) <= len(right)


def test_the_key_of_a_question_that_is_open_in_another_check_waits_for_that_one(
    browser: Callable[..., Browser], begun: Callable[..., Attempt]
) -> None:
    opened = browser("olivia")
    other = begun("olivia", "an-follow-up-and-sum-up-check")
    shared = {item.item_id for item, _ in asked(other.id)}
    attempt_id = take(opened, LESSON_CHECK, right=0)
    closed = [revision for item, revision in asked(attempt_id) if item.item_id in shared]
    shown = [revision for item, revision in asked(attempt_id) if item.item_id not in shared]
    page = unescape(opened.get(f"/attempts/{attempt_id}/result").text)
    assert closed
    assert not [text for text in secrets_of(closed) if text in page]
    assert any(text in page for text in secrets_of(shown))
    assert f"of {len(shown)} right" in page
    assert page.count("The answer shows here once that one is handed in.") == len(closed)
    opened.post(f"/attempts/{other.id}/submit", {"leave_blank": "y"}, on=f"/attempts/{other.id}/finish")
    page = unescape(opened.get(f"/attempts/{attempt_id}/result").text)
    assert f"of {len(shown) + len(closed)} right" in page
    assert any(text in page for text in secrets_of(closed))


def test_no_count_on_a_timeline_tells_of_a_question_that_is_open_again(
    browser: Callable[..., Browser], begun: Callable[..., Attempt]
) -> None:
    opened, other = browser("olivia"), begun("olivia", "an-follow-up-and-sum-up-check")
    shared = {item.item_id for item, _ in asked(other.id)}
    attempt_id = take(opened, LESSON_CHECK, right=99)
    left = sum(item.item_id not in shared for item, _ in asked(attempt_id))
    page = f"/people/{session().get_one(Attempt, attempt_id).person_id}"
    assert 0 < left < 6
    assert f"{left} of {left} right" in opened.get(page).text
    opened.post(f"/attempts/{other.id}/submit", {"leave_blank": "y"}, on=f"/attempts/{other.id}/finish")
    assert "6 of 6 right" in opened.get(page).text


def test_a_coach_who_has_the_question_open_sees_its_key_on_nobody_elses_result(
    browser: Callable[..., Browser], begun: Callable[..., Attempt]
) -> None:
    attempt_id = take(browser("diego"), LESSON_CHECK, right=0)
    opened, own = browser("olivia"), begun("olivia")
    revisions = [revision for _, revision in asked(attempt_id)]
    page = unescape(opened.get(f"/attempts/{attempt_id}/result").text)
    assert not [text for text in secrets_of(revisions) if text in page]
    opened.post(f"/attempts/{own.id}/submit", {"leave_blank": "y"}, on=f"/attempts/{own.id}/finish")
    page = unescape(opened.get(f"/attempts/{attempt_id}/result").text)
    assert any(text in page for text in secrets_of(revisions))


def test_the_reason_of_the_option_chosen_stands_in_the_result(browser: Callable[..., Browser]) -> None:
    opened = browser("olivia")
    attempt_id = take(opened, LESSON_CHECK, right=0)
    page = unescape(opened.get(f"/attempts/{attempt_id}/result").text)
    singles = [(item, revision) for item, revision in asked(attempt_id) if revision.kind == "single"]
    assert singles
    for item, revision in singles:
        answer = item.answer or {}
        chosen = next(option for option in revision.body["options"] if option["id"] == answer["choice"])
        assert chosen["why"]["en"] in page


def test_options_stand_in_another_order_for_other_people_and_the_same_for_one(
    browser: Callable[..., Browser], begun: Callable[..., Attempt]
) -> None:
    orders = set()
    for who in ("olivia", "rian", "diego", "marcus", "leo", "amara"):
        attempt: Attempt = begun(who)
        page = browser(who).get(f"/attempts/{attempt.id}?q=2").text
        again = browser(who).get(f"/attempts/{attempt.id}?q=2").text
        orders.add(_order(page))
        assert _order(page) == _order(again)
    assert len(orders) > 1


def _order(page: str) -> tuple[str, ...]:
    return tuple(part.split('"', 1)[0] for part in page.split('name="answer" value="')[1:])


def test_nobody_takes_the_check_of_somebody_else(
    browser: Callable[..., Browser], begun: Callable[..., Attempt]
) -> None:
    attempt = begun("daehyun", answered=True)
    _, revision = asked(attempt.id)[0]
    given: dict[str, Any] = fields(revision, wrong_answer(revision.kind, revision.body))
    before = [item.answer for item, _ in asked(attempt.id)]
    for who in ("minho", "diego", "taeyang", "sora", "kyungmi", "dana", "ines"):
        opened = browser(who)
        for path in ("", "?q=1", "/finish", "/result"):
            opened.get(f"/attempts/{attempt.id}{path}", status=404)
        opened.post(f"/attempts/{attempt.id}/answers/1", given, on="/", status=404)
        opened.post(f"/attempts/{attempt.id}/submit", {"leave_blank": "y"}, on="/", status=404)
    assert [item.answer for item, _ in asked(attempt.id)] == before


def test_anonymous_is_sent_to_sign_in(browser: Callable[..., Browser]) -> None:
    visitor, nobody = browser(), uuid.UUID(int=1)
    for path in (f"/checks/{LESSON_CHECK}", f"/attempts/{nobody}", f"/attempts/{nobody}/result"):
        visitor.get(path, status=302)
