"""Rows that the pages of checks and attempts are drawn from; none of them holds a key."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coach.assessments import rules
from coach.assessments.rules import QuizKind
from coach.items.models import ItemRevision
from coach.items.questions import Question
from coach.words import Message, Text


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Name a check: by its lesson, or by its skill."""

    quiz_id: str
    kind: str
    skill_id: str
    skill_name: Text
    lesson_id: str | None
    lesson_title: Text | None

    @property
    def name(self) -> Text:
        """Give the words that a list shows."""
        return self.lesson_title or self.skill_name

    @property
    def title(self) -> Message:
        """Give the heading of its pages."""
        return Message("Check: %(name)s", name=self.name)

    @property
    def is_of_lesson(self) -> bool:
        """Tell whether it stands at a lesson's end."""
        return self.kind == QuizKind.LESSON


@dataclass(frozen=True, slots=True)
class StartRow:
    """Hold what somebody reads before they begin; `wait_until` is None where they may begin now."""

    check: CheckRow
    size: int
    repeated: int
    open_id: uuid.UUID | None
    answered: int
    last_id: uuid.UUID | None
    last_at: datetime | None
    wait_until: datetime | None

    @property
    def is_offered(self) -> bool:
        """Tell whether there is enough to ask."""
        return self.size >= (1 if self.check.is_of_lesson else rules.FEWEST)

    @property
    def counts(self) -> bool:
        """Tell whether the answers will say something about the level."""
        return self.size >= rules.FEWEST


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """Hold one question of an open attempt with the answer kept so far; `done` lists the answered positions."""

    attempt_id: uuid.UUID
    check: CheckRow
    position: int
    size: int
    done: frozenset[int]
    asked: ItemRevision
    question: Question
    answer: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """Hold a question as the list before handing in shows it."""

    position: int
    stem: Text
    is_blank: bool


@dataclass(frozen=True, slots=True)
class FinishRow:
    """Hold the list before handing in: what is blank comes first."""

    attempt_id: uuid.UUID
    check: CheckRow
    lines: tuple[LineRow, ...]

    @property
    def blank(self) -> int:
        """Count what has no answer."""
        return sum(line.is_blank for line in self.lines)


@dataclass(frozen=True, slots=True)
class OpenRow:
    """Hold an attempt that waits to be gone on with."""

    attempt_id: uuid.UUID
    check: CheckRow
    started_at: datetime
    answered: int
    size: int


@dataclass(frozen=True, slots=True)
class TakenRow:
    """Hold a submitted attempt; `right` counts points, a part of an answer by its share."""

    attempt_id: uuid.UUID
    check: CheckRow
    submitted_at: datetime
    right: float
    size: int
