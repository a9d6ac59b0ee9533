"""Look back on a conversation that has ended: what it showed of the rubric, why each answer did what it did."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coach.access.identity import Identity
from coach.content.kinds import Ending, Showing
from coach.db import session
from coach.errors import NotFound
from coach.scenarios import queries
from coach.scenarios.models import Conversation
from coach.scenarios.script import Script
from coach.scenarios.walk import Shown, Step, costliest, shown
from coach.scenarios.wording import ENDINGS, VERDICTS, Mood, moods, moved
from coach.skills.models import Criterion
from coach.training.models import Lesson, LessonRun, Module
from coach.words import Message, Text


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """Say how well a criterion was shown, and at which turns it came up."""

    name: Text
    verdict: Showing
    positions: tuple[int, ...]

    @property
    def word(self) -> Message:
        """Put the verdict into a word."""
        return VERDICTS[self.verdict]


@dataclass(frozen=True, slots=True)
class BetterRow:
    """Hold the best answer of a turn that cost much."""

    text: Text
    why: Text


@dataclass(frozen=True, slots=True)
class TurnRow:
    """Hold one turn; `moved` says what the answer moved, before 0 and 100 held it."""

    position: int
    says: Text
    said: Text
    moved: Message
    why: Text
    better: BetterRow | None


@dataclass(frozen=True, slots=True)
class LessonLink:
    """Name a lesson that teaches what was practised."""

    id: str
    title: Text
    minutes: int


@dataclass(frozen=True, slots=True)
class DebriefRow:
    """Hold a conversation that has ended.

    While the reader is in the same scenario again (`open_id`), it is closed: neither criteria nor turns are given.
    """

    conversation_id: uuid.UUID
    person_id: uuid.UUID
    scenario_id: str
    title: Text
    skill_name: Text
    customer: Text
    ended_at: datetime
    ending: Ending
    is_in_use: bool
    says: Text
    headline: Text | None
    moods: tuple[Mood, Mood]
    open_id: uuid.UUID | None
    criteria: tuple[CriterionRow, ...]
    unseen: tuple[Text, ...]
    turns: tuple[TurnRow, ...]
    lesson: LessonLink | None

    @property
    def sentence(self) -> Message:
        """Say how it ended."""
        return ENDINGS[self.ending]


def debrief_page(identity: Identity, held: Conversation) -> DebriefRow:
    """Read what an ended conversation came to; whoever is in the same scenario again gets no reasons yet."""
    if held.ended_at is None or held.ending is None:
        raise NotFound
    named, script, way = queries.read_walk(held)
    again = queries.open_in(identity.person_id, held.scenario_id)
    criteria, unseen = ((), ()) if again else _criteria(named.skill_id, script, way.steps)
    return DebriefRow(
        conversation_id=held.id,
        person_id=held.person_id,
        scenario_id=held.scenario_id,
        title=named.title,
        skill_name=named.name,
        customer=script.customer,
        ended_at=held.ended_at,
        ending=Ending(held.ending),
        is_in_use=named.retired_at is None,
        says=way.node.says,
        headline=None if again else way.node.lesson,
        moods=moods(way.standing, script.start),
        open_id=again,
        criteria=criteria,
        unseen=unseen,
        turns=() if again else _turns(way.steps),
        lesson=_lesson(identity.person_id, named.skill_id, named.level),
    )


def _criteria(
    skill_id: str, script: Script, steps: Sequence[Step]
) -> tuple[tuple[CriterionRow, ...], tuple[Text, ...]]:
    """Give what came up on the way with its verdict, and the names of what could have come up on another."""
    query = sa.select(Criterion.id, Criterion.name).where(Criterion.skill_id == skill_id).order_by(Criterion.position)
    names = {row.id: row.name for row in session().execute(query)}
    seen = shown(steps)
    met = {row.criterion for row in seen}
    could = {answer.criterion for node in script.nodes.values() for answer in node.answers}
    unseen = tuple(name for criterion, name in names.items() if criterion in could - met)
    return tuple(_criterion(row, names) for row in seen if row.criterion in names), unseen


def _criterion(row: Shown, names: dict[str, Text]) -> CriterionRow:
    return CriterionRow(names[row.criterion], row.verdict, row.positions)


def _turns(steps: Sequence[Step]) -> tuple[TurnRow, ...]:
    costly = costliest(steps)
    return tuple(
        TurnRow(
            step.position,
            step.node.says,
            step.answer.text,
            moved(step.answer.trust, step.answer.deal),
            step.answer.why,
            BetterRow(step.node.best.text, step.node.best.why) if step.position in costly else None,
        )
        for step in steps
    )


def _lesson(person_id: uuid.UUID, skill_id: str, level: int) -> LessonLink | None:
    """Find a lesson of the step that was practised, one not yet gone through before any other."""
    completed = sa.exists().where(
        LessonRun.person_id == person_id, LessonRun.lesson_id == Lesson.id, LessonRun.completed_at.is_not(None)
    )
    query = (
        sa.select(Lesson.id, Lesson.title, Lesson.minutes)
        .join(Module, Module.id == Lesson.module_id)
        .where(Lesson.skill_id == skill_id, Lesson.to_level == level)
        .where(Lesson.retired_at.is_(None), Module.retired_at.is_(None))
        .order_by(completed, Module.position, Lesson.position)
        .limit(1)
    )
    found = session().execute(query).one_or_none()
    return LessonLink(*found) if found else None
