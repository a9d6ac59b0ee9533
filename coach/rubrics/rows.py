"""What a rater fills in, and what a reader is given of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coach.words import Message, Text


@dataclass(frozen=True, slots=True)
class Work:
    """Say what is scored: a piece of work by its kind and id, whose it is, which skill it shows, when it was done."""

    kind: str
    id: uuid.UUID
    person_id: uuid.UUID
    skill_id: str
    done_at: datetime
    setting: str = "practice"


@dataclass(frozen=True, slots=True)
class Said:
    """Hold a remark before it is kept."""

    text: str
    second: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold what a rater fills in: criterion -> level 1 to 4 of what was seen, what to work on next, a note, remarks."""

    marks: Mapping[str, int]
    focus: tuple[str, ...] = ()
    note: str = ""
    remarks: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """Hold one thing to watch for, in the wording it was published with."""

    id: str
    name: Text
    met: Text
    not_met: Text

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> CriterionRow:
        """Read a criterion of a stored revision."""
        return cls(stored["id"], *(Text(**stored[key]) for key in ("name", "met", "not_met")))


@dataclass(frozen=True, slots=True)
class Rubric:
    """Hold one wording of a rubric."""

    revision_id: uuid.UUID
    criteria: tuple[CriterionRow, ...]


@dataclass(frozen=True, slots=True)
class ScoringRow:
    """Hold what one rater marked, in the words they marked it by; `marks` are pairs (criterion, level or None)."""

    id: uuid.UUID
    rater_id: uuid.UUID
    rater: Text
    at: datetime
    marks: tuple[tuple[CriterionRow, int | None], ...]
    focus: tuple[CriterionRow, ...]
    note: str

    def level_of(self, criterion_id: str) -> int | None:
        """Look up the mark of a criterion."""
        return next((level for criterion, level in self.marks if criterion.id == criterion_id), None)


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """Hold one remark and who made it."""

    id: uuid.UUID
    author_id: uuid.UUID
    author: Text
    second: int | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """Hold what a reader may see of what was said about a piece of work.

    `own` is the reader's scoring that stands, if any; `is_blind` tells that others may have said more than is here.
    """

    scorings: tuple[ScoringRow, ...]
    remarks: tuple[RemarkRow, ...]
    own: ScoringRow | None
    is_blind: bool


SEEN_NAMES: Mapping[int, Message] = {
    1: Message("Not met"),
    2: Message("Half"),
    3: Message("Met"),
    4: Message("Could teach"),
}
