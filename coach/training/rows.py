"""What pages and other slices see of lessons and of the way people made through them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil

from coach.content.kinds import PartKind
from coach.items.questions import Explanation, Question
from coach.words import Message, Text


class State(StrEnum):
    """Name how far a person is; the words are those of the part list."""

    DONE = "done"
    NOW = "now"
    AHEAD = ""


def minutes_left(minutes: int, done: int, parts: int) -> int:
    """Give the parts left their share of a lesson's minutes, rounded up."""
    return ceil(minutes * (parts - done) / parts) if parts else minutes


@dataclass(frozen=True, slots=True)
class RunRow:
    """Hold one person's way through a lesson: `done` of its `parts`; open while `completed_at` is None."""

    id: uuid.UUID
    person_id: uuid.UUID
    lesson_id: str
    started_at: datetime
    touched_at: datetime
    completed_at: datetime | None
    done: int
    parts: int


@dataclass(frozen=True, slots=True)
class LessonRow:
    """Hold a lesson in a list, with the reader's run: the open one, else the one completed last.

    `was_completed` stays true while a lesson is taken once more.
    """

    id: str
    module_id: str
    title: Text
    summary: Text
    minutes: int
    skill_id: str
    skill_name: Text
    from_level: int
    to_level: int
    run: RunRow | None = None
    was_completed: bool = False

    @property
    def state(self) -> State:
        """Tell whether the lesson is done, begun or ahead."""
        if self.run is None:
            return State.AHEAD
        return State.NOW if self.run.completed_at is None else State.DONE


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """Hold a module with its lessons in order; `is_mine` where the reader's role takes it."""

    id: str
    title: Text
    summary: Text
    is_mine: bool
    lessons: tuple[LessonRow, ...]
    roles: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """Add the minutes of its lessons."""
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def done(self) -> int:
        """Count the lessons that were completed once."""
        return sum(lesson.was_completed for lesson in self.lessons)

    @property
    def skills(self) -> tuple[Text, ...]:
        """List the skills that its lessons teach, each once."""
        return tuple(dict.fromkeys(lesson.skill_name for lesson in self.lessons))

    @property
    def next_lesson(self) -> LessonRow | None:
        """Give the lesson to take next: the one begun, else the first that is ahead."""
        open_ones = [lesson for lesson in self.lessons if lesson.state == State.NOW]
        ahead = [lesson for lesson in self.lessons if lesson.state == State.AHEAD]
        return next(iter([*open_ones, *ahead]), None)


@dataclass(frozen=True, slots=True)
class NextLesson:
    """Hold the one lesson that is next for a person: part `part` of `parts` comes next, `done` are behind."""

    lesson_id: str
    title: Text
    skill_id: str
    skill_name: Text
    module_id: str
    module_title: Text
    minutes_left: int
    done: int
    parts: int
    part_title: Text
    part_kind: PartKind
    is_begun: bool

    @property
    def part(self) -> int:
        """Number the part that comes next, from 1."""
        return self.done + 1

    @property
    def eyebrow(self) -> Message:
        """Say what this is."""
        return Message("Next lesson · %(skill)s", skill=self.skill_name)

    @property
    def text(self) -> Message:
        """Say how long it takes and where the person stopped."""
        if not self.is_begun:
            return Message("%(minutes)s min, %(parts)s parts.", minutes=self.minutes_left, parts=self.parts)
        stopped = _STOPPED[self.part_kind]
        return Message("%(minutes)s min left. %(stopped)s", minutes=self.minutes_left, stopped=stopped)

    @property
    def action(self) -> Message:
        """Name the button."""
        return Message("Continue") if self.is_begun else Message("Start")


_STOPPED = {
    PartKind.TEXT: Message("You stopped in the text."),
    PartKind.QUESTION: Message("You stopped before a question."),
    PartKind.TASK: Message("You stopped before the task."),
}


@dataclass(frozen=True, slots=True)
class PartRow:
    """Hold a part in the list of a lesson's parts."""

    id: str
    kind: PartKind
    title: Text
    state: State
    is_reached: bool


@dataclass(frozen=True, slots=True)
class ShownPart:
    """Hold the part on the page; a question not yet answered has `question`, an answered one `explanation`."""

    row: PartRow
    html: Text
    item_id: str | None
    question: Question | None
    explanation: Explanation | None
    next_id: str | None


@dataclass(frozen=True, slots=True)
class LessonPage:
    """Hold a lesson as one person sees it; `shown` is None once it is done and no part is asked for."""

    lesson_id: str
    title: Text
    summary: Text
    minutes: int
    skill_name: Text
    module_id: str
    module_title: Text
    quiz_id: str
    run_id: uuid.UUID | None
    completed_at: datetime | None
    parts: tuple[PartRow, ...]
    shown: ShownPart | None

    @property
    def done(self) -> int:
        """Count the parts that are done."""
        return sum(part.state == State.DONE for part in self.parts)

    @property
    def place(self) -> int:
        """Number the part on the page, from 1; the number of parts once all are done."""
        ids = [part.id for part in self.parts]
        return ids.index(self.shown.row.id) + 1 if self.shown else len(ids)

    @property
    def minutes_left(self) -> int:
        """Say how long the rest takes."""
        return minutes_left(self.minutes, self.done, len(self.parts))
