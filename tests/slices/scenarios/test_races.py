"""Many at once: one conversation, one row for a turn, on both databases."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import sqlalchemy as sa

from coach.activity.models import Event
from coach.db import session
from coach.scenarios import events
from coach.scenarios.models import Conversation, ConversationTurn
from tests.client import Browser, hidden_fields
from tests.slices.assessments.test_races import RACERS, race, sends
from tests.slices.scenarios.conftest import Played, begin, say

Opens = Callable[..., Browser]


def _answers_at_once(
    browser: Opens, conversation_id: uuid.UUID, position: int, ids: list[str]
) -> list[tuple[int, str]]:
    path, calls = f"/conversations/{conversation_id}", []
    for n in range(RACERS):
        opened = browser("olivia")
        hidden = hidden_fields(opened.get(path).text, f"{path}/answers/{position}")
        calls.append(sends(opened, f"{path}/answers/{position}", {**hidden, "answer": ids[n % len(ids)]}))
    return race(calls)


def test_sixteen_identical_answers_make_one_turn(browser: Opens, played: Played) -> None:
    conversation_id = begin(browser("olivia"), played.id)
    answers = _answers_at_once(browser, conversation_id, 1, [played.first.best.id])
    assert set(answers) == {(303, f"/conversations/{conversation_id}#now")}
    assert session().scalar(sa.select(sa.func.count()).select_from(ConversationTurn)) == 1


def test_two_different_answers_at_once_keep_the_first(browser: Opens, played: Played) -> None:
    conversation_id = begin(browser("olivia"), played.id)
    answers = _answers_at_once(browser, conversation_id, 1, [answer.id for answer in played.first.answers[:2]])
    assert sorted(status for status, _ in answers) == [303] * 8 + [409] * 8
    assert session().scalar(sa.select(sa.func.count()).select_from(ConversationTurn)) == 1


def test_sixteen_last_answers_end_it_once(browser: Opens, played: Played) -> None:
    opened = browser("olivia")
    conversation_id, node, position = begin(opened, played.id), played.first, 1
    while played.script.nodes[node.best.next].answers:
        say(opened, conversation_id, position, node.best.id)
        node, position = played.script.nodes[node.best.next], position + 1
    answers = _answers_at_once(browser, conversation_id, position, [node.best.id])
    assert set(answers) == {(303, f"/conversations/{conversation_id}")}
    assert session().scalar(sa.select(sa.func.count()).where(Event.verb == events.ENDED)) == 1


def test_sixteen_who_begin_at_once_get_the_same_conversation(browser: Opens, played: Played) -> None:
    path, calls = f"/scenarios/{played.id}", []
    for _ in range(RACERS):
        opened = browser("olivia")
        calls.append(sends(opened, path, hidden_fields(opened.get(path).text, path)))
    answers = set(race(calls))
    kept = session().scalars(sa.select(Conversation)).one()
    assert answers == {(303, f"/conversations/{kept.id}")}
