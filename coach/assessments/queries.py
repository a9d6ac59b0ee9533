"""Read checks and attempts; the key is read by `results` alone."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coach import clock
from coach.access.identity import Identity
from coach.assessments.models import Attempt, AttemptItem, Quiz
from coach.assessments.rows import CheckRow, FinishRow, LineRow, OpenRow, QuestionRow
from coach.db import run, session
from coach.errors import NotFound
from coach.items.models import ItemRevision
from coach.items.queries import question
from coach.items.wordings import wording
from coach.skills.models import Skill
from coach.training.models import Lesson, Module
from coach.words import Text

CHECK: Final = (
    Quiz.id,
    Quiz.kind,
    Quiz.skill_id,
    Skill.name,
    Quiz.lesson_id,
    Lesson.title,
    Quiz.module_id,
    Module.title,
)
SIZE: Final = (
    sa.select(sa.func.count()).where(AttemptItem.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
)
ANSWERED: Final = (
    sa.select(sa.func.count())
    .where(AttemptItem.attempt_id == Attempt.id, AttemptItem.answered_at.is_not(None))
    .correlate(Attempt)
    .scalar_subquery()
)


def quiz(quiz_id: str) -> Quiz:
    """Load a check, in use or retired; raise NotFound where there is none."""
    found = session().get(Quiz, quiz_id)
    if found is None:
        raise NotFound
    return found


def own_attempt(identity: Identity, attempt_id: uuid.UUID) -> Attempt:
    """Load an attempt of the reader's own, open or submitted; raise NotFound where there is none."""
    found = session().scalar(_OWN, {"attempt": attempt_id, "person": identity.person_id})
    if found is None:
        raise NotFound
    return found


_OWN: Final = sa.select(Attempt).where(
    Attempt.id == sa.bindparam("attempt"), Attempt.person_id == sa.bindparam("person")
)


def question_page(attempt: Attempt, position: int | None) -> QuestionRow:
    """Read one question of an attempt without its key: the one asked for, else the first without an answer."""
    states = _states(attempt.id)
    blank = [row.position for row in states if row.answered_at is None]
    wanted = position if position is not None else (blank or [1])[0]
    state = next((row for row in states if row.position == wanted), None)
    if state is None:
        raise NotFound
    asked = wording(state.item_revision_id)
    return QuestionRow(
        attempt_id=attempt.id,
        check=check_of(attempt.quiz_id),
        position=wanted,
        size=len(states),
        done=frozenset(row.position for row in states if row.answered_at is not None),
        asked=asked,
        question=question(asked, option_seed(attempt.seed, wanted)),
        answer=state.answer,
        repeated=state.repeated,
        closes_at=attempt.closes_at,
    )


def next_blank(attempt_id: uuid.UUID) -> tuple[int, ItemRevision] | None:
    """Give the place and wording of the first question without an answer; None where all have one."""
    query = (
        sa.select(AttemptItem.position, ItemRevision)
        .join(ItemRevision, ItemRevision.id == AttemptItem.item_revision_id)
        .where(AttemptItem.attempt_id == attempt_id, AttemptItem.answered_at.is_(None))
        .order_by(AttemptItem.position)
        .limit(1)
    )
    row = session().execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def finish_page(attempt: Attempt) -> FinishRow:
    """List the questions of an attempt before it is handed in, those without an answer first."""
    query = (
        sa.select(AttemptItem.position, AttemptItem.answered_at, ItemRevision.body)
        .join(ItemRevision, ItemRevision.id == AttemptItem.item_revision_id)
        .where(AttemptItem.attempt_id == attempt.id)
    )
    lines = [
        LineRow(position, Text(**body["stem"]), answered_at is None)
        for position, answered_at, body in session().execute(query)
    ]
    lines.sort(key=lambda line: (not line.is_blank, line.position))
    return FinishRow(attempt.id, check_of(attempt.quiz_id), tuple(lines), attempt.is_over(clock.now()))


def check_of(quiz_id: str) -> CheckRow:
    """Name a check, in use or retired; raise NotFound where there is none."""
    found = run(_check(), {"quiz": quiz_id}).one_or_none()
    if found is None:
        raise NotFound
    return CheckRow(*found)


@cache
def _check() -> sa.Select[*tuple[Any, ...]]:
    query: sa.Select[*tuple[Any, ...]] = sa.select(*CHECK).select_from(Quiz)
    return named(query).where(Quiz.id == sa.bindparam("quiz"))


def open_attempts(person_id: uuid.UUID) -> list[OpenRow]:
    """List what a person has begun and not handed in, the newest first."""
    rows = run(_open_attempts(), {"person": person_id})
    return [OpenRow(row[0], CheckRow(*row[4:]), row[1], row[2], row[3]) for row in rows]


@cache
def _open_attempts() -> sa.Select[*tuple[Any, ...]]:
    query: sa.Select[*tuple[Any, ...]] = sa.select(Attempt.id, Attempt.started_at, ANSWERED, SIZE, *CHECK)
    query = named(query.join(Quiz, Quiz.id == Attempt.quiz_id))
    query = query.where(Attempt.person_id == sa.bindparam("person"), Attempt.submitted_at.is_(None))
    return query.order_by(Attempt.started_at.desc(), Attempt.id)


def still_asked(people: Collection[uuid.UUID]) -> sa.Select[str]:
    """Select the questions that somebody has before them in an open check: their key and what tells of it is closed."""
    item, attempt = aliased(AttemptItem), aliased(Attempt)
    query = sa.select(item.item_id).join(attempt, attempt.id == item.attempt_id)
    return query.where(attempt.person_id.in_(people), attempt.submitted_at.is_(None))


def option_seed(seed: int, position: int) -> int:
    """Give the seed by which the options of one question of an attempt are shuffled."""
    return seed + position


def named(query: sa.Select[*tuple[Any, ...]]) -> sa.Select[*tuple[Any, ...]]:
    """Join a query of checks with what they are named after, so that it can select CHECK."""
    query = query.join(Skill, Skill.id == Quiz.skill_id)
    return query.outerjoin(Lesson, Lesson.id == Quiz.lesson_id).outerjoin(Module, Module.id == Quiz.module_id)


def _states(attempt_id: uuid.UUID) -> Sequence[Any]:
    return run(_STATES, {"attempt": attempt_id}).all()


_STATES: Final = (
    sa.select(
        AttemptItem.position,
        AttemptItem.answered_at,
        AttemptItem.answer,
        AttemptItem.repeated,
        AttemptItem.item_revision_id,
    )
    .where(AttemptItem.attempt_id == sa.bindparam("attempt"))
    .order_by(AttemptItem.position)
)
