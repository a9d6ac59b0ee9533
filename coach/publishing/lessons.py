"""Plan modules, lessons with their parts, and the checks."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from coach.assessments.models import Quiz
from coach.content.library import Library
from coach.content.modules import LessonSpec, ModuleSpec
from coach.content.spec import Lang, fingerprint_of
from coach.publishing import wording
from coach.publishing.pictures import with_players
from coach.publishing.plan import Kind, Plan, Row, Standing, Write, settle, standing
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
    stands = wording.standing(Lesson, LessonRevision, "module_id", "position")
    specs = {spec.id: spec for spec in library.lessons()}
    new = [spec for spec in specs.values() if wording.is_new(spec, stands)]
    revisions = {spec.id: _revision(library, spec, stands, at) for spec in new}
    wanted = (
        _lesson(library, module, position, spec, wording.in_use(spec, stands, revisions))
        for module in library.modules
        for position, spec in enumerate(module.lessons)
    )
    plan = settle(
        Kind.LESSON,
        Lesson,
        wanted,
        stands,
        at=at,
        changed=lambda row, old: any(row[name] != old[name] for name in ("revision_id", "module_id", "position")),
    )
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
        "id": spec.id,
        "position": position,
        "title": spec.title,
        "summary": spec.summary,
        "roles": list(spec.roles),
        "fingerprint": spec.fingerprint,
        "source": spec.origin.source,
        "published_at": at,
    }


def _lesson(library: Library, module: ModuleSpec, position: int, spec: LessonSpec, revision_id: uuid.UUID) -> Row:
    english, korean = (library.text(spec.id, lang) for lang in Lang)
    return {
        "id": spec.id,
        "module_id": module.id,
        "skill_id": spec.skill,
        "kind": "text",
        "position": position,
        "from_level": spec.from_level,
        "to_level": spec.to_level,
        "minutes": spec.minutes,
        "title": Text(english.title, korean.title),
        "summary": Text(english.summary, korean.summary),
        "quiz_id": spec.check.id,
        "revision_id": revision_id,
    }


def _revision(library: Library, spec: LessonSpec, stands: Standing, at: datetime) -> Row:
    english, korean = (library.text(spec.id, lang) for lang in Lang)
    return wording.revision(
        spec,
        stands,
        at=at,
        lesson_id=spec.id,
        minutes=spec.minutes,
        title=Text(english.title, korean.title),
        summary=Text(english.summary, korean.summary),
        sources={spec.origin.path: spec.origin.source, english.path: english.source, korean.path: korean.source},
    )


def _parts(library: Library, spec: LessonSpec, revision: Row) -> Iterator[Row]:
    english, korean = (library.text(spec.id, lang).parts for lang in Lang)
    for position, (one, other) in enumerate(zip(english, korean, strict=True)):
        yield {
            "revision_id": revision["id"],
            "part_id": one.id,
            "position": position,
            "kind": str(one.kind),
            "title": Text(one.title, other.title),
            "html": Text(with_players(one.html), with_players(other.html)),
            "item_id": one.item_id,
        }


def _quizzes(library: Library) -> Iterator[Row]:
    """List every check: each lesson's, each skill's, and the two forms round each module."""
    for lesson in library.lessons():
        attempts = lesson.check.attempts
        yield {
            **_quiz(lesson.check.id, LESSON_CHECK, lesson.skill),
            "lesson_id": lesson.id,
            "items": list(lesson.check.items),
            "minutes": lesson.check.minutes,
            "most_attempts": attempts.most if attempts else None,
            "window_days": attempts.days if attempts else None,
        }
    for skill in library.framework.skills:
        yield _quiz(skill_check_id(skill.id), SKILL_CHECK, skill.id)
    for module in library.modules:
        for kind in MODULE_CHECKS:
            name = module_check_id(kind, module.id)
            yield {**_quiz(name, kind, module.lessons[0].skill), "module_id": module.id}


def _quiz(name: str, kind: str, skill: str) -> Row:
    return {
        "id": name,
        "kind": kind,
        "skill_id": skill,
        "lesson_id": None,
        "module_id": None,
        "items": [],
        "minutes": None,
        "most_attempts": None,
        "window_days": None,
    }
