"""Draw the limits within which a rate may lie by chance alone, given how many trials it rests on.

Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24, 1185-1202
(limits, appendix A.1.1), and Handling over-dispersion of performance indicators, Qual Saf Health Care 14, 347-351.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from coach.measurement.arrays import Vector, open_share
from coach.measurement.checks import BadInput


class Word(StrEnum):
    """What may be said of a point: only outside the outer limits is there something to look at."""

    LOOK_ABOVE = "look_above"
    LOOK_BELOW = "look_below"
    NO_DIFFERENCE = "no_difference_shown"


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """One point of the plot; `z` = (rate - target) / sqrt(target (1 - target) / n), not yet divided by sqrt(phi)."""

    name: str
    x: int
    n: int
    rate: float
    z: float
    inner: tuple[float, float]
    outer: tuple[float, float]
    word: Word


@dataclass(frozen=True, slots=True)
class Funnel:
    """The target, the over-dispersion found, the factor used on the limits (1 unless it is clear), the points."""

    target: float
    phi: float
    phi_used: float
    rows: tuple[FunnelRow, ...]
    left_out: tuple[str, ...]


def funnel(
    rows: Sequence[tuple[str, int, int]],
    *,
    target: float | None = None,
    inner: float = 0.95,
    outer: float = 0.998,
    winsorised: float = 0.10,
) -> Funnel:
    """Place (name, successes, trials) rows in a funnel around the target, by default the rate of all together.

    phi = mean of z^2, z pulled in to its 10 % and 90 % quantiles; used on the limits when phi > 1 + 2 sqrt(2/k), k
    the number of rows. Rows without a trial are named in `left_out`. Raises BadInput for counts that cannot be and
    for a target of 0 or 1, around which there is no funnel.
    """
    for name, x, n in rows:
        if x != int(x) or n != int(n) or not 0 <= x <= n:
            raise BadInput(f"{name}: {x} successes in {n} trials cannot be")
    used = [row for row in rows if row[2] > 0]
    if not used:
        raise BadInput("a funnel needs a row with a trial")
    centre = target if target is not None else sum(x for _, x, _ in used) / sum(n for _, _, n in used)
    open_share(centre, "target")
    z = np.array([(x / n - centre) / np.sqrt(centre * (1 - centre) / n) for _, x, n in used])
    phi = _dispersion(z, winsorised)
    phi_used = phi if phi > 1 + 2 * np.sqrt(2 / len(used)) else 1.0
    points = tuple(
        _point(row, float(score), centre, phi_used, (inner, outer)) for row, score in zip(used, z, strict=True)
    )
    return Funnel(centre, phi, phi_used, points, tuple(name for name, _, n in rows if n == 0))


def _dispersion(z: Vector, winsorised: float) -> float:
    low, high = np.quantile(z, [winsorised, 1 - winsorised])
    return float((np.clip(z, low, high) ** 2).mean())


def _point(
    row: tuple[str, int, int], z: float, target: float, phi: float, confidences: tuple[float, float]
) -> FunnelRow:
    name, x, n = row
    inner, outer = (funnel_limits(target, n, confidence, phi) for confidence in confidences)
    rate = x / n
    word = Word.LOOK_ABOVE if rate > outer[1] else Word.LOOK_BELOW if rate < outer[0] else Word.NO_DIFFERENCE
    return FunnelRow(name, int(x), int(n), rate, z, inner, outer, word)


def funnel_limits(target: float, n: int, confidence: float, phi: float = 1.0) -> tuple[float, float]:
    """Return the exact binomial limits of a rate of n trials around the target, as (low, high) within 0..1.

    For a tail p: r = the smallest count with F(r) > p, y = (r - (F(r) - p)/(F(r) - F(r - 1))) / n, F the binomial
    distribution function. With phi the distance from the target grows by sqrt(phi).
    """
    if n < 1 or n != int(n):
        raise BadInput(f"n must be a whole number of trials, not {n}")
    tail = (1 - open_share(confidence, "confidence")) / 2
    low, high = (_interpolated(open_share(target, "target"), int(n), p) for p in (tail, 1 - tail))
    stretch = np.sqrt(phi)
    return max(0.0, float(target + stretch * (low - target))), min(1.0, float(target + stretch * (high - target)))


def _interpolated(target: float, n: int, p: float) -> float:
    from scipy.special import bdtr
    from scipy.stats import binom

    r = int(binom.ppf(p, n, target))
    while r > 0 and bdtr(r - 1, n, target) > p:
        r -= 1
    while bdtr(r, n, target) <= p:
        r += 1
    at, before = float(bdtr(r, n, target)), float(bdtr(r - 1, n, target)) if r > 0 else 0.0
    return (r - (at - p) / (at - before)) / n
