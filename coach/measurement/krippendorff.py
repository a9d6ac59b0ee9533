"""Krippendorff's alpha: agreement among any raters, gaps allowed, on any scale, with a bootstrap interval."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from coach.measurement.arrays import Matrix, Table, Vector, open_share, table_with_gaps
from coach.measurement.checks import BadInput


class Metric(StrEnum):
    """How far apart two marks are."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha with its interval; None where it is not defined (`value`) or people are too few (`low`, `high`).

    `people`: those with two marks or more. `percent`: share of pairs of marks of one person that are equal.
    """

    value: float | None
    low: float | None
    high: float | None
    people: int
    percent: float | None


def krippendorff_alpha(
    table: Table,
    metric: Metric | str = Metric.ORDINAL,
    *,
    seed: int = 20200101,
    resamples: int = 2000,
    confidence: float = 0.95,
    least_people: int = 20,
) -> Agreement:
    """Return alpha = 1 - observed / expected disagreement of a table (people, raters), NaN for a gap.

    From the coincidences o_ck = sum over people of (n_c n_k - [c = k] n_c) / (m - 1), as in Krippendorff (2011),
    Computing Krippendorff's Alpha-Reliability. Undefined (None) without a person marked twice, or when all marks are
    alike. The interval is the percentile bootstrap over people, from `least_people` double-rated on.
    """
    marks = table_with_gaps(table, "table")
    open_share(confidence, "confidence")
    metric = Metric(metric)
    marks = marks[(~np.isnan(marks)).sum(axis=1) >= 2]
    if not len(marks):
        return Agreement(None, None, None, 0, None)
    values = np.unique(marks[~np.isnan(marks)])
    if metric is Metric.RATIO and values[0] < 0:
        raise BadInput("the ratio metric is for marks of 0 or more")
    each, percent = _coincidences(marks, values), _percent(marks, values)
    value = float(_alpha(each.sum(axis=0)[None], values, metric)[0])
    if np.isnan(value) or len(marks) < least_people:
        return Agreement(None if np.isnan(value) else value, None, None, len(marks), percent)
    low, high = _bootstrap(each, values, metric, seed, resamples, confidence)
    return Agreement(value, low, high, len(marks), percent)


def percent_agreement(table: Table) -> float | None:
    """Return the share of pairs of marks of one person (row) that are equal, None without a pair."""
    marks = table_with_gaps(table, "table")
    return _percent(marks, np.unique(marks[~np.isnan(marks)]))


def _percent(marks: Matrix, values: Vector) -> float | None:
    counts = _counts(marks, values)
    pairs = float((counts.sum(axis=1) * (counts.sum(axis=1) - 1)).sum())
    return float((counts * (counts - 1)).sum() / pairs) if pairs else None


def _counts(marks: Matrix, values: Vector) -> Matrix:
    return np.stack([(marks == value).sum(axis=1) for value in values], axis=1).astype(np.float64)


def _coincidences(marks: Matrix, values: Vector) -> NDArray[np.float64]:
    """Return each person's coincidence matrix, shape (people, values, values)."""
    counts = _counts(marks, values)
    pairs = counts[:, :, None] * counts[:, None, :]
    index = np.arange(len(values))
    pairs[:, index, index] -= counts
    return np.asarray(pairs / (counts.sum(axis=1) - 1)[:, None, None])


def _alpha(coincidences: NDArray[np.float64], values: Vector, metric: Metric) -> Vector:
    """Return alpha of each coincidence matrix of shape (samples, values, values), NaN where undefined."""
    totals = coincidences.sum(axis=2)
    n = totals.sum(axis=1)
    squared = _squared_distances(totals, values, metric)
    observed = (coincidences * squared).sum(axis=(1, 2)) / n
    expected = np.einsum("sc,sck,sk->s", totals, squared, totals) / (n * (n - 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(expected > 0, 1 - observed / expected, np.nan))


def _squared_distances(totals: Matrix, values: Vector, metric: Metric) -> NDArray[np.float64]:
    """Return delta^2, shape (samples or 1, values, values); ordinal distances depend on how often marks are used."""
    if metric is Metric.NOMINAL:
        return 1.0 - np.eye(len(values))[None]
    if metric is Metric.ORDINAL:
        middles = np.cumsum(totals, axis=1) - totals / 2
        return np.asarray((middles[:, :, None] - middles[:, None, :]) ** 2)
    apart = values[:, None] - values
    if metric is Metric.RATIO:
        total = values[:, None] + values
        apart = np.divide(apart, total, out=np.zeros_like(apart), where=total > 0)
    return np.asarray(apart[None] ** 2)


def _bootstrap(
    each: NDArray[np.float64], values: Vector, metric: Metric, seed: int, resamples: int, confidence: float
) -> tuple[float, float]:
    people, size, _ = each.shape
    drawn = np.random.default_rng(seed).multinomial(people, np.full(people, 1 / people), size=resamples)
    samples = (drawn @ each.reshape(people, -1)).reshape(resamples, size, size)
    alphas = _alpha(samples, values, metric)
    low, high = np.nanquantile(alphas, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)
