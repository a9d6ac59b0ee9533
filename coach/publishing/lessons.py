"""Plan modules, lessons with their parts, and the checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import sqlalchemy as sa

from coach.assessments.models import Quiz
from coach.content.library import Library
from coach.content.modules import LessonSpec, ModuleSpec
from coach.content.spec import Lang, fingerprint_of
from coach.db import new_id, session
from coach.publishing.pictures import with_players
from coach.publishing.plan import Key, Kind, Plan, Row, Write, settle, standing
from coach.training.models import Lesson, LessonPart, LessonRevision, Module
from coach.words import Text

LONGEST_ID = 80
LESSON_CHECK = "lesson"
SKILL_CHECK = "skill"
MODULE_CHECKS = ("before", "after")


def plan_modules(library: Library, *, at: datetime) -> Plan:
    """Plan the modules, in the order of their folders."""
    wanted = (_module(position, spec, at) for position, spec in enumerate(library.modules))
    return settle(Kind.MODULE, Module, wanted, standing(Module, "fingerprint", "position", "retired_at"), at=at)


def plan_lessons(library: Library, *, at: datetime) -> Plan:
    """Plan the lessons: a changed text is a new revision, a changed place moves the lesson alone."""
    stands = _standing()
    specs = {spec.id: spec for spec in library.lessons()}
    new = [spec for spec in specs.values() if _is_new(spec, stands)]
    revisions = {spec.id: _revision(library, spec, stands.get((spec.id,)), at) for spec in new}
    wanted = (
        _lesson(library, module, position, spec, revisions.get(spec.id) or stands[spec.id,])
        for module in library.modules
        for position, spec in enumerate(module.lessons)
    )
    plan = settle(
        Kind.LESSON, Lesson, wanted, stands, at=at,
        changed=lambda row, old: any(row[name] != old[name] for name in ("revision_id", "module_id", "position")),
    )  # fmt: skip
    parts = [part for name, revision in revisions.items() for part in _parts(library, specs[name], revision)]
    texts = Write(sa.insert(LessonRevision), list(revisions.values()))
    return plan + Plan(writes=(texts, Write(sa.insert(LessonPart), parts)))


def plan_checks(library: Library, *, at: datetime) -> Plan:
    """Plan the check of each lesson, with its items in order, of each skill, and the two forms round each module."""
    return settle(Kind.CHECK, Quiz, _quizzes(library), standing(Quiz), at=at)


def skill_check_id(skill_id: str) -> str:
    """Name the check of a skill."""
    return f"skill-{skill_id}"


def module_check_id(kind: str, module_id: str) -> str:
    """Name a form of a module: before, or after. A long id is cut, and its hash keeps it apart from its like."""
    name = f"{kind}-{module_id}"
    return name if len(name) <= LONGEST_ID else f"{name[: LONGEST_ID - 9]}-{fingerprint_of(name)[:8]}"


def _module(position: int, spec: ModuleSpec, at: datetime) -> Row:
    return {
        "id": spec.id, "position": position, "title": spec.title, "summary": spec.summary, "roles": list(spec.roles),
        "fingerprint": spec.fingerprint, "source": spec.origin.source, "published_at": at,
    }  # fmt: skip


def _standing() -> Mapping[Key, Row]:
    query = sa.select(
        Lesson.id, Lesson.module_id, Lesson.position, Lesson.retired_at, Lesson.revision_id, LessonRevision.number,
        LessonRevision.fingerprint,
    ).join(LessonRevision, LessonRevision.id == Lesson.revision_id)  # fmt: skip
    return {(row["id"],): dict(row) for row in session().execute(query).mappings()}


def _is_new(spec: LessonSpec, stands: Mapping[Key, Row]) -> bool:
    old = stands.get((spec.id,))
    return old is None or old["fingerprint"] != spec.fingerprint


def _lesson(library: Library, module: ModuleSpec, position: int, spec: LessonSpec, revision: Row) -> Row:
    english, korean = (library.text(spec.id, lang) for lang in Lang)
    name = revision["revision_id"] if "revision_id" in revision else revision["id"]
    return {
        "id": spec.id, "module_id": module.id, "skill_id": spec.skill, "kind": "text", "position": position,
        "from_level": spec.from_level, "to_level": spec.to_level, "minutes": spec.minutes,
        "title": Text(english.title, korean.title), "summary": Text(english.summary, korean.summary),
        "quiz_id": spec.check.id, "revision_id": name,
    }  # fmt: skip


def _revision(library: Library, spec: LessonSpec, old: Row | None, at: datetime) -> Row:
    english, korean = (library.text(spec.id, lang) for lang in Lang)
    return {
        "id": new_id(), "lesson_id": spec.id, "number": (old["number"] if old else 0) + 1,
        "title": Text(english.title, korean.title), "summary": Text(english.summary, korean.summary),
        "minutes": spec.minutes, "fingerprint": spec.fingerprint,
        "sources": {spec.origin.path: spec.origin.source, english.path: english.source, korean.path: korean.source},
        "published_at": at,
    }  # fmt: skip


def _parts(library: Library, spec: LessonSpec, revision: Row) -> Iterator[Row]:
    english, korean = (library.text(spec.id, lang).parts for lang in Lang)
    for position, (one, other) in enumerate(zip(english, korean, strict=True)):
        yield {
            "revision_id": revision["id"], "part_id": one.id, "position": position, "kind": str(one.kind),
            "title": Text(one.title, other.title), "html": Text(with_players(one.html), with_players(other.html)),
            "item_id": one.item_id,
        }  # fmt: skip


def _quizzes(library: Library) -> Iterator[Row]:
    """List every check: each lesson's, each skill's, and the two forms round each module."""
    for lesson in library.lessons():
        attempts = lesson.check.attempts
        yield {
            **_quiz(lesson.check.id, LESSON_CHECK, lesson.skill),
            "lesson_id": lesson.id, "items": list(lesson.check.items), "minutes": lesson.check.minutes,
            "most_attempts": attempts.most if attempts else None, "window_days": attempts.days if attempts else None,
        }  # fmt: skip
    for skill in library.framework.skills:
        yield _quiz(skill_check_id(skill.id), SKILL_CHECK, skill.id)
    for module in library.modules:
        for kind in MODULE_CHECKS:
            name = module_check_id(kind, module.id)
            yield {**_quiz(name, kind, module.lessons[0].skill), "module_id": module.id}


def _quiz(name: str, kind: str, skill: str) -> Row:
    return {
        "id": name, "kind": kind, "skill_id": skill, "lesson_id": None, "module_id": None, "items": [],
        "minutes": None, "most_attempts": None, "window_days": None,
    }  # fmt: skip
