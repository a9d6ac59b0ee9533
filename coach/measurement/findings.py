"""Decide whether a level is clearly below its target, without flapping (MEASUREMENT 2).

Call `next_state` only when evidence is added or retracted, or target or settings change: time alone changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from coach.measurement.checks import BadInput, finite, not_negative, positive, within


class State(StrEnum):
    """Name what is known about one person, one skill and its target."""

    UNKNOWN = "unknown"
    FINE = "fine"
    FINDING = "finding"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Hold when a finding opens and closes; probabilities, levels, reliability 0 to 1, pieces counted."""

    open_at: float = 0.80
    close_at: float = 0.50
    gap: float = 0.15
    reliability: float = 0.25
    pieces: int = 3

    def __post_init__(self) -> None:
        """Refuse thresholds under which a finding would close the moment it opens."""
        within("open_at", self.open_at, 0.0, 1.0)
        within("reliability", self.reliability, 0.0, 1.0)
        not_negative("gap and pieces", [self.gap, self.pieces])
        if not 0.0 <= self.close_at < self.open_at:
            raise BadInput(f"a finding that opens at {self.open_at:g} cannot close at {self.close_at:g}")

    def suffice(self, pieces: int, reliability: float) -> bool:
        """Tell whether so many pieces and such a reliability say anything of a level."""
        return pieces >= self.pieces and reliability >= self.reliability

    def fade(self, pieces: int, reliability: float) -> bool:
        """Tell whether enough was seen once, and too long ago to say anything now: propose a recheck."""
        return pieces >= self.pieces and reliability < self.reliability

    def ease(self, p_below: float | None) -> bool:
        """Tell whether a level lies below its target so little surely that an open finding only waits to be closed."""
        return p_below is not None and p_below <= self.close_at


DEFAULT = Thresholds()


def target_of(level: int) -> float:
    """Return the target of a role that needs this level, 1 to 4: level - .5, where that level begins.

    A mean pulled to the prior never reaches the anchor itself, so twelve perfect logs at 3.0 would leave a finding
    open.
    """
    if level not in {1, 2, 3, 4}:
        raise BadInput(f"level must be 1, 2, 3 or 4, not {level!r}")
    return level - 0.5


def next_state(
    state: State | str,
    p_below: float,
    mean: float,
    target: float,
    reliability: float,
    pieces: int,
    *,
    newer_piece: bool = True,
    only_self: bool = False,
    seen: float | None = None,
    thresholds: Thresholds = DEFAULT,
) -> State:
    """Return what follows from an estimate and the state so far.

    An open finding is resolved when p <= .50 and a piece newer than its opening exists (`newer_piece`), else it
    stays. Otherwise: unknown if reliability < .25, fewer than 3 `pieces` that still count, or all of it
    self-assessment (`only_self`); a finding if p >= .80 and mean <= target - .15; else fine. Where all that was seen,
    pooled without the prior (`seen`, from `seen_mean`), lies at the target or above, nothing opens: against a target
    of level 4 the prior alone would make a finding of three marks that all say "Could teach".
    """
    p, sure = within("p_below", p_below, 0.0, 1.0), within("reliability", reliability, 0.0, 1.0)
    clearly_below = finite("mean", mean) <= finite("target", target) - thresholds.gap
    if _known(state) is State.FINDING:
        return State.RESOLVED if newer_piece and thresholds.ease(p) else State.FINDING
    if only_self or not thresholds.suffice(pieces, sure):
        return State.UNKNOWN
    only_the_prior = seen is not None and finite("seen", seen) >= target
    return State.FINDING if p >= thresholds.open_at and clearly_below and not only_the_prior else State.FINE


def seen_mean(mean: float, sd: float, mu0: float, s0: float) -> float | None:
    """Return what the evidence alone says, the prior divided out: (m/s^2 - mu0/s0^2) / (1/s^2 - 1/s0^2), in levels.

    None where there is no evidence (s = s0).
    """
    weight = 1.0 / positive("sd", sd) ** 2 - 1.0 / positive("s0", s0) ** 2
    return None if weight <= 1e-12 else (mean / sd**2 - mu0 / s0**2) / weight


def is_stale(state: State | str, reliability: float, thresholds: Thresholds = DEFAULT) -> bool:
    """Tell whether what was decided has faded to a reliability below .25: propose a recheck, change no state."""
    return _known(state) is not State.UNKNOWN and within("reliability", reliability, 0.0, 1.0) < thresholds.reliability


def false_discoveries(p_values: Sequence[float], q: float = 0.10) -> tuple[bool, ...]:
    """Tell for each p value whether it stands when at most a share q of those that stand shall be wrong.

    Benjamini and Hochberg 1995, J. R. Statist. Soc. B 57, 289-300: with p_(1) <= .. <= p_(m), the k smallest stand, k
    the largest with p_(k) <= q k/m. In the order given.
    """
    within("q", q, 0.0, 1.0)
    ordered = sorted(within("p value", p, 0.0, 1.0) for p in p_values)
    m = len(ordered)
    limit = max((p for k, p in enumerate(ordered, start=1) if p <= q * k / m), default=-1.0)
    return tuple(p <= limit for p in p_values)


def standing(p_below: Sequence[float], q: float = 0.10) -> tuple[bool, ...]:
    """Tell for each finding of a list whether it stands when at most a share q of those that stand is expected wrong.

    The surest stand, as many as keep the mean of their 1 - P(level < target) at or below q: the direct posterior
    probability approach, Newton and others 2004, Biostatistics 5, 155-176. P already weighs the prior, which a p value
    does not: read as p values, such odds would let hardly any finding stand. In the order given.
    """
    within("q", q, 0.0, 1.0)
    wrong = [1.0 - within("p_below", p, 0.0, 1.0) for p in p_below]
    surest = sorted(range(len(wrong)), key=wrong.__getitem__)
    sums = accumulate(wrong[place] for place in surest)
    kept = {place for n, (place, total) in enumerate(zip(surest, sums, strict=True), 1) if total <= q * n}
    return tuple(place in kept for place in range(len(wrong)))


def expected_wrong(p_below: Sequence[float]) -> float:
    """Return how many findings of a list are expected to be wrong: the sum of 1 - P(level < target)."""
    return sum(1.0 - within("p_below", p, 0.0, 1.0) for p in p_below)


def _known(state: State | str) -> State:
    try:
        return State(state)
    except ValueError as unknown:
        raise BadInput(f"unknown state: {state!r}") from unknown
