"""What happened with a person, newest first: talks; lessons, checks and what was practised; findings."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coach.assessments.models import Attempt, AttemptItem, Quiz
from coach.assessments.queries import still_asked
from coach.coaching.models import AgreedAction, CoachingSession, Observation
from coach.columns import Localised
from coach.db import session
from coach.findings.models import Finding, Resolution
from coach.items.models import ItemRevision
from coach.people.models import Person
from coach.practice.models import Submission
from coach.scenarios.models import Conversation, Scenario
from coach.skills.models import Skill
from coach.training.models import Lesson, LessonRun, Module
from coach.words import Text

_WHOLE: Final = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class TalkRow:
    """Hold one coaching talk: by whom, about what, which levels were seen, what was agreed."""

    id: uuid.UUID
    held_on: date
    coach: Text
    setting: str
    about: str
    action: str
    levels: tuple[tuple[Text, int], ...]


class Learned(StrEnum):
    """Name what somebody did to learn."""

    LESSON = "lesson"
    CHECK = "check"
    CONVERSATION = "conversation"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class LearnedRow:
    """Hold a finished lesson, a check handed in (`right` of `size`), a conversation played, or practice handed in.

    `object_id` is the lesson's id, or that of the attempt, the conversation or the piece of work.
    """

    kind: str
    at: datetime
    object_id: str | uuid.UUID
    title: Text
    skill_id: str
    skill_name: Text
    right: int
    size: int


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Hold a finding with what ended it, where it is over."""

    id: uuid.UUID
    skill_name: Text
    opened_at: datetime
    ended: str | None
    ended_at: datetime | None


def talks(person_id: uuid.UUID, limit: int) -> list[TalkRow]:
    """List the last talks with a person, with one statement."""
    last = (
        sa.select(CoachingSession.id)
        .where(CoachingSession.person_id == person_id, CoachingSession.withdrawn_at.is_(None))
        .order_by(CoachingSession.held_on.desc(), CoachingSession.id.desc())
        .limit(limit)
        .subquery()
    )
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(CoachingSession, Person.name, AgreedAction.text, Skill.name, Observation.level)
        .join(last, last.c.id == CoachingSession.id)
        .join(Person, Person.id == CoachingSession.coach_id)
        .outerjoin(AgreedAction, AgreedAction.session_id == CoachingSession.id)
        .outerjoin(Observation, Observation.session_id == CoachingSession.id)
        .outerjoin(Skill, Skill.id == Observation.skill_id)
        .order_by(CoachingSession.held_on.desc(), CoachingSession.id.desc(), Observation.position)
    )
    found: dict[uuid.UUID, TalkRow] = {}
    for talk, coach, action, skill, level in session().execute(query):
        levels = found[talk.id].levels if talk.id in found else ()
        if skill is not None and (skill, level) not in levels:
            levels = (*levels, (skill, level))
        found[talk.id] = TalkRow(talk.id, talk.held_on, coach, talk.setting, talk.note, action or "", levels)
    return list(found.values())


def learned(person_id: uuid.UUID, limit: int, *, with_answers: bool) -> list[LearnedRow]:
    """List the last lessons and checks, with one statement.

    `with_answers`: conversations and practice too, which are all answers and for those who may read them.
    """
    parts = [_lessons(person_id), _checks(person_id)]
    if with_answers:
        parts += [_conversations(person_id), _practice(person_id)]
    every = sa.union_all(*parts).subquery()
    rows = session().execute(sa.select(every).order_by(every.c["at"].desc()).limit(limit))
    return [LearnedRow(kind, at, _id(kind, id_), *rest) for kind, at, id_, *rest in rows]


def found(person_id: uuid.UUID, limit: int) -> list[FoundRow]:
    """List the last findings about a person with what ended them, with one statement."""
    over = aliased(Resolution)
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(Finding.id, Skill.name, Finding.opened_at, over.kind, over.at)
        .join(Skill, Skill.id == Finding.skill_id)
        .outerjoin(over, over.finding_id == Finding.id)
        .where(Finding.person_id == person_id)
        .order_by(sa.func.coalesce(over.at, Finding.opened_at).desc(), Finding.id)
    )
    return [FoundRow(*row) for row in session().execute(query.limit(limit))]


def _lessons(person_id: uuid.UUID) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            sa.literal(Learned.LESSON.value).label("kind"),
            LessonRun.completed_at.label("at"),
            Lesson.id.label("object_id"),
            Lesson.title.label("title"),
            Lesson.skill_id.label("skill_id"),
            Skill.name.label("skill_name"),
            sa.literal(0).label("right"),
            sa.literal(0).label("size"),
        )
        .join(Lesson, Lesson.id == LessonRun.lesson_id)
        .join(Skill, Skill.id == Lesson.skill_id)
        .where(LessonRun.person_id == person_id, LessonRun.completed_at.is_not(None))
    )


def _checks(person_id: uuid.UUID) -> sa.Select[*tuple[Any, ...]]:
    settled = AttemptItem.item_id.not_in(still_asked({person_id}))
    asked = sa.select(sa.func.count()).where(AttemptItem.attempt_id == Attempt.id, settled).correlate(Attempt)
    return (
        sa.select(
            sa.literal(Learned.CHECK.value),
            Attempt.submitted_at,
            sa.cast(Attempt.id, sa.String),
            sa.case((Lesson.id.is_not(None), Lesson.title), (Module.id.is_not(None), Module.title), else_=Skill.name),
            Attempt.skill_id,
            Skill.name,
            asked.where(AttemptItem.score > _WHOLE).scalar_subquery(),
            asked.scalar_subquery(),
        )
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .join(Skill, Skill.id == Attempt.skill_id)
        .outerjoin(Lesson, Lesson.id == Quiz.lesson_id)
        .outerjoin(Module, Module.id == Quiz.module_id)
        .where(Attempt.person_id == person_id, Attempt.submitted_at.is_not(None))
    )


def _conversations(person_id: uuid.UUID) -> sa.Select[*tuple[Any, ...]]:
    own = _own(Learned.CONVERSATION, Conversation.ended_at, Conversation.id, Scenario.title)
    return (
        own.join(Scenario, Scenario.id == Conversation.scenario_id)
        .join(Skill, Skill.id == Scenario.skill_id)
        .where(Conversation.person_id == person_id, Conversation.ended_at.is_not(None))
    )


def _practice(person_id: uuid.UUID) -> sa.Select[*tuple[Any, ...]]:
    title = sa.type_coerce(ItemRevision.body["title"], Localised)
    own = _own(Learned.PRACTICE, Submission.handed_in_at, Submission.id, title)
    return (
        own.join(ItemRevision, ItemRevision.id == Submission.revision_id)
        .join(Skill, Skill.id == Submission.skill_id)
        .where(Submission.person_id == person_id, Submission.handed_in_at.is_not(None))
    )


def _own(kind: Learned, at: Any, id_: Any, title: Any) -> sa.Select[*tuple[Any, ...]]:
    """Select a row of what has no score, in the columns of the others."""
    score = sa.literal(0), sa.literal(0)
    return sa.select(sa.literal(kind.value), at, sa.cast(id_, sa.String), title, Skill.id, Skill.name, *score)


def _id(kind: str, written: str) -> str | uuid.UUID:
    """Read an id that stood in one column with names: databases write a UUID with hyphens or without."""
    return written if kind == Learned.LESSON else uuid.UUID(written)
