"""Hold every constant of the estimate in one frozen, versioned place."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from coach.measurement.checks import BadInput, finite, not_negative, positive, within

DRIFT_DAYS = 1200.0


class Kind(StrEnum):
    """Name the four ways in which a skill is seen."""

    QUIZ = "quiz"
    OBSERVATION = "observation"
    SELF = "self"
    KPI = "kpi"


class SkillKind(StrEnum):
    """Tell a skill one watches (behaviour) from one that a quiz can ask for (knowledge)."""

    BEHAVIOUR = "behaviour"
    KNOWLEDGE = "knowledge"


TAU: Mapping[SkillKind, Mapping[str, float]] = {
    SkillKind.BEHAVIOUR: {Kind.QUIZ: 1.0, Kind.OBSERVATION: 0.35, Kind.SELF: 1.75, Kind.KPI: 1.0},
    SkillKind.KNOWLEDGE: {Kind.QUIZ: 0.35, Kind.OBSERVATION: 0.45, Kind.SELF: 1.75, Kind.KPI: 1.3},
}
OMEGA: Mapping[str, float] = {Kind.QUIZ: 0.10, Kind.OBSERVATION: 0.30, Kind.SELF: 0.0, Kind.KPI: 0.20}


def _default_tau() -> Mapping[str, float]:
    return dict(TAU[SkillKind.BEHAVIOUR])


def _default_omega() -> Mapping[str, float]:
    return dict(OMEGA)


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold what one skill's estimates are computed with; the defaults are those of a behaviour skill.

    Levels are on the scale 1 to 4, days are days. `mu0`, `s0`: mean and SD of people in the role. `drift`: variance a
    level gains a day; left out, it is 2 s0^2 / 1200 (a level that is forgotten with a time constant of 1200 days and
    keeps its SD s0) of the s0 given here, and it stays when `calibrated` changes s0. `half_life`: days until evidence
    weighs half. `rho`: factor (0, 1] on evidence older than a finished lesson. `tau[kind]`, `omega[kind]`: SD of the
    bias of a kind of evidence and of one source of that kind, for this person, for ever. `severity[source]`: how much
    above (+) the common scale a rater writes; absent means 0. mu0, s0 and severity are the calibration, the rest are
    the choices.
    """

    mu0: float = 2.2
    s0: float = 0.65
    drift: float = math.nan
    half_life: float = 120.0
    rho: float = 0.5
    tau: Mapping[str, float] = field(default_factory=_default_tau)
    omega: Mapping[str, float] = field(default_factory=_default_omega)
    severity: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse settings no estimate can be made with, and fill in the drift."""
        finite("mu0", self.mu0)
        positive("s0", self.s0)
        positive("half_life", self.half_life)
        positive("rho", self.rho)
        within("rho", self.rho, 0.0, 1.0)
        if math.isnan(self.drift):
            object.__setattr__(self, "drift", 2.0 * self.s0 * self.s0 / DRIFT_DAYS)
        not_negative("drift", [self.drift])
        not_negative("tau", self.tau.values())
        not_negative("omega", self.omega.values())
        if set(self.tau) != set(self.omega):
            raise BadInput(f"tau and omega name different kinds: {sorted(self.tau)} and {sorted(self.omega)}")
        for source, offset in self.severity.items():
            finite(f"severity of {source!r}", offset)

    @classmethod
    def for_skill(cls, kind: SkillKind | str, *, mu0: float = 2.2, s0: float = 0.65) -> "Settings":
        """Return the defaults for a behaviour or a knowledge skill."""
        try:
            tau = TAU[SkillKind(kind)]
        except ValueError as unknown:
            raise BadInput(f"unknown kind of skill: {kind!r}") from unknown
        return cls(mu0=mu0, s0=s0, tau=dict(tau))

    def calibrated(
        self, *, mu0: float | None = None, s0: float | None = None, severity: Mapping[str, float] | None = None
    ) -> "Settings":
        """Return the same choices under another calibration; drift stays, since no finding may move because of it."""
        return replace(
            self,
            mu0=self.mu0 if mu0 is None else mu0,
            s0=self.s0 if s0 is None else s0,
            severity=self.severity if severity is None else dict(severity),
        )

    def clock(self, t: float, lessons: int) -> float:
        """Return c(t) = t/half_life + log2(1/rho) * lessons, the skill's own clock in halvings."""
        return t / self.half_life - lessons * math.log2(self.rho)


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one thing seen: kind, source (rater, quiz form, metric, "self"), day t, value y, variance v.

    t counts days (any origin; stored rows use 2020-01-01), when it was seen and not when it was entered. y is as
    written: severity is taken off at reading.
    """

    kind: str
    source: str
    t: float
    y: float
    v: float

    def __post_init__(self) -> None:
        """Refuse NaN, infinity and a variance that is not above 0."""
        finite("t", self.t)
        finite("y", self.y)
        positive("v", self.v)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Hold a level as a mean with its SD, and why it is there.

    `p_below` = P(level < target) and `expected_gap` = E[max(target - level, 0)] are None without a target.
    `reliability` = 1 - sd^2/s0^2. `shares` and `moved` stand in the order of what was read: pieces for `posterior`,
    sources for a cell read from its accumulators. `prior_share` + sum of shares = 1, and mu0 + sum of moved = mean.
    """

    mean: float
    sd: float
    p_below: float | None
    expected_gap: float | None
    reliability: float
    prior_share: float
    shares: tuple[float, ...]
    moved: tuple[float, ...]
