"""Give work, take it back, move its date; plan a recheck when a lesson is done."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa

from coach import clock
from coach.access.identity import Identity, Relation
from coach.activity.services import record
from coach.assessments.models import Quiz
from coach.assignments import events
from coach.assignments.models import Assignment
from coach.assignments.queries import is_open
from coach.db import new_id, session
from coach.errors import Conflict, Invalid, NotFound, check_version
from coach.findings.models import Finding
from coach.people.models import Person
from coach.people.queries import visible_to
from coach.training.models import Lesson
from coach.words import Message

RECHECK_DAYS: Final = 7
LONGEST_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Act:
    """Hold what one click made: how many assignments, and how many people had the thing to do already."""

    id: uuid.UUID
    made: int
    had_already: int
    due: date


def assign(
    *, by: Identity, to: Sequence[uuid.UUID], lesson_id: str, due: date, because: Sequence[uuid.UUID] = ()
) -> Act:
    """Give a lesson to people by a day.

    Everybody must be below, or coached by, who assigns: one foreign id and nothing is written (NotFound). `because`
    are findings; each is linked to the assignment of the person it is about. Who has the thing open keeps that one.
    """
    people = _allowed(by, to)
    _check_due(due, by)
    thing, reasons, act = _lesson(lesson_id), _findings(because, people), new_id()
    open_already = _open_already(people, thing)
    made = [p for p in people if p not in open_already]
    for person_id in made:
        reason = reasons.get((person_id, thing.skill_id))
        _give(person_id, thing, by=by.person_id, due=due, because=reason, act=act)
    return Act(act, len(made), len(people) - len(made), due)


def enrol(*, by: Identity, lesson_id: str, due: date) -> Act:
    """Take a lesson on oneself, by a day."""
    _check_due(due, by)
    thing, act = _lesson(lesson_id), new_id()
    _hold(sa.select(Person.id).where(Person.id == by.person_id))
    if _open_already([by.person_id], thing):
        return Act(act, 0, 1, due)
    because = _open_finding(by.person_id, thing.skill_id)
    _give(by.person_id, thing, by=by.person_id, due=due, because=because, act=act)
    return Act(act, 1, 0, due)


def look_again(*, by: Identity, person_id: uuid.UUID, skill_id: str) -> Act:
    """Give somebody the check of a skill, by a week from now: what was seen of it is too long ago to tell.

    Raises NotFound for somebody whom one neither leads nor coaches, and for a skill without a check.
    """
    people, thing, act = _allowed(by, [person_id]), _check_of(skill_id), new_id()
    if thing is None:
        raise NotFound
    zone = session().scalar(sa.select(Person.zone).where(Person.id == person_id)) or "UTC"
    due = clock.today(zone) + timedelta(days=RECHECK_DAYS)
    if _open_already(people, thing):
        return Act(act, 0, 1, due)
    _give(person_id, thing, by=by.person_id, due=due, because=_open_finding(person_id, skill_id), act=act)
    return Act(act, 1, 0, due)


def undo(*, by: Identity, act_id: uuid.UUID) -> int:
    """Take back whole what one click of one's own made; return how many. Doing it twice changes nothing more.

    What is done by now is not taken back, nor what was given to somebody whom one no longer leads or coaches.
    """
    mine = sa.and_(
        Assignment.act_id == act_id,
        Assignment.assigned_by == by.person_id,
        Assignment.person_id.in_(visible_to(by)),
    )
    if session().scalar(sa.select(Assignment.id).where(mine).limit(1)) is None:
        raise NotFound
    open_rows = list(session().scalars(sa.select(Assignment).where(mine, is_open()).order_by(Assignment.id)))
    for row in open_rows:
        _withdraw(row, by=by.person_id)
    return len(open_rows)


def withdraw(assignment: Assignment, *, by: Identity) -> None:
    """Take one assignment back; what was taken back already stays so, and what is done stays done."""
    if assignment.withdrawn_at is None:
        _refuse_done(assignment)
        _withdraw(assignment, by=by.person_id)


def move_due(assignment: Assignment, *, by: Identity, due: date, version: int) -> None:
    """Move the due date; raise Conflict, with both dates, where somebody moved it meanwhile."""
    _check_due(due, by)
    if assignment.withdrawn_at is not None:
        raise Conflict(Message("This was taken back already."))
    _refuse_done(assignment)
    check_version(assignment.version, version, current=lambda: {"due_on": assignment.due_on}, typed={"due_on": due})
    before, assignment.due_on = assignment.due_on, due
    session().flush()
    record(
        events.MOVED,
        by=by.person_id,
        about=assignment.person_id,
        kind="assignment",
        object_id=assignment.id,
        before=before.isoformat(),
        due=due.isoformat(),
    )


def schedule_recheck(*, person_id: uuid.UUID, skill_id: str, zone: str) -> Assignment | None:
    """Ask for the skill's check a week after a lesson was done, unless one is open; a lesson proves nothing itself."""
    thing = _check_of(skill_id)
    if thing is None:
        return None
    _hold(sa.select(Person.id).where(Person.id == person_id))
    if _open_already([person_id], thing):
        return None
    finding = _open_finding(person_id, skill_id)
    due = clock.today(zone) + timedelta(days=RECHECK_DAYS)
    return _give(person_id, thing, by=None, due=due, because=finding, act=new_id())


@dataclass(frozen=True, slots=True)
class _Thing:
    skill_id: str
    lesson_id: str | None = None
    quiz_id: str | None = None


def _give(
    person_id: uuid.UUID, thing: _Thing, *, by: uuid.UUID | None, due: date, because: uuid.UUID | None, act: uuid.UUID
) -> Assignment:
    row = Assignment(
        person_id=person_id,
        skill_id=thing.skill_id,
        lesson_id=thing.lesson_id,
        quiz_id=thing.quiz_id,
        assigned_by=by,
        assigned_at=clock.now(),
        due_on=due,
        because_id=because,
        act_id=act,
    )
    session().add(row)
    session().flush()
    what = {"skill": thing.skill_id, "lesson": thing.lesson_id, "act": str(act)}
    record(events.MADE, by=by, about=person_id, kind="assignment", object_id=row.id, **what)
    return row


def _withdraw(row: Assignment, *, by: uuid.UUID) -> None:
    row.withdrawn_at, row.withdrawn_by = clock.now(), by
    session().flush()
    record(events.WITHDRAWN, by=by, about=row.person_id, kind="assignment", object_id=row.id)


def _refuse_done(assignment: Assignment) -> None:
    still = sa.select(Assignment.id).where(Assignment.id == assignment.id, is_open())
    if session().scalar(still) is None:
        raise Conflict(Message("This is done by now."))


def _allowed(by: Identity, to: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    wanted = list(dict.fromkeys(to))
    if not wanted:
        raise Invalid(Message("Choose at least one person."), field="to")
    theirs = visible_to(by, Relation.COACH, Relation.MANAGER, Relation.UPLINE)
    query = sa.select(Person.id).where(Person.id.in_(wanted), Person.id.in_(theirs), Person.deactivated_at.is_(None))
    if _hold(query) != set(wanted):
        raise NotFound
    return wanted


def _hold(people: sa.Select[uuid.UUID]) -> set[uuid.UUID]:
    """Hold people, in one order, so that two who give the same thing at once make one assignment."""
    return set(session().scalars(people.order_by(Person.id).with_for_update(key_share=True, of=Person)))


def _check_due(due: date, by: Identity) -> None:
    today = clock.today(session().scalar(sa.select(Person.zone).where(Person.id == by.person_id)) or "UTC")
    if due < today:
        raise Invalid(Message("Pick a due date from today on."), field="due_on")
    if due > today + timedelta(days=LONGEST_DAYS):
        raise Invalid(Message("Pick a due date within a year."), field="due_on")


def _lesson(lesson_id: str) -> _Thing:
    row = session().get(Lesson, lesson_id)
    if row is None or row.retired_at is not None:
        raise Invalid(Message("Choose a lesson."), field="lesson_id")
    return _Thing(row.skill_id, lesson_id=row.id)


def _check_of(skill_id: str) -> _Thing | None:
    check = sa.select(Quiz.id).where(Quiz.skill_id == skill_id, Quiz.kind == "skill", Quiz.retired_at.is_(None))
    quiz_id = session().scalar(check)
    return None if quiz_id is None else _Thing(skill_id, quiz_id=quiz_id)


def _findings(ids: Sequence[uuid.UUID], people: Iterable[uuid.UUID]) -> dict[tuple[uuid.UUID, str], uuid.UUID]:
    if not ids:
        return {}
    query = sa.select(Finding).where(Finding.id.in_(list(ids)), Finding.person_id.in_(list(people)))
    return {(row.person_id, row.skill_id): row.id for row in session().scalars(query)}


def _open_finding(person_id: uuid.UUID, skill_id: str) -> uuid.UUID | None:
    query = sa.select(Finding.id).where(
        Finding.person_id == person_id, Finding.skill_id == skill_id, Finding.resolved_at.is_(None)
    )
    return session().scalar(query)


def _open_already(people: Sequence[uuid.UUID], thing: _Thing) -> set[uuid.UUID]:
    same = Assignment.lesson_id == thing.lesson_id if thing.lesson_id else Assignment.quiz_id == thing.quiz_id
    return set(
        session().scalars(sa.select(Assignment.person_id).where(Assignment.person_id.in_(people), same, is_open()))
    )
