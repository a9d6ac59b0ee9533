"""What the slices above tell this one, so that it imports nothing above it: which lessons were given to whom."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from coach.ports import Port
from coach.words import Text


@dataclass(frozen=True, slots=True)
class GivenRow:
    """Hold a lesson that stands given to a person; `done_at` is None while it is open."""

    assignment_id: uuid.UUID
    person_id: uuid.UUID
    lesson_id: str
    by_name: Text | None
    due_on: date
    done_at: datetime | None


given: Final[Port[[Sequence[uuid.UUID], Sequence[str]], Sequence[GivenRow]]] = Port(
    "which of these lessons stand given to these people?"
)
