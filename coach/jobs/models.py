"""The outbox: what leaves the house after the transaction that decided it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, Keyed, OnErasure, Personal


class OutboxMessage(Keyed, Base):
    """Hold one message to deliver; `sent_at` says that it left, `failed_at` that we gave up."""

    __tablename__ = "outbox_message"
    __personal__ = {"person_id": Personal(export=False, erase=OnErasure.DELETE)}
    __table_args__ = (
        sa.Index(
            "ix_outbox_message_due",
            "due_at",
            sqlite_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL AND failed_at IS NULL"),
        ),
    )

    kind: Mapped[str] = mapped_column(sa.String(40))
    person_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
