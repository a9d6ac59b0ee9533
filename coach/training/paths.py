"""Read a role's path as far as one person is: lessons with one statement, programmes with another."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date, datetime
from functools import cache

import sqlalchemy as sa

from coach.db import fetch
from coach.people.queries import PersonRow
from coach.skills.models import Skill
from coach.training.models import Lesson, LessonRun, Module, PathStep
from coach.training.path_rows import Path, PathWeek, Step, StepKind
from coach.training.programme_steps import has_open_programme
from coach.training.programme_steps import steps_of as programmes_of
from coach.words import Text

_DAYS = 7


def path_of(person: PersonRow, today: date) -> Path | None:
    """Give the path of a person's role, None without a role or where the role has none."""
    if person.job_role_id is None or person.job_role_name is None:
        return None
    steps = steps_of(person.id, person.job_role_id)
    if not steps:
        return None
    weeks: defaultdict[int, list[Step]] = defaultdict(list)
    for step in steps:
        weeks[step.week].append(step)
    return Path(
        role_name=person.job_role_name,
        since=person.role_since,
        week=_week(person.role_since, today),
        weeks=tuple(PathWeek(number, tuple(found)) for number, found in sorted(weeks.items())),
    )


def steps_of(person_id: uuid.UUID, job_role_id: str) -> list[Step]:
    """List the steps of a role's path in order, each with whether and when the person did it."""
    lessons = [Step(StepKind.LESSON, *row) for row in fetch(_lessons(), {"person": person_id, "role": job_role_id})]
    return sorted([*lessons, *programmes_of(person_id, job_role_id)], key=lambda step: step.week)


def has_open_step(
    person: sa.SQLColumnExpression[uuid.UUID], job_role: sa.SQLColumnExpression[str]
) -> sa.ColumnElement[bool]:
    """Tell, in a statement about people, whether a step of a role's path was never done."""
    completed = sa.exists().where(
        LessonRun.person_id == person, LessonRun.lesson_id == PathStep.lesson_id, LessonRun.completed_at.is_not(None)
    )
    lesson = (
        sa.select(PathStep.lesson_id)
        .join(Lesson, Lesson.id == PathStep.lesson_id)
        .join(Module, Module.id == Lesson.module_id)
        .where(PathStep.job_role_id == job_role, PathStep.retired_at.is_(None))
        .where(Lesson.retired_at.is_(None), Module.retired_at.is_(None), ~completed)
        .exists()
    )
    return sa.or_(lesson, has_open_programme(person, job_role))


@cache
def _lessons() -> sa.Select[str, Text, Text, int, int, datetime | None, bool]:
    runs = sa.and_(LessonRun.person_id == sa.bindparam("person"), LessonRun.lesson_id == Lesson.id)
    done_at = sa.select(sa.func.min(LessonRun.completed_at)).where(runs).correlate(Lesson).scalar_subquery()
    is_open = sa.exists().where(runs, LessonRun.completed_at.is_(None)).correlate(Lesson)
    return (
        sa.select(Lesson.id, Lesson.title, Skill.name, PathStep.week, Lesson.minutes, done_at, is_open)
        .join(PathStep, PathStep.lesson_id == Lesson.id)
        .join(Skill, Skill.id == Lesson.skill_id)
        .join(Module, Module.id == Lesson.module_id)
        .where(PathStep.job_role_id == sa.bindparam("role"), PathStep.retired_at.is_(None))
        .where(Lesson.retired_at.is_(None), Module.retired_at.is_(None))
        .order_by(PathStep.week, PathStep.position)
    )


def _week(since: date | None, today: date) -> int | None:
    """Count the person's week in the role, from 1; somebody who begins later stands in the first."""
    return None if since is None else max((today - since).days // _DAYS, 0) + 1
