"""The only source of now and today. Moments are UTC; a page shows them in the person's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """Read the present moment, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: str = "UTC") -> date:
    """Read today's date where the person is."""
    return now().astimezone(ZoneInfo(zone)).date()


def days(moment: datetime) -> float:
    """Count the days from 2020-01-01 UTC to a moment: the time axis of all measurement."""
    return (moment - EPOCH).total_seconds() / 86400


def moment(days_since: float) -> datetime:
    """Give the moment that lies so many days after 2020-01-01 UTC, to the second."""
    return EPOCH + timedelta(seconds=round(days_since * 86400))
