"""Many at once: one row, one piece of evidence, one answer to all, on both databases."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from coach.access.identity import Identity
from coach.activity.models import Event
from coach.assessments import events, queries, rules, services
from coach.assessments.models import Attempt, AttemptItem, Quiz
from coach.db import session, unit_of_work
from coach.evidence.models import Cell, Evidence
from coach.items.marking import mark
from tests.client import Browser, hidden_fields
from tests.slices.assessments.conftest import LESSON_CHECK, SKILL_CHECK, asked, fields, right_answer, take, wrong_answer

RACERS = 16
Ask = Callable[[], tuple[int, str]]


def race(calls: list[Ask]) -> list[tuple[int, str]]:
    """Let all calls go at the same moment; give status and address of each answer."""
    session().rollback()
    gate, results = threading.Barrier(len(calls)), [(0, "")] * len(calls)

    def run(place: int) -> None:
        gate.wait()
        results[place] = calls[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session().rollback()
    session().expire_all()
    return results


def sends(opened: Browser, path: str, hidden: dict[str, str]) -> Ask:
    """Make a call that posts a form from a browser of its own."""

    def ask() -> tuple[int, str]:
        answer = opened.client.post(path, data=hidden)
        return answer.status_code, answer.headers.get("Location", "")

    return ask


@pytest.mark.parametrize("keys", ["one key", "a key each"])
def test_sixteen_submits_at_once_make_one_result(
    keys: str, browser: Callable[..., Browser], begun: Callable[..., Attempt], cast: Callable[[str], uuid.UUID]
) -> None:
    attempt = begun("olivia", answered=True)
    path = f"/attempts/{attempt.id}/submit"
    first = browser("olivia")
    hidden = hidden_fields(first.get(f"/attempts/{attempt.id}/finish").text, path)
    calls = [sends(first, path, hidden)]
    for _ in range(RACERS - 1):
        other = browser("olivia")
        page = other.get(f"/attempts/{attempt.id}/finish").text
        own = hidden_fields(page, path)
        calls.append(sends(other, path, own if keys == "a key each" else {**own, "form_key": hidden["form_key"]}))
    assert set(race(calls)) == {(303, f"/attempts/{attempt.id}/result")}
    kept = session().scalars(sa.select(Attempt).where(Attempt.person_id == cast("olivia"))).one()
    assert kept.submitted_at is not None
    assert kept.right == 6
    assert session().scalar(sa.select(sa.func.count()).select_from(Evidence)) == 1
    assert session().scalars(sa.select(Cell.pieces)).one() == 1
    assert session().scalar(sa.select(sa.func.count()).where(Event.verb == events.SUBMITTED)) == 1


@pytest.mark.parametrize(("quiz_id", "size"), [(LESSON_CHECK, 6), (SKILL_CHECK, 1)])
def test_sixteen_begin_at_once_and_get_the_same_attempt(
    quiz_id: str, size: int, browser: Callable[..., Browser], cast: Callable[[str], uuid.UUID]
) -> None:
    path, calls = f"/checks/{quiz_id}", []
    for _ in range(RACERS):
        opened = browser("olivia")
        calls.append(sends(opened, path, hidden_fields(opened.get(path).text, path)))
    answers = set(race(calls))
    kept = session().scalars(sa.select(Attempt).where(Attempt.person_id == cast("olivia"))).one()
    assert answers == {(303, f"/attempts/{kept.id}")}
    assert session().scalar(sa.select(sa.func.count()).select_from(AttemptItem)) == size


def test_beginning_again_while_it_is_handed_in_makes_no_second_attempt(
    browser: Callable[..., Browser], begun: Callable[..., Attempt], cast: Callable[[str], uuid.UUID]
) -> None:
    attempt = begun("olivia", answered=True)
    hand_in, start, calls = f"/attempts/{attempt.id}/submit", f"/checks/{LESSON_CHECK}", []
    for n in range(RACERS):
        opened = browser("olivia")
        page = opened.get(f"/attempts/{attempt.id}/finish").text
        calls.append(sends(opened, hand_in if n % 2 else start, hidden_fields(page, hand_in)))
    statuses = {status for status, _ in race(calls)}
    assert statuses <= {303, 422}
    assert session().scalar(sa.select(sa.func.count()).where(Attempt.person_id == cast("olivia"))) == 1


def test_an_answer_changed_while_it_is_handed_in_is_marked_as_it_is_kept_or_refused(
    browser: Callable[..., Browser], begun: Callable[..., Attempt]
) -> None:
    attempt = begun("olivia", answered=True)
    item, revision = asked(attempt.id)[0]
    wrong = fields(revision, wrong_answer(revision.kind, revision.body))
    hand_in, save, calls = f"/attempts/{attempt.id}/submit", f"/attempts/{attempt.id}/answers/1", []
    for n in range(RACERS):
        opened = browser("olivia")
        hidden = hidden_fields(opened.get(f"/attempts/{attempt.id}/finish").text, hand_in)
        calls.append(sends(opened, save, {**hidden, **wrong}) if n % 2 else sends(opened, hand_in, hidden))
    statuses = {status for status, _ in race(calls)}
    item, revision = asked(attempt.id)[0]
    assert statuses <= {303, 409}
    assert item.score == mark(revision.kind, revision.body, item.answer or {})
    assert session().get_one(Attempt, attempt.id).right == 5 + (item.score or 0)


def test_answers_that_race_for_one_place_keep_one_and_put_one_question(
    browser: Callable[..., Browser], begun: Callable[..., Attempt]
) -> None:
    attempt = begun("olivia", SKILL_CHECK)
    save, calls = f"/attempts/{attempt.id}/answers/1", []
    _, revision = asked(attempt.id)[0]
    given = [fields(revision, answer(revision.kind, revision.body)) for answer in (right_answer, wrong_answer)]
    for n in range(RACERS):
        opened = browser("olivia")
        hidden = hidden_fields(opened.get(f"/attempts/{attempt.id}").text, save)
        calls.append(sends(opened, save, {**hidden, **given[n % 2]}))
    statuses = [status for status, _ in race(calls)]
    kept = asked(attempt.id)
    assert sorted(set(statuses)) == [303, 409]
    assert statuses.count(303) == RACERS // 2
    assert [item.position for item, _ in kept] == [1, 2]
    assert kept[0][0].answer is not None
    assert kept[1][0].answer is None


def test_sixteen_last_answers_at_once_hand_a_skill_check_in_once(
    browser: Callable[..., Browser], begun: Callable[..., Attempt], cast: Callable[[str], uuid.UUID]
) -> None:
    attempt = begun("olivia", SKILL_CHECK)
    place = _answer_all_but_the_last(Identity(cast("olivia")), attempt)
    _, revision = asked(attempt.id)[place - 1]
    given = fields(revision, right_answer(revision.kind, revision.body))
    save, calls = f"/attempts/{attempt.id}/answers/{place}", []
    for _ in range(RACERS):
        opened = browser("olivia")
        calls.append(sends(opened, save, {**hidden_fields(opened.get(f"/attempts/{attempt.id}").text, save), **given}))
    assert set(race(calls)) == {(303, f"/attempts/{attempt.id}/result")}
    assert session().scalar(sa.select(sa.func.count()).select_from(Evidence)) == 1
    assert session().scalar(sa.select(sa.func.count()).where(Event.verb == events.SUBMITTED)) == 1


def test_a_limit_of_sittings_holds_when_many_begin_at_once(
    browser: Callable[..., Browser], cast: Callable[[str], uuid.UUID], frozen: time_machine.Traveller
) -> None:
    with unit_of_work() as work:
        quiz = work.get_one(Quiz, LESSON_CHECK)
        quiz.most_attempts, quiz.window_days = 1, 30
    take(browser("olivia"), LESSON_CHECK)
    frozen.shift(timedelta(days=2))
    path, calls = f"/checks/{LESSON_CHECK}", []
    for _ in range(RACERS):
        opened = browser("olivia")
        calls.append(sends(opened, path, hidden_fields(opened.get(path).text, path)))
    assert {status for status, _ in race(calls)} == {422}
    assert session().scalar(sa.select(sa.func.count()).where(Attempt.person_id == cast("olivia"))) == 1


def _answer_all_but_the_last(by: Identity, attempt: Attempt) -> int:
    """Answer rightly, on trial, until the check ends; then do it again without that last answer. Give its place."""
    for last in range(1, rules.MOST + 1):
        with unit_of_work() as work:
            item, revision = queries.next_blank(attempt.id) or pytest.fail("nothing to answer")
            held = services.save_answer(
                by=by, attempt=attempt, position=item, answer=right_answer(revision.kind, revision.body)
            )
            if held.submitted_at is not None:
                work.rollback()
                return last
    raise AssertionError("the check never ends")
