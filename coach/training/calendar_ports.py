"""What the slices above tell the calendar, so that it imports nothing above it: the days by which work is due."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from coach.words import Text


@dataclass(frozen=True, slots=True)
class DueDay:
    """Hold what somebody has to do by a day."""

    id: uuid.UUID
    title: Text
    on: date


DueDays = Callable[[uuid.UUID], list[DueDay]]
_due_days: Final[list[DueDays]] = []


def connect(due_days: DueDays) -> None:
    """Take the reader of what a person has to do."""
    _due_days[:] = [due_days]


def due_days(person_id: uuid.UUID) -> list[DueDay]:
    """List what a person has to do, by day."""
    return [day for reads in _due_days for day in reads(person_id)]
