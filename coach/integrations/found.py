"""What a reader finds in a file: questions in one language, and all that it could not take over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coach.errors import Told
from coach.words import Message

Body = Mapping[str, Any]
"""A question as content/items has it, with plain strings in place of texts in two languages."""


@dataclass(frozen=True, slots=True)
class Question:
    """Hold one question with the line where it begins; `name` is what the file calls it."""

    line: int
    name: str
    body: Body


@dataclass(frozen=True, slots=True)
class Note:
    """Name something that is not taken over as it stands; `lost` where the whole question is left out."""

    line: int
    what: str
    why: Message
    lost: bool = False


@dataclass(slots=True)
class Found:
    """Collect what a file holds."""

    questions: list[Question] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def note(self, line: int, what: str, why: Message) -> None:
        """Say what of a question, or of the file, is not taken over."""
        self.notes.append(Note(line, _short(what), why))

    def leave_out(self, line: int, what: str, why: Message) -> None:
        """Say that a question is left out, and why."""
        self.notes.append(Note(line, _short(what), why, lost=True))

    @property
    def left_out(self) -> int:
        """Count the questions that are left out."""
        return sum(note.lost for note in self.notes)


class Unreadable(Told):
    """Refuse a file as a whole."""


class Unsupported(Exception):
    """Leave one question out; the reader puts the place to it."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
