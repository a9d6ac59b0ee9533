"""Where what a lesson taught can be tried: a conversation, told by the slice that has them (see `connect`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.ports import Port
from coach.words import Text


@dataclass(frozen=True, slots=True)
class TryRow:
    """Name a scenario of the skill and step that a lesson taught."""

    scenario_id: str
    title: Text
    minutes: int


conversation_after: Final[Port[[str, str | None], TryRow | None]] = Port(
    "which conversation practises what this lesson taught, for this job role?"
)
"""None where there is none for the role."""
