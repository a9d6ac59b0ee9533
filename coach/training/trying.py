"""Where what a lesson taught can be tried: a conversation, told by the slice that has them (see `connect`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coach.words import Text


@dataclass(frozen=True, slots=True)
class TryRow:
    """Name a scenario of the skill and step that a lesson taught."""

    scenario_id: str
    title: Text
    minutes: int


Found = Callable[[str, str | None], TryRow | None]
_found: list[Found] = []


def connect(found: Found) -> None:
    """Take the answer to "which conversation practises what this lesson taught, for this job role?"."""
    _found[:] = [found]


def conversation_after(lesson_id: str, job_role_id: str | None) -> TryRow | None:
    """Give a conversation to try after a lesson; None where there is none for the role."""
    return next((row for found in _found if (row := found(lesson_id, job_role_id)) is not None), None)
