"""The heat table: people by skills, a printed level in each cell and a colour for its distance from the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from coach.charts.scale import printed
from coach.charts.tracks import State
from coach.words import Message, Text

_STEPS: Final = ((0.15, 0), (0.45, 1), (0.9, 2))
_BEYOND: Final = 3


@dataclass(frozen=True, slots=True)
class HeatCell:
    """Hold one cell: the class of its colour, the number, and what colour alone would not say."""

    css: str
    number: str
    note: Message | None
    href: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """Hold one person: cells in the order of the columns, None where the skill is not in the role."""

    name: str | Text
    href: str
    cells: tuple[HeatCell | None, ...]
    note: Message | None = None
    last: Message | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class HeatGroup:
    """Hold one job role: its targets in the order of the columns, and its people."""

    name: str | Text
    targets: tuple[str | None, ...]
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class HeatTable:
    """Hold the whole table; `last` is the heading of the last column, None for no such column."""

    caption: Message
    columns: tuple[str | Text, ...]
    groups: tuple[HeatGroup, ...]
    last: Message | None = None

    @property
    def wide(self) -> bool:
        """Tell whether there are more skills than upright headings have room for."""
        return len(self.columns) > 9

    def narrowed(self, kept: Sequence[int]) -> HeatTable:
        """Keep some of the columns, by their places from 0."""
        groups = tuple(
            replace(
                group,
                targets=tuple(group.targets[n] for n in kept),
                rows=tuple(replace(row, cells=tuple(row.cells[n] for n in kept)) for row in group.rows),
            )
            for group in self.groups
        )
        return replace(self, columns=tuple(self.columns[n] for n in kept), groups=groups)


def heat_step(level: float, target: float) -> int:
    """Count the steps of colour from the target, -3 to 3.

    Within 0.15 of the target is 0, to 0.45 one step, to 0.9 two, beyond three.
    """
    away = round(level - target, 6)
    step = next((step for limit, step in _STEPS if abs(away) <= limit), _BEYOND)
    return step if away > 0 else -step


def heat_cell(mean: float | None, target: float, *, state: State, seen: int | None = None, href: str = "") -> HeatCell:
    """Draw one cell. A hatched one prints its number, but its colour says nothing."""
    if mean is None:
        return HeatCell("few", "–", Message("nothing seen yet"), href)
    if state is State.FEW:
        note = Message("only %(count)s seen", count=seen) if seen is not None else Message("too little seen to judge")
        return HeatCell("few", printed(mean), note, href)
    colour = _colour(heat_step(mean, target))
    if state is State.BELOW:
        return HeatCell(f"{colour} sure".strip(), printed(mean), Message("clearly below target"), href)
    return HeatCell(colour, printed(mean), None, href)


def heat_targets(targets: Sequence[float | None]) -> tuple[str | None, ...]:
    """Print the group row: where each target level begins."""
    return tuple(None if target is None else printed(target) for target in targets)


def _colour(step: int) -> str:
    return "" if step == 0 else f"{'p' if step > 0 else 'n'}{abs(step)}"
