"""What a person wrote or recorded for a task."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, Keyed, OnErasure, Personal


class Submission(Keyed, Base):
    """Hold one piece of work: a draft until `handed_in_at`, then unchanging but for the answer to what was said.

    It is open until `closed_at`: scored by somebody, or too old to be waited for. Holds a text, or a recording, or a
    link to one.
    """

    __tablename__ = "practice_submission"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}
    __table_args__ = (
        sa.Index(
            "uq_practice_submission_open",
            "person_id",
            "item_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        sa.Index("ix_practice_submission_person", "person_id", "handed_in_at"),
        sa.Index("ix_practice_submission_handed_in", "handed_in_at"),
        sa.Index("ix_practice_submission_media", "media_id"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    item_id: Mapped[str] = mapped_column(sa.ForeignKey("item.id"))
    revision_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("item_revision.id"))
    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    link: Mapped[str] = mapped_column(sa.String(500), default="")
    media_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("media.id"))
    started_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_at: Mapped[datetime | None]
