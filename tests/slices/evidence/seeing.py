"""What a test lets happen: a talk logged, a check taken, a lesson finished; each as its slice would record it."""

from __future__ import annotations

import uuid
from datetime import timedelta

from coach import clock
from coach.activity.services import record
from coach.db import new_id, session
from coach.evidence import services as evidence
from coach.evidence.models import Evidence
from coach.measurement.convert import quiz_evidence, rubric_evidence
from coach.training import events as training_events
from coach.training.models import Lesson, LessonRun

OBJECTIONS = "handle-objections"
NEEDS = "ask-about-needs"
STEPS = [1.5, 1.5, 2.5, 2.5, 3.5, 3.5]


def logged(
    person: uuid.UUID, level: float, *, by: uuid.UUID, days_ago: float = 0.0, skill: str = OBJECTIONS
) -> Evidence:
    """Let a rater have seen a skill at a level."""
    y, v = rubric_evidence([level])
    piece_id = evidence.add(
        by=by,
        person_id=person,
        skill_id=skill,
        kind="observation",
        source=f"rater:{by}",
        setting="customer",
        seen_at=clock.now() - timedelta(days=days_ago),
        y=y,
        v=v,
        raw={"level": level},
        origin_kind="coaching",
        origin_id=new_id(),
    )
    return session().get_one(Evidence, piece_id)


def checked(person: uuid.UUID, right: int, *, days_ago: float = 0.0, skill: str = OBJECTIONS) -> Evidence:
    """Let a person have taken a check of six questions, the first `right` of them answered right."""
    y, v = quiz_evidence([1.85] * 6, STEPS, [1.0] * right + [0.0] * (6 - right))
    piece_id = evidence.add(
        by=person,
        person_id=person,
        skill_id=skill,
        kind="quiz",
        source=f"quiz:skill-{skill}",
        setting="check",
        seen_at=clock.now() - timedelta(days=days_ago),
        y=y,
        v=v,
        raw={"right": right, "of": 6},
        origin_kind="attempt",
        origin_id=new_id(),
    )
    return session().get_one(Evidence, piece_id)


def finished(person: uuid.UUID, lesson_id: str) -> LessonRun:
    """Let a person have finished a lesson now."""
    lesson = session().get_one(Lesson, lesson_id)
    now = clock.now()
    run = LessonRun(
        person_id=person,
        lesson_id=lesson_id,
        revision_id=lesson.revision_id,
        started_at=now,
        touched_at=now,
        completed_at=now,
    )
    session().add(run)
    session().flush()
    record(
        training_events.COMPLETED,
        by=person,
        about=person,
        kind="lesson",
        object_id=lesson_id,
        run=str(run.id),
        skill=lesson.skill_id,
    )
    return run


def found_below(person: uuid.UUID, *, coaches: list[uuid.UUID], skill: str = OBJECTIONS) -> None:
    """Let enough be seen of a person that a finding opens: a check of three right, and two talks with help."""
    checked(person, 2, days_ago=20, skill=skill)
    for days, coach in zip((12, 5), coaches * 2, strict=False):
        logged(person, 2.0, by=coach, days_ago=days, skill=skill)
