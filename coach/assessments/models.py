"""Quizzes, attempts and the answers in them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coach.db import Base, Keyed, OnErasure, Personal


class Quiz(Base):
    """Hold a check: the one at a lesson's end (its items fixed), or a skill's (its items drawn)."""

    __tablename__ = "quiz"

    id: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(8))
    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"), index=True)
    lesson_id: Mapped[str | None] = mapped_column(sa.ForeignKey("lesson.id"), index=True)
    items: Mapped[list[Any]]
    retired_at: Mapped[datetime | None]


class Attempt(Keyed, Base):
    """Hold one sitting of a check; at most one open for a person and quiz."""

    __tablename__ = "attempt"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}
    __table_args__ = (
        sa.Index(
            "uq_attempt_open",
            "person_id",
            "quiz_id",
            unique=True,
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        ),
        sa.Index("ix_attempt_person_skill", "person_id", "skill_id", "submitted_at"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    quiz_id: Mapped[str] = mapped_column(sa.ForeignKey("quiz.id"))
    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"))
    seed: Mapped[int]
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    right: Mapped[float | None]

    questions: Mapped[list[AttemptItem]] = relationship(order_by="AttemptItem.position")


class AttemptItem(Base):
    """Hold one question of an attempt, its revision fixed when the attempt began, and the answer given so far."""

    __tablename__ = "attempt_item"
    __table_args__ = (sa.Index("ix_attempt_item_revision", "item_revision_id"),)

    attempt_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("attempt.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(sa.ForeignKey("item.id"))
    item_revision_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("item_revision.id"))
    answer: Mapped[dict[str, Any] | None]
    answered_at: Mapped[datetime | None]
    score: Mapped[float | None]
