"""Read one lesson as one person sees it: on the revision their run was begun on, else on the one in use."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from coach.access.identity import Identity
from coach.db import fetch, run, session
from coach.errors import NotFound
from coach.items import queries as items
from coach.items import wordings
from coach.items.questions import Explanation, Question
from coach.skills.models import Skill
from coach.training.models import Lesson, LessonRun, Module, PartDone
from coach.training.rows import LessonPage, PartRow, ShownPart, State
from coach.training.texts import PartText, text_of


def lesson_page(identity: Identity, lesson_id: str, part_id: str | None = None) -> LessonPage:
    """Give a lesson with the part that is asked for, else the next one to do; five statements at most.

    A part not yet reached gives way to the next one to do. Raises NotFound for an unknown lesson or part, and for a
    retired one to a person who never began it.
    """
    lesson = run(_begun(), {"lesson": lesson_id, "person": identity.person_id}).one_or_none()
    if lesson is None or (lesson.run_id is None and lesson.is_retired):
        raise NotFound
    text = text_of(lesson.begun_on or lesson.revision_id)
    done = {row.part_id: row for row in fetch(_done(), {"run": lesson.run_id})} if lesson.run_id else {}
    rows = _rows(text.parts, done)
    return LessonPage(
        lesson_id=lesson_id,
        title=text.title,
        summary=text.summary,
        minutes=text.minutes,
        skill_name=lesson.skill_name,
        module_id=lesson.module_id,
        module_title=lesson.module_title,
        quiz_id=lesson.quiz_id,
        run_id=lesson.run_id,
        completed_at=lesson.completed_at,
        parts=rows,
        shown=_shown(identity, text.parts, done, rows, part_id),
    )


def latest_run(person_id: uuid.UUID, lesson_id: str) -> LessonRun | None:
    """Give a person's open run of a lesson, else the one completed last."""
    return session().scalar(_LATEST_RUN, {"person": person_id, "lesson": lesson_id})


_LATEST_RUN: Final = (
    sa.select(LessonRun)
    .where(LessonRun.person_id == sa.bindparam("person"), LessonRun.lesson_id == sa.bindparam("lesson"))
    .order_by(LessonRun.completed_at.is_not(None), LessonRun.completed_at.desc(), LessonRun.id.desc())
    .limit(1)
)


@cache
def _begun() -> sa.Select[*tuple[Any, ...]]:
    latest = _LATEST_RUN.with_only_columns(LessonRun.id).scalar_subquery()
    return (
        sa.select(
            Lesson.revision_id,
            Lesson.quiz_id,
            Skill.name.label("skill_name"),
            Module.id.label("module_id"),
            Module.title.label("module_title"),
            sa.or_(Lesson.retired_at.is_not(None), Module.retired_at.is_not(None)).label("is_retired"),
            LessonRun.id.label("run_id"),
            LessonRun.revision_id.label("begun_on"),
            LessonRun.completed_at,
        )
        .join(Skill, Skill.id == Lesson.skill_id)
        .join(Module, Module.id == Lesson.module_id)
        .outerjoin(LessonRun, LessonRun.id == latest)
        .where(Lesson.id == sa.bindparam("lesson"))
    )


@cache
def _done() -> sa.Select[*tuple[Any, ...]]:
    return sa.select(PartDone.part_id, PartDone.item_revision_id, PartDone.answer).where(
        PartDone.run_id == sa.bindparam("run")
    )


def _rows(parts: Sequence[PartText], done: Mapping[str, Any]) -> tuple[PartRow, ...]:
    """Give each part its state; reached are those done and the first that is not."""
    first = next((part.id for part in parts if part.id not in done), None)
    return tuple(
        PartRow(
            part.id,
            part.kind,
            part.title,
            State.DONE if part.id in done else State.NOW if part.id == first else State.AHEAD,
            part.id in done or part.id == first,
        )
        for part in parts
    )


def _shown(
    identity: Identity, parts: Sequence[PartText], done: Mapping[str, Any], rows: Sequence[PartRow], part_id: str | None
) -> ShownPart | None:
    if part_id is not None and part_id not in [row.id for row in rows]:
        raise NotFound
    wanted = next((row for row in rows if row.id == part_id and row.is_reached), None)
    row = wanted or next((row for row in rows if row.state == State.NOW), None)
    if row is None:
        return None
    at = rows.index(row)
    part = parts[at]
    question, explanation = _asked(identity, part, done.get(part.id))
    following = rows[at + 1].id if at + 1 < len(rows) else None
    return ShownPart(row, part.html, part.item_id, question, explanation, following)


def _asked(identity: Identity, part: PartText, done: Any | None) -> tuple[Question | None, Explanation | None]:
    """Ask the item in use, or explain the wording that was answered; never both."""
    if part.item_id is None:
        return None, None
    seed = items.seed_of(identity.person_id, part.item_id)
    if done is None:
        return items.question(wordings.in_use(part.item_id), seed), None
    if done.item_revision_id is None or done.answer is None:
        raise ValueError(f"the question {part.id} was done without an answer")
    return None, items.explained(wordings.wording(done.item_revision_id), done.answer, seed)
