"""Go through a lesson, part by part; an answer is final, the last part completes the run."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coach import clock
from coach.activity.services import record
from coach.content.kinds import PartKind
from coach.db import insert_once, new_id, session
from coach.errors import Invalid, NotFound
from coach.items import queries as items
from coach.items.marking import mark
from coach.training import events
from coach.training.models import Lesson, LessonPart, LessonRun, Module, PartDone
from coach.training.reading import latest_run
from coach.words import Message


def open_lesson(*, by: uuid.UUID, lesson_id: str) -> LessonRun:
    """Give the person's open run of a lesson, or begin one on the text in use.

    Raises NotFound for a lesson that is not there, or retired and not begun.
    """
    lesson = session().get(Lesson, lesson_id)
    found = latest_run(by, lesson_id)
    if found is not None and found.completed_at is None:
        return found
    if lesson is None or lesson.retired_at or session().get_one(Module, lesson.module_id).retired_at:
        raise NotFound
    at = clock.now()
    run = {"id": new_id(), "person_id": by, "lesson_id": lesson_id, "revision_id": lesson.revision_id}
    if insert_once(LessonRun, {**run, "started_at": at, "touched_at": at}):
        record(events.STARTED, by=by, about=by, kind="lesson", object_id=lesson_id, run=str(run["id"]))
    query = sa.select(LessonRun).where(LessonRun.person_id == by, LessonRun.lesson_id == lesson_id)
    return session().scalars(query.where(LessonRun.completed_at.is_(None))).one()


def go_through(*, by: uuid.UUID, lesson_id: str, part_id: str, answer: Mapping[str, Any] | None) -> LessonRun:
    """Finish or answer a part as a page sends it: the first one begins the run, one already done stays as it is."""
    run = latest_run(by, lesson_id) or open_lesson(by=by, lesson_id=lesson_id)
    if session().get(PartDone, (run.id, part_id)) is None:
        if answer is None:
            finish_part(by=by, run=run, part_id=part_id)
        else:
            answer_part(by=by, run=run, part_id=part_id, answer=answer)
    return run


def finish_part(*, by: uuid.UUID, run: LessonRun, part_id: str) -> PartDone:
    """Note that a text was read or a task done; a second time changes nothing."""
    part = _part(by, run, part_id)
    if part.kind == PartKind.QUESTION:
        raise Invalid(Message("Answer the question first."), field="answer")
    return _done(by, run, part, {})


def answer_part(*, by: uuid.UUID, run: LessonRun, part_id: str, answer: Mapping[str, Any]) -> PartDone:
    """Mark an answer and keep it for good; of two answers the first one counts."""
    part = _part(by, run, part_id)
    if part.item_id is None:
        raise Invalid(Message("This part asks nothing."))
    asked = items.current(part.item_id)
    score = mark(asked.kind, asked.body, answer)
    return _done(by, run, part, {"item_revision_id": asked.id, "answer": dict(answer), "score": score})


def _part(by: uuid.UUID, run: LessonRun, part_id: str) -> LessonPart:
    part = session().get(LessonPart, (run.revision_id, part_id))
    if part is None or run.person_id != by:
        raise NotFound
    return part


def _done(by: uuid.UUID, run: LessonRun, part: LessonPart, answered: Mapping[str, Any]) -> PartDone:
    at = clock.now()
    if session().get(PartDone, (run.id, part.part_id)) is None:
        _refuse_leap(run, part)
        if insert_once(PartDone, {"run_id": run.id, "part_id": part.part_id, "at": at, **answered}):
            _move_on(by, run, at)
    return session().get_one(PartDone, (run.id, part.part_id))


def _refuse_leap(run: LessonRun, part: LessonPart) -> None:
    before = sa.select(LessonPart.part_id).where(
        LessonPart.revision_id == run.revision_id, LessonPart.position < part.position
    )
    done = sa.select(PartDone.part_id).where(PartDone.run_id == run.id)
    if session().execute(before.where(LessonPart.part_id.not_in(done)).limit(1)).first():
        raise Invalid(Message("Finish the parts before this one first."))


def _move_on(by: uuid.UUID, run: LessonRun, at: datetime) -> None:
    """Touch the run; once no part is left, complete it, which only one of two racing requests does."""
    done = sa.select(PartDone.part_id).where(PartDone.run_id == run.id)
    left = sa.exists().where(LessonPart.revision_id == run.revision_id, LessonPart.part_id.not_in(done))
    open_run = sa.update(LessonRun).where(LessonRun.id == run.id, LessonRun.completed_at.is_(None))
    session().execute(open_run.values(touched_at=at).execution_options(synchronize_session=False))
    completing = open_run.where(~left).values(completed_at=at).execution_options(synchronize_session=False)
    completed = session().execute(completing.returning(LessonRun.id)).first()
    session().refresh(run)
    if completed:
        skill = session().get_one(Lesson, run.lesson_id).skill_id
        record(events.COMPLETED, by=by, about=by, kind="lesson", object_id=run.lesson_id, run=str(run.id), skill=skill)
