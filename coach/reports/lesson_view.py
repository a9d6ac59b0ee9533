"""What was seen of a skill before and after the newest lesson of it; what went together, never an effect."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from coach import clock
from coach.charts.change import Average as Drawn
from coach.charts.change import BeforeAfter, Sighting, before_after
from coach.measurement.comparison import Average, Change, Heap, average, change
from coach.people.queries import PersonRow
from coach.reports import queries
from coach.reports.charts import signed
from coach.reports.history import Learned, LearnedRow
from coach.reports.queries import SightingRow, StandingRow
from coach.words import Message, Text

LOOK_BACK_DAYS: Final = 84
LEAST: Final = 2
"""Observations that an average needs to be drawn, and teammates that their change needs to be said."""


@dataclass(frozen=True, slots=True)
class LessonView:
    """Hold the drawing around the newest lesson, the change with its range, and that of teammates without it."""

    skill_id: str
    skill_name: Text
    title: Text
    chart: BeforeAfter
    change: Change | None
    mates: int
    mates_gain: float | None

    @property
    def said(self) -> Message:
        """Say the change with its range."""
        if self.change is None:
            return Message("Too early to compare: both sides need two observations.")
        low, high = signed(self.change.low), signed(self.change.high)
        return Message("%(gain)s, likely %(low)s to %(high)s.", gain=signed(self.change.gain), low=low, high=high)

    @property
    def mates_said(self) -> Message | None:
        """Say how far teammates moved who did not take the lesson, where enough were seen."""
        if self.mates_gain is None:
            return None
        gain = signed(self.mates_gain)
        return Message("%(count)s teammates without the lesson: %(gain)s.", count=self.mates, gain=gain)


def around_newest_lesson(
    person: PersonRow, learned: Iterable[LearnedRow], rows: Sequence[StandingRow], *, today: date, zone: str
) -> LessonView | None:
    """Draw the skill of the newest finished lesson, with one statement; None where no lesson was finished."""
    lesson = next((row for row in learned if row.kind == Learned.LESSON), None)
    if lesson is None:
        return None
    seen = queries.sightings(person, lesson.skill_id, lesson.at - timedelta(days=LOOK_BACK_DAYS))
    mine = [row for row in seen if row.person_id == person.id]
    before, after = (_average([r for r in mine if (r.seen_at > lesson.at) is late]) for late in (False, True))
    gains = _gains([row for row in seen if row.person_id != person.id], lesson.at)
    target = next((row.threshold for row in rows if row.skill_id == lesson.skill_id), None)
    return LessonView(
        skill_id=lesson.skill_id,
        skill_name=lesson.skill_name,
        title=lesson.title,
        chart=_chart(mine, clock.day_of(lesson.at, zone), before, after, target=target, today=today, zone=zone),
        change=change(before, after) if before and after else None,
        mates=len(gains),
        mates_gain=sum(gains) / len(gains) if len(gains) >= LEAST else None,
    )


def _chart(
    rows: Sequence[SightingRow],
    day: date,
    before: Average | None,
    after: Average | None,
    *,
    target: float | None,
    today: date,
    zone: str,
) -> BeforeAfter:
    sights = [Sighting(clock.day_of(row.seen_at, zone), row.y, practice=row.setting == "practice") for row in rows]
    return before_after(
        sights,
        lesson_day=day,
        first=min([day - timedelta(days=7), *(sight.day for sight in sights)]),
        last=max(today, day + timedelta(days=7)),
        before=_drawn(before),
        after=_drawn(after),
        target=target,
    )


def _average(rows: Sequence[SightingRow]) -> Average | None:
    """Average what was seen over the raters who saw it; one observation is not an average."""
    if len(rows) < LEAST:
        return None
    sums: dict[str, tuple[float, float]] = {}
    for row in rows:
        weight, value = sums.get(row.source, (0.0, 0.0))
        sums[row.source] = weight + 1.0 / row.v, value + row.y / row.v
    return average([Heap(weight, value / weight) for weight, value in sums.values()])


def _gains(rows: Sequence[SightingRow], at: datetime) -> list[float]:
    """Say how far each teammate moved over the same days, where they were seen on both sides."""
    by_person: dict[uuid.UUID, list[SightingRow]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, []).append(row)
    gains = []
    for own in by_person.values():
        before, after = ([r.y for r in own if (r.seen_at > at) is late] for late in (False, True))
        if before and after:
            gains.append(sum(after) / len(after) - sum(before) / len(before))
    return gains


def _drawn(found: Average | None) -> Drawn | None:
    return None if found is None else Drawn(found.mean, found.low, found.high)
