"""Counts of people and of observations: pips and bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.charts.scale import within
from coach.words import Message, Text

MOST_PIPS: Final = 36


@dataclass(frozen=True, slots=True)
class Coverage:
    """Hold how many of a group have been reached: one pip a person, or a bar for a large group."""

    done: int
    late: int
    total: int
    pips: tuple[str, ...]
    done_to: float
    late_to: float


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold one bar: its width in percent, the count behind it and the sentence."""

    name: str | Text
    count: int
    total: int
    width: float
    low: bool
    label: Message


def coverage(done: int, total: int, *, late: int = 0) -> Coverage:
    """Draw who has been reached, who not yet, and who is overdue, in that order."""
    pips = ("on",) * done + ("open",) * (total - done - late) + ("late",) * late
    return Coverage(
        done=done,
        late=late,
        total=total,
        pips=pips if total <= MOST_PIPS else (),
        done_to=_share(done, total),
        late_to=_share(late, total),
    )


def bar(name: str | Text, count: int, total: int, *, low: bool = False) -> Bar:
    """Draw one count of a total; `low` marks what stands out below the others."""
    label = Message("%(name)s: %(count)s of %(total)s", name=name, count=count, total=total)
    return Bar(name=name, count=count, total=total, width=_share(count, total), low=low, label=label)


def _share(count: int, total: int) -> float:
    return round(within(100 * count / total), 1) if total else 0.0
