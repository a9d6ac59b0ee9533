"""Rows that the drill's pages are drawn from; none holds the key of a question that waits for its answer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import ceil

from coach.drills import rules
from coach.items.models import ItemRevision
from coach.items.questions import Explanation, Question
from coach.words import Text


class Rest(StrEnum):
    """Say why nothing is asked today although something is due."""

    NONE = ""
    DAY_OFF = "day_off"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Due:
    """Hold what today asks: cards in their order, `done` answers so far, and the seconds that a card takes.

    Who has begun in spite of a day off or a pause is not held back that day.
    """

    cards: tuple[uuid.UUID, ...] = ()
    done: int = 0
    seconds: float = rules.USUAL
    rest: Rest = Rest.NONE
    paused_until: date | None = None

    @property
    def total(self) -> int:
        """Count the questions of today, about: a wrong answer brings one more."""
        return self.done + len(self.cards)

    @property
    def minutes(self) -> int:
        """Say how long the rest takes, rounded up."""
        return ceil(len(self.cards) * self.seconds / 60)

    @property
    def is_offered(self) -> bool:
        """Tell whether there is something to do today."""
        return bool(self.cards) and self.rest == Rest.NONE


@dataclass(frozen=True, slots=True)
class CardRow:
    """Hold the card on the page, its turn, and the question without its key."""

    id: uuid.UUID
    turn: int
    asked: ItemRevision
    question: Question
    lesson_id: str
    lesson_title: Text


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """Hold an answer given, with what is said about it and when the question comes back."""

    id: uuid.UUID
    lesson_id: str
    lesson_title: Text
    explanation: Explanation
    due_at: datetime


@dataclass(frozen=True, slots=True)
class NeedRow:
    """Hold a day of need; `about` names the skill or module."""

    id: uuid.UUID
    name: Text
    about: Text
    on_day: date


@dataclass(frozen=True, slots=True)
class ComingRow:
    """Say how many questions come back on a day."""

    day: date
    count: int


@dataclass(frozen=True, slots=True)
class Week:
    """Hold the five working days of one week as the grid draws them."""

    label: str
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Hold what stands beside the drill: the days of three weeks on which somebody answered, and what lies ahead."""

    weeks: tuple[Week, ...]
    practised: tuple[date, ...]
    needs: tuple[NeedRow, ...]
