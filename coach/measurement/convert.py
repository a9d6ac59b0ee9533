"""Turn what was seen into one value on the level scale with its variance, (y, v): all that an estimate reads.

Why so: docs/measurement.md, "From what was seen to a number". Levels are on the scale 1 to 4 and never clipped; v is in
levels squared.
"""

import math
from collections.abc import Sequence

from coach.measurement.checks import BadInput, finite, positive, within

REFERENCE_MEAN = 2.2
LEAST_VARIANCE = 0.02
LEAST_ITEMS = 3
LEAST_INFORMATION = 1e-3


def quiz_evidence(
    slopes: Sequence[float], difficulties: Sequence[float], answers: Sequence[float]
) -> tuple[float, float]:
    """Turn an attempt of three items or more into (y, v), also when all answers are right or all wrong.

    Two-parameter logistic model, P = 1/(1 + exp(-a (level - b))), `slopes` a > 0 a level, `difficulties` b on the level
    scale, `answers` in 0 to 1 (x: x log P + (1 - x) log(1 - P)). On the grid -2.5, -2.47 .. 8 the likelihood times a
    reference prior N(2.2, 1) has mean e and SD d; taking that prior out again leaves 1/v = 1/d^2 - 1 and
    y = v (e/d^2 - 2.2), so that no prior counts twice.
    """
    if not len(slopes) == len(difficulties) == len(answers):
        raise BadInput("slopes, difficulties and answers must have one length")
    if len(answers) < LEAST_ITEMS:
        raise BadInput(f"an attempt of {len(answers)} items is too short to be evidence: it takes {LEAST_ITEMS}")
    a = [positive("slope", slope) for slope in slopes]
    b = [finite("difficulty", difficulty) for difficulty in difficulties]
    x = [within("answer", answer, 0.0, 1.0) for answer in answers]
    mean, variance = _on_reference_prior(a, b, x)
    information = 1.0 / variance - 1.0
    if information < LEAST_INFORMATION:
        raise BadInput("these items say nothing about any level of the scale")
    return (mean / variance - REFERENCE_MEAN) / information, 1.0 / information


def _on_reference_prior(slopes: list[float], difficulties: list[float], answers: list[float]) -> tuple[float, float]:
    """Return mean and variance of likelihood times N(2.2, 1) on the grid."""
    import numpy as np

    a, b, x = (np.array(part)[:, None] for part in (slopes, difficulties, answers))
    grid = np.arange(351) * 0.03 - 2.5
    logit = a * (grid - b)
    log_posterior = (x * logit - np.logaddexp(0.0, logit)).sum(axis=0) - 0.5 * (grid - REFERENCE_MEAN) ** 2
    weight = np.exp(log_posterior - log_posterior.max())
    weight /= weight.sum()
    mean = float(weight @ grid)
    return mean, float(weight @ (grid - mean) ** 2)


def rubric_evidence(criteria: Sequence[float | None]) -> tuple[float, float]:
    """Turn one log's marks of one skill into (y, v): y their mean, v = .085 + .27/(criteria marked).

    A mark lies on the four levels (met 3, half 2, not met 1); None is a criterion not seen and left out. One mark
    alone is the quick overall tap, v = .355.
    """
    marks = [within("mark", mark, 1.0, 4.0) for mark in criteria if mark is not None]
    if not marks:
        raise BadInput("no criterion was marked: nothing seen is no evidence")
    return sum(marks) / len(marks), 0.085 + 0.27 / len(marks)


def self_evidence(rating: float, leniency: float = 0.2) -> tuple[float, float]:
    """Turn a self-rating of 1 to 4 into (y, v): y = rating - leniency, v = .11."""
    return within("rating", rating, 1.0, 4.0) - finite("leniency", leniency), 0.11


def rate_evidence(
    successes: float,
    trials: float,
    reference_rate: float,
    reference_level: float,
    slope: float = 0.54,
    dispersion: float = 1.0,
) -> tuple[float, float] | None:
    """Turn x successes of n trials in one window into (y, v), or None when there was no trial.

    p = (x + .5)/(n + 1), y = L_ref + (logit p - logit p_ref)/slope, v = phi (1/(x + .5) + 1/(n - x + .5))/slope^2, at
    least .02. `reference_rate` is what people of level `reference_level` have with such leads, `slope` in logits a
    level, `dispersion` phi >= 1 of the figure. Windows must not overlap.
    """
    within("reference_rate", reference_rate, 1e-9, 1.0 - 1e-9)
    positive("slope", slope)
    within("dispersion", dispersion, 1.0, 1e6)
    within("successes", successes, 0.0, within("trials", trials, 0.0, 1e12))
    if trials == 0:
        return None
    hits, misses = successes + 0.5, trials - successes + 0.5
    distance = math.log(hits / misses) - math.log(reference_rate / (1.0 - reference_rate))
    v = dispersion * (1.0 / hits + 1.0 / misses) / slope**2
    return finite("reference_level", reference_level) + distance / slope, max(v, LEAST_VARIANCE)


def metric_evidence(
    values: Sequence[float],
    reference_value: float,
    reference_level: float,
    unit: float,
    variance: float,
    winsorise: float = 0.10,
) -> tuple[float, float] | None:
    """Turn a figure's n values in one window into (y, v), or None when there are none.

    y = L_ref + (x - x_ref)/unit, v = variance/n/unit^2, at least .02. x is the mean of the values after the lowest
    and the highest int(winsorise n) of them were drawn in to their nearest neighbour. `unit`: what one level more
    changes, below 0 where less is better. `variance`: of one value of one person, as usual in the department.
    """
    positive("size of unit", abs(unit))
    positive("variance", variance)
    within("winsorise", winsorise, 0.0, 0.49)
    ordered = sorted(finite("value", value) for value in values)
    if not ordered:
        return None
    n, cut = len(ordered), int(winsorise * len(ordered))
    low, high = ordered[cut], ordered[n - 1 - cut]
    mean = sum(min(max(value, low), high) for value in ordered) / n
    distance = mean - finite("reference_value", reference_value)
    return finite("reference_level", reference_level) + distance / unit, max(variance / n / unit**2, LEAST_VARIANCE)
