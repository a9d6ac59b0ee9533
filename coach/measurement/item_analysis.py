"""Say how each item of a check behaves: how many get it right, whether it goes with the rest, who picks which option.

Classical item analysis, as in Lord and Novick (1968), Statistical Theories of Mental Test Scores, chapter 15.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from coach.measurement.arrays import Matrix, Table, Vector, table_with_gaps
from coach.measurement.checks import BadInput
from coach.measurement.rates import Interval, wilson

Choices = Sequence[Sequence[str | None]]


class Flag(StrEnum):
    """Why an author should look at an item again."""

    WEAK = "weak"
    TOO_EASY = "too_easy"
    TOO_HARD = "too_hard"
    DISTRACTOR_ATTRACTS = "distractor_attracts"
    WRONG_KEY = "wrong_key"


@dataclass(frozen=True, slots=True)
class OptionShare:
    """How often an option was picked: by all, by the lower and the upper third of people by their other answers."""

    option: str
    right: bool
    count: int
    share: float
    lower: float
    upper: float
    attracts: bool


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item; everything but `answers` is empty or None until enough people answered."""

    answers: int
    facility: float | None = None
    interval: Interval | None = None
    item_rest: float | None = None
    alpha_if_deleted: float | None = None
    options: tuple[OptionShare, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """Cronbach's alpha of the whole and the items in the order of the columns."""

    alpha: float | None
    people: int
    items: tuple[ItemStatistics, ...]


@dataclass(frozen=True, slots=True)
class FlagRules:
    """When to raise a flag; shares, correlations and numbers of answers."""

    least: int = 30
    weak_below: float = 0.10
    weak_from: int = 60
    easy_above: float = 0.95
    hard_below: float = 0.15
    attraction_z: float = 1.0


def analyse_items(
    responses: Table,
    choices: Choices | None = None,
    keys: Sequence[str] | None = None,
    *,
    rules: FlagRules | None = None,
) -> ItemAnalysis:
    """Analyse the items of a check from its answers.

    `responses` (people, items) in 0..1, NaN where not asked; `choices`, same shape, the option each person picked or
    None; `keys` the right option of each item. Per item, from `rules.least` answers on: facility with its Wilson
    interval; item-rest correlation (Pearson, with the mean of the person's other answers); alpha if deleted; option
    shares. Alpha is Cronbach's (1951, Psychometrika 16, 297-334) from pairwise covariances, which is the plain one for
    a table without gaps, and None where two items have fewer than `rules.least` people in common.
    A distractor "attracts" when the upper third picks it more often than the lower third by more than `attraction_z`
    standard errors (Agresti and Caffo 2000, The American Statistician 54, 280-288): a bare "more often" would flag
    sound items all the time.
    """
    table = table_with_gaps(responses, "responses")
    known = table[~np.isnan(table)]
    if known.size and (known.min() < 0 or known.max() > 1):
        raise BadInput("answers must lie between 0 and 1")
    if (choices is None) is not (keys is None):
        raise BadInput("choices and keys come together")
    picked = None if choices is None else _choices(choices, table)
    if keys is not None and len(keys) != table.shape[1]:
        raise BadInput(f"{len(keys)} keys for {table.shape[1]} items")
    rules = rules or FlagRules()
    covariance = _covariance(table, rules.least)
    items = tuple(
        _item(table, i, covariance, None if picked is None or keys is None else (picked[:, i], keys[i]), rules)
        for i in range(table.shape[1])
    )
    return ItemAnalysis(_alpha(covariance), int((~np.isnan(table)).any(axis=1).sum()), items)


def _choices(choices: Choices, table: Matrix) -> NDArray[np.object_]:
    if len(choices) != table.shape[0] or any(len(row) != table.shape[1] for row in choices):
        raise BadInput("choices must have the shape of the responses")
    return np.array([list(row) for row in choices], dtype=object)


def _covariance(table: Matrix, least: int) -> Matrix:
    """Return the pairwise covariances (ddof 1) of the items, NaN where fewer than `least` people answered both."""
    seen = (~np.isnan(table)).astype(float)
    values = np.where(seen > 0, table, 0.0)
    both = seen.T @ seen
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance = (values.T @ values - (values.T @ seen) * (seen.T @ values) / both) / (both - 1)
    covariance[both < max(least, 2)] = np.nan
    return np.asarray(covariance)


def _alpha(covariance: Matrix) -> float | None:
    """Return k/(k-1) (1 - sum of variances / variance of the sum), or None where that is not defined."""
    k, total = len(covariance), float(covariance.sum())
    if k < 2 or not total > 0:
        return None
    return float(k / (k - 1) * (1 - np.trace(covariance) / total))


def _item(
    table: Matrix, i: int, covariance: Matrix, picked: tuple[NDArray[np.object_], str] | None, rules: FlagRules
) -> ItemStatistics:
    answered = ~np.isnan(table[:, i])
    n = int(answered.sum())
    if n < max(rules.least, 1):
        return ItemStatistics(n)
    own = table[answered, i]
    rest = _rest(np.delete(table[answered], i, axis=1))
    item_rest = _correlation(own, rest)
    without = _alpha(np.delete(np.delete(covariance, i, 0), i, 1))
    options = () if picked is None else _options(picked[0][answered], picked[1], rest, rules.attraction_z)
    facility = float(own.mean())
    flags = _flags(n, facility, item_rest, options, rules)
    return ItemStatistics(n, facility, wilson(float(own.sum()), n), item_rest, without, options, flags)


def _rest(others: Matrix) -> Vector:
    """Return each person's mean of the other items answered, NaN where there is none."""
    seen = (~np.isnan(others)).sum(axis=1)
    return np.where(seen > 0, np.nansum(others, axis=1) / np.maximum(seen, 1), np.nan)


def _correlation(own: Vector, rest: Vector) -> float | None:
    both = ~np.isnan(rest)
    if both.sum() < 3 or np.ptp(own[both]) == 0 or np.ptp(rest[both]) == 0:
        return None
    return float(np.corrcoef(own[both], rest[both])[0, 1])


def _options(picked: NDArray[np.object_], key: str, rest: Vector, attraction_z: float) -> tuple[OptionShare, ...]:
    ranked = rest[~np.isnan(rest)]
    low, high = np.quantile(ranked, [1 / 3, 2 / 3]) if len(ranked) else (np.nan, np.nan)
    groups = (rest <= low, rest >= high)
    names = sorted({str(option) for option in picked if option is not None} | {key})
    return tuple(_option(name, picked == name, groups, name == key, attraction_z) for name in names)


def _option(
    name: str, chosen: NDArray[np.bool_], groups: tuple[NDArray[np.bool_], ...], right: bool, attraction_z: float
) -> OptionShare:
    sizes = [int(group.sum()) for group in groups]
    picks = [int(chosen[group].sum()) for group in groups]
    lower, upper = (pick / max(size, 1) for pick, size in zip(picks, sizes, strict=True))
    calm = [(pick + 1) / (size + 2) for pick, size in zip(picks, sizes, strict=True)]
    error = np.sqrt(sum(p * (1 - p) / (size + 2) for p, size in zip(calm, sizes, strict=True)))
    attracts = not right and calm[1] - calm[0] > attraction_z * error
    return OptionShare(name, right, int(chosen.sum()), float(chosen.mean()), lower, upper, bool(attracts))


def _flags(
    n: int, facility: float, item_rest: float | None, options: tuple[OptionShare, ...], rules: FlagRules
) -> tuple[Flag, ...]:
    raised = {
        Flag.WRONG_KEY: item_rest is not None and item_rest < 0,
        Flag.WEAK: item_rest is not None and item_rest < rules.weak_below and n >= rules.weak_from,
        Flag.TOO_EASY: facility > rules.easy_above,
        Flag.TOO_HARD: facility < rules.hard_below,
        Flag.DISTRACTOR_ATTRACTS: any(option.attracts for option in options),
    }
    return tuple(flag for flag, up in raised.items() if up)
