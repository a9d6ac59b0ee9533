"""The reader of a request, detached from the database."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum


class Capability(StrEnum):
    """Name what an account may do beyond its own work; given by an admin, stored as a set."""

    EDITOR = "editor"
    ADMIN = "admin"
    COACH = "coach"


class Relation(StrEnum):
    """Name how an actor stands to the person a record is about; computed from present rows on each request."""

    ANY_USER = "any_user"
    SELF = "self"
    AUTHOR = "author"
    COACH = "coach"
    MANAGER = "manager"
    UPLINE = "upline"
    EDITOR = "editor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Identity:
    """Hold who is signed in and what the account is capable of."""

    person_id: uuid.UUID
    capabilities: frozenset[Capability] = frozenset()

    def can(self, capability: Capability) -> bool:
        """Tell whether the account has a capability."""
        return capability in self.capabilities

    def general_relations(self) -> frozenset[Relation]:
        """Give the relations that hold whatever the record: any user, and editor or admin by capability."""
        held = {Relation.ANY_USER}
        if self.can(Capability.EDITOR):
            held.add(Relation.EDITOR)
        if self.can(Capability.ADMIN):
            held.add(Relation.ADMIN)
        return frozenset(held)
