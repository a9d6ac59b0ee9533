"""Compare what was seen of a skill in two spans of time, without calling the difference an effect.

Both spans hold pieces of one kind, so that what the kind may stay off (tau) is in both and falls out of the difference.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

from coach.measurement.checks import BadInput, finite, positive

OMEGA: Final = 0.30
"""SD of how far one rater stays off for one person."""
NINE_IN_TEN: Final = 1.6448536269514722
"""Half width of a 90 % interval in standard deviations."""


@dataclass(frozen=True, slots=True)
class Heap:
    """Take what one source saw in a span: `weight` = sum 1/v, `value` = the 1/v-weighted mean, in levels."""

    weight: float
    value: float


@dataclass(frozen=True, slots=True)
class Average:
    """Hold an average, of a span or of people, and its SD, in levels."""

    mean: float
    sd: float

    @property
    def low(self) -> float:
        """Give the lower end of where the average lies 9 times in 10."""
        return self.mean - NINE_IN_TEN * self.sd

    @property
    def high(self) -> float:
        """Give the upper end of where the average lies 9 times in 10."""
        return self.mean + NINE_IN_TEN * self.sd


@dataclass(frozen=True, slots=True)
class Change:
    """Hold the difference of two spans, in levels: its range, and how likely it is a rise."""

    gain: float
    sd: float
    p_rise: float

    @property
    def low(self) -> float:
        """Give the lower end of where the difference lies 9 times in 10."""
        return self.gain - NINE_IN_TEN * self.sd

    @property
    def high(self) -> float:
        """Give the upper end of where the difference lies 9 times in 10."""
        return self.gain + NINE_IN_TEN * self.sd


def average(heaps: Iterable[Heap], *, omega: float = OMEGA) -> Average:
    """Average a span over its sources: P_s = W/(1 + omega^2 W), mean = sum P_s y_s / sum P_s, sd = 1/sqrt(sum P_s).

    The pooling of an estimate without fading: within one span nothing is older than the rest. No heap is refused.
    """
    parts = [(positive("weight", h.weight) / (1.0 + omega**2 * h.weight), finite("value", h.value)) for h in heaps]
    if not parts:
        raise BadInput("an average needs something that was seen")
    precision = sum(p for p, _ in parts)
    return Average(sum(p * y for p, y in parts) / precision, 1.0 / math.sqrt(precision))


def together(readings: Iterable[tuple[float, float]]) -> Average:
    """Take several people together, each by mean and SD in levels: mean = sum m/n, sd = sqrt(sum s^2)/n.

    What is not known of one says nothing of another, so that errors even out. Nobody at all is refused.
    """
    each = [(finite("mean", mean), positive("sd", sd)) for mean, sd in readings]
    if not each:
        raise BadInput("a group needs somebody in it")
    return Average(sum(m for m, _ in each) / len(each), math.sqrt(sum(s**2 for _, s in each)) / len(each))


def change(before: Average, after: Average) -> Change:
    """Subtract two averages: sd = sqrt(sd_b^2 + sd_a^2), P(rise) = Phi(gain/sd).

    Raters who saw both spans would make it a little surer than this says; it errs to the cautious side.
    """
    gain, sd = after.mean - before.mean, math.hypot(before.sd, after.sd)
    return Change(gain, sd, NormalDist().cdf(gain / sd))


def expected_on_the_way(target: float, week: int, weeks: int, *, start: float = 1.5) -> float:
    """Say which level a start plan expects in a week: a straight way from where With help begins to the target.

    `week` counts from 1 to `weeks`; a target at or below the start is expected from the first week.
    """
    share = min(max(week / positive("weeks", weeks), 0.0), 1.0)
    return target if target <= start else start + (target - start) * share
