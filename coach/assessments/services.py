"""Begin a check, keep each answer as it is given, hand it in once; the evidence follows in the same transaction."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from coach import clock
from coach.access.identity import Identity
from coach.activity.services import record
from coach.assessments import events, queries, rules
from coach.assessments.models import Attempt, AttemptItem, Quiz
from coach.assessments.rules import Candidate, QuizKind
from coach.db import new_id, session
from coach.errors import Conflict, Invalid, NotFound
from coach.evidence import services as evidence
from coach.items.marking import is_whole, mark
from coach.items.models import Item, ItemRevision
from coach.measurement.convert import quiz_evidence
from coach.words import Message

TOO_SOON: Final = Message("You took this check a short while ago. Take it again from the time given below.")
_LARGEST_SEED: Final = 2**31 - 64  # a seed and a position fit an integer column


def start(*, by: Identity, quiz_id: str) -> Attempt:
    """Begin a check, or give the attempt that is open already; its questions are fixed from now on.

    The row is put in first and the rules are asked after, so that two who race wait for each other: the unique index
    lets one row in, and nobody begins again before a submit that was under way has been counted.
    """
    quiz = queries.quiz(quiz_id)
    made = _open_row(by.person_id, quiz)
    if made is None:
        return _open_attempt(by.person_id, quiz_id)
    last = queries.last_submitted(by.person_id, quiz_id)
    if quiz.retired_at is not None:
        raise NotFound
    if queries.wait_until(by.person_id, quiz_id, quiz.kind, last) is not None:
        raise Invalid(TOO_SOON)
    attempt = session().get_one(Attempt, made)
    asked = _of_lesson(quiz) if quiz.kind == QuizKind.LESSON else _drawn(attempt)
    session().add_all(
        AttemptItem(attempt_id=attempt.id, position=n, item_id=c.item_id, item_revision_id=c.revision_id)
        for n, c in enumerate(asked, start=1)
    )
    session().flush()
    return attempt


def save_answer(*, by: Identity, attempt: Attempt, position: int, answer: Mapping[str, Any]) -> AttemptItem:
    """Keep the answer to a question; it may be changed until the attempt is handed in (then: Conflict)."""
    held = _held(by, attempt)
    item = session().get(AttemptItem, (held.id, position))
    if item is None:
        raise NotFound
    if held.submitted_at is not None:
        raise Conflict(Message("This check is handed in. Its answers stay as they were."))
    item.answer, item.answered_at = dict(answer), clock.now()
    session().flush()
    return item


def submit(*, by: Identity, attempt: Attempt, leave_blank: bool = False) -> Attempt:
    """Hand an attempt in: mark it, and add one piece of evidence where three questions or more were asked.

    Doing it again changes nothing and gives the same attempt. What has no answer counts as wrong, and only where
    `leave_blank` says that this is meant (else: Invalid).
    """
    held = _held(by, attempt)
    if held.submitted_at is not None:
        return held
    asked = _asked(held.id)
    if not leave_blank and any(item.answered_at is None for item, _ in asked):
        raise Invalid(Message("Some questions have no answer. Answer them, or say that you leave them blank."))
    scores = [_mark(item, revision) for item, revision in asked]
    held.submitted_at, held.right = clock.now(), sum(scores)
    session().flush()
    if len(asked) >= rules.FEWEST:
        _leave_evidence(held, asked, scores)
    counts = {"quiz": held.quiz_id, "skill": held.skill_id, "n": len(asked), "right": held.right}
    record(events.SUBMITTED, by=by.person_id, about=by.person_id, kind="attempt", object_id=held.id, **counts)
    return held


def _open_row(person_id: uuid.UUID, quiz: Quiz) -> uuid.UUID | None:
    """Insert an open attempt unless there is one; give its id, or None."""
    insert = (postgresql if session().get_bind().dialect.name == "postgresql" else sqlite).insert(Attempt)
    row = {
        "id": new_id(),
        "person_id": person_id,
        "quiz_id": quiz.id,
        "skill_id": quiz.skill_id,
        "seed": secrets.randbelow(_LARGEST_SEED),
        "started_at": clock.now(),
    }
    unless_open = insert.values(row).on_conflict_do_nothing(
        index_elements=["person_id", "quiz_id"], index_where=sa.text("submitted_at IS NULL")
    )
    made: uuid.UUID | None = session().scalar(unless_open.returning(Attempt.id))
    return made


def _open_attempt(person_id: uuid.UUID, quiz_id: str) -> Attempt:
    mine = sa.and_(Attempt.person_id == person_id, Attempt.quiz_id == quiz_id)
    found = session().scalar(sa.select(Attempt).where(mine, Attempt.submitted_at.is_(None)))
    if found is None:  # handed in between the two statements
        raise Invalid(TOO_SOON)
    return found


def _of_lesson(quiz: Quiz) -> list[Candidate]:
    query = sa.select(Item).where(Item.id.in_(quiz.items), Item.retired_at.is_(None))
    found = {item.id: item for item in session().scalars(query)}
    asked = [Candidate(name, found[name].revision_id, found[name].step, None) for name in quiz.items if name in found]
    if not asked:
        raise Invalid(Message("This check has no questions."))
    return asked


def _drawn(attempt: Attempt) -> list[Candidate]:
    bank = queries.bank(attempt.person_id, attempt.skill_id)
    if len(bank) < rules.FEWEST:
        raise Invalid(Message("This skill has too few questions for a check."))
    step = rules.step_for(queries.target_level(attempt.person_id, attempt.skill_id))
    return rules.draw(bank, step=step, seed=attempt.seed, now=attempt.started_at)


def _held(by: Identity, attempt: Attempt) -> Attempt:
    """Take the attempt's row as it is now, and hold it: who saves and who hands in wait for each other."""
    query = sa.select(Attempt).where(Attempt.id == attempt.id, Attempt.person_id == by.person_id)
    held = session().scalar(query.with_for_update().execution_options(populate_existing=True))
    if held is None:
        raise NotFound
    return held


def _asked(attempt_id: uuid.UUID) -> list[tuple[AttemptItem, ItemRevision]]:
    query = (
        sa.select(AttemptItem, ItemRevision)
        .join(ItemRevision, ItemRevision.id == AttemptItem.item_revision_id)
        .where(AttemptItem.attempt_id == attempt_id)
        .order_by(AttemptItem.position)
        .execution_options(populate_existing=True)
    )
    return [(row[0], row[1]) for row in session().execute(query)]


def _mark(item: AttemptItem, revision: ItemRevision) -> float:
    item.score = 0.0 if item.answer is None else mark(revision.kind, revision.body, item.answer)
    return item.score


def _leave_evidence(
    attempt: Attempt, asked: Sequence[tuple[AttemptItem, ItemRevision]], scores: Sequence[float]
) -> None:
    y, v = quiz_evidence([r.slope for _, r in asked], [r.difficulty for _, r in asked], scores)
    evidence.add(
        by=attempt.person_id,
        person_id=attempt.person_id,
        skill_id=attempt.skill_id,
        kind="quiz",
        source=f"quiz:{attempt.quiz_id}",
        setting="check",
        seen_at=attempt.submitted_at or clock.now(),
        y=y,
        v=v,
        raw={
            "items": {item.item_id: score for (item, _), score in zip(asked, scores, strict=True)},
            "n": len(asked),
            "right": sum(is_whole(score) for score in scores),
        },
        origin_kind="attempt",
        origin_id=attempt.id,
    )
