"""Assignments with their state, read from what was done since they were given."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coach.access.identity import Identity, Relation
from coach.assessments.models import Attempt, Quiz
from coach.assignments.models import Assignment
from coach.db import fetch, session
from coach.errors import NotFound
from coach.evidence.ports import Recheck
from coach.findings.ports import GivenRow
from coach.people.models import Person
from coach.people.queries import visible_to
from coach.skills.models import Skill
from coach.training.calendar_ports import DueDay
from coach.training.models import Lesson, LessonRun
from coach.words import Text

PAGE: Final = 100
Place = tuple[date, uuid.UUID]
"""Where a page of a list ended: the due day and id of its last row."""


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """Hold an assignment as a list shows it; `done_at` is None while it is open."""

    id: uuid.UUID
    version: int
    person_id: uuid.UUID
    person_name: Text
    skill_id: str
    skill_name: Text
    lesson_id: str | None
    quiz_id: str | None
    title: Text
    minutes: int | None
    assigned_by: uuid.UUID | None
    by_name: Text | None
    assigned_at: datetime
    due_on: date
    because_id: uuid.UUID | None
    act_id: uuid.UUID
    done_at: datetime | None
    withdrawn_at: datetime | None

    def is_late(self, today: date) -> bool:
        """Tell whether the day has passed and it is not done."""
        return self.done_at is None and self.due_on < today


def done_at() -> sa.ScalarSelect[datetime]:
    """Say when an assignment was done: the first run of its lesson, or check of its skill, ended since it was given."""
    by_lesson = (
        sa.select(sa.func.min(LessonRun.completed_at))
        .where(
            LessonRun.person_id == Assignment.person_id,
            LessonRun.lesson_id == Assignment.lesson_id,
            LessonRun.completed_at >= Assignment.assigned_at,
        )
        .correlate(Assignment)
        .scalar_subquery()
    )
    by_check = (
        sa.select(sa.func.min(Attempt.submitted_at))
        .where(
            Attempt.person_id == Assignment.person_id,
            Attempt.quiz_id == Assignment.quiz_id,
            Attempt.submitted_at >= Assignment.assigned_at,
        )
        .correlate(Assignment)
        .scalar_subquery()
    )
    return sa.case((Assignment.lesson_id.is_not(None), by_lesson), else_=by_check)  # type: ignore[return-value]


def is_open() -> sa.ColumnElement[bool]:
    """Say that an assignment stands and is not done."""
    return sa.and_(Assignment.withdrawn_at.is_(None), done_at().is_(None))


def open_for(person_id: uuid.UUID) -> list[AssignmentRow]:
    """List what a person has to do, the nearest day first."""
    return [AssignmentRow(*found) for found in fetch(_open_for(), {"person": person_id})]


def due_days(person_id: uuid.UUID) -> list[DueDay]:
    """List the days by which a person has something to do, for their calendar."""
    return [DueDay(row.id, row.title, row.due_on) for row in open_for(person_id)]


@cache
def _open_for() -> sa.Select[*tuple[Any, ...]]:
    mine = sa.and_(Assignment.person_id == sa.bindparam("person"), is_open())
    return _ROWS.where(mine).order_by(Assignment.due_on, Assignment.id)


def row(identity: Identity, assignment_id: uuid.UUID) -> AssignmentRow:
    """Give one assignment that the reader may see; raise NotFound where not."""
    found = _rows(sa.and_(Assignment.id == assignment_id, _seen_by(identity)))
    if not found:
        raise NotFound
    return found[0]


def open_seen_by(identity: Identity, *, after: Place | None = None) -> list[AssignmentRow]:
    """List what is open of the reader's own, of their people and of what they gave, the nearest day first.

    Who left has nothing to do any more. `after` is the last row of the page before; PAGE rows and one more, which says
    that there is a next page.
    """
    where = sa.and_(_seen_by(identity), is_open(), Person.deactivated_at.is_(None))
    if after is not None:
        where = sa.and_(where, sa.tuple_(Assignment.due_on, Assignment.id) > sa.tuple_(*after))
    return _rows(where, limit=PAGE + 1)


def done_seen_by(identity: Identity, *, since: datetime) -> list[AssignmentRow]:
    """List what was done since a moment, of what the reader may see."""
    done = sa.and_(Assignment.withdrawn_at.is_(None), done_at() >= since)
    return _rows(sa.and_(_seen_by(identity), done), limit=PAGE)


def recheck(person_id: uuid.UUID, skill_id: str) -> Recheck | None:
    """Name the check of a skill, and what is open of it for a person; None where the skill has none."""
    given = sa.and_(Assignment.quiz_id == Quiz.id, Assignment.person_id == person_id, is_open())
    query = (
        sa.select(Quiz.id, Assignment.id, Assignment.due_on)
        .outerjoin(Assignment, given)
        .where(Quiz.skill_id == skill_id, Quiz.kind == "skill", Quiz.retired_at.is_(None))
    )
    found = session().execute(query).first()
    return None if found is None else Recheck(*found)


def given_lessons(person_ids: Sequence[uuid.UUID], lesson_ids: Sequence[str]) -> list[GivenRow]:
    """List which of some lessons stand given to some people."""
    wanted = sa.and_(Assignment.person_id.in_(list(person_ids)), Assignment.lesson_id.in_(list(lesson_ids)))
    return [
        GivenRow(row.id, row.person_id, row.lesson_id, row.by_name, row.due_on, row.done_at)
        for row in _rows(sa.and_(wanted, Assignment.withdrawn_at.is_(None)))
        if row.lesson_id is not None
    ]


def editable(identity: Identity, assignment_id: uuid.UUID) -> Assignment:
    """Load an assignment that the reader may change: as manager or upline, or as its author while they coach."""
    below = visible_to(identity, Relation.MANAGER, Relation.UPLINE)
    coached = visible_to(identity, Relation.COACH)
    mine = sa.and_(Assignment.assigned_by == identity.person_id, Assignment.person_id.in_(coached))
    found = session().scalar(
        sa.select(Assignment).where(Assignment.id == assignment_id, sa.or_(Assignment.person_id.in_(below), mine))
    )
    if found is None:
        raise NotFound
    return found


def _seen_by(identity: Identity) -> sa.ColumnElement[bool]:
    return sa.or_(Assignment.person_id.in_(visible_to(identity)), Assignment.assigned_by == identity.person_id)


def _rows(where: sa.ColumnElement[bool], *, limit: int | None = None) -> list[AssignmentRow]:
    query = _ROWS.where(where).order_by(Assignment.due_on, Assignment.id).limit(limit)
    return [AssignmentRow(*found) for found in session().execute(query)]


_GIVER: Final = aliased(Person)
_ROWS: Final[sa.Select[*tuple[Any, ...]]] = (
    sa.select(
        Assignment.id,
        Assignment.version,
        Assignment.person_id,
        Person.name,
        Assignment.skill_id,
        Skill.name,
        Assignment.lesson_id,
        Assignment.quiz_id,
        sa.case((Lesson.id.is_not(None), Lesson.title), else_=Skill.name),
        Lesson.minutes,
        Assignment.assigned_by,
        _GIVER.name,
        Assignment.assigned_at,
        Assignment.due_on,
        Assignment.because_id,
        Assignment.act_id,
        done_at(),
        Assignment.withdrawn_at,
    )
    .join(Person, Person.id == Assignment.person_id)
    .join(Skill, Skill.id == Assignment.skill_id)
    .outerjoin(Lesson, Lesson.id == Assignment.lesson_id)
    .outerjoin(_GIVER, _GIVER.id == Assignment.assigned_by)
)
