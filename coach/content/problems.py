"""What is wrong with content files, said so that the writer knows what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coach.errors import Told
from coach.words import Message


@dataclass(frozen=True, slots=True)
class Problem:
    """Name one thing to mend: the file below `content/`, its line where there is one, and what to do."""

    path: str
    line: int | None
    message: Message

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.message}"


class ContentErrors(Exception):
    """Carry every problem of a library at once, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        ordered = sorted(problems, key=lambda each: (each.path, each.line or 0, str(each.message)))
        self.problems = tuple(ordered)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Unfit(Told, ValueError):
    """Refuse a value inside a model; the reader turns it into a `Problem` at the value's line."""
