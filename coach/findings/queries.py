"""Findings that a reader may see, and the pattern that several people of a role share."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coach.access.identity import Identity
from coach.db import session
from coach.errors import NotFound
from coach.findings.models import Finding, FindingContest, Resolution
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


@dataclass(frozen=True, slots=True)
class FindingPage:
    """Hold a finding with what it is about and what became of it."""

    finding: Finding
    skill_name: Text
    skill_kind: str
    anchor: Text
    resolution: Resolution | None
    contests: tuple[FindingContest, ...]


def open_for(person_ids: Iterable[uuid.UUID] | sa.Select[uuid.UUID]) -> list[FindingRow]:
    """List open findings about people, the one that matters most first."""
    ids = person_ids if isinstance(person_ids, sa.Select) else list(person_ids)
    query = (
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
        )
        .join(Skill, Skill.id == Finding.skill_id)
        .join(JobRole, JobRole.id == Finding.job_role_id)
        .where(Finding.resolved_at.is_(None), Finding.person_id.in_(ids))
        .order_by((Finding.weight * Finding.gap).desc(), Finding.opened_at, Finding.id)
    )
    return [FindingRow(*row) for row in session().execute(query)]


def finding(identity: Identity, finding_id: uuid.UUID) -> FindingPage:
    """Load a finding about somebody the reader may see; raise NotFound where not."""
    found = session().scalar(
        sa.select(Finding).where(Finding.id == finding_id, Finding.person_id.in_(visible_to(identity)))
    )
    if found is None:
        raise NotFound
    level = round(found.target + 0.5)
    about = (
        sa.select(Skill.name, Skill.kind, SkillLevel.anchor)
        .join(SkillLevel, sa.and_(SkillLevel.skill_id == Skill.id, SkillLevel.level == level))
        .where(Skill.id == found.skill_id)
    )
    name, kind, anchor = session().execute(about).one()
    words = session().scalars(
        sa.select(FindingContest).where(FindingContest.finding_id == found.id).order_by(FindingContest.at)
    )
    return FindingPage(found, name, kind, anchor, session().get(Resolution, found.id), tuple(words))


def resolved_for(person_id: uuid.UUID, *, limit: int = 20) -> list[tuple[Finding, Resolution]]:
    """List what was found about a person and is over, the newest first."""
    query = (
        sa.select(Finding, Resolution)
        .join(Resolution, Resolution.finding_id == Finding.id)
        .where(Finding.person_id == person_id)
        .order_by(Resolution.at.desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session().execute(query)]
