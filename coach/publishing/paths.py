"""Plan the roles' paths: which lesson stands in which week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from coach.content.library import Library
from coach.publishing.plan import Kind, Plan, Row, settle, standing
from coach.training.models import PathStep


def plan_steps(library: Library, *, at: datetime) -> Plan:
    """Plan every step of every path; a step is its role and lesson, so moving it to another week keeps it."""
    return settle(Kind.STEP, PathStep, _steps(library), standing(PathStep), at=at)


def _steps(library: Library) -> Iterator[Row]:
    for role, path in library.paths.items():
        lessons = [(week.week, lesson) for week in path.weeks for lesson in week.lessons]
        for position, (week, lesson) in enumerate(lessons):
            yield {"job_role_id": role, "lesson_id": lesson, "week": week, "position": position}
