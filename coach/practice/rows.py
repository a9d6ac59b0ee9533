"""What is handed in, and what pages show of tasks and work."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from coach.words import Message, Text


@dataclass(frozen=True, slots=True)
class Upload:
    """Hold a file as it arrived; its stream can be read again from the start."""

    stream: IO[bytes]
    filename: str


@dataclass(frozen=True, slots=True)
class Handed:
    """Hold what a form of a task holds."""

    text: str = ""
    link: str = ""
    file: Upload | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Hold a task in one wording; `limit` is in minutes for a written one, in seconds for a recorded one."""

    item_id: str
    revision_id: uuid.UUID
    skill_id: str
    skill_name: Text
    kind: str
    title: Text
    stem: Text
    limit: int
    guide: tuple[Text, ...] = field(default=())

    @property
    def is_written(self) -> bool:
        """Tell whether a text is asked for rather than a recording."""
        return self.kind == "written"

    @property
    def asks(self) -> Message:
        """Say what is asked for and how much of it."""
        if self.is_written:
            return Message("Text, about %(minutes)s min", minutes=self.limit)
        return Message("Recording, up to %(seconds)s s", seconds=self.limit)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """Hold what a list shows of a piece of work; `raters` is how many have scored it."""

    id: uuid.UUID
    item_id: str
    title: Text
    person_id: uuid.UUID
    person: Text
    handed_in_at: datetime | None
    closed_at: datetime | None
    answered_at: datetime | None
    raters: int

    @property
    def is_draft(self) -> bool:
        """Tell whether it was not handed in."""
        return self.handed_in_at is None

    @property
    def state(self) -> Message:
        """Say where it stands, to the person whose work it is."""
        if self.is_draft:
            return Message("Draft kept")
        if not self.raters:
            return Message("Waits for feedback")
        return Message("You answered") if self.answered_at else Message("Feedback is there")

    @property
    def is_news(self) -> bool:
        """Tell whether there is feedback that the person has not answered."""
        return self.raters > 0 and self.answered_at is None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """Hold a task in a list with the person's last piece of work for it."""

    task: Task
    last: WorkRow | None

    @property
    def open(self) -> WorkRow | None:
        """Give the last work where there is still something to do about it: to finish, to wait for, to answer."""
        return self.last if self.last and self.last.answered_at is None else None


def clock_of(second: int | None) -> str:
    """Write a second of a recording as 1:05; nothing where a remark is about all of it."""
    return "" if second is None else f"{second // 60}:{second % 60:02d}"
