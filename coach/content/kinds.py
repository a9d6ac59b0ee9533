"""The kinds of things in content, and for whom they are: names alone, so that a page need not read files."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

EVERY_ROLE = "all"


def is_for(job_role_id: str | None, roles: Collection[str]) -> bool:
    """Tell whether a role is one of those that something names, or it is for every one."""
    return EVERY_ROLE in roles or job_role_id in roles


class ItemKind(StrEnum):
    """Name how an item is answered. Written and recorded work is scored by people, the rest is marked."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    ORDER = "order"
    MATCH = "match"
    NUMBER = "number"
    SHORT_TEXT = "short_text"
    WRITTEN = "written"
    RECORDED = "recorded"


class ItemUse(StrEnum):
    """Tell items that teach inside a lesson from those kept for checks alone, and both from tasks to practise."""

    LESSON = "lesson"
    CHECK = "check"
    PRACTICE = "practice"


class PartKind(StrEnum):
    """Name what a part asks of its reader: to read, to answer, to do."""

    TEXT = "text"
    QUESTION = "question"
    TASK = "task"


class Showing(StrEnum):
    """Name how well an answer of a scenario shows a criterion of the rubric."""

    MET = "met"
    HALF = "half"
    NOT = "not"


class Ending(StrEnum):
    """Name how a scenario ends."""

    WON = "won"
    NEXT_STEP = "next_step"
    STALLED = "stalled"
    LOST = "lost"

    @property
    def is_good(self) -> bool:
        """Tell an end one wants from one that one does not."""
        return self in (Ending.WON, Ending.NEXT_STEP)
