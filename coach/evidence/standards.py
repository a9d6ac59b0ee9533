"""What a cell is read with: the versioned settings, the prior of its role, its raters, and the role's target."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa

from coach.db import kept, run, session
from coach.errors import NotFound
from coach.evidence.models import Prior, PriorWithout, RaterSeverity, SettingsVersion
from coach.measurement.estimate import Settings
from coach.measurement.findings import DEFAULT, Thresholds
from coach.people.models import JobRoleHolding
from coach.skills.models import Skill, Target

RATER: Final = "rater:"
"""What the source of a piece begins with that a person saw; the person's id follows."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """Hold how far above (+) the common scale a calibrated rater writes; `low` to `high` is an 80 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Standards:
    """Hold one version of the settings: how evidence weighs, when a finding opens and closes, how raters lean."""

    number: int
    choices: Mapping[str, Any]
    thresholds: Thresholds
    leanings: Mapping[str, Leaning] = field(default_factory=dict)
    made: dict[tuple[Any, ...], Settings] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def severity(self) -> Mapping[str, float]:
        """Give by source what is taken off."""
        return {source: leaning.value for source, leaning in self.leanings.items()}

    def settings(self, skill_kind: str, mu0: float | None = None, s0: float | None = None) -> Settings:
        """Give the settings of one skill under a prior; without one, under what the organisation falls back on."""
        asked = (skill_kind, mu0, s0)
        if asked not in self.made:
            self.made[asked] = self._make(*asked)
        return self.made[asked]

    def _make(self, skill_kind: str, mu0: float | None, s0: float | None) -> Settings:
        chosen = _chosen(self.choices, skill_kind) if self.choices else Settings.for_skill(skill_kind)
        return chosen.calibrated(
            mu0=self.choices.get("mu0") if mu0 is None else mu0,
            s0=self.choices.get("s0") if s0 is None else s0,
            severity=self.severity,
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


def _in_force() -> sa.Select[*tuple[Any, ...]]:
    """Build one statement for the newest settings and the newest severities; a row at least, whatever is missing."""
    one = sa.select(sa.literal(1).label("one")).subquery()
    newest = sa.select(SettingsVersion).order_by(SettingsVersion.number.desc()).limit(1).subquery()
    latest = sa.select(sa.func.max(RaterSeverity.number)).scalar_subquery()
    rater = sa.and_(RaterSeverity.number == latest, RaterSeverity.is_calibrated)
    query: sa.Select[*tuple[Any, ...]] = sa.select(
        newest.c.number,
        newest.c.settings,
        RaterSeverity.rater_id,
        RaterSeverity.severity,
        RaterSeverity.low,
        RaterSeverity.high,
    )
    return query.select_from(one).outerjoin(newest, sa.true()).outerjoin(RaterSeverity, rater)


_IN_FORCE: Final = _in_force()


def numbers() -> tuple[sa.Label[Any], ...]:
    """Build what tells whether settings and severities are still those that were read, to be read beside a cell.

    Severities of one number only ever become fewer, when a rater is erased; so their count is among them.
    """
    newest = sa.select(sa.func.max(RaterSeverity.number)).scalar_subquery()
    return (
        sa.select(sa.func.max(SettingsVersion.number)).scalar_subquery().label("settings_no"),
        newest.label("severity_no"),
        sa.select(sa.func.count()).where(RaterSeverity.number == newest).scalar_subquery().label("raters"),
    )


def numbered(row: Any) -> Standards:
    """Give what is in force by the `numbers` of a row; it is read once a process."""
    return kept(("standards", row.settings_no, row.severity_no, row.raters), current)


def applied(person_id: uuid.UUID, skill_id: str) -> tuple[Standards, Expectation]:
    """Read what one cell is read with, with one statement; raise NotFound for a skill that is not there."""
    return read(run(OF_ONE, {"person": person_id, "skill": skill_id}).one_or_none())


def read(row: Any) -> tuple[Standards, Expectation]:
    """Give the settings and what is expected by a row of OF_ONE; raise NotFound where there is none."""
    if row is None:
        raise NotFound
    return numbered(row), Expectation(*row[2:9])


def current() -> Standards:
    """Read the settings in force; version 0 is the defaults of docs/measurement.md."""
    rows = run(_IN_FORCE).all()
    number, chosen = rows[0].number or 0, rows[0].settings or {}
    leanings = {f"{RATER}{row.rater_id}": Leaning(*row[3:6]) for row in rows if row.rater_id is not None}
    return Standards(number, chosen.get("measurement", {}), _thresholds(chosen), leanings)


def thresholds_of(number: int) -> Thresholds:
    """Give what a version of the settings calls known and clearly below; it is read once a process."""
    return kept(("thresholds", number), lambda: _version(number)) if number else DEFAULT


def _version(number: int) -> Thresholds:
    return _thresholds(session().get_one(SettingsVersion, number).settings)


def _thresholds(chosen: Mapping[str, Any]) -> Thresholds:
    return Thresholds(**chosen.get("thresholds", {}))


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
    query: sa.Select[*tuple[Any, ...]] = sa.select(
        Skill.id,
        JobRoleHolding.person_id,
        Skill.kind,
        JobRoleHolding.job_role_id,
        sa.func.coalesce(PriorWithout.mu0, Prior.mu0),
        sa.func.coalesce(PriorWithout.s0, Prior.s0),
        Target.threshold,
        Target.level,
        Target.weight,
    )
    return (
        query.select_from(Skill)
        .outerjoin(JobRoleHolding, sa.and_(JobRoleHolding.until.is_(None), whose))
        .outerjoin(Target, sa.and_(Target.job_role_id == JobRoleHolding.job_role_id, Target.skill_id == Skill.id))
        .outerjoin(Prior, _newest(Prior, newest))
        .outerjoin(PriorWithout, _newest(PriorWithout, newest, PriorWithout.person_id == JobRoleHolding.person_id))
    )


def _newest(prior: Any, number: Any, *more: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    of_role = prior.job_role_id == JobRoleHolding.job_role_id
    return sa.and_(prior.number == number, of_role, prior.skill_id == Skill.id, *more)


OF_ONE: Final = (
    _expected(JobRoleHolding.person_id == sa.bindparam("person"))
    .where(Skill.id == sa.bindparam("skill"))
    .add_columns(*numbers())
)


def _chosen(choices: Mapping[str, Any], skill_kind: str) -> Settings:
    """Make settings from the choices alone; mu0 and s0 are calibration and must not move the drift."""
    own = {name: value for name, value in choices.items() if name in {"half_life", "rho", "drift"}}
    base = Settings.for_skill(skill_kind)
    tau = choices.get("tau", {}).get(skill_kind, base.tau)
    return Settings(**own, tau=tau, omega=choices.get("omega", base.omega))
