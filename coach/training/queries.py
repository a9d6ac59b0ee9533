"""Read the library, how far people are in it, and what is next for a person."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from coach.access.identity import Identity
from coach.content.kinds import EVERY_ROLE, PartKind, is_for
from coach.db import fetch, session
from coach.errors import NotFound
from coach.skills.models import Skill
from coach.training.models import Lesson, LessonPart, LessonRevision, LessonRun, Module, PartDone, PathStep
from coach.training.rows import LessonRow, ModuleRow, NextLesson, RunRow, minutes_left
from coach.words import Text

_DONE = sa.select(sa.func.count()).where(PartDone.run_id == LessonRun.id).correlate(LessonRun).scalar_subquery()
_PARTS = (
    sa.select(sa.func.count())
    .where(LessonPart.revision_id == LessonRun.revision_id)
    .correlate(LessonRun)
    .scalar_subquery()
)


def library(identity: Identity, job_role_id: str | None) -> list[ModuleRow]:
    """List the modules in use, those of the reader's role first, with how far the reader is."""
    modules = session().execute(
        sa.select(Module.id, Module.title, Module.summary, Module.roles)
        .where(Module.retired_at.is_(None))
        .order_by(Module.position)
    )
    lessons = _lessons_by_module(Lesson.retired_at.is_(None), identity)
    rows = [
        ModuleRow(
            row.id,
            row.title,
            row.summary,
            is_for(job_role_id, row.roles),
            tuple(lessons.get(row.id, ())),
            tuple(row.roles),
        )
        for row in modules
    ]
    return sorted((row for row in rows if row.lessons), key=lambda row: not row.is_mine)


def module(identity: Identity, module_id: str, job_role_id: str | None) -> ModuleRow:
    """Give one module with its lessons; a retired one only to a person who has begun a lesson of it."""
    found = session().get(Module, module_id)
    if found is None:
        raise NotFound
    begun = sa.select(LessonRun.lesson_id).where(LessonRun.person_id == identity.person_id)
    theirs = sa.and_(Lesson.module_id == module_id, sa.or_(Lesson.retired_at.is_(None), Lesson.id.in_(begun)))
    lessons = tuple(_lessons_by_module(theirs, identity).get(module_id, ()))
    if found.retired_at is not None and not any(row.run and row.run.completed_at is None for row in lessons):
        raise NotFound
    return ModuleRow(found.id, found.title, found.summary, is_for(job_role_id, found.roles), lessons)


def next_for(person_id: uuid.UUID, job_role_id: str | None) -> NextLesson | None:
    """Give the open run touched last, else the first lesson not completed: of the path, then of the role's modules."""
    lesson = _next_lesson(person_id, job_role_id)
    if lesson is None:
        return None
    parts = _parts_with_done(lesson["revision_id"], lesson["run_id"])
    left = [part for part in parts if part["at"] is None]
    if not left:
        return None
    done, first = len(parts) - len(left), left[0]
    return NextLesson(
        lesson_id=lesson["id"],
        title=lesson["title"],
        skill_id=lesson["skill_id"],
        skill_name=lesson["skill_name"],
        module_id=lesson["module_id"],
        module_title=lesson["module_title"],
        minutes_left=minutes_left(lesson["minutes"], done, len(parts)),
        done=done,
        parts=len(parts),
        part_title=first["title"],
        part_kind=PartKind(first["kind"]),
        is_begun=lesson["run_id"] is not None,
    )


def runs_of(person_ids: Iterable[uuid.UUID], lesson_ids: Iterable[str] | None = None) -> list[RunRow]:
    """List every run of several people, begun last first; of some lessons where they are named."""
    people = {"people": list(person_ids)}
    if lesson_ids is None:
        return [RunRow(*row) for row in fetch(_runs(), people)]
    return [RunRow(*row) for row in fetch(_runs_in(), {**people, "lessons": list(lesson_ids)})]


@cache
def _runs() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            LessonRun.id,
            LessonRun.person_id,
            LessonRun.lesson_id,
            LessonRun.started_at,
            LessonRun.touched_at,
            LessonRun.completed_at,
            _DONE,
            _PARTS,
        )
        .where(LessonRun.person_id.in_(sa.bindparam("people", expanding=True)))
        .order_by(LessonRun.started_at.desc(), LessonRun.id.desc())
    )


@cache
def _runs_in() -> sa.Select[*tuple[Any, ...]]:
    return _runs().where(LessonRun.lesson_id.in_(sa.bindparam("lessons", expanding=True)))


_LESSON: Final = (
    Lesson.id,
    Lesson.module_id,
    Lesson.title,
    Lesson.summary,
    Lesson.minutes,
    Lesson.skill_id,
    Skill.name,
    Lesson.from_level,
    Lesson.to_level,
)


def _lessons_by_module(which: sa.ColumnElement[bool], identity: Identity) -> dict[str, list[LessonRow]]:
    """Gather lessons by module with the reader's run of each: the open one, else the last completed."""
    query = sa.select(*_LESSON).join(Skill, Skill.id == Lesson.skill_id).where(which)
    every = runs_of([identity.person_id])
    completed = {run.lesson_id for run in every if run.completed_at is not None}
    runs: dict[str, RunRow] = {}
    for latest in every:
        if latest.lesson_id not in runs or latest.completed_at is None:
            runs[latest.lesson_id] = latest
    found: dict[str, list[LessonRow]] = {}
    for row in session().execute(query.order_by(Lesson.module_id, Lesson.position)):
        lesson = LessonRow(*row)
        found.setdefault(lesson.module_id, []).append(
            replace(lesson, run=runs.get(lesson.id), was_completed=lesson.id in completed)
        )
    return found


def _lesson_query() -> sa.Select[str, str, Text, str, Text]:
    return (
        sa.select(
            Lesson.id,
            Lesson.skill_id,
            Skill.name.label("skill_name"),
            Module.id.label("module_id"),
            Module.title.label("module_title"),
        )
        .join(Skill, Skill.id == Lesson.skill_id)
        .join(Module, Module.id == Lesson.module_id)
        .limit(1)
    )


def _next_lesson(person_id: uuid.UUID, job_role_id: str | None) -> sa.RowMapping | None:
    """Find the lesson begun last, else the first one ahead, with one statement."""
    both = [_open_lesson(person_id), _first_ahead(person_id, job_role_id)]
    parts = [sa.select(query.subquery(), sa.literal(rank).label("rank")) for rank, query in enumerate(both)]
    found = session().execute(sa.union_all(*parts)).mappings().all()
    return min(found, key=lambda row: row["rank"], default=None)


def _open_lesson(person_id: uuid.UUID) -> sa.Select[*tuple[Any, ...]]:
    return (
        _lesson_query()
        .add_columns(LessonRun.id.label("run_id"), LessonRun.revision_id, LessonRevision.title, LessonRevision.minutes)
        .join(LessonRun, LessonRun.lesson_id == Lesson.id)
        .join(LessonRevision, LessonRevision.id == LessonRun.revision_id)
        .where(LessonRun.person_id == person_id, LessonRun.completed_at.is_(None))
        .order_by(LessonRun.touched_at.desc(), LessonRun.id.desc())
    )


def _first_ahead(person_id: uuid.UUID, job_role_id: str | None) -> sa.Select[*tuple[Any, ...]]:
    roles = sa.cast(Module.roles, sa.Text)
    mine = [roles.like(f'%"{role}"%') for role in (EVERY_ROLE, job_role_id) if role]
    completed = sa.exists().where(
        LessonRun.person_id == person_id, LessonRun.lesson_id == Lesson.id, LessonRun.completed_at.is_not(None)
    )
    on_path = sa.and_(
        PathStep.lesson_id == Lesson.id, PathStep.job_role_id == job_role_id, PathStep.retired_at.is_(None)
    )
    return (
        _lesson_query()
        .add_columns(sa.cast(sa.null(), sa.Uuid).label("run_id"), Lesson.revision_id, Lesson.title, Lesson.minutes)
        .outerjoin(PathStep, on_path)
        .where(Lesson.retired_at.is_(None), Module.retired_at.is_(None), ~completed)
        .where(sa.or_(*mine))
        .order_by(PathStep.week.is_(None), PathStep.week, PathStep.position, Module.position, Lesson.position)
    )


def _parts_with_done(revision_id: uuid.UUID, run_id: uuid.UUID | None) -> Sequence[sa.RowMapping]:
    query = (
        sa.select(LessonPart.title, LessonPart.kind, PartDone.at)
        .outerjoin(PartDone, sa.and_(PartDone.run_id == run_id, PartDone.part_id == LessonPart.part_id))
        .where(LessonPart.revision_id == revision_id)
        .order_by(LessonPart.position)
    )
    return session().execute(query).mappings().all()
