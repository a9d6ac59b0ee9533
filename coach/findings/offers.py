"""What could help: lessons for a finding, for whom each is still to be given, and who has had it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coach.advice.queries import Advice, lessons_for
from coach.db import session
from coach.findings import ports
from coach.findings.ports import GivenRow
from coach.training.models import LessonRun


@dataclass(frozen=True, slots=True)
class Offer:
    """Hold a lesson that could help: `to` are people who neither have it to do nor did it."""

    advice: Advice
    to: tuple[uuid.UUID, ...]
    given: tuple[GivenRow, ...]
    done: tuple[tuple[uuid.UUID, datetime], ...]


def offers(skill_id: str, people: Sequence[uuid.UUID], *, mean: float, gap: float) -> list[Offer]:
    """Choose lessons for people at a mean (levels) with an expected gap (levels); three statements at most.

    Somebody alone is offered again what they did, where nothing else is within reach.
    """
    lessons = lessons_for(skill_id, mean=mean, gap=gap, person_id=people[0] if len(people) == 1 else None)
    ids = [advice.lesson_id for advice in lessons]
    standing = [row for row in ports.given(people, ids) if row.done_at is None]
    done = {} if len(people) == 1 else _done(people, ids)
    return [_offer(advice, people, standing, done) for advice in lessons]


def _offer(
    advice: Advice,
    people: Sequence[uuid.UUID],
    standing: Sequence[GivenRow],
    done: dict[tuple[uuid.UUID, str], datetime],
) -> Offer:
    mine = tuple(row for row in standing if row.lesson_id == advice.lesson_id)
    had = tuple((person, done[person, advice.lesson_id]) for person in people if (person, advice.lesson_id) in done)
    reached = {row.person_id for row in mine} | {person for person, _ in had}
    return Offer(advice, tuple(person for person in people if person not in reached), mine, had)


def _done(people: Sequence[uuid.UUID], lesson_ids: Sequence[str]) -> dict[tuple[uuid.UUID, str], datetime]:
    query = (
        sa.select(LessonRun.person_id, LessonRun.lesson_id, sa.func.max(LessonRun.completed_at))
        .where(
            LessonRun.person_id.in_(list(people)),
            LessonRun.lesson_id.in_(list(lesson_ids)),
            LessonRun.completed_at.is_not(None),
        )
        .group_by(LessonRun.person_id, LessonRun.lesson_id)
    )
    return {(person, lesson): at for person, lesson, at in session().execute(query) if at is not None}
