"""Reads of the reports: every list starts from active people, and takes a constant number of statements."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coach.assignments.models import Assignment
from coach.assignments.queries import is_open
from coach.db import fetch, run, session
from coach.evidence.models import Cell, Evidence, LessonFinish, Retraction
from coach.evidence.queries import CELL, CellRow, cell_row
from coach.findings.models import Finding
from coach.people.models import CoachPairing, JobRoleHolding, Person, TeamMembership
from coach.people.ordering import by_name
from coach.people.queries import PersonRow
from coach.skills.models import Skill, Target
from coach.words import Text

RECENT_DAYS: Final = 42
"""What was seen within six weeks is compared with what was seen before."""
OLDEST_DAYS: Final = 120


@dataclass(frozen=True, slots=True)
class StandingRow:
    """Hold one skill of a person's role: what the role needs, what is known, and the open finding."""

    skill_id: str
    name: Text
    level: int
    threshold: float
    weight: int
    finding_id: uuid.UUID | None
    cell: CellRow | None


@dataclass(frozen=True, slots=True)
class SeenRow:
    """Hold what one rater saw of a person's skill: counts, sums of 1/v and of y/v, before and within six weeks."""

    person_id: uuid.UUID
    skill_id: str
    source: str
    count_before: int
    weight_before: float
    value_before: float
    count_recent: int
    weight_recent: float
    value_recent: float


@dataclass(frozen=True, slots=True)
class SightingRow:
    """Hold one observation of a skill."""

    person_id: uuid.UUID
    seen_at: datetime
    y: float
    v: float
    source: str
    setting: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Hold how to reach somebody and who coaches them, for those who may know."""

    email: str | None
    phone: str | None
    coaches: tuple[Text, ...]


def standing(person_id: uuid.UUID, job_role_id: str | None) -> list[StandingRow]:
    """List what a role needs beside what is known of the person, in the order of the sales process."""
    rows = run(_standing(), {"person": person_id, "role": job_role_id})
    return [
        StandingRow(skill_id, name, level, threshold, weight, finding, cell_row(*cell) if cell[0] else None)
        for skill_id, name, level, threshold, weight, finding, *cell in rows
    ]


@cache
def _standing() -> sa.Select[*tuple[Any, ...]]:
    person: Any = sa.bindparam("person")
    return (
        sa.select(Skill.id, Skill.name, Target.level, Target.threshold, Target.weight, Finding.id, *CELL)
        .join(Target, Target.skill_id == Skill.id)
        .outerjoin(Cell, sa.and_(Cell.skill_id == Skill.id, Cell.person_id == person, Cell.pieces > 0))
        .outerjoin(
            Finding,
            sa.and_(Finding.skill_id == Skill.id, Finding.person_id == person, Finding.resolved_at.is_(None)),
        )
        .where(Target.job_role_id == sa.bindparam("role"), Skill.retired_at.is_(None))
        .order_by(Skill.position)
    )


def late(person_ids: Iterable[uuid.UUID], today: date) -> dict[uuid.UUID, int]:
    """Count the work of people whose day has passed; who has none is not in it."""
    return {row[0]: row[1] for row in fetch(_late(), {"people": list(person_ids), "today": today})}


@cache
def _late() -> sa.Select[*tuple[Any, ...]]:
    theirs = Assignment.person_id.in_(sa.bindparam("people", expanding=True))
    return (
        sa.select(Assignment.person_id, sa.func.count())
        .where(theirs, Assignment.due_on < sa.bindparam("today"), is_open())
        .group_by(Assignment.person_id)
    )


def seen(person_ids: Iterable[uuid.UUID], now: datetime) -> list[SeenRow]:
    """Sum what each rater saw of people's skills in 120 days, split six weeks ago."""
    cut, since = now - timedelta(days=RECENT_DAYS), now - timedelta(days=OLDEST_DAYS)
    return [SeenRow(*row) for row in fetch(_seen(), {"people": list(person_ids), "cut": cut, "since": since})]


@cache
def _seen() -> sa.Select[*tuple[Any, ...]]:
    cut: Any = sa.bindparam("cut")
    sides = (Evidence.seen_at < cut, Evidence.seen_at >= cut)
    values: tuple[Any, ...] = (sa.literal(1), 1.0 / Evidence.v, Evidence.y / Evidence.v)
    sums = [sa.func.sum(sa.case((side, value), else_=0)) for side in sides for value in values]
    return (
        sa.select(Evidence.person_id, Evidence.skill_id, Evidence.source, *sums)
        .outerjoin(Retraction, Retraction.evidence_id == Evidence.id)
        .where(
            Evidence.person_id.in_(sa.bindparam("people", expanding=True)),
            Evidence.kind == "observation",
            Evidence.seen_at >= sa.bindparam("since"),
            Retraction.evidence_id.is_(None),
        )
        .group_by(Evidence.person_id, Evidence.skill_id, Evidence.source)
    )


def sightings(person: PersonRow, skill_id: str, since: datetime) -> list[SightingRow]:
    """List what was seen of a skill: of the person, and of teammates in the role who finished no lesson of it."""
    finished = sa.exists().where(LessonFinish.person_id == Evidence.person_id, LessonFinish.skill_id == skill_id)
    mates = sa.and_(Evidence.person_id.in_(_mates(person)), sa.not_(finished))
    query = (
        sa.select(Evidence.person_id, Evidence.seen_at, Evidence.y, Evidence.v, Evidence.source, Evidence.setting)
        .outerjoin(Retraction, Retraction.evidence_id == Evidence.id)
        .where(
            sa.or_(Evidence.person_id == person.id, mates),
            Evidence.skill_id == skill_id,
            Evidence.kind == "observation",
            Evidence.seen_at >= since,
            Retraction.evidence_id.is_(None),
        )
        .order_by(Evidence.seen_at, Evidence.id)
    )
    return [SightingRow(*row) for row in session().execute(query)]


def contact(person_id: uuid.UUID) -> Contact:
    """Read how to reach somebody, and who coaches them now, with one statement."""
    coach = aliased(Person)
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(Person.email, Person.phone, coach.name)
        .outerjoin(CoachPairing, sa.and_(CoachPairing.person_id == Person.id, CoachPairing.until.is_(None)))
        .outerjoin(coach, coach.id == CoachPairing.coach_id)
        .where(Person.id == person_id)
        .order_by(*by_name(coach))
    )
    rows = session().execute(query).all()
    return Contact(rows[0][0], rows[0][1], tuple(name for _, _, name in rows if name is not None))


def _mates(person: PersonRow) -> sa.Select[uuid.UUID]:
    return (
        sa.select(TeamMembership.person_id)
        .join(JobRoleHolding, JobRoleHolding.person_id == TeamMembership.person_id)
        .join(Person, Person.id == TeamMembership.person_id)
        .where(
            TeamMembership.team_id == person.team_id,
            TeamMembership.until.is_(None),
            JobRoleHolding.job_role_id == person.job_role_id,
            JobRoleHolding.until.is_(None),
            Person.deactivated_at.is_(None),
            Person.id != person.id,
        )
    )
