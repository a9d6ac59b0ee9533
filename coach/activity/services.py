"""Write what happened, and let the wiring react in the same transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.activity.models import AuditEntry, Event
from coach.db import bare, new_id, run, run_last


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Hold an event as the wiring hears it: the row that was just written."""

    id: uuid.UUID
    at: datetime
    verb: str
    actor_id: uuid.UUID | None
    person_id: uuid.UUID | None
    object_kind: str | None
    object_id: str | None
    details: Mapping[str, Any]


Reaction = Callable[[Occurrence], None]
_reactions: dict[str, tuple[Reaction, ...]] = {}
_RECORD: Final = sa.insert(bare(Event))
_AUDIT: Final = sa.insert(bare(AuditEntry))


@dataclass(frozen=True, slots=True)
class Note:
    """Hold an audit entry that is to be written after the answer."""

    action: str
    outcome: str
    person_id: uuid.UUID | None = None
    object_id: str | None = None


def connect(reactions: Mapping[str, tuple[Reaction, ...]]) -> None:
    """Take the one table that says what follows from which event; called by the composition root."""
    _reactions.clear()
    _reactions.update(reactions)


def record(
    verb: str,
    *,
    by: uuid.UUID | None,
    about: uuid.UUID | None = None,
    kind: str | None = None,
    object_id: object = None,
    **details: Any,
) -> None:
    """Record an event and run what follows from it, in the caller's transaction; the row is written as it ends.

    Details are ids, numbers and fixed codes only.
    """
    row: dict[str, Any] = {
        "id": new_id(),
        "at": clock.now(),
        "verb": verb,
        "actor_id": by,
        "person_id": about,
        "object_kind": kind,
        "object_id": None if object_id is None else str(object_id),
        "details": details,
    }
    run_last(_RECORD, row)
    event = Occurrence(**row)
    for reaction in _reactions.get(verb, ()):
        reaction(event)


def audit(notes: Iterable[Note], *, by: uuid.UUID | None) -> None:
    """Write audit entries; never a text, an answer or a secret."""
    now = clock.now()
    if rows := [{"id": new_id(), "at": now, "actor_id": by, **asdict(note)} for note in notes]:
        run(_AUDIT, rows)
