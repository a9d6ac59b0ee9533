"""What stands beside the drill: days practised and days of need; quiet, and for the person alone."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from coach.drills import needs, queries, rules
from coach.drills.rows import Rhythm, Week
from coach.web.language import day_short

WEEKS: Final = 3
WORKDAYS: Final = 5


def rhythm(person_id: uuid.UUID, *, today: date, zone: str) -> Rhythm:
    """Read the three weeks up to today and the days of need ahead, with two statements."""
    monday = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    moments = queries.practised(person_id, rules.start_of(monday, zone))
    days = {moment.astimezone(ZoneInfo(zone)).date() for moment in moments}
    starts = [monday + timedelta(weeks=n) for n in range(WEEKS)]
    weeks = tuple(Week(day_short(start), _marks(start, days, today)) for start in starts)
    return Rhythm(weeks, tuple(sorted(days)), tuple(needs.for_person(person_id, today)))


def _marks(start: date, days: set[date], today: date) -> tuple[str, ...]:
    week = [start + timedelta(days=n) for n in range(WORKDAYS)]
    return tuple(" ".join(word for word, on in (("on", d in days), ("today", d == today)) if on) for d in week)
