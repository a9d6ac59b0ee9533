"""The only source of now and today. Moments are UTC; a page shows them in the person's zone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)


_told: ContextVar[datetime | None] = ContextVar("didim_told_time", default=None)


def now() -> datetime:
    """Read the present moment, aware, in UTC; inside `at`, the moment told."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at a told moment: how a story of weeks is replayed in seconds."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def today(zone: str = "UTC") -> date:
    """Read today's date where the person is."""
    return day_of(now(), zone)


def day_of(moment: datetime, zone: str) -> date:
    """Give the date of a moment where the person is."""
    return moment.astimezone(ZoneInfo(zone)).date()


def start_of(day: date, zone: str) -> datetime:
    """Give the moment at which a day begins where the person is."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def days(moment: datetime) -> float:
    """Count the days from 2020-01-01 UTC to a moment: the time axis of all measurement."""
    return (moment - EPOCH).total_seconds() / 86400


def moment(days_since: float) -> datetime:
    """Give the moment that lies so many days after 2020-01-01 UTC, to the second."""
    return EPOCH + timedelta(seconds=round(days_since * 86400))
