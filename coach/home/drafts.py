"""Which drafts wait for an editor, as the first page says it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from coach import clock
from coach.access.identity import Capability
from coach.access.reader import Reader
from coach.publishing.waiting import WaitingDraft, Wants, waiting_for
from coach.words import Message, Text


@dataclass(frozen=True, slots=True)
class DraftLine:
    """Hold one draft that waits for the reader."""

    id: uuid.UUID
    title: str
    said: Message
    icon: str
    at: date


def drafts(reader: Reader) -> list[DraftLine]:
    """List the drafts that wait for an editor, with one statement; nothing for anybody else."""
    if not reader.identity.can(Capability.EDITOR):
        return []
    return [_line(draft, reader.zone) for draft in waiting_for(reader.person_id)]


def _line(draft: WaitingDraft, zone: str) -> DraftLine:
    icon = "check" if draft.wants is Wants.PUBLISH else "pencil"
    return DraftLine(draft.id, draft.title, _SAID[draft.wants](draft.by), icon, clock.day_of(draft.at, zone))


_SAID: Final[Mapping[Wants, Callable[[Text], Message]]] = {
    Wants.READ: lambda name: Message("%(name)s asks what you think of it", name=name),
    Wants.APPROVE: lambda name: Message("%(name)s needs another editor's approval", name=name),
    Wants.ANSWER: lambda name: Message("%(name)s has commented on it", name=name),
    Wants.PUBLISH: lambda name: Message("%(name)s approved it. It can be published", name=name),
}
