"""Place a person on the level scale from answers to calibrated items, and weigh what an item can tell.

P(right) = 1 / (1 + exp(-a (level - b))), a in logits per level (the logistic metric, without 1.702), b on the level
scale. Birnbaum, in Lord and Novick (1968), Statistical Theories of Mental Test Scores, chapters 17 to 20.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from coach.measurement.arrays import Numbers, Vector, same_length, vector
from coach.measurement.checks import BadInput, positive


class Method(StrEnum):
    """How a person's level is read from answers: likelihood alone, highest or mean posterior."""

    ML = "ml"
    MAP = "map"
    EAP = "eap"


@dataclass(frozen=True, slots=True)
class Ability:
    """A person's level from answers alone; infinite when maximum likelihood has no finite answer."""

    mean: float
    sd: float


def information(slopes: Numbers, difficulties: Numbers, level: float) -> Vector:
    """Return each item's Fisher information a^2 P (1 - P) at a level, shape (items,), in 1/level^2."""
    a, b = _items(slopes, difficulties)
    p = 1 / (1 + np.exp(-a * (level - b)))
    return np.asarray(a**2 * p * (1 - p))


def ability(
    slopes: Numbers,
    difficulties: Numbers,
    answers: Numbers,
    method: Method | str = Method.ML,
    *,
    prior_mean: float = 2.2,
    prior_sd: float = 0.65,
) -> Ability:
    """Place one person from answers in 0..1 to calibrated items, each argument of shape (items,).

    ml: the level with sum a (x - P) = 0, SD 1/sqrt(information); all right or all wrong answers +-infinity with
    infinite SD, no answer raises BadInput. map: the same with the prior N(prior_mean, prior_sd^2), SD from the
    curvature. eap: mean and SD of the posterior on a grid (Bock and Mislevy 1982). Without an answer map and eap
    return the prior.
    """
    a, b = _items(slopes, difficulties)
    x = vector(answers, "answers")
    same_length(slopes=a, answers=x)
    if x.size and (x.min() < 0 or x.max() > 1):
        raise BadInput("answers must lie between 0 and 1")
    method = Method(method)
    if method is Method.EAP:
        levels, weights = level_posterior(a, b, x, prior_mean, prior_sd)
        mean = float(weights @ levels)
        return Ability(mean, float(np.sqrt(weights @ (levels - mean) ** 2)))
    if method is Method.ML and (not x.size or x.min() == 1 or x.max() == 0):
        if not x.size:
            raise BadInput("no answer, no maximum likelihood")
        return Ability(float(np.inf if x.min() == 1 else -np.inf), float(np.inf))
    return _mode(a, b, x, 0.0 if method is Method.ML else positive("prior_sd", prior_sd) ** -2, prior_mean)


def _mode(a: Vector, b: Vector, x: Vector, precision: float, prior_mean: float) -> Ability:
    from scipy.optimize import brentq
    from scipy.special import expit

    def slope_of_log_posterior(level: float) -> float:
        return float(a @ (x - expit(a * (level - b))) - precision * (level - prior_mean))

    reach = 1.0
    centre = float(b.mean()) if len(b) else prior_mean
    while slope_of_log_posterior(centre - reach) < 0 or slope_of_log_posterior(centre + reach) > 0:
        reach *= 2
    mode = float(brentq(slope_of_log_posterior, centre - reach, centre + reach, xtol=1e-12))
    return Ability(mode, float(1 / np.sqrt(information(a, b, mode).sum() + precision)))


def level_posterior(
    slopes: Numbers, difficulties: Numbers, answers: Numbers, mean: float, sd: float, points: int = 481
) -> tuple[Vector, Vector]:
    """Return (levels, weights adding to 1): the prior N(mean, sd^2) times the likelihood, within 8 SD of the mean."""
    a, b = _items(slopes, difficulties)
    x = vector(answers, "answers")
    grid = np.linspace(-8, 8, points)
    levels = mean + positive("sd", sd) * grid
    logits = a * (levels[:, None] - b)
    log_posterior = -0.5 * grid**2 - np.logaddexp(0, -logits) @ x - np.logaddexp(0, logits) @ (1 - x)
    weights = np.exp(log_posterior - log_posterior.max())
    return levels, np.asarray(weights / weights.sum())


def _items(slopes: Numbers, difficulties: Numbers) -> tuple[Vector, Vector]:
    a, b = vector(slopes, "slopes"), vector(difficulties, "difficulties")
    same_length(slopes=a, difficulties=b)
    if (a <= 0).any():
        raise BadInput("slopes must be above 0")
    return a, b
