"""Say whether a lesson helped: gains against what was expected, beside people who had not taken it, shrunk together.

A gain is recheck - what the core expected of that very source just before (`estimate.expected_next`), in levels. A raw
before/after is never an effect: people picked for looking weak gain without any lesson.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from coach.measurement.arrays import Matrix, Numbers, Vector, open_share, same_length, vector
from coach.measurement.checks import BadInput, positive

Groups = tuple[list[float], list[float]]


class EffectWord(StrEnum):
    """What may be said of a lesson."""

    HELPS = "helps"
    NO_SIGN = "no_sign_of_help"
    NOT_KNOWN = "not_known_yet"
    NOT_CORRECTED = "not_corrected_for_general_change"


@dataclass(frozen=True, slots=True)
class Gain:
    """One person's gain in levels: after the lesson (`taken`), or as a comparison person of that lesson."""

    lesson: str
    gain: float
    taken: bool


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Effects pulled to their common mean; `mean`, `sd` of shape (lessons,), the mixture over tau in the rest.

    Given tau the effect of lesson l is N(means[tau, l], sds[tau, l]^2); tau has posterior `weights` on `taus`.
    """

    mean: Vector
    sd: Vector
    common_mean: float
    common_sd: float
    tau: float
    taus: Vector
    weights: Vector
    means: Matrix
    sds: Matrix

    def p_above(self, threshold: float) -> Vector:
        """Return P(effect > threshold) of each lesson."""
        from scipy.special import ndtr

        above = self.weights @ ndtr((self.means - threshold) / np.maximum(self.sds, 1e-12))
        return np.asarray(np.clip(above, 0.0, 1.0))


@dataclass(frozen=True, slots=True)
class LessonEffect:
    """A lesson's effect in levels: as measured (`difference`, its variance) and shrunk (`mean`, `sd`), and the word.

    Without comparison people the difference is the takers' mean gain, general change included, and the shrunk values
    are None; without takers everything is None.
    """

    lesson: str
    takers: int
    comparisons: int
    difference: float | None
    variance: float | None
    mean: float | None
    sd: float | None
    p_helps: float | None
    word: EffectWord


@dataclass(frozen=True, slots=True)
class EffectRules:
    """When a word may be said, and the priors of the effects; levels."""

    worth: float = 0.06
    helps_from: float = 0.95
    no_sign_from: float = 0.90
    least_people: int = 8
    mu_sd: float = 0.20
    tau_scale: float = 0.15
    tau_most: float = 1.0


def lesson_effects(rows: Sequence[Gain], *, rules: EffectRules | None = None) -> tuple[LessonEffect, ...]:
    """Estimate every lesson's effect, in order of first appearance.

    difference = mean gain of takers - mean gain of comparison people (the caller picks those: same skill, open
    finding, same quarter, not yet through the lesson, rechecked); variance = gain variance pooled over all groups x
    (1/n_t + 1/n_c). Lessons with both groups are shrunk together (`shrink`). "Helps": P(effect > worth) >=
    `helps_from` and `least_people` in both groups; "no sign": P(effect < worth) >= `no_sign_from`.
    """
    rules = rules or EffectRules()
    vector([row.gain for row in rows], "gains")
    groups: dict[str, Groups] = {}
    for row in rows:
        groups.setdefault(row.lesson, ([], []))[0 if row.taken else 1].append(row.gain)
    spread = _pooled_variance(groups)
    compared = {lesson: pair for lesson, pair in groups.items() if pair[0] and pair[1]}
    done = _together(compared, spread, rules) if spread is not None and compared else {}
    return tuple(done.get(lesson) or _alone(lesson, *groups[lesson], spread) for lesson in groups)


def _together(groups: Mapping[str, Groups], spread: float, rules: EffectRules) -> dict[str, LessonEffect]:
    raw = [float(np.mean(takers) - np.mean(others)) for takers, others in groups.values()]
    noise = [spread * (1 / len(takers) + 1 / len(others)) for takers, others in groups.values()]
    shrunk = shrink(raw, noise, mu_sd=rules.mu_sd, tau_scale=rules.tau_scale, tau_most=rules.tau_most)
    p_helps = [float(p) for p in shrunk.p_above(rules.worth)]
    return {
        lesson: LessonEffect(
            lesson=lesson,
            takers=len(takers),
            comparisons=len(others),
            difference=raw[i],
            variance=noise[i],
            mean=float(shrunk.mean[i]),
            sd=float(shrunk.sd[i]),
            p_helps=p_helps[i],
            word=_word(p_helps[i], min(len(takers), len(others)), rules),
        )
        for i, (lesson, (takers, others)) in enumerate(groups.items())
    }


def _pooled_variance(groups: Mapping[str, Groups]) -> float | None:
    """Return the variance within groups, over all of them; None without two people in any, or without spread."""
    each = [np.asarray(group) for pair in groups.values() for group in pair if group]
    degrees = sum(len(group) - 1 for group in each)
    squares = float(sum(((group - group.mean()) ** 2).sum() for group in each))
    return squares / degrees if degrees and squares > 0 else None


def _alone(lesson: str, takers: list[float], others: list[float], spread: float | None) -> LessonEffect:
    """Describe a lesson that cannot be compared: no takers, no comparison people, or no spread to judge by."""
    word = EffectWord.NOT_CORRECTED if takers and not others else EffectWord.NOT_KNOWN
    difference = float(np.mean(takers)) - (float(np.mean(others)) if others else 0.0) if takers else None
    variance = spread / len(takers) if takers and not others and spread is not None else None
    return LessonEffect(lesson, len(takers), len(others), difference, variance, None, None, None, word)


def _word(p_helps: float, smaller_group: int, rules: EffectRules) -> EffectWord:
    if p_helps >= rules.helps_from and smaller_group >= rules.least_people:
        return EffectWord.HELPS
    return EffectWord.NO_SIGN if 1 - p_helps >= rules.no_sign_from else EffectWord.NOT_KNOWN


def shrink(
    effects: Numbers,
    variances: Numbers,
    *,
    mu_mean: float = 0.0,
    mu_sd: float = 0.20,
    tau_scale: float = 0.15,
    tau_most: float = 1.0,
    points: int = 401,
) -> Shrunk:
    """Shrink effects d_l ~ N(delta_l, v_l) with delta_l ~ N(mu, tau^2), averaging over tau on a grid.

    mu ~ N(mu_mean, mu_sd^2) is integrated out exactly; tau is half-Cauchy(tau_scale) on 0..tau_most (infinite scale:
    uniform). The normal hierarchical model of Gelman et al. (2013), Bayesian Data Analysis, 3rd edition, section 5.4.
    """
    d, v = _effects_and_variances(effects, variances)
    positive("mu_sd", mu_sd)
    taus = np.linspace(0.0, positive("tau_most", tau_most), points)
    total = v + taus[:, None] ** 2
    precision = (1 / total).sum(axis=1) + mu_sd**-2
    centre = ((d / total).sum(axis=1) + mu_mean / mu_sd**2) / precision
    fit = (d**2 / total).sum(axis=1) + mu_mean**2 / mu_sd**2 - precision * centre**2
    weights = _on_grid(-0.5 * (np.log(total).sum(axis=1) + np.log(precision) + fit), taus, tau_scale)
    pull = v / total
    means = pull * centre[:, None] + (1 - pull) * d
    sds = np.sqrt((1 - pull) * v + pull**2 / precision[:, None])
    common, common_sd = _mixture(weights, centre[:, None], precision[:, None] ** -0.5)
    mean_and_sd = _mixture(weights, means, sds)
    return Shrunk(*mean_and_sd, float(common[0]), float(common_sd[0]), float(weights @ taus), taus, weights, means, sds)


def _effects_and_variances(effects: Numbers, variances: Numbers) -> tuple[Vector, Vector]:
    d, v = vector(effects, "effects"), vector(variances, "variances")
    if same_length(effects=d, variances=v) == 0 or (v <= 0).any():
        raise BadInput("effects need at least one value, and variances above 0")
    return d, v


def _on_grid(log_likelihoods: Vector, taus: Vector, tau_scale: float) -> Vector:
    """Return the posterior weights of tau under its half-Cauchy prior, the grid's ends counting half."""
    log_weights = log_likelihoods - np.log1p((taus / tau_scale) ** 2)
    log_weights[[0, -1]] -= np.log(2.0)
    weights = np.exp(log_weights - log_weights.max())
    return np.asarray(weights / weights.sum())


def _mixture(weights: Vector, means: Matrix, sds: Matrix) -> tuple[Vector, Vector]:
    mean = weights @ means
    return mean, np.sqrt(weights @ (sds**2 + (means - mean) ** 2))


def confidence_sequence(
    effects: Numbers, variances: Numbers, confidence: float = 0.95, *, spread: float = 0.20
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return (low, high) at each look, valid at all looks together, however often one looks.

    `effects[i]` with variance `variances[i]` is the estimate from all data up to look i (each look holds the earlier
    ones). Normal mixture boundary with V = 1/v, rho = 1/spread^2: effect -+ sqrt((V + rho) log((V + rho)/(rho
    alpha^2))) / V; Robbins (1970), Annals of Mathematical Statistics 41, 1397-1409; Howard, Ramdas, McAuliffe and
    Sekhon (2021), Annals of Statistics 49, 1055-1080, equation 14. Tightest for effects near `spread` levels.
    """
    d, v = _effects_and_variances(effects, variances)
    alpha, rho = 1 - open_share(confidence, "confidence"), positive("spread", spread) ** -2
    information = 1 / v
    reach = np.sqrt((information + rho) * np.log((information + rho) / (rho * alpha**2))) / information
    return d - reach, d + reach
