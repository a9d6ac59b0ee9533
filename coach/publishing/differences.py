"""What changed between two texts, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

AROUND: Final = 3  # lines shown before and after a change


class Mark(StrEnum):
    """Say what became of a line."""

    SAME = "same"
    OUT = "out"
    IN = "in"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line with its number before and after; a gap stands for lines left out."""

    mark: Mark
    before: int | None
    after: int | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold the changed lines of a file with some around them."""

    path: str
    lines: tuple[Line, ...]
    added: int
    removed: int
    is_new: bool
    is_gone: bool


def difference(path: str, before: str | None, after: str | None) -> Difference:
    """Compare two texts; None is a file that is not there."""
    old, new = (before or "").splitlines(), (after or "").splitlines()
    lines = tuple(_lines(old, new))
    return Difference(
        path,
        lines,
        added=sum(line.mark is Mark.IN for line in lines),
        removed=sum(line.mark is Mark.OUT for line in lines),
        is_new=before is None,
        is_gone=after is None,
    )


def _lines(old: list[str], new: list[str]) -> Iterator[Line]:
    for nth, group in enumerate(SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND)):
        if nth or group[0][1] > 0:
            yield Line(Mark.GAP, None, None)
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from (Line(Mark.SAME, i + 1, j1 + i - i1 + 1, old[i]) for i in range(i1, i2))
            else:
                yield from (Line(Mark.OUT, i + 1, None, old[i]) for i in range(i1, i2))
                yield from (Line(Mark.IN, None, j + 1, new[j]) for j in range(j1, j2))
