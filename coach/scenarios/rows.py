"""Rows that the pages before and during a conversation are drawn from; none of them holds what an answer would do."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from coach.content.kinds import Ending
from coach.items.questions import Choice
from coach.scenarios.wording import ENDINGS, SHORT_ENDINGS, Mood
from coach.words import Message, Text


@dataclass(frozen=True, slots=True)
class PastRow:
    """Hold a conversation that has ended."""

    conversation_id: uuid.UUID
    ended_at: datetime
    ending: Ending

    @property
    def sentence(self) -> Message:
        """Say how it ended."""
        return ENDINGS[self.ending]

    @property
    def word(self) -> Message:
        """Say it in a word."""
        return SHORT_ENDINGS[self.ending]


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """Hold a scenario in a list, with the reader's open conversation and the last one that ended."""

    id: str
    title: Text
    summary: Text
    skill_id: str
    skill_name: Text
    level: int
    minutes: int
    is_mine: bool
    open_id: uuid.UUID | None
    last: PastRow | None


@dataclass(frozen=True, slots=True)
class SkillChoice:
    """Hold a skill by which the list can be narrowed."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class StartRow:
    """Hold what one knows before the first word; `past` is newest first."""

    scenario_id: str
    title: Text
    summary: Text
    skill_name: Text
    level: int
    minutes: int
    customer: Text
    customer_role: Text
    brief: Text
    open_id: uuid.UUID | None
    past: tuple[PastRow, ...]


@dataclass(frozen=True, slots=True)
class SaidRow:
    """Hold one turn that is behind: what the customer said and what was answered."""

    position: int
    says: Text
    said: Text


@dataclass(frozen=True, slots=True)
class TalkRow:
    """Hold an open conversation: the turns so far, what the customer says now and what one may answer."""

    conversation_id: uuid.UUID
    scenario_id: str
    title: Text
    skill_name: Text
    customer: Text
    customer_role: Text
    brief: Text
    turns: tuple[SaidRow, ...]
    position: int
    says: Text
    choices: tuple[Choice, ...]
    moods: tuple[Mood, Mood]
