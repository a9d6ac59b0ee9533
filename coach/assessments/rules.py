"""The rules of checks on one page: how many questions, how long, and when one may be taken again. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class QuizKind(StrEnum):
    """Tell the check at a lesson's end from a skill's, and from the two forms round a module."""

    LESSON = "lesson"
    SKILL = "skill"
    BEFORE = "before"
    AFTER = "after"


OF_MODULE: Final = frozenset({QuizKind.BEFORE, QuizKind.AFTER})
LEAST: Final = 4
MOST: Final = 12
"""A skill's check asks this many questions at least and at most."""
FEWEST: Final = 3
"""Below this many questions on a skill an attempt says too little to be evidence."""
REST: Final = timedelta(days=30)
"""A question that a person had is not put to them again for so long, while there are others."""
USUAL_LEVEL: Final = 3
"""Asked about where the person's role has no target for the skill."""
GRACE: Final = timedelta(seconds=30)
"""So long after its limit an answer is still taken: the line may have been slow."""
WAIT: Final = {QuizKind.LESSON: timedelta(hours=24), QuizKind.SKILL: timedelta(days=3)}
"""Between two sittings; the forms of a module are taken once."""


def threshold(target_level: int | None) -> float:
    """Say where the level begins that a check asks about: half a level below it."""
    return (USUAL_LEVEL if target_level is None else target_level) - 0.5


def free_from(kind: str, last_submitted: datetime | None) -> datetime | None:
    """Say from when a check may be taken again; None before the first time."""
    return None if last_submitted is None else last_submitted + WAIT[QuizKind(kind)]


def limited_until(begun: Sequence[datetime], most: int | None, days: int | None) -> datetime | None:
    """Say until when no further sitting is let in; None where the limit is not reached yet, or there is none.

    `begun`: when earlier sittings began, those within `days` count.
    """
    if most is None or days is None or len(begun) < most:
        return None
    return sorted(begun)[-most] + timedelta(days=days)
