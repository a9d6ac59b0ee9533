"""When a certificate is earned, how long it holds, and when it may be renewed."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coach.words import Text

CHANCE: Final = 0.5
"""A target counts as met when its level is at least this likely: below it, a finding would not be closed either."""
RENEWAL_DAYS: Final = 60
"""So long before its end a certificate may be renewed."""


@dataclass(frozen=True, slots=True)
class SkillStanding:
    """Hold one target that counts; the level lies between `low` and `high` 9 times in 10, None where nothing was seen.

    `is_met`: enough was seen (three pieces, not all by the person, reliability .25), and P(level >= T) >= .5.
    """

    skill_id: str
    name: Text
    level: int
    mean: float | None
    low: float | None
    high: float | None
    is_met: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold how a person stands to the certificate of their role: steps left of the path, and each target."""

    name: Text
    valid_months: int
    weight: int
    steps: int
    steps_left: int
    skills: tuple[SkillStanding, ...]

    @property
    def missing(self) -> tuple[SkillStanding, ...]:
        """List the targets that are not yet seen to be met."""
        return tuple(skill for skill in self.skills if not skill.is_met)

    @property
    def is_earned(self) -> bool:
        """Tell whether nothing is missing; a path without steps or a role without targets proves nothing."""
        return bool(self.steps and self.skills) and not self.steps_left and not self.missing


def is_due(valid_until: date | None, today: date) -> bool:
    """Tell whether the conditions are looked at: nothing is held, or what is held ends soon."""
    return valid_until is None or valid_until - timedelta(days=RENEWAL_DAYS) <= today


def term(valid_until: date | None, today: date, months: int) -> date:
    """Give the last day of a certificate earned today: who renews before the end loses no day."""
    return add_months(today if valid_until is None else max(valid_until, today), months)


def add_months(start: date, months: int) -> date:
    """Go months ahead to the same day, or to the last one of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
