"""Begin a check, keep each answer as it is given, hand it in once; the evidence follows in the same transaction."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.access.identity import Identity
from coach.assessments import adaptive, module_forms, queries, rules, starting
from coach.assessments.handing_in import Put, hand_in, questions
from coach.assessments.models import Attempt, AttemptItem, Quiz
from coach.assessments.opening import LARGEST_SEED, put_next, put_questions
from coach.db import insert_once, new_id, session
from coach.errors import Conflict, Invalid, NotFound
from coach.words import Message

TOO_SOON: Final = Message("You took this check a short while ago. Take it again from the time given below.")
HANDED_IN: Final = Message("This check is handed in. Its answers stay as they were.")
FINAL: Final = Message("You have answered this question already. The one after it depends on that answer.")


def start(*, by: Identity, quiz_id: str, seed: int | None = None) -> Attempt:
    """Begin a check, or give the attempt that is open already; one whose time is up is handed in and given.

    By `seed` its questions are drawn and their options shuffled; by chance where none is given.

    The row is put in first and the rules are asked after, so that two who race wait for each other: the unique index
    lets one row in, and nobody begins again before a submit that was under way has been counted.
    """
    quiz = queries.quiz(quiz_id)
    made = _open_row(by.person_id, quiz, seed)
    if made is None:
        held = _held(by, _open_attempt(by.person_id, quiz_id))
        _close_where_over(held, by=by.person_id)
        return held
    if quiz.retired_at is not None:
        raise NotFound
    attempt = session().get_one(Attempt, made)
    _refuse_too_soon(quiz, attempt)
    put_questions(quiz, attempt)
    session().flush()
    return attempt


def save_answer(*, by: Identity, attempt: Attempt, position: int, answer: Mapping[str, Any]) -> Attempt:
    """Keep the answer to a question, and give the attempt as it stands then.

    In a check whose questions are fixed it may be changed until the attempt is handed in. In a skill's check it is
    final (another one: Conflict): the next question is chosen by it, or the check has seen enough and is handed in.
    Where the time is up nothing is kept any more: the attempt is handed in with what was kept before.
    """
    held = _held(by, attempt)
    item = session().get(AttemptItem, (held.id, position), populate_existing=True)
    if item is None:
        raise NotFound
    if held.is_adaptive and item.answered_at is not None and item.answer == dict(answer):
        return held  # the same once more, by a second press or on a slow line
    if held.submitted_at is not None:
        raise Conflict(HANDED_IN)
    if _close_where_over(held, by=by.person_id):
        return held
    if held.is_adaptive and item.answered_at is not None:
        raise Conflict(FINAL)
    item.answer, item.answered_at = dict(answer), clock.now()
    session().flush()
    if held.is_adaptive:
        _go_on(held)
    return held


def submit(*, by: Identity, attempt: Attempt, leave_blank: bool = False) -> Attempt:
    """Hand an attempt in: mark it, and add evidence of each skill on which enough was asked.

    Doing it again changes nothing and gives the same attempt. What has no answer counts as wrong, and only where
    `leave_blank` says that this is meant, or the time is up (else: Invalid). A skill's check takes four answers.
    """
    held = _held(by, attempt)
    if held.submitted_at is not None or _close_where_over(held, by=by.person_id):
        return held
    asked = questions(held)
    if held.is_adaptive and sum(put.is_answered for put in asked) < rules.LEAST:
        raise Invalid(Message("Fewer than four answers say too little. Leave the check open and go on later."))
    if not (held.is_adaptive or leave_blank or all(put.is_answered for put in asked)):
        raise Invalid(Message("Some questions have no answer. Answer them, or say that you leave them blank."))
    hand_in(held, asked, by=by.person_id, at=clock.now())
    return held


def close_late(attempt_id: uuid.UUID) -> bool:
    """Hand in an attempt whose time is up and whose person did not come back; tell whether it was open."""
    held = session().get(Attempt, attempt_id, with_for_update=True, populate_existing=True)
    return held is not None and held.submitted_at is None and _close_where_over(held, by=None)


def _go_on(held: Attempt) -> None:
    """Put the next question; hand the check in once it has seen enough, or nothing is left to ask."""
    asked = questions(held)
    if adaptive.goes_on(held, _answers(asked)) and put_next(held, frozenset(put.item.item_id for put in asked)):
        return
    hand_in(held, asked, by=held.person_id, at=clock.now())


def _answers(asked: Sequence[Put]) -> list[adaptive.Answer]:
    return [adaptive.answer_of(put.revision, put.item.answer) for put in asked if put.item.answer is not None]


def _close_where_over(held: Attempt, *, by: uuid.UUID | None) -> bool:
    """Hand an attempt in as of the end of its time, where that is past."""
    closes_at: datetime | None = held.closes_at
    if held.submitted_at is not None or closes_at is None or not held.is_over(clock.now()):
        return False
    hand_in(held, questions(held), by=by, at=closes_at)
    return True


def _refuse_too_soon(quiz: Quiz, attempt: Attempt) -> None:
    if quiz.kind in rules.OF_MODULE:
        module_forms.refuse_out_of_turn(quiz, attempt.person_id)
        return
    last = starting.last_submitted(attempt.person_id, quiz.id)
    if starting.wait_until(attempt.person_id, quiz, last) is not None:
        raise Invalid(TOO_SOON)
    if starting.limited_until(attempt.person_id, quiz, without=attempt.id) is not None:
        raise Invalid(Message("You have taken this check as often as it may be. Come back from the time given below."))


def _open_row(person_id: uuid.UUID, quiz: Quiz, seed: int | None) -> uuid.UUID | None:
    """Insert an open attempt unless there is one; give its id, or None."""
    row: dict[str, Any] = {
        "id": new_id(),
        "person_id": person_id,
        "quiz_id": quiz.id,
        "skill_id": quiz.skill_id,
        "seed": secrets.randbelow(LARGEST_SEED) if seed is None else seed,
        "started_at": clock.now(),
    }
    return row["id"] if insert_once(Attempt, row) else None


def _open_attempt(person_id: uuid.UUID, quiz_id: str) -> Attempt:
    mine = sa.and_(Attempt.person_id == person_id, Attempt.quiz_id == quiz_id)
    found = session().scalar(sa.select(Attempt).where(mine, Attempt.submitted_at.is_(None)))
    if found is None:  # handed in between the two statements
        raise Invalid(TOO_SOON)
    return found


def _held(by: Identity, attempt: Attempt) -> Attempt:
    """Take the attempt's row as it is now, and hold it: who saves and who hands in wait for each other."""
    query = sa.select(Attempt).where(Attempt.id == attempt.id, Attempt.person_id == by.person_id)
    held = session().scalar(query.with_for_update().execution_options(populate_existing=True))
    if held is None:
        raise NotFound
    return held
