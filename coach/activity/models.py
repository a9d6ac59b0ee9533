"""Rows that are only ever added: ids, numbers and fixed codes, never a text about a person."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, Keyed, OnErasure, Personal


class Event(Keyed, Base):
    """Record that something happened: who did what to whom, with the ids and numbers that reactions need."""

    __tablename__ = "event"
    __personal__ = {
        "actor_id": Personal(export=True, erase=OnErasure.KEEP_ID),
        "person_id": Personal(export=True, erase=OnErasure.KEEP_ID),
    }
    __table_args__ = (sa.Index("ix_event_person_at", "person_id", "at"), sa.Index("ix_event_verb_at", "verb", "at"))

    at: Mapped[datetime]
    verb: Mapped[str] = mapped_column(sa.String(60))
    actor_id: Mapped[uuid.UUID | None]
    person_id: Mapped[uuid.UUID | None]
    object_kind: Mapped[str | None] = mapped_column(sa.String(40))
    object_id: Mapped[str | None] = mapped_column(sa.String(80))
    details: Mapped[dict[str, Any]]


class AuditEntry(Keyed, Base):
    """Record who looked at, was denied, or changed what: permission, outcome and ids only."""

    __tablename__ = "audit_entry"
    __personal__ = {
        "actor_id": Personal(export=True, erase=OnErasure.KEEP_ID),
        "person_id": Personal(export=True, erase=OnErasure.KEEP_ID),
    }
    __table_args__ = (sa.Index("ix_audit_entry_person_at", "person_id", "at"), sa.Index("ix_audit_entry_at", "at"))

    at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None]
    person_id: Mapped[uuid.UUID | None]
    action: Mapped[str] = mapped_column(sa.String(60))
    outcome: Mapped[str] = mapped_column(sa.String(12))
    object_id: Mapped[str | None] = mapped_column(sa.String(80))


class RetentionPermit(Base):
    """Hold, for the length of one transaction, the leave of the retention job to delete from an append-only table."""

    __tablename__ = "retention_permit"

    table_name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    before: Mapped[datetime]
