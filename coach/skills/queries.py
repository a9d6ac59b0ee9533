"""Reads of the framework: skills, what one can see at each level, roles and their targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from coach.db import run, session
from coach.errors import NotFound
from coach.skills.models import JobRole, Skill, SkillLevel, Target
from coach.words import Text


@dataclass(frozen=True, slots=True)
class TargetRow:
    """Say which level a role needs of a skill; `threshold` is where that level begins, `weight` is 1 to 5."""

    skill: Skill
    level: int
    threshold: float
    weight: int


def skills() -> list[Skill]:
    """List the skills in use, in the order of the sales process."""
    return list(session().scalars(sa.select(Skill).where(Skill.retired_at.is_(None)).order_by(Skill.position)))


def ids() -> list[str]:
    """List the ids of the skills in use."""
    return list(run(_IDS).scalars())


_IDS: Final = sa.select(Skill.id).where(Skill.retired_at.is_(None)).order_by(Skill.position)


def skill(skill_id: str) -> Skill:
    """Load a skill, in use or retired; raise NotFound where there is none."""
    found = session().get(Skill, skill_id)
    if found is None:
        raise NotFound
    return found


def roles() -> list[JobRole]:
    """List the job roles in use."""
    return list(session().scalars(_ROLES))


_ROLES: Final = sa.select(JobRole).where(JobRole.retired_at.is_(None)).order_by(JobRole.position)


def targets_of(job_role_id: str) -> list[TargetRow]:
    """List what a role needs, in the order of the sales process."""
    return targets([job_role_id])[job_role_id]


def targets(job_role_ids: Iterable[str] | None = None) -> Mapping[str, list[TargetRow]]:
    """List what several roles need, or all of them, by role, with one statement; a role without targets has none."""
    wanted = (_TARGETS, {}) if job_role_ids is None else (_TARGETS_OF, {"roles": list(job_role_ids)})
    found: defaultdict[str, list[TargetRow]] = defaultdict(list)
    for role, needed, level, threshold, weight in session().execute(*wanted):
        found[role].append(TargetRow(needed, level, threshold, weight))
    return found


_TARGETS: Final = (
    sa.select(Target.job_role_id, Skill, Target.level, Target.threshold, Target.weight)
    .join(Skill, Skill.id == Target.skill_id)
    .where(Skill.retired_at.is_(None))
    .order_by(Skill.position)
)
_TARGETS_OF: Final = _TARGETS.where(Target.job_role_id.in_(sa.bindparam("roles", expanding=True)))


def levels_of(skill_ids: Iterable[str]) -> Mapping[str, Mapping[int, Text]]:
    """Say what one can see at each level of several skills: skill -> level -> anchor."""
    query = sa.select(SkillLevel).where(SkillLevel.skill_id.in_(list(skill_ids))).order_by(SkillLevel.level)
    found: defaultdict[str, dict[int, Text]] = defaultdict(dict)
    for row in session().scalars(query):
        found[row.skill_id][row.level] = row.anchor
    return found
