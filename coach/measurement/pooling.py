"""Pool what several sources say into one level: the arithmetic that every reading of a cell shares.

Why so: docs/measurement.md. Pieces are pooled by precision within a source, sources within a kind, kinds with each
other; at each step the precision is damped by the variance of the bias that this step's members share:
x / (1 + bias^2 x).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from coach.measurement.checks import BadInput
from coach.measurement.settings import Estimate, Settings

FAINTEST = 1e-290
"""Least weight of a piece, in place of a double's underflow to 0 after some nine hundred halvings."""

Reading = tuple[str, str, float, float, float]
"""(kind, source, W, ybar, tbar): one source's weight, mean value without its severity, and mean day, at one moment."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """Hold all sources pooled: precision P, mean value and day, age and the precision left after it.

    `kinds[kind]` = (Q, ybar_k); `damping[i]` = (P_k/Q)(P_s/W) of source i, so that P_i = W_i damping_i adds up to P.
    """

    readings: tuple[Reading, ...]
    precision: float
    value: float
    age: float
    aged: float
    kinds: dict[str, tuple[float, float]]
    damping: tuple[float, ...]


def pool(settings: Settings, readings: Iterable[Reading], t: float) -> Pooled:
    """Pool the readings of one cell at day t; no readings give precision 0."""
    readings = tuple(readings)
    damping, sums = _pool_sources(settings, readings)
    precision = value = day = 0.0
    kinds: dict[str, tuple[float, float]] = {}
    damp_kind: dict[str, float] = {}
    for kind, (q, qy, qt) in sums.items():
        damp = 1.0 / (1.0 + settings.tau[kind] ** 2 * q)
        damp_kind[kind] = damp
        kinds[kind] = (q, qy / q)
        precision += q * damp
        value += qy * damp
        day += qt * damp
    if not readings:
        return Pooled((), 0.0, settings.mu0, 0.0, 0.0, {}, ())
    age = max(t - day / precision, 0.0)
    aged = precision / (1.0 + settings.drift * age * precision)
    total = tuple([d * damp_kind[reading[0]] for d, reading in zip(damping, readings, strict=True)])
    return Pooled(readings, precision, value / precision, age, aged, kinds, total)


def _pool_sources(
    settings: Settings, readings: tuple[Reading, ...]
) -> tuple[list[float], dict[str, tuple[float, float, float]]]:
    """Return each source's damping P_s/W, and per kind the sums of P_s, P_s ybar, P_s tbar."""
    damping: list[float] = []
    sums: dict[str, tuple[float, float, float]] = {}
    for kind, _, weight, y, day in readings:
        omega = settings.omega.get(kind)
        if omega is None:
            raise BadInput(f"unknown kind of evidence: {kind!r}")
        damp = 1.0 / (1.0 + omega * omega * weight)
        damping.append(damp)
        p = weight * damp
        q, qy, qt = sums.get(kind, (0.0, 0.0, 0.0))
        sums[kind] = (q + p, qy + p * y, qt + p * day)
    return damping, sums


def conclude(
    settings: Settings, pooled: Pooled, target: float | None, weights: Iterable[tuple[int, float, float]] | None = None
) -> Estimate:
    """Combine what was pooled with the prior: L = 1/s0^2 + P', mean (L0 mu0 + P' ybar)/L, sd 1/sqrt(L).

    Shares and moves are of the sources, or of `weights`: (index of its reading, weight, value without severity) a
    piece.
    """
    prior = 1.0 / (settings.s0 * settings.s0)
    total = prior + pooled.aged
    mean = settings.mu0 + pooled.aged / total * (pooled.value - settings.mu0)
    sd = 1.0 / math.sqrt(total)
    if weights is None:
        weights = [(i, reading[2], reading[3]) for i, reading in enumerate(pooled.readings)]
    scale = pooled.aged / pooled.precision / total if pooled.precision else 0.0
    damping, mu0 = pooled.damping, settings.mu0
    shares = tuple([scale * damping[i] * w for i, w, _ in weights])
    moved = tuple([share * (y - mu0) for share, (_, _, y) in zip(shares, weights, strict=True)])
    p_below, gap = (None, None) if target is None else below(mean, sd, target)
    return Estimate(mean, sd, p_below, gap, pooled.aged / total, prior / total, shares, moved)


def below(mean: float, sd: float, target: float) -> tuple[float, float]:
    """Return P(level < T) = Phi(z) and E[max(T - level, 0)] = (T - m) Phi(z) + s phi(z), z = (T - m)/s."""
    if not math.isfinite(target):
        raise BadInput(f"target must be a finite number, not {target!r}")
    z = (target - mean) / sd
    p = 0.5 * math.erfc(-z / math.sqrt(2.0))
    density = math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    return p, max((target - mean) * p + sd * density, 0.0)
