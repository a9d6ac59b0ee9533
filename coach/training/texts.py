"""What a revision of a lesson says: it never changes, so a process reads it once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from coach.content.kinds import PartKind
from coach.db import kept, run
from coach.training.models import LessonPart, LessonRevision
from coach.words import Text


@dataclass(frozen=True, slots=True)
class PartText:
    """Hold one part of a lesson's text; `item_id` is the question it asks."""

    id: str
    kind: PartKind
    title: Text
    html: Text
    item_id: str | None


@dataclass(frozen=True, slots=True)
class LessonText:
    """Hold a lesson's text with its parts in their order."""

    title: Text
    summary: Text
    minutes: int
    parts: tuple[PartText, ...]


def text_of(revision_id: uuid.UUID) -> LessonText:
    """Give the text of a revision."""
    return kept(("lesson", revision_id), lambda: _read(revision_id))


def _read(revision_id: uuid.UUID) -> LessonText:
    rows = run(_text(), {"revision": revision_id}).all()
    parts = (PartText(row.part_id, PartKind(row.kind), row.part_title, row.html, row.item_id) for row in rows)
    return LessonText(rows[0].title, rows[0].summary, rows[0].minutes, tuple(parts))


@cache
def _text() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            LessonRevision.title,
            LessonRevision.summary,
            LessonRevision.minutes,
            LessonPart.part_id,
            LessonPart.kind,
            LessonPart.title.label("part_title"),
            LessonPart.html,
            LessonPart.item_id,
        )
        .join(LessonPart, LessonPart.revision_id == LessonRevision.id)
        .where(LessonRevision.id == sa.bindparam("revision"))
        .order_by(LessonPart.position)
    )
