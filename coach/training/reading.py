"""Read one lesson as one person sees it: on the revision their run was begun on, else on the one in use."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from coach.access.identity import Identity
from coach.content.kinds import PartKind
from coach.db import run, session
from coach.errors import NotFound
from coach.items import queries as items
from coach.items.questions import Explanation, Question
from coach.skills.models import Skill
from coach.training.models import Lesson, LessonPart, LessonRevision, LessonRun, Module, PartDone
from coach.training.rows import LessonPage, PartRow, ShownPart, State


def lesson_page(identity: Identity, lesson_id: str, part_id: str | None = None) -> LessonPage:
    """Give a lesson with the part that is asked for, else the next one to do; five statements at most.

    A part not yet reached gives way to the next one to do. Raises NotFound for an unknown lesson or part, and for a
    retired one to a person who never began it.
    """
    lesson = _lesson(lesson_id)
    begun = latest_run(identity.person_id, lesson_id)
    if begun is None and lesson.is_retired:
        raise NotFound
    revision = session().get_one(LessonRevision, begun.revision_id if begun else lesson.revision_id)
    parts = _parts(revision.id, begun)
    rows = _rows(parts)
    return LessonPage(
        lesson_id=lesson_id, title=revision.title, summary=revision.summary, minutes=revision.minutes,
        skill_name=lesson.skill_name, module_id=lesson.module_id, module_title=lesson.module_title,
        quiz_id=lesson.quiz_id, run_id=begun.id if begun else None,
        completed_at=begun.completed_at if begun else None,
        parts=rows, shown=_shown(identity, parts, rows, part_id),
    )  # fmt: skip


def latest_run(person_id: uuid.UUID, lesson_id: str) -> LessonRun | None:
    """Give a person's open run of a lesson, else the one completed last."""
    return session().scalar(_LATEST_RUN, {"person": person_id, "lesson": lesson_id})


_LATEST_RUN: Final = (
    sa.select(LessonRun)
    .where(LessonRun.person_id == sa.bindparam("person"), LessonRun.lesson_id == sa.bindparam("lesson"))
    .order_by(LessonRun.completed_at.is_not(None), LessonRun.completed_at.desc(), LessonRun.id.desc())
    .limit(1)
)


def _lesson(lesson_id: str) -> Any:
    found = run(_in_module(), {"lesson": lesson_id}).one_or_none()
    if found is None:
        raise NotFound
    return found


@cache
def _in_module() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Lesson.revision_id, Lesson.quiz_id, Skill.name.label("skill_name"), Module.id.label("module_id"),
            Module.title.label("module_title"),
            sa.or_(Lesson.retired_at.is_not(None), Module.retired_at.is_not(None)).label("is_retired"),
        )
        .join(Skill, Skill.id == Lesson.skill_id)
        .join(Module, Module.id == Lesson.module_id)
        .where(Lesson.id == sa.bindparam("lesson"))
    )  # fmt: skip


def _parts(revision_id: uuid.UUID, begun: LessonRun | None) -> Sequence[Any]:
    return session().execute(_PARTS, {"run": begun.id if begun else None, "revision": revision_id}).all()


_PARTS: Final = (
    sa.select(LessonPart, PartDone)
    .outerjoin(PartDone, sa.and_(PartDone.run_id == sa.bindparam("run"), PartDone.part_id == LessonPart.part_id))
    .where(LessonPart.revision_id == sa.bindparam("revision"))
    .order_by(LessonPart.position)
)


def _rows(parts: Sequence[Any]) -> tuple[PartRow, ...]:
    """Give each part its state; reached are those done and the first that is not."""
    first = next((part.part_id for part, done in parts if done is None), None)
    return tuple(
        PartRow(
            part.part_id,
            PartKind(part.kind),
            part.title,
            State.DONE if done else State.NOW if part.part_id == first else State.AHEAD,
            done is not None or part.part_id == first,
        )
        for part, done in parts
    )


def _shown(
    identity: Identity, parts: Sequence[Any], rows: tuple[PartRow, ...], part_id: str | None
) -> ShownPart | None:
    if part_id is not None and part_id not in [row.id for row in rows]:
        raise NotFound
    wanted = next((row for row in rows if row.id == part_id and row.is_reached), None)
    row = wanted or next((row for row in rows if row.state == State.NOW), None)
    if row is None:
        return None
    at = rows.index(row)
    part, done = parts[at]
    question, explanation = _asked(identity, part, done)
    following = rows[at + 1].id if at + 1 < len(rows) else None
    return ShownPart(row, part.html, part.item_id, question, explanation, following)


def _asked(identity: Identity, part: LessonPart, done: PartDone | None) -> tuple[Question | None, Explanation | None]:
    """Ask the item in use, or explain the wording that was answered; never both."""
    if part.item_id is None:
        return None, None
    seed = items.seed_of(identity.person_id, part.item_id)
    if done is None:
        return items.question(items.current(part.item_id), seed), None
    if done.item_revision_id is None or done.answer is None:
        raise ValueError(f"the question {part.part_id} was done without an answer")
    return None, items.explained(items.revision(done.item_revision_id), done.answer, seed)
