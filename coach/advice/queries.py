"""Lessons for a gap, the cheapest first, each with its reason."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from coach.db import session
from coach.measurement.recommend import REACH, Gap, Lesson, choose_lessons, gain_of
from coach.training.models import Lesson as LessonRow
from coach.training.models import LessonRun
from coach.words import Message, Text

BUDGET_MINUTES: Final = 60.0


@dataclass(frozen=True, slots=True)
class Advice:
    """Hold a lesson that could close a gap, with why it is proposed and what is not known yet."""

    lesson_id: str
    module_id: str
    skill_id: str
    title: Text
    summary: Text
    minutes: int
    from_level: int
    to_level: int
    gain: float
    quiz_id: str
    why: Message


def lessons_for(skill_id: str, *, mean: float, gap: float, person_id: uuid.UUID | None = None) -> list[Advice]:
    """Rank the lessons of a skill for somebody at a mean (levels) with an expected gap (levels), three at most.

    Lessons they finished come back only when there is no other within reach.
    """
    rows = _of_skill(skill_id, person_id)
    lessons, done = [row for row, _ in rows], frozenset(row.id for row, is_done in rows if is_done)
    chosen = _ranked(lessons, mean=mean, gap=gap, done=done) or _ranked(lessons, mean=mean, gap=gap, done=frozenset())
    return [_advice(row, mean, row.id in done) for row in chosen]


def _ranked(lessons: Sequence[LessonRow], *, mean: float, gap: float, done: Iterable[str]) -> list[LessonRow]:
    by_id = {row.id: row for row in lessons}
    offered = [
        Lesson(row.id, row.minutes, {row.skill_id: _gain(row, mean)}, {row.skill_id: row.from_level}) for row in lessons
    ]
    if not offered:
        return []
    need = [Gap(lessons[0].skill_id, max(gap, 0.05), 1.0, mean)]
    plan = choose_lessons(need, offered, BUDGET_MINUTES, done=frozenset(done))
    first = [by_id[id_] for id_ in plan.lessons]
    # what the plan no longer needs is still an alternative, as long as it is within reach
    others = [
        row
        for row in lessons
        if row not in first and row.id not in set(done) and row.from_level <= mean + REACH and row.to_level > mean
    ]
    return [*first, *others][:3]


def _gain(row: LessonRow, mean: float) -> float:
    """Expect half of what a new lesson claims, one level, and nothing where its end level is behind the person."""
    return min(gain_of(float(row.to_level - row.from_level)), max(row.to_level - mean, 0.0))


def _of_skill(skill_id: str, person_id: uuid.UUID | None) -> list[tuple[LessonRow, bool]]:
    """Read the lessons of a skill, and whether a person has finished each."""
    run = sa.exists().where(
        LessonRun.lesson_id == LessonRow.id, LessonRun.person_id == person_id, LessonRun.completed_at.is_not(None)
    )
    query = sa.select(LessonRow, run if person_id else sa.false())
    query = query.where(LessonRow.skill_id == skill_id, LessonRow.retired_at.is_(None))
    rows = session().execute(query.order_by(LessonRow.from_level, LessonRow.position, LessonRow.id))
    return [(row[0], bool(row[1])) for row in rows]


def _advice(row: LessonRow, mean: float, taken: bool) -> Advice:
    why = (
        Message("Taken before. Nothing else fits this level yet.")
        if taken
        else Message("The next step from where the level is now. Its effect is not measured yet.")
    )
    return Advice(
        row.id,
        row.module_id,
        row.skill_id,
        row.title,
        row.summary,
        row.minutes,
        row.from_level,
        row.to_level,
        _gain(row, mean),
        row.quiz_id,
        why,
    )
