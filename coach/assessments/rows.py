"""Rows that the pages of checks and attempts are drawn from; none of them holds a key."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coach.assessments import rules
from coach.assessments.rules import QuizKind
from coach.items.questions import Question
from coach.items.wordings import Wording
from coach.words import Message, Text


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Name a check: by its lesson, by its module, or by its skill."""

    quiz_id: str
    kind: str
    skill_id: str
    skill_name: Text
    lesson_id: str | None
    lesson_title: Text | None
    module_id: str | None = None
    module_title: Text | None = None

    @property
    def name(self) -> Text:
        """Give the words that a list shows."""
        return self.lesson_title or self.module_title or self.skill_name

    @property
    def about(self) -> Text:
        """Say what it is about: its module, else its skill."""
        return self.module_title or self.skill_name

    @property
    def title(self) -> Message:
        """Give the heading of its pages."""
        if self.kind == QuizKind.BEFORE:
            return Message("Check before: %(name)s", name=self.name)
        if self.kind == QuizKind.AFTER:
            return Message("Check after: %(name)s", name=self.name)
        return Message("Check: %(name)s", name=self.name)

    @property
    def is_of_lesson(self) -> bool:
        """Tell whether it stands at a lesson's end."""
        return self.kind == QuizKind.LESSON

    @property
    def is_of_module(self) -> bool:
        """Tell whether it is one of the two forms round a module."""
        return self.kind in rules.OF_MODULE

    @property
    def is_before(self) -> bool:
        """Tell whether it is taken before the lessons of a module: its answers show after the other form."""
        return self.kind == QuizKind.BEFORE

    @property
    def is_adaptive(self) -> bool:
        """Tell whether each question is chosen by the answers before it."""
        return self.kind == QuizKind.SKILL


@dataclass(frozen=True, slots=True)
class StartRow:
    """Hold what somebody reads before they begin.

    `size`: how many questions, of a skill's check at most; `fresh`: how many of its bank the person has not had for 30
    days. `wait_until` is None where they may begin now, `limited` where it is the number of sittings that they wait
    for; `refusal` says why a form of a module is not open.
    """

    check: CheckRow
    size: int
    fresh: int
    open_id: uuid.UUID | None
    answered: int
    last_id: uuid.UUID | None
    last_at: datetime | None
    wait_until: datetime | None
    minutes: int | None = None
    most: int | None = None
    days: int | None = None
    limited: bool = False
    refusal: Message | None = None

    @property
    def is_offered(self) -> bool:
        """Tell whether there is enough to ask."""
        if self.check.is_adaptive:
            return self.size >= rules.LEAST
        return self.size >= (1 if self.check.is_of_lesson else rules.FEWEST)

    @property
    def counts(self) -> bool:
        """Tell whether the answers will say something about the level."""
        return self.size >= rules.FEWEST

    @property
    def repeats(self) -> bool:
        """Tell whether questions of the last 30 days may come again."""
        return self.check.is_adaptive and self.fresh < self.size


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """Hold one question of an open attempt with the answer kept so far; `done` lists the answered positions.

    `repeated`: the person had it within 30 days. `closes_at`: until when answers are taken, where there is a limit.
    """

    attempt_id: uuid.UUID
    check: CheckRow
    position: int
    size: int
    done: frozenset[int]
    asked: Wording
    question: Question
    answer: dict[str, Any] | None
    repeated: bool = False
    closes_at: datetime | None = None

    @property
    def is_answered(self) -> bool:
        """Tell whether an answer is kept."""
        return self.position in self.done

    @property
    def counts(self) -> bool:
        """Tell whether the answers will say something about the level of the one skill asked about."""
        return self.check.is_adaptive or (self.check.is_of_lesson and self.size >= rules.FEWEST)


@dataclass(frozen=True, slots=True)
class LineRow:
    """Hold a question as the list before handing in shows it."""

    position: int
    stem: Text
    is_blank: bool


@dataclass(frozen=True, slots=True)
class FinishRow:
    """Hold the list before handing in: what is blank comes first. `is_over`: the time is up, what was kept counts."""

    attempt_id: uuid.UUID
    check: CheckRow
    lines: tuple[LineRow, ...]
    is_over: bool = False

    @property
    def blank(self) -> int:
        """Count what has no answer."""
        return sum(line.is_blank for line in self.lines)

    @property
    def answered(self) -> int:
        """Count what has an answer."""
        return len(self.lines) - self.blank

    @property
    def is_enough(self) -> bool:
        """Tell whether a skill's check says something with what is answered."""
        return self.answered >= rules.LEAST


@dataclass(frozen=True, slots=True)
class OpenRow:
    """Hold an attempt that waits to be gone on with."""

    attempt_id: uuid.UUID
    check: CheckRow
    started_at: datetime
    answered: int
    size: int

    @property
    def progress(self) -> Message:
        """Say how far it is; a skill's check does not know its length."""
        if self.check.is_adaptive:
            return Message("%(done)s answered. Your answers are kept.", done=self.answered)
        return Message("%(done)s of %(size)s answered. Your answers are kept.", done=self.answered, size=self.size)
