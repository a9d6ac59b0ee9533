"""Say how well a person fits a job role, as a distribution, and how sure an order of two people is.

It is an aid to a talk, never a decision: an order comes only with its probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coach.measurement.arrays import Vector, open_share, vector
from coach.measurement.checks import BadInput


@dataclass(frozen=True, slots=True)
class SkillNeed:
    """A skill the role needs and what is known of the person: target and mean and SD in levels, weight > 0."""

    skill: str
    target: float
    weight: float
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class SkillLoss:
    """What one skill takes off the fit: expected share, and its expected gap in levels."""

    skill: str
    expected_gap: float
    loss: float


@dataclass(frozen=True, slots=True)
class RoleFit:
    """The fit in 0..1: exact mean and SD, interval and sorted draws of its distribution; losses in the needs' order.

    mean + sum of losses = 1.
    """

    mean: float
    sd: float
    low: float
    high: float
    losses: tuple[SkillLoss, ...]
    draws: Vector

    def p_at_least(self, fit: float) -> float:
        """Return P(fit >= a value)."""
        return float((self.draws >= fit).mean())


def role_fit(
    needs: Sequence[SkillNeed], *, seed: int = 20200101, draws: int = 4000, confidence: float = 0.80
) -> RoleFit:
    """Return the distribution of fit = 1 - sum_k w_k gap_k/T_k / sum_k w_k with gap_k = max(T_k - level_k, 0).

    Levels are independent N(mean, sd^2). Mean and SD are exact: E gap = d Phi(d/s) + s phi(d/s), E gap^2 = (d^2 + s^2)
    Phi(d/s) + d s phi(d/s), d = T - mean. The interval is of `draws` stratified draws per skill, shuffled with `seed`.
    """
    target, weight, mean, sd = _columns(needs)
    share = weight / weight.sum() / target
    first, second = _gap_moments(target - mean, sd)
    rng = np.random.default_rng(seed)
    levels = mean + sd * np.column_stack([_normal_draws(rng, draws) for _ in needs])
    fits = np.sort(1 - np.maximum(target - levels, 0) @ share)
    tail = (1 - open_share(confidence, "confidence")) / 2
    low, high = np.quantile(fits, [tail, 1 - tail])
    losses = tuple(SkillLoss(n.skill, float(g), float(g * s)) for n, g, s in zip(needs, first, share, strict=True))
    spread = float(np.sqrt(share**2 @ np.maximum(second - first**2, 0)))
    return RoleFit(float(1 - first @ share), spread, float(low), float(high), losses, fits)


def p_before(a: RoleFit, b: RoleFit) -> float:
    """Return the probability that A fits better than B, a tie counting half; the two persons are independent."""
    below = np.searchsorted(b.draws, a.draws, side="left")
    not_above = np.searchsorted(b.draws, a.draws, side="right")
    return float((below + not_above).sum() / (2 * len(a.draws) * len(b.draws)))


def _columns(needs: Sequence[SkillNeed]) -> tuple[Vector, Vector, Vector, Vector]:
    if not needs:
        raise BadInput("a role needs at least one skill")
    target, weight = vector([n.target for n in needs], "targets"), vector([n.weight for n in needs], "weights")
    mean, sd = vector([n.mean for n in needs], "means"), vector([n.sd for n in needs], "sds")
    if (target <= 0).any() or (weight <= 0).any() or (sd <= 0).any():
        raise BadInput("targets, weights and sds must be above 0")
    return target, weight, mean, sd


def _gap_moments(short: Vector, sd: Vector) -> tuple[Vector, Vector]:
    from scipy.special import ndtr

    z = short / sd
    below, density = ndtr(z), np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
    return short * below + sd * density, (short**2 + sd**2) * below + short * sd * density


def _normal_draws(rng: np.random.Generator, draws: int) -> Vector:
    """Return shuffled normal draws, one from each of `draws` equally likely slices."""
    from scipy.special import ndtri

    return np.asarray(ndtri((rng.permutation(draws) + rng.random(draws)) / draws), dtype=np.float64)
