"""Reads of the first page: what waits for me, whom I coach, who has no next step."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from coach.access.identity import Identity, Relation
from coach.assessments.models import Attempt
from coach.assignments.models import Assignment
from coach.assignments.queries import is_open
from coach.coaching.models import AgreedAction, CoachingSession
from coach.db import fetch, run, session
from coach.drills.models import DrillAnswer
from coach.evidence.models import Cell, Contest, Evidence
from coach.evidence.queries import CELL, cell_row, stands
from coach.findings.models import Finding, FindingContest
from coach.people.models import CoachPairing, Person, ReportingPath
from coach.practice.models import Submission
from coach.skills.models import Skill
from coach.training.models import Lesson, LessonRun, Module, PartDone
from coach.words import Text


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """Hold one note about me that I have not read, or one thing of it that I agreed to."""

    session_id: uuid.UUID
    held_on: date
    about: str
    is_read: bool
    coach_id: uuid.UUID
    coach: Text
    action_id: uuid.UUID | None
    text: str | None
    due_on: date | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Hold what waits for a coach with one person; `findings` that a new prior eased are not counted."""

    person_id: uuid.UUID
    last: date | None
    actions: int
    works: int
    findings: int


@dataclass(frozen=True, slots=True)
class StepRow:
    """Hold one thing that a person has to do, the nearest first."""

    person_id: uuid.UUID
    title: Text
    lesson_id: str | None
    quiz_id: str | None
    due_on: date


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """Hold an objection with its words: to a piece of evidence (contest_id) or to a finding (finding_id)."""

    person_id: uuid.UUID
    skill_id: str
    skill_name: Text
    at: datetime
    text: str
    contest_id: uuid.UUID | None
    finding_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class LessonHit:
    """Hold a lesson as the search shows it."""

    id: str
    title: Text
    module_title: Text
    minutes: int


def agreed(person_id: uuid.UUID, since: datetime) -> list[AgreedRow]:
    """List unread notes, what is agreed and open, and what was done since a moment, with one statement."""
    return [AgreedRow(*row) for row in fetch(_agreed(), {"person": person_id, "since": since})]


@cache
def _agreed() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            CoachingSession.id,
            CoachingSession.held_on,
            CoachingSession.note,
            CoachingSession.acknowledged_at.is_not(None),
            CoachingSession.coach_id,
            Person.short_name,
            AgreedAction.id,
            AgreedAction.text,
            AgreedAction.due_on,
            AgreedAction.done_at,
        )
        .join(Person, Person.id == CoachingSession.coach_id)
        .outerjoin(AgreedAction, _still_shown())
        .where(
            CoachingSession.person_id == sa.bindparam("person"),
            CoachingSession.withdrawn_at.is_(None),
            sa.or_(CoachingSession.acknowledged_at.is_(None), AgreedAction.id.is_not(None)),
        )
        .order_by(CoachingSession.held_on.desc(), CoachingSession.id.desc())
    )


def _still_shown() -> sa.ColumnElement[bool]:
    """Join a talk with what was agreed in it, while it is open or was done since a moment."""
    open_ = sa.and_(AgreedAction.done_at.is_(None), AgreedAction.outcome.is_(None))
    return sa.and_(
        AgreedAction.session_id == CoachingSession.id, sa.or_(open_, AgreedAction.done_at >= sa.bindparam("since"))
    )


def practised(person_id: uuid.UUID, since: datetime) -> list[datetime]:
    """List when a person went through a part of a lesson, handed in a check or practice, or answered a drill."""
    return list(run(_practised(), {"person": person_id, "since": since}).scalars())


@cache
def _practised() -> sa.Select[datetime]:
    person: Any = sa.bindparam("person")
    since: Any = sa.bindparam("since")
    parts = (
        sa.select(PartDone.at.label("at"))
        .join(LessonRun, LessonRun.id == PartDone.run_id)
        .where(LessonRun.person_id == person, PartDone.at >= since)
    )
    checks = sa.select(Attempt.submitted_at).where(Attempt.person_id == person, Attempt.submitted_at >= since)
    drills = sa.select(DrillAnswer.at).where(DrillAnswer.person_id == person, DrillAnswer.at >= since)
    works = sa.select(Submission.handed_in_at).where(Submission.person_id == person, Submission.handed_in_at >= since)
    every = sa.union_all(parts, checks, drills, works).subquery()
    return sa.select(every.c["at"])


def waiting(person_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, WaitingRow]:
    """Count what waits for a coach with each person, with one statement."""
    found: dict[uuid.UUID, WaitingRow] = {}
    for person, last, actions, works, finding, *cell in fetch(_waiting(), {"people": list(person_ids)}):
        row = found.get(person, WaitingRow(person, last, actions, works, 0))
        clear = finding is not None and stands(cell_row(*cell) if cell[0] else None)
        found[person] = replace(row, findings=row.findings + clear)
    return found


@cache
def _waiting() -> sa.Select[*tuple[Any, ...]]:
    """Select each person once, or once for each open finding with its cell."""
    open_ = sa.and_(Finding.person_id == Person.id, Finding.resolved_at.is_(None))
    seen = sa.and_(Cell.person_id == Person.id, Cell.skill_id == Finding.skill_id, Cell.pieces > 0)
    counts = [part.correlate(Person).scalar_subquery() for part in (_last_talk(), _open_actions(), _works())]
    query: sa.Select[*tuple[Any, ...]] = sa.select(Person.id, *counts, Finding.id, *CELL)
    return (
        query.outerjoin(Finding, open_)
        .outerjoin(Cell, seen)
        .where(Person.id.in_(sa.bindparam("people", expanding=True)))
    )


def _last_talk() -> sa.Select[date | None]:
    return sa.select(sa.func.max(CoachingSession.held_on)).where(
        CoachingSession.person_id == Person.id, CoachingSession.withdrawn_at.is_(None)
    )


def _open_actions() -> sa.Select[int]:
    return (
        sa.select(sa.func.count())
        .select_from(AgreedAction)
        .join(CoachingSession, CoachingSession.id == AgreedAction.session_id)
        .where(
            AgreedAction.person_id == Person.id,
            AgreedAction.done_at.is_(None),
            AgreedAction.outcome.is_(None),
            CoachingSession.withdrawn_at.is_(None),
        )
    )


def _works() -> sa.Select[int]:
    """Count the work of a person that was handed in and that nobody has scored."""
    return (
        sa.select(sa.func.count())
        .select_from(Submission)
        .where(Submission.person_id == Person.id, Submission.handed_in_at.is_not(None), Submission.closed_at.is_(None))
    )


def steps(person_ids: Iterable[uuid.UUID]) -> list[StepRow]:
    """List the open work of people, the nearest day first."""
    return [StepRow(*row) for row in fetch(_steps(), {"people": list(person_ids)})]


@cache
def _steps() -> sa.Select[*tuple[Any, ...]]:
    title = sa.case((Lesson.id.is_not(None), Lesson.title), else_=Skill.name)
    return (
        sa.select(Assignment.person_id, title, Assignment.lesson_id, Assignment.quiz_id, Assignment.due_on)
        .join(Skill, Skill.id == Assignment.skill_id)
        .outerjoin(Lesson, Lesson.id == Assignment.lesson_id)
        .where(Assignment.person_id.in_(sa.bindparam("people", expanding=True)), is_open())
        .order_by(Assignment.due_on, Assignment.id)
    )


def objections(person_ids: Iterable[uuid.UUID]) -> list[ObjectionRow]:
    """List objections of people that nobody has answered, the oldest first."""
    ids = {"people": list(person_ids)}
    rows = [ObjectionRow(*row) for query in _objections() for row in fetch(query, ids)]
    return sorted(rows, key=lambda row: row.at)


@cache
def _objections() -> tuple[sa.Select[*tuple[Any, ...]], ...]:
    ids: Any = sa.bindparam("people", expanding=True)
    pieces: sa.Select[*tuple[Any, ...]] = (
        sa.select(Contest.person_id, Evidence.skill_id, Skill.name, Contest.at, Contest.text, Contest.id, sa.null())
        .join(Evidence, Evidence.id == Contest.evidence_id)
        .join(Skill, Skill.id == Evidence.skill_id)
        .where(Contest.person_id.in_(ids), Contest.answered_at.is_(None))
    )
    findings: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            FindingContest.person_id,
            Finding.skill_id,
            Skill.name,
            FindingContest.at,
            FindingContest.text,
            sa.null(),
            Finding.id,
        )
        .join(Finding, Finding.id == FindingContest.finding_id)
        .join(Skill, Skill.id == Finding.skill_id)
        .where(FindingContest.person_id.in_(ids), Finding.resolved_at.is_(None))
    )
    return pieces, findings


def near(identity: Identity, person_ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, frozenset[Relation]]:
    """Say who of several people the reader coaches or stands above, with one statement."""
    ids = list(person_ids)
    above = sa.select(ReportingPath.person_id, ReportingPath.depth).where(
        ReportingPath.manager_id == identity.person_id, ReportingPath.person_id.in_(ids)
    )
    coached = sa.select(CoachPairing.person_id, sa.literal(0)).where(
        CoachPairing.coach_id == identity.person_id, CoachPairing.person_id.in_(ids), CoachPairing.until.is_(None)
    )
    held: dict[uuid.UUID, frozenset[Relation]] = {}
    for person_id, depth in session().execute(sa.union_all(above, coached)):
        relation = {0: Relation.COACH, 1: Relation.MANAGER}.get(depth, Relation.UPLINE)
        held[person_id] = held.get(person_id, frozenset()) | {relation}
    return held


def lessons_named(text: str, language: str, *, limit: int = 10) -> list[LessonHit]:
    """Find lessons in use by their title in a language; the library is small enough to be read whole."""
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(Lesson.id, Lesson.title, Module.title, Lesson.minutes)
        .join(Module, Module.id == Lesson.module_id)
        .where(Lesson.retired_at.is_(None), Module.retired_at.is_(None))
        .order_by(Module.position, Lesson.position)
    )
    wanted = text.casefold()
    hits = (LessonHit(*row) for row in session().execute(query))
    return [hit for hit in hits if wanted in hit.title.of(language).casefold()][:limit]
