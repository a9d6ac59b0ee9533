"""Who, and how sure: one track a person under the group's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.charts.scale import aim_of, place
from coach.charts.tracks import State, TrackRow, level_track, target_words
from coach.words import Message, Text, level_name


@dataclass(frozen=True, slots=True)
class Reading:
    """Take one person's (or a group's) estimate of one skill."""

    name: str | Text
    mean: float | None
    low: float | None
    high: float | None
    seen: int
    state: State
    href: str = ""


@dataclass(frozen=True, slots=True)
class AxisMark:
    """Name one level below the tracks; the outer two give way on narrow screens."""

    x: float
    name: Message
    outer: bool
    is_target: bool


@dataclass(frozen=True, slots=True)
class Forest:
    """Hold the drawn rows, the axis and what the line means."""

    group: TrackRow | None
    rows: tuple[TrackRow, ...]
    axis: tuple[AxisMark, ...]
    target: Message | None


def forest(readings: Sequence[Reading], *, group: Reading | None = None, target: float | None = None) -> Forest:
    """Draw the readings in the order given, the group first and apart."""
    return Forest(
        group=None if group is None else _row(group, target),
        rows=tuple(_row(reading, target) for reading in readings),
        axis=_axis(target),
        target=None if target is None else target_words(target),
    )


def _row(reading: Reading, target: float | None) -> TrackRow:
    track = level_track(reading.mean, reading.low, reading.high, target, state=reading.state, seen=reading.seen)
    return TrackRow(reading.name, track, reading.href)


def _axis(target: float | None) -> tuple[AxisMark, ...]:
    aim = None if target is None else aim_of(target)
    return tuple(
        AxisMark(x=place(level), name=level_name(level), outer=level in (1, 4), is_target=level == aim)
        for level in (1, 2, 3, 4)
    )
