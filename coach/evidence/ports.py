"""What the slices above tell this one, so that it imports nothing above it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from coach.ports import Port


@dataclass(frozen=True, slots=True)
class Recheck:
    """Hold the check of a skill, and the assignment of it that is open; None where it was not given."""

    quiz_id: str
    assignment_id: uuid.UUID | None
    due_on: date | None


OpenFindings = Mapping[tuple[uuid.UUID, str], uuid.UUID]

open_findings: Final[Port[[Sequence[uuid.UUID], str | None], OpenFindings]] = Port(
    "which findings are open about these people, in this skill or (None) in any?"
)
"""By person and skill: only an open finding is drawn as clearly below."""

recheck: Final[Port[[uuid.UUID, str], Recheck | None]] = Port(
    "which check shows where this person is in this skill, and is it given already?"
)
