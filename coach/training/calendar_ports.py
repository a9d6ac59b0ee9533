"""What the slices above tell the calendar, so that it imports nothing above it: the days by which work is due."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final

from coach.ports import Port
from coach.words import Text


@dataclass(frozen=True, slots=True)
class DueDay:
    """Hold what somebody has to do by a day."""

    id: uuid.UUID
    title: Text
    on: date


due_days: Final[Port[[uuid.UUID], list[DueDay]]] = Port("what does this person have to do, by which day?")
