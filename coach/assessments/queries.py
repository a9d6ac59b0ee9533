"""Read checks and attempts; the key is read by `results` alone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.access.identity import Identity
from coach.assessments import rules
from coach.assessments.models import Attempt, AttemptItem, Quiz
from coach.assessments.ports import is_asked
from coach.assessments.rows import CheckRow, FinishRow, LineRow, OpenRow, QuestionRow, StartRow, TakenRow
from coach.assessments.rules import Candidate, QuizKind
from coach.db import session
from coach.errors import NotFound
from coach.items.models import Item, ItemRevision
from coach.items.queries import question
from coach.people.models import JobRoleHolding
from coach.skills.models import Skill, Target
from coach.training.models import Lesson
from coach.words import Text

CHECK: Final = (Quiz.id, Quiz.kind, Quiz.skill_id, Skill.name, Quiz.lesson_id, Lesson.title)
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


def start_page(identity: Identity, quiz_id: str) -> StartRow:
    """Read what stands before a check; raise NotFound where it is not in use and the person has none open."""
    reader = identity.person_id
    query: sa.Select[*tuple[Any, ...]] = _named(sa.select(*CHECK, Quiz.items, Quiz.retired_at).select_from(Quiz))
    found = session().execute(query.where(Quiz.id == quiz_id)).one_or_none()
    if found is None:
        raise NotFound
    check, (items, retired_at) = CheckRow(*found[: len(CHECK)]), found[len(CHECK) :]
    open_id, answered, last_id, last_at = _sittings(reader, quiz_id)
    if retired_at is not None and open_id is None:
        raise NotFound
    drawn = [] if check.is_of_lesson else bank(reader, check.skill_id)
    return StartRow(
        check=check,
        size=len(items) if check.is_of_lesson else min(rules.SIZE, len(drawn)),
        repeated=rules.repeats(drawn, clock.now()),
        open_id=open_id,
        answered=answered,
        last_id=last_id,
        last_at=last_at,
        wait_until=wait_until(reader, check.quiz_id, check.kind, last_at),
    )


def wait_until(person_id: uuid.UUID, quiz_id: str, kind: str, last_at: datetime | None) -> datetime | None:
    """Say until when a person waits to take a check again; None where they need not, or are asked to take it."""
    free = rules.free_from(kind, last_at)
    if free is None or free <= clock.now() or (kind == QuizKind.SKILL and is_asked(person_id, quiz_id)):
        return None
    return free


def last_submitted(person_id: uuid.UUID, quiz_id: str) -> datetime | None:
    """Say when a person last handed a check in."""
    return session().scalar(
        sa.select(sa.func.max(Attempt.submitted_at)).where(Attempt.person_id == person_id, Attempt.quiz_id == quiz_id)
    )


def bank(person_id: uuid.UUID, skill_id: str) -> list[Candidate]:
    """List the questions kept for a skill's checks, with when the person last had each, in any check."""
    had = (
        sa.select(
            AttemptItem.item_id, sa.func.max(sa.func.coalesce(Attempt.submitted_at, Attempt.started_at)).label("at")
        )
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .where(Attempt.person_id == person_id)
        .group_by(AttemptItem.item_id)
        .subquery()
    )
    query = (
        sa.select(Item.id, Item.revision_id, Item.step, had.c["at"])
        .outerjoin(had, had.c.item_id == Item.id)
        .where(Item.skill_id == skill_id, Item.use == "check", Item.retired_at.is_(None))
    )
    return [Candidate(*row) for row in session().execute(query)]


def target_level(person_id: uuid.UUID, skill_id: str) -> int | None:
    """Say which level the person's present role needs of a skill; None where it needs none."""
    held = JobRoleHolding.job_role_id == Target.job_role_id
    return session().scalar(
        sa.select(Target.level)
        .join(JobRoleHolding, held)
        .where(JobRoleHolding.person_id == person_id, JobRoleHolding.until.is_(None), Target.skill_id == skill_id)
    )


def own_attempt(identity: Identity, attempt_id: uuid.UUID) -> Attempt:
    """Load an attempt of the reader's own, open or submitted; raise NotFound where there is none."""
    found = session().scalar(
        sa.select(Attempt).where(Attempt.id == attempt_id, Attempt.person_id == identity.person_id)
    )
    if found is None:
        raise NotFound
    return found


def question_page(attempt: Attempt, position: int | None) -> QuestionRow:
    """Read one question of an attempt without its key: the one asked for, else the first without an answer."""
    states = _states(attempt.id)
    blank = [row.position for row in states if row.answered_at is None]
    wanted = position if position is not None else (blank or [1])[0]
    if wanted not in {row.position for row in states}:
        raise NotFound
    query = (
        sa.select(AttemptItem.answer, ItemRevision)
        .join(ItemRevision, ItemRevision.id == AttemptItem.item_revision_id)
        .where(AttemptItem.attempt_id == attempt.id, AttemptItem.position == wanted)
    )
    answer, asked = session().execute(query).one()
    return QuestionRow(
        attempt_id=attempt.id,
        check=check_of(attempt.quiz_id),
        position=wanted,
        size=len(states),
        done=frozenset(row.position for row in states if row.answered_at is not None),
        asked=asked,
        question=question(asked, option_seed(attempt.seed, wanted)),
        answer=answer,
    )


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
    return FinishRow(attempt.id, check_of(attempt.quiz_id), tuple(lines))


def check_of(quiz_id: str) -> CheckRow:
    """Name a check, in use or retired; raise NotFound where there is none."""
    query: sa.Select[*tuple[Any, ...]] = _named(sa.select(*CHECK).select_from(Quiz))
    found = session().execute(query.where(Quiz.id == quiz_id)).one_or_none()
    if found is None:
        raise NotFound
    return CheckRow(*found)


def open_attempts(person_id: uuid.UUID) -> list[OpenRow]:
    """List what a person has begun and not handed in, the newest first."""
    query: sa.Select[*tuple[Any, ...]] = sa.select(Attempt.id, Attempt.started_at, ANSWERED, SIZE, *CHECK)
    query = _named(query.join(Quiz, Quiz.id == Attempt.quiz_id))
    query = query.where(Attempt.person_id == person_id, Attempt.submitted_at.is_(None))
    return [
        OpenRow(row[0], CheckRow(*row[4:]), row[1], row[2], row[3])
        for row in session().execute(query.order_by(Attempt.started_at.desc(), Attempt.id))
    ]


def attempts_of(person_id: uuid.UUID, skill_id: str, *, limit: int = 10) -> list[TakenRow]:
    """List the last attempts that a person handed in for a skill, the newest first."""
    query: sa.Select[*tuple[Any, ...]] = sa.select(Attempt.id, Attempt.submitted_at, Attempt.right, SIZE, *CHECK)
    query = _named(query.join(Quiz, Quiz.id == Attempt.quiz_id)).where(
        Attempt.person_id == person_id, Attempt.skill_id == skill_id, Attempt.submitted_at.is_not(None)
    )
    rows = session().execute(query.order_by(Attempt.submitted_at.desc(), Attempt.id).limit(limit))
    return [TakenRow(row[0], CheckRow(*row[4:]), row[1], row[2], row[3]) for row in rows]


def option_seed(seed: int, position: int) -> int:
    """Give the seed by which the options of one question of an attempt are shuffled."""
    return seed + position


def _named(query: sa.Select[*tuple[Any, ...]]) -> sa.Select[*tuple[Any, ...]]:
    return query.join(Skill, Skill.id == Quiz.skill_id).outerjoin(Lesson, Lesson.id == Quiz.lesson_id)


def _states(attempt_id: uuid.UUID) -> Sequence[Any]:
    query = sa.select(AttemptItem.position, AttemptItem.answered_at).where(AttemptItem.attempt_id == attempt_id)
    return session().execute(query.order_by(AttemptItem.position)).all()


def _sittings(person_id: uuid.UUID, quiz_id: str) -> tuple[uuid.UUID | None, int, uuid.UUID | None, datetime | None]:
    """Find the open attempt with what is answered, and the last one handed in: at most two rows of one statement."""
    mine = sa.and_(Attempt.person_id == person_id, Attempt.quiz_id == quiz_id)
    last = sa.select(sa.func.max(Attempt.submitted_at)).where(mine).scalar_subquery()
    query = sa.select(Attempt.id, Attempt.submitted_at, ANSWERED).where(
        mine, sa.or_(Attempt.submitted_at.is_(None), Attempt.submitted_at == last)
    )
    rows: Sequence[Any] = session().execute(query).all()
    open_row = next((row for row in rows if row.submitted_at is None), None)
    last_row = next((row for row in rows if row.submitted_at is not None), None)
    return (
        open_row[0] if open_row else None,
        open_row[2] if open_row else 0,
        last_row[0] if last_row else None,
        last_row[1] if last_row else None,
    )
