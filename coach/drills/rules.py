"""How much a day asks, how long an answer took, and which days count: arithmetic of drills, without a database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

A_DAY: Final = 300.0
"""Seconds that a day asks at most: five minutes."""
USUAL: Final = 20.0
"""Seconds reckoned for a question while there are too few answers to tell."""
SHORTEST: Final = 1.0
LONGEST: Final = 180.0
"""An answer never counts for more: whoever took longer was called away, and that says nothing about recall."""
WEEKEND: Final = (5, 6)
NEED_DAYS: Final = 3
"""Working days before a day of need within which what is not fresh comes back."""
NEED_RECALL: Final = 0.95
NEED_AHEAD: Final = 28
"""Days within which three working days must lie, even with six days off a week."""


def seconds_a_card(median: float | None) -> float:
    """Reckon how long a question takes this person."""
    return USUAL if median is None else median


def room(median: float | None, answered: int) -> int:
    """Count the questions for which today still has room, after so many answers."""
    return max(int(A_DAY // seconds_a_card(median)) - answered, 0)


def taken(shown_at: datetime, at: datetime) -> float:
    """Measure the seconds between showing a question and its answer, within the bounds of what is believed."""
    return min(max((at - shown_at).total_seconds(), SHORTEST), LONGEST)


def practice_day(day: date, days_off: Collection[int]) -> date:
    """Give the first day from a day on that is not a day off; the day itself where every day is."""
    week = [day + timedelta(days=n) for n in range(7)]
    return next((one for one in week if one.weekday() not in days_off), day)


def brought_forward_from(need: date, days_off: Collection[int]) -> date:
    """Give the third practice day before a day of need."""
    before = [need - timedelta(days=n) for n in range(1, NEED_AHEAD + 1)]
    days = [one for one in before if one.weekday() not in days_off] or before
    return days[NEED_DAYS - 1]
