"""Choose the next question of a check at the role's target, and say when the check has answered its question.

Maximum information at the cut, as in Wainer (2000), Computerized Adaptive Testing, chapter 5; stopping by the
posterior of being below it, Spray and Reckase (1996), Journal of Educational and Behavioral Statistics 21, 405-414.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from coach.measurement.abilities import information, level_posterior
from coach.measurement.arrays import Numbers, same_length, vector
from coach.measurement.checks import BadInput, finite, positive


@dataclass(frozen=True, slots=True)
class Candidate:
    """A check item that may be asked.

    `seen_days`: days since this person last saw it, None for never. `checks`: in how many checks of the skill it was.
    """

    item_id: str
    slope: float
    difficulty: float
    content: str = ""
    seen_days: float | None = None
    checks: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """The item to ask, its information at the target (1/level^2), and whether the person saw it not long ago."""

    item_id: str
    information: float
    repeated: bool


@dataclass(frozen=True, slots=True)
class ChoiceRules:
    """How far the best item may be passed over so that items stay unknown."""

    best: int = 5
    rest_days: float = 30
    exposure: float = 0.30
    exposure_from: int = 40


class Verdict(StrEnum):
    """What a check says of "below the target?" so far."""

    ASK_MORE = "ask_more"
    BELOW = "below"
    REACHED = "reached"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Stop:
    """The check's own posterior and what follows from it; only its likelihood ever becomes evidence."""

    verdict: Verdict
    p_below: float
    mean: float
    sd: float


def choose_item(
    bank: Sequence[Candidate],
    *,
    target: float,
    asked: Collection[str],
    checks: int,
    rng: np.random.Generator,
    quota: Mapping[str, float] | None = None,
    rules: ChoiceRules | None = None,
) -> Choice | None:
    """Choose the next item of a check, or None when every item was asked.

    In this order: nothing the person saw within `rest_days` (if nothing else is left, what was seen longest ago, and
    the choice says so); the content area furthest behind its share in `quota`; no item used in `exposure` of the
    skill's `checks` so far, once the bank has `exposure_from` items; then at random among the `best` by information
    a^2 P (1 - P) at the target, in a smaller bank the least used of them. Equal information goes to the less used.
    """
    rules = rules or ChoiceRules()
    finite("target", target)
    left = [item for item in bank if item.item_id not in asked]
    if not left:
        return None
    fresh = [item for item in left if item.seen_days is None or item.seen_days >= rules.rest_days]
    pool = _behind_quota(fresh or left, bank, asked, quota)
    worth = dict(zip((item.item_id for item in left), _worth(left, target), strict=True))
    if not fresh:
        oldest = max(pool, key=lambda item: (item.seen_days or 0.0, worth[item.item_id]))
        return Choice(oldest.item_id, worth[oldest.item_id], repeated=True)
    chosen = _among_the_best(pool, worth, len(bank) >= rules.exposure_from, checks, rng, rules)
    return Choice(chosen.item_id, worth[chosen.item_id], repeated=False)


def _among_the_best(
    pool: list[Candidate],
    worth: dict[str, float],
    large: bool,
    checks: int,
    rng: np.random.Generator,
    rules: ChoiceRules,
) -> Candidate:
    if large:
        rare = [item for item in pool if item.checks < max(1.0, rules.exposure * checks)]
        pool = rare or [min(pool, key=lambda item: item.checks)]
    order = [int(i) for i in rng.permutation(len(pool))]
    ranked = sorted(order, key=lambda i: (-round(worth[pool[i].item_id], 9), pool[i].checks))
    best = [pool[i] for i in ranked[: rules.best]]
    return best[int(rng.integers(len(best)))] if large else min(best, key=lambda item: item.checks)


def _behind_quota(
    pool: list[Candidate], bank: Sequence[Candidate], asked: Collection[str], quota: Mapping[str, float] | None
) -> list[Candidate]:
    """Return the part of the pool whose content area is furthest behind its share; all of it without a quota."""
    if not quota:
        return pool
    if min(quota.values()) < 0 or sum(quota.values()) <= 0:
        raise BadInput("quota shares must not be negative, and not all 0")
    had = [item.content for item in bank if item.item_id in asked]
    total = sum(quota.values())
    areas = {item.content for item in pool}
    behind = {area: quota.get(area, 0.0) / total * (len(had) + 1) - had.count(area) for area in areas}
    most = max(behind.values())
    return [item for item in pool if behind[item.content] >= most - 1e-12]


def _worth(items: Sequence[Candidate], target: float) -> list[float]:
    return [float(x) for x in information([i.slope for i in items], [i.difficulty for i in items], target)]


def stop(
    mean: float,
    sd: float,
    slopes: Numbers,
    difficulties: Numbers,
    answers: Numbers,
    target: float,
    *,
    least: int = 4,
    most: int = 12,
    risk: float = 0.10,
    exhausted: bool = False,
) -> Stop:
    """Say whether a check may end: its own posterior, prior N(mean, sd^2) of the person times the answers' likelihood.

    Ends "below" when P(level < target) > 1 - risk and "reached" when it is < risk, after at least `least` answers;
    "undecided" after `most`, or when no item is left (`exhausted`). Levels in levels; answers in 0..1.
    """
    x = vector(answers, "answers")
    same_length(answers=x, slopes=vector(slopes, "slopes"))
    if x.size and (x.min() < 0 or x.max() > 1):
        raise BadInput("answers must lie between 0 and 1")
    if not 0 < risk < 0.5:
        raise BadInput(f"risk must lie between 0 and .5, not {risk}")
    levels, weights = level_posterior(slopes, difficulties, x, finite("mean", mean), positive("sd", sd), points=1921)
    step = levels[1] - levels[0]
    p_below = float(weights @ np.clip((finite("target", target) - levels) / step + 0.5, 0, 1))
    middle = float(weights @ levels)
    spread = float(np.sqrt(weights @ (levels - middle) ** 2))
    return Stop(_verdict(len(x), p_below, least, most, risk, exhausted), p_below, middle, spread)


def _verdict(asked: int, p_below: float, least: int, most: int, risk: float, exhausted: bool) -> Verdict:
    if asked >= least and p_below > 1 - risk:
        return Verdict.BELOW
    if asked >= least and p_below < risk:
        return Verdict.REACHED
    return Verdict.UNDECIDED if exhausted or asked >= most else Verdict.ASK_MORE
