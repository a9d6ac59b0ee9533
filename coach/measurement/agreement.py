"""Say how well raters agree: intraclass correlations for marks on a scale, kappas for named categories."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from coach.measurement.arrays import Matrix, Table, open_share, table_with_gaps
from coach.measurement.checks import BadInput


class Weights(StrEnum):
    """How much less a near miss counts than a far one."""

    LINEAR = "linear"
    QUADRATIC = "quadratic"


@dataclass(frozen=True, slots=True)
class Icc:
    """ICC(2,1), one mark by one rater, and ICC(2,k), the mean of all raters of the table, each with its interval."""

    single: float
    single_interval: tuple[float, float]
    average: float
    average_interval: tuple[float, float]
    people: int
    raters: int


def icc(table: Table, confidence: float = 0.95) -> Icc:
    """Return the two-way random, absolute-agreement ICCs of a table (people, raters) without gaps.

    From the mean squares of people B, raters J and rest E: (2,1) = (B - E) / (B + (k-1) E + k (J - E)/n), (2,k) =
    (B - E) / (B + (J - E)/n), intervals by Satterthwaite's degrees of freedom; Shrout and Fleiss (1979),
    Psychological Bulletin 86, 420-428. Raises BadInput for gaps (use `krippendorff_alpha`), for fewer than two
    people or raters, and when all marks are alike.
    """
    marks = table_with_gaps(table, "table")
    open_share(confidence, "confidence")
    n, k = marks.shape
    if np.isnan(marks).any():
        raise BadInput("icc needs every rater's mark for every person; krippendorff_alpha allows gaps")
    if n < 2 or k < 2 or np.ptp(marks) == 0:
        raise BadInput("icc needs two people, two raters and marks that differ")
    between, judges, rest = _mean_squares(marks)
    single = (between - rest) / (between + (k - 1) * rest + k * (judges - rest) / n)
    average = (between - rest) / (between + (judges - rest) / n)
    low, high = _limits(single, between, judges, rest, n, k, confidence)
    stepped = (k * low / (1 + (k - 1) * low), k * high / (1 + (k - 1) * high))
    return Icc(float(single), (low, high), float(average), stepped, n, k)


def _mean_squares(marks: Matrix) -> tuple[float, float, float]:
    n, k = marks.shape
    grand = marks.mean()
    people, raters = marks.mean(axis=1) - grand, marks.mean(axis=0) - grand
    rest = marks - grand - people[:, None] - raters
    return (
        float(k * (people**2).sum() / (n - 1)),
        float(n * (raters**2).sum() / (k - 1)),
        float((rest**2).sum() / ((n - 1) * (k - 1))),
    )


def _limits(
    single: float, between: float, judges: float, rest: float, n: int, k: int, confidence: float
) -> tuple[float, float]:
    from scipy.stats import f

    if rest == 0:
        raise BadInput("raters differ by a constant only: the interval of an icc is not defined")
    ratio = judges / rest
    middle = n * (1 + (k - 1) * single) - k * single
    top = (k - 1) * (n - 1) * (k * single * ratio + middle) ** 2
    degrees = top / ((n - 1) * (k * single * ratio) ** 2 + middle**2)
    upper, lower = (float(f.ppf(0.5 + confidence / 2, *df)) for df in ((n - 1, degrees), (degrees, n - 1)))
    spread = k * judges + (k * n - k - n) * rest
    low = n * (between - upper * rest) / (upper * spread + n * between)
    high = n * (lower * between - rest) / (spread + n * lower * between)
    return float(low), float(high)


def cohen_kappa(table: Table, weights: Weights | str | Table | None = None) -> float:
    """Return kappa of two raters from a square table of counts or shares: rows the one's category, columns the other's.

    1 - sum w observed / sum w expected, w the disagreement weights: 0 or 1 (Cohen 1960, Educational and
    Psychological Measurement 20, 37-46), |i - j| "linear", (i - j)^2 "quadratic", or a table of your own (Cohen 1968,
    Psychological Bulletin 70, 213-220). Raises BadInput when both raters used a single category: kappa is undefined.
    """
    counts = table_with_gaps(table, "table")
    if counts.shape[0] != counts.shape[1] or np.isnan(counts).any() or counts.min() < 0 or counts.sum() == 0:
        raise BadInput("kappa needs a square table of counts, not all 0")
    shares = counts / counts.sum()
    disagreement = _disagreement(weights, len(counts))
    expected = float((disagreement * np.outer(shares.sum(axis=1), shares.sum(axis=0))).sum())
    if expected == 0:
        raise BadInput("both raters used one category only: kappa is not defined")
    return 1 - float((disagreement * shares).sum()) / expected


def _disagreement(weights: Weights | str | Table | None, size: int) -> Matrix:
    index = np.arange(size, dtype=np.float64)
    apart = np.abs(index[:, None] - index)
    if weights is None:
        return np.asarray(apart > 0, dtype=np.float64)
    if isinstance(weights, str):
        return np.asarray(apart if Weights(weights) is Weights.LINEAR else apart**2)
    own = table_with_gaps(weights, "weights")
    if own.shape != (size, size) or np.isnan(own).any() or own.min() < 0 or np.diag(own).any():
        raise BadInput("weights must have the table's shape, not be negative, and be 0 on the diagonal")
    return own


def fleiss_kappa(counts: Table) -> float:
    """Return kappa of many raters from a table (people, categories) of how many raters chose each category.

    (mean share of agreeing pairs - sum p_j^2) / (1 - sum p_j^2); Fleiss (1971), Psychological Bulletin 76, 378-382.
    Every person needs the same number of raters, two or more. Raises BadInput when only one category was ever used.
    """
    table = table_with_gaps(counts, "counts")
    if np.isnan(table).any() or table.min() < 0:
        raise BadInput("counts must be 0 or more")
    raters = table.sum(axis=1)
    if raters[0] < 2 or (raters != raters[0]).any():
        raise BadInput("every person needs the same number of raters, two or more")
    shares = table.sum(axis=0) / table.sum()
    chance = float((shares**2).sum())
    if chance >= 1:
        raise BadInput("one category only: kappa is not defined")
    agreeing = float((table * (table - 1)).sum() / (raters * (raters - 1)).sum())
    return (agreeing - chance) / (1 - chance)
