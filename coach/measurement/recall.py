"""Bring back what was learned just before it is forgotten: a thin layer over the `fsrs` scheduler.

FSRS-6 (Ye and others, open-spaced-repetition) with fuzzing off and everything in UTC, so that the same answers always
give the same days. Recall of a card t days after its review: R = (1 + factor t / S)^decay with R(S) = .90.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from statistics import median

from fsrs import Card, Rating, Scheduler, State

from coach.measurement.checks import BadInput, within


class Stage(StrEnum):
    """Where a card stands: still in its first minutes, on its way, or fallen back."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


class Grade(StrEnum):
    """What an answer says about recall."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"


_RATINGS = {Grade.AGAIN: Rating.Again, Grade.HARD: Rating.Hard, Grade.GOOD: Rating.Good}
_STATES = {Stage.LEARNING: State.Learning, Stage.REVIEW: State.Review, Stage.RELEARNING: State.Relearning}
_STAGES = {state: stage for stage, state in _STATES.items()}


@dataclass(frozen=True, slots=True)
class RecallRules:
    """How sure to stay, and how much a day may ask."""

    retention: float = 0.90
    steps: tuple[timedelta, ...] = (timedelta(minutes=1), timedelta(minutes=10))
    relearning_steps: tuple[timedelta, ...] = (timedelta(minutes=10),)
    longest_days: int = 365
    slow_factor: float = 2.0
    new_a_day: int = 8
    reviews_a_day: int = 40


@dataclass(frozen=True, slots=True)
class RecallState:
    """One person's memory of one item; stability in days, difficulty 1..10, both None before the first answer."""

    due: datetime
    stage: Stage = Stage.LEARNING
    step: int | None = 0
    stability: float | None = None
    difficulty: float | None = None
    last_review: datetime | None = None


def new_card(due: datetime) -> RecallState:
    """Return a card never answered, due from the given moment."""
    return RecallState(due=_utc(due, "due"))


def grade(right: bool, seconds: float, own_median: float | None, *, rules: RecallRules | None = None) -> Grade:
    """Grade an answer: wrong is Again, right but slower than twice the person's own median is Hard, right is Good.

    `own_median` in seconds, None while there is too little to tell.
    """
    if not seconds >= 0 or (own_median is not None and not own_median > 0):
        raise BadInput("seconds must be 0 or more, and the median above 0")
    if not right:
        return Grade.AGAIN
    slow = (rules or RecallRules()).slow_factor
    return Grade.HARD if own_median is not None and seconds > slow * own_median else Grade.GOOD


def own_median(seconds: Sequence[float], least: int = 5) -> float | None:
    """Return the median seconds of a person's right answers, None under `least` of them."""
    return float(median(seconds)) if len(seconds) >= least else None


def review(state: RecallState, answer: Grade, at: datetime, *, rules: RecallRules | None = None) -> RecallState:
    """Return the card after an answer at a moment, with its next due date."""
    moment = _utc(at, "at")
    if state.last_review is not None and moment < _utc(state.last_review, "last_review"):
        raise BadInput("an answer cannot come before the last one")
    card, _ = _scheduler(rules or RecallRules()).review_card(_card(state), _RATINGS[Grade(answer)], moment)
    return RecallState(card.due, _STAGES[card.state], card.step, card.stability, card.difficulty, card.last_review)


def recall_probability(state: RecallState, at: datetime, *, rules: RecallRules | None = None) -> float | None:
    """Return the probability of recall at a moment, None for a card never answered.

    As `Scheduler.get_card_retrievability`, but with parts of a day, so that cards of one day have an order.
    """
    if state.last_review is None or state.stability is None:
        return None
    days = max((_utc(at, "at") - _utc(state.last_review, "last_review")).total_seconds() / 86400, 0.0)
    decay = -float(_scheduler(rules or RecallRules()).parameters[20])
    return float((1 + (0.9 ** (1 / decay) - 1) * days / state.stability) ** decay)


def select(
    cards: Mapping[str, RecallState],
    at: datetime,
    *,
    new_today: int = 0,
    reviews_today: int = 0,
    rules: RecallRules | None = None,
) -> tuple[str, ...]:
    """Choose what to ask now: cards due, lowest recall first, then new ones by due date.

    At most `new_a_day` new cards and `reviews_a_day` reviews a day, `new_today` and `reviews_today` of which are done.
    A card in its minutes of (re)learning was counted when it came up and is never held back. Ties go by id.
    """
    rules = rules or RecallRules()
    if new_today < 0 or reviews_today < 0:
        raise BadInput("counts of today cannot be negative")
    moment = _utc(at, "at")
    due = {key: card for key, card in cards.items() if _utc(card.due, "due") <= moment}
    recall = {key: recall_probability(card, moment, rules=rules) for key, card in due.items()}
    known = sorted((r, key) for key, r in recall.items() if r is not None)
    reviews = [key for _, key in known if due[key].stage is Stage.REVIEW]
    held_back = set(reviews[max(rules.reviews_a_day - reviews_today, 0) :])
    asked = [key for _, key in known if key not in held_back]
    fresh = sorted((due[key].due, key) for key, r in recall.items() if r is None)
    return tuple(asked + [key for _, key in fresh[: max(rules.new_a_day - new_today, 0)]])


@cache
def _scheduler(rules: RecallRules) -> Scheduler:
    within("retention", rules.retention, 0.5, 0.99)
    return Scheduler(
        desired_retention=rules.retention,
        learning_steps=rules.steps,
        relearning_steps=rules.relearning_steps,
        maximum_interval=rules.longest_days,
        enable_fuzzing=False,
    )


def _card(state: RecallState) -> Card:
    """Return the library's card; id and due date are always given, since it would otherwise make its own."""
    return Card(
        card_id=0,
        state=_STATES[state.stage],
        step=state.step,
        stability=state.stability,
        difficulty=state.difficulty,
        due=_utc(state.due, "due"),
        last_review=None if state.last_review is None else _utc(state.last_review, "last_review"),
    )


def _utc(moment: datetime, name: str) -> datetime:
    if moment.tzinfo is None:
        raise BadInput(f"{name} needs a time zone")
    return moment.astimezone(UTC)
