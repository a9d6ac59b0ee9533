"""Search and jump: people first, then what the reader may do with them, then lessons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import url_for

from coach.access.identity import Identity
from coach.access.policy import Permission, grants
from coach.home import queries
from coach.home.queries import LessonHit
from coach.people import queries as people
from coach.people.queries import PersonRow
from coach.words import Message

ACTED_ON: Final = 3
"""People found for whom actions are offered: the first few, since more would bury the rest."""


@dataclass(frozen=True, slots=True)
class Jump:
    """Hold one thing that can be done with somebody found."""

    icon: str
    label: Message
    href: str


@dataclass(frozen=True, slots=True)
class Found:
    """Hold what a search found."""

    text: str
    people: tuple[PersonRow, ...] = ()
    jumps: tuple[Jump, ...] = ()
    lessons: tuple[LessonHit, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show."""
        return not (self.people or self.jumps or self.lessons)


def find(identity: Identity, typed: str, language: str) -> Found:
    """Find active people by name (20 at most) and lessons by title; three statements, none where nothing is typed."""
    text = typed.strip()[:80]
    if not text.replace("%", "").replace("_", "").strip():
        return Found(text)
    found = people.search(text)
    return Found(
        text=text,
        people=tuple(found),
        jumps=tuple(_jumps(identity, found[:ACTED_ON])),
        lessons=tuple(queries.lessons_named(text, language)),
    )


def _jumps(identity: Identity, found: list[PersonRow]) -> list[Jump]:
    held = queries.near(identity, [row.id for row in found]) if found else {}
    jumps = []
    for row in found:
        relations = held.get(row.id, frozenset())
        if grants(Permission.COACHING_LOG_SHARED_CREATE, relations):
            label = Message("Log coaching for %(name)s", name=row.short_name)
            jumps.append(Jump("notes", label, url_for("coaching.new", person=row.id)))
        if grants(Permission.ASSIGNMENT_CREATE, relations):
            label = Message("Assign a lesson to %(name)s", name=row.short_name)
            jumps.append(Jump("learn", label, url_for("assignments.new", person=row.id)))
    return jumps
