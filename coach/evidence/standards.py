"""What a cell is read with: the versioned settings, the prior of its role, and the role's target."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from coach.db import run, session
from coach.errors import NotFound
from coach.evidence.models import Prior, SettingsVersion
from coach.measurement.estimate import Settings
from coach.measurement.findings import Thresholds
from coach.people.models import JobRoleHolding
from coach.skills.models import Skill, Target


@dataclass(frozen=True, slots=True)
class Standards:
    """Hold one version of the settings: how evidence weighs, and when a finding opens and closes."""

    number: int
    choices: Mapping[str, Any]
    thresholds: Thresholds

    def settings(self, skill_kind: str, mu0: float | None = None, s0: float | None = None) -> Settings:
        """Make the settings of one skill under a prior."""
        return (
            Settings.for_skill(skill_kind).calibrated(mu0=mu0, s0=s0)
            if not self.choices
            else _chosen(self.choices, skill_kind, mu0, s0)
        )


@dataclass(frozen=True, slots=True)
class Expectation:
    """Hold what is expected of a person in a skill: its kind, prior, target and weight (None outside the role)."""

    skill_kind: str
    job_role_id: str | None
    mu0: float | None
    s0: float | None
    threshold: float | None
    level: int | None
    weight: int | None


_NEWEST: Final = (
    sa.select(SettingsVersion.number, SettingsVersion.settings).order_by(SettingsVersion.number.desc()).limit(1)
)


def current() -> Standards:
    """Read the settings in force; version 0 is the defaults of MEASUREMENT.md."""
    row = run(_NEWEST).one_or_none()
    if row is None:
        return Standards(0, {}, Thresholds())
    return Standards(row.number, row.settings.get("measurement", {}), Thresholds(**row.settings.get("thresholds", {})))


def expectation(person_id: uuid.UUID, skill_id: str) -> Expectation:
    """Read what is expected of one person in one skill; raise NotFound for a skill that is not there."""
    row = run(_ONE, {"person": person_id, "skill": skill_id}).one_or_none()
    if row is None:
        raise NotFound
    return Expectation(*row[2:])


def expectations(pairs: Iterable[tuple[uuid.UUID, str]]) -> dict[tuple[uuid.UUID, str], Expectation]:
    """Read what is expected in many cells with one statement."""
    wanted = set(pairs)
    if not wanted:
        return {}
    people, skills = {p for p, _ in wanted}, {s for _, s in wanted}
    query = _expected(JobRoleHolding.person_id.in_(people)).where(Skill.id.in_(skills))
    kinds: dict[str, str] = {}
    found: dict[tuple[uuid.UUID, str], Expectation] = {}
    for skill, person, kind, *rest in session().execute(query):
        kinds[skill] = kind
        if person is not None:
            found[person, skill] = Expectation(kind, *rest)
    plain = {skill: Expectation(kind, None, None, None, None, None, None) for skill, kind in kinds.items()}
    return {(p, s): found.get((p, s), plain[s]) for p, s in wanted if s in plain}


def _expected(whose: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    newest = sa.select(sa.func.max(Prior.number)).scalar_subquery()
    of_role = Prior.job_role_id == JobRoleHolding.job_role_id
    query: sa.Select[*tuple[Any, ...]] = sa.select(
        Skill.id,
        JobRoleHolding.person_id,
        Skill.kind,
        JobRoleHolding.job_role_id,
        Prior.mu0,
        Prior.s0,
        Target.threshold,
        Target.level,
        Target.weight,
    )
    return (
        query.select_from(Skill)
        .outerjoin(JobRoleHolding, sa.and_(JobRoleHolding.until.is_(None), whose))
        .outerjoin(Target, sa.and_(Target.job_role_id == JobRoleHolding.job_role_id, Target.skill_id == Skill.id))
        .outerjoin(Prior, sa.and_(Prior.number == newest, of_role, Prior.skill_id == Skill.id))
    )


_ONE: Final = _expected(JobRoleHolding.person_id == sa.bindparam("person")).where(Skill.id == sa.bindparam("skill"))


def _chosen(choices: Mapping[str, Any], skill_kind: str, mu0: float | None, s0: float | None) -> Settings:
    own = {name: value for name, value in choices.items() if name in {"half_life", "rho", "drift", "mu0", "s0"}}
    base = Settings.for_skill(skill_kind)
    tau = choices.get("tau", {}).get(skill_kind, base.tau)
    return Settings(**own, tau=tau, omega=choices.get("omega", base.omega)).calibrated(mu0=mu0, s0=s0)
