"""Compare rates of few events honestly: an interval for one, pooling for several, a funnel for all.

`funnel` stands in its own module and is reached from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np

from coach.measurement.arrays import Numbers, Vector, open_share, same_length, vector
from coach.measurement.checks import BadInput, positive
from coach.measurement.funnel import Funnel, FunnelRow, Word, funnel, funnel_limits

__all__ = [
    "BetaBinomial",
    "Funnel",
    "FunnelRow",
    "Interval",
    "PoolingMethod",
    "Word",
    "beta_binomial",
    "funnel",
    "funnel_limits",
    "wilson",
]


Interval = tuple[float, float]


class PoolingMethod(StrEnum):
    """How the group's spread was found."""

    FIXED = "fixed"
    MOMENTS = "moments"
    MAXIMUM_LIKELIHOOD = "ml"


@dataclass(frozen=True, slots=True)
class BetaBinomial:
    """The group's Beta(alpha, beta) and each person's pooled rate (alpha + x)/(alpha + beta + n) with its interval.

    `strength` = alpha + beta: how many trials at the group rate everyone is lent. `rates`, `low`, `high`: shape
    (people,). `at_limit`: the data show no spread between people beyond chance and the strength is the cap.
    """

    alpha: float
    beta: float
    mean: float
    strength: float
    method: PoolingMethod
    at_limit: bool
    log_likelihood: float
    rates: Vector
    low: Vector
    high: Vector


def wilson(x: float, n: float, confidence: float = 0.95) -> Interval:
    """Return Wilson's score interval for x successes in n trials (1927, JASA 22, 209-212).

    (p + z^2/2n -+ z sqrt(p (1-p)/n + z^2/4n^2)) / (1 + z^2/n). No trial: everything is possible, 0 to 1.
    """
    open_share(confidence, "confidence")
    if not 0 <= x <= n or not np.isfinite(n):
        raise BadInput(f"{x} successes in {n} trials cannot be")
    if n == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    p = x / n
    middle, reach = p + z * z / (2 * n), z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = (middle - reach) / (1 + z * z / n), (middle + reach) / (1 + z * z / n)
    return (0.0 if x == 0 else float(low)), (1.0 if x == n else float(high))


def beta_binomial(
    successes: Numbers,
    trials: Numbers,
    *,
    method: PoolingMethod | str | None = None,
    few: int = 8,
    fixed_strength: float = 40.0,
    strongest: float = 10_000.0,
    confidence: float = 0.95,
) -> BetaBinomial:
    """Pool people's rates towards their group's: p_i ~ Beta(alpha, beta), x_i ~ Binomial(n_i, p_i).

    Maximum likelihood from the moments as a start (Skellam 1948, JRSS B 10, 257-261; for unequal n weighted as in
    Kleinman 1973, JASA 68, 46-54); under `few` people with a trial the spread cannot be told and everyone is lent
    `fixed_strength` trials at the group rate. `method` forces one. A strength beyond `strongest` is cut to it.
    With no success, or nothing but, there is no interior group rate: half a success is added on either side.
    """
    x, n = vector(successes, "successes"), vector(trials, "trials")
    same_length(successes=x, trials=n)
    if (x < 0).any() or (x > n).any() or not n.sum() > 0:
        raise BadInput("successes must lie between 0 and the trials, and there must be a trial")
    used = n > 0
    mean = float((x.sum() + 0.5) / (n.sum() + 1)) if x.sum() in (0, n.sum()) else float(x.sum() / n.sum())
    way = PoolingMethod(method) if method else _way(int(used.sum()), few, mean != x.sum() / n.sum())
    strength = positive("fixed_strength", fixed_strength)
    if way is not PoolingMethod.FIXED:
        strength = min(_moments(x[used], n[used], mean), positive("strongest", strongest))
    if way is PoolingMethod.MAXIMUM_LIKELIHOOD:
        mean, strength = _likeliest(x[used], n[used], mean, min(strength, strongest / 10), strongest)
    return _pooled(x, n, mean, strength, way, strongest, open_share(confidence, "confidence"))


def _way(people: int, few: int, all_alike: bool) -> PoolingMethod:
    return PoolingMethod.FIXED if people < few or all_alike else PoolingMethod.MAXIMUM_LIKELIHOOD


def _moments(x: Vector, n: Vector, mean: float) -> float:
    """Return alpha + beta = 1/rho - 1 with rho = (S/(m(1-m)) - k/N) / (1 - k/N), S = sum n (p - m)^2 / N."""
    total, people = float(n.sum()), len(n)
    spread = float((n * (x / n - mean) ** 2).sum()) / total / (mean * (1 - mean))
    if total <= people:
        return float(np.inf)
    rho = (spread - people / total) / (1 - people / total)
    return 1 / rho - 1 if rho > 0 else float(np.inf)


def _log_likelihood(x: Vector, n: Vector, mean: float, strength: float) -> float:
    """Return sum log C(n, x) + log B(alpha + x, beta + n - x) - log B(alpha, beta)."""
    from scipy.special import betaln, gammaln

    a, b = mean * strength, (1 - mean) * strength
    ways = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    return float((ways + betaln(a + x, b + n - x) - betaln(a, b)).sum())


def _likeliest(x: Vector, n: Vector, mean: float, strength: float, strongest: float) -> tuple[float, float]:
    from scipy.optimize import minimize

    start = np.array([np.log(mean / (1 - mean)), np.log(max(strength, 0.5))])
    bounds = [(-12.0, 12.0), (np.log(0.1), np.log(strongest))]
    options = {"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500}
    found = minimize(_loss, start, args=(x, n), jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return float(1 / (1 + np.exp(-found.x[0]))), float(np.exp(found.x[1]))


def _loss(parameters: Vector, x: Vector, n: Vector) -> tuple[float, Vector]:
    """Return minus the log likelihood and its gradient in (logit of the mean, log of the strength)."""
    from scipy.special import psi

    mean, strength = float(1 / (1 + np.exp(-parameters[0]))), float(np.exp(parameters[1]))
    a, b = mean * strength, (1 - mean) * strength
    both = float((psi(strength) - psi(strength + n)).sum())
    by_a = float((psi(a + x) - psi(a)).sum()) + both
    by_b = float((psi(b + n - x) - psi(b)).sum()) + both
    gradient = np.array([strength * mean * (1 - mean) * (by_a - by_b), a * by_a + b * by_b])
    return -_log_likelihood(x, n, mean, strength), -gradient


def _pooled(
    x: Vector, n: Vector, mean: float, strength: float, method: PoolingMethod, strongest: float, confidence: float
) -> BetaBinomial:
    from scipy.special import betaincinv

    alpha, beta = mean * strength, (1 - mean) * strength
    tail = (1 - confidence) / 2
    return BetaBinomial(
        alpha=alpha,
        beta=beta,
        mean=mean,
        strength=strength,
        method=method,
        at_limit=method is not PoolingMethod.FIXED and strength > 0.99 * strongest,
        log_likelihood=_log_likelihood(x, n, mean, strength),
        rates=(alpha + x) / (strength + n),
        low=np.asarray(betaincinv(alpha + x, beta + n - x, tail)),
        high=np.asarray(betaincinv(alpha + x, beta + n - x, 1 - tail)),
    )
