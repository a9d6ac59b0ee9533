"""Look for lessons in the library by role, skill and minutes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from coach.content.kinds import is_for
from coach.skills import queries as framework
from coach.training.rows import LessonRow, ModuleRow
from coach.words import Text

SHORTS: Final = (5, 10)
"""Most minutes that one can ask for."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Hold what the reader looks for; None is any."""

    role: str | None = None
    skill: str | None = None
    minutes: int | None = None

    def __bool__(self) -> bool:
        return any((self.role, self.skill, self.minutes))

    def fits(self, module: ModuleRow, lesson: LessonRow) -> bool:
        """Tell whether a lesson is one of those wished for."""
        return (
            (self.role is None or is_for(self.role, module.roles))
            and self.skill in (None, lesson.skill_id)
            and (self.minutes is None or lesson.minutes <= self.minutes)
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """Hold what one may choose from: ids and names of roles and skills."""

    roles: tuple[tuple[str, Text], ...]
    skills: tuple[tuple[str, Text], ...]
    minutes: tuple[int, ...] = SHORTS

    def wish(self, role: str, skill: str, minutes: str) -> Wish:
        """Read a wish from an address; what is no choice is any."""
        return Wish(
            _chosen(role, [id_ for id_, _ in self.roles]),
            _chosen(skill, [id_ for id_, _ in self.skills]),
            next((most for most in self.minutes if str(most) == minutes), None),
        )


def choices() -> Choices:
    """Read what one may choose from, with two statements."""
    return Choices(
        tuple((role.id, role.name) for role in framework.roles()),
        tuple((skill.id, skill.name) for skill in framework.skills()),
    )


def found(modules: Sequence[ModuleRow], wish: Wish) -> tuple[LessonRow, ...]:
    """List the lessons that fit, in the order of the library."""
    return tuple(lesson for module in modules for lesson in module.lessons if wish.fits(module, lesson))


def _chosen(value: str, known: Collection[str]) -> str | None:
    return value if value in known else None
