"""Change: what was seen before and after a lesson."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from coach.charts.scale import HIGHEST, aim_of, printed, within
from coach.words import Message, level_name

TOP: Final = 16.0
PER_LEVEL: Final = 48.0
_EDGE: Final = 1.5


@dataclass(frozen=True, slots=True)
class Sighting:
    """Take one observation of the skill."""

    day: date
    level: float
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Average:
    """Take a mean and where it likely lies."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Dot:
    """Place one observation: x in percent, y in pixels."""

    x: float
    y: float
    after: bool
    sighting: Sighting


@dataclass(frozen=True, slots=True)
class Span:
    """Place one side's mean and band: x in percent, y in pixels."""

    x_from: float
    x_to: float
    y_mean: float
    y_top: float
    height: float
    average: Average

    @property
    def width(self) -> float:
        """Measure the band, in percent."""
        return round(self.x_to - self.x_from, 1)


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Hold the drawing of one skill over time around one lesson."""

    dots: tuple[Dot, ...]
    before: Span | None
    after: Span | None
    lesson_x: float
    lesson_day: date
    lesson_anchor: str
    target_y: float | None
    levels: tuple[tuple[Message, bool], ...]
    first: date
    last: date
    label: Message

    @property
    def gain(self) -> float | None:
        """Measure the difference of the two means, where both are known."""
        return self.after.average.mean - self.before.average.mean if self.before and self.after else None


def before_after(
    sightings: Sequence[Sighting],
    *,
    lesson_day: date,
    first: date,
    last: date,
    before: Average | None = None,
    after: Average | None = None,
    target: float | None = None,
) -> BeforeAfter:
    """Draw the observations from `first` to `last`, the lesson between them, mean and band on each side."""
    at = _when(first, last)
    lesson_x = at(lesson_day)
    return BeforeAfter(
        dots=tuple(Dot(at(s.day), height_of(s.level), s.day > lesson_day, s) for s in sightings),
        before=_span(before, _EDGE, max(lesson_x - 2, _EDGE)),
        after=_span(after, min(lesson_x + 2, 100 - _EDGE), 100 - _EDGE),
        lesson_x=lesson_x,
        lesson_day=lesson_day,
        lesson_anchor="start" if lesson_x < 25 else "end" if lesson_x > 75 else "middle",
        target_y=None if target is None else height_of(target),
        levels=_levels(target),
        first=first,
        last=last,
        label=_change_sentence(sightings, lesson_day, before, after),
    )


def _levels(target: float | None) -> tuple[tuple[Message, bool], ...]:
    aim = None if target is None else aim_of(target)
    return tuple((level_name(level), level == aim) for level in (4, 3, 2, 1))


def height_of(level: float) -> float:
    """Place a level on the upright scale, in pixels from the top; level 4 stands at 16, level 1 at 160."""
    return round(TOP + (HIGHEST - level) * PER_LEVEL, 1)


def _when(first: date, last: date) -> Callable[[date], float]:
    days = max((last - first).days, 1)

    def at(day: date) -> float:
        return round(_EDGE + (100 - 2 * _EDGE) * within(100 * (day - first).days / days) / 100, 1)

    return at


def _span(average: Average | None, x_from: float, x_to: float) -> Span | None:
    if average is None:
        return None
    top = height_of(average.high)
    return Span(x_from, x_to, height_of(average.mean), top, round(height_of(average.low) - top, 1), average)


def _change_sentence(
    sightings: Sequence[Sighting], lesson_day: date, before: Average | None, after: Average | None
) -> Message:
    earlier = sum(s.day <= lesson_day for s in sightings)
    if before is None or after is None:
        return Message(
            "%(before)s observations before the lesson, %(after)s after it.",
            before=earlier,
            after=len(sightings) - earlier,
        )
    return Message(
        "%(before)s observations before the lesson average %(old)s, %(after)s after it average %(new)s.",
        before=earlier,
        old=printed(before.mean),
        after=len(sightings) - earlier,
        new=printed(after.mean),
    )
