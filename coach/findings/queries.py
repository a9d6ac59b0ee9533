"""Findings that a reader may see, and the pattern that several people of a role share."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coach.access.identity import Identity
from coach.db import fetch, session
from coach.errors import NotFound
from coach.evidence.models import Evidence
from coach.evidence.queries import CellRow, stands
from coach.findings.models import Finding, FindingContest, Resolution
from coach.people.models import JobRoleHolding, Person, TeamMembership
from coach.people.queries import visible_to
from coach.skills.models import JobRole, Skill, SkillLevel
from coach.words import Text


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Hold an open finding as a list shows it; `gap` in levels, ordered by weight x gap."""

    id: uuid.UUID
    person_id: uuid.UUID
    skill_id: str
    skill_name: Text
    job_role_id: str
    job_role_plural: Text
    opened_at: datetime
    p_below: float
    gap: float
    weight: int
    target: float
    mean: float


@dataclass(frozen=True, slots=True)
class Ending:
    """Hold what ended a finding: how, when, by whom, with which reason or piece of evidence."""

    kind: str
    at: datetime
    by_name: Text | None
    reason: str
    mean: float | None
    piece_kind: str | None
    piece_at: datetime | None
    piece_by: Text | None


@dataclass(frozen=True, slots=True)
class FindingPage:
    """Hold a finding with whom and what it is about, and what became of it."""

    finding: Finding
    person_id: uuid.UUID
    person_name: Text
    short_name: Text
    team_id: uuid.UUID | None
    skill_name: Text
    anchor: Text | None
    role_since: date | None
    start_plan_weeks: int | None
    ending: Ending | None
    contests: tuple[FindingContest, ...]

    def is_starting(self, today: date) -> bool:
        """Tell whether the person is in the start plan of their role: then growth is shown, never ochre."""
        if self.role_since is None or self.start_plan_weeks is None:
            return False
        return (today - self.role_since).days < 7 * self.start_plan_weeks


def open_for(person_ids: Iterable[uuid.UUID] | sa.Select[uuid.UUID]) -> list[FindingRow]:
    """List open findings about people, the one that matters most first."""
    if isinstance(person_ids, sa.Select):
        return [FindingRow(*row) for row in session().execute(_open().where(Finding.person_id.in_(person_ids)))]
    return [FindingRow(*row) for row in fetch(_open_for(), {"people": list(person_ids)})]


def still_below(found: Iterable[FindingRow], cells: Mapping[tuple[uuid.UUID, str], CellRow]) -> list[FindingRow]:
    """Keep what still stands: one that a new prior eased is open until somebody looks again, and clear no more."""
    return [row for row in found if stands(cells.get((row.person_id, row.skill_id)))]


@cache
def _open_for() -> sa.Select[*tuple[Any, ...]]:
    return _open().where(Finding.person_id.in_(sa.bindparam("people", expanding=True)))


def _open() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Finding.id,
            Finding.person_id,
            Finding.skill_id,
            Skill.name,
            Finding.job_role_id,
            JobRole.plural,
            Finding.opened_at,
            Finding.p_below,
            Finding.gap,
            Finding.weight,
            Finding.target,
            Finding.mean,
        )
        .join(Skill, Skill.id == Finding.skill_id)
        .join(JobRole, JobRole.id == Finding.job_role_id)
        .where(Finding.resolved_at.is_(None))
        .order_by((Finding.weight * Finding.gap).desc(), Finding.opened_at, Finding.id)
    )


_RESOLVER, _RATER = aliased(Person), aliased(Person)
_PAGE: Final[sa.Select[*tuple[Any, ...]]] = (
    sa.select(
        Finding,
        Person.name,
        Person.short_name,
        TeamMembership.team_id,
        Skill.name,
        SkillLevel.anchor,
        JobRoleHolding.since,
        JobRole.start_plan_weeks,
        Resolution,
        _RESOLVER.name,
        Evidence.kind,
        Evidence.seen_at,
        _RATER.name,
    )
    .join(Person, Person.id == Finding.person_id)
    .join(Skill, Skill.id == Finding.skill_id)
    .outerjoin(
        SkillLevel,
        sa.and_(SkillLevel.skill_id == Skill.id, sa.cast(SkillLevel.level, sa.Float) == Finding.target + 0.5),
    )
    .outerjoin(TeamMembership, sa.and_(TeamMembership.person_id == Person.id, TeamMembership.until.is_(None)))
    .outerjoin(JobRoleHolding, sa.and_(JobRoleHolding.person_id == Person.id, JobRoleHolding.until.is_(None)))
    .outerjoin(JobRole, JobRole.id == JobRoleHolding.job_role_id)
    .outerjoin(Resolution, Resolution.finding_id == Finding.id)
    .outerjoin(_RESOLVER, _RESOLVER.id == Resolution.by_id)
    .outerjoin(Evidence, Evidence.id == Resolution.evidence_id)
    .outerjoin(_RATER, _RATER.id == Evidence.entered_by)
)


def finding(identity: Identity, finding_id: uuid.UUID) -> FindingPage:
    """Load a finding about somebody the reader may see; raise NotFound where not."""
    row = session().execute(_PAGE.where(Finding.id == finding_id, Finding.person_id.in_(visible_to(identity))))
    found = row.one_or_none()
    if found is None:
        raise NotFound
    words = session().scalars(
        sa.select(FindingContest).where(FindingContest.finding_id == finding_id).order_by(FindingContest.at)
    )
    ended: Resolution | None = found[8]
    ending = Ending(ended.kind, ended.at, found[9], ended.reason, ended.mean, *found[10:13]) if ended else None
    name, short_name, team_id, skill_name, anchor, since, weeks = found[1:8]
    return FindingPage(
        found[0], found[0].person_id, name, short_name, team_id, skill_name, anchor, since, weeks, ending, tuple(words)
    )


def open_skills(person_ids: Iterable[uuid.UUID], skill_id: str | None = None) -> dict[tuple[uuid.UUID, str], uuid.UUID]:
    """Map people and skills to the open finding about them."""
    query = sa.select(Finding.person_id, Finding.skill_id, Finding.id).where(
        Finding.person_id.in_(list(person_ids)), Finding.resolved_at.is_(None)
    )
    if skill_id is not None:
        query = query.where(Finding.skill_id == skill_id)
    return {(person, skill): id_ for person, skill, id_ in session().execute(query)}
