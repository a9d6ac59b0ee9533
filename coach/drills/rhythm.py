"""What stands beside the drill: days practised and days of need; quiet, and for the person alone."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from coach import clock
from coach.drills import needs, queries
from coach.drills.rows import Rhythm, Week
from coach.web.language import day_short

WEEKS: Final = 3
WORKDAYS: Final = 5


def rhythm(person_id: uuid.UUID, *, today: date, zone: str) -> Rhythm:
    """Read the three weeks up to today and the days of need ahead, with two statements."""
    moments = queries.practised(person_id, clock.start_of(first_day(today), zone))
    days = {clock.day_of(moment, zone) for moment in moments}
    return Rhythm(weeks(days, today), tuple(sorted(days)), tuple(needs.for_person(person_id, today)))


def first_day(today: date) -> date:
    """Give the Monday with which the three weeks begin."""
    return today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))


def weeks(days: Collection[date], today: date) -> tuple[Week, ...]:
    """Mark the days on which somebody practised in the three weeks up to today."""
    starts = [first_day(today) + timedelta(weeks=n) for n in range(WEEKS)]
    return tuple(Week(day_short(start), _marks(start, days, today)) for start in starts)


def _marks(start: date, days: Collection[date], today: date) -> tuple[str, ...]:
    week = [start + timedelta(days=n) for n in range(WORKDAYS)]
    return tuple(" ".join(word for word, on in (("on", d in days), ("today", d == today)) if on) for d in week)
