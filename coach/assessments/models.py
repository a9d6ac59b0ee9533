"""Quizzes, attempts and the answers in them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coach.assessments.rules import GRACE
from coach.db import Base, Keyed, OnErasure, Personal


class Quiz(Base):
    """Hold a check: at a lesson's end (its items fixed), of a skill (each item chosen as it goes on), round a module.

    A module's two forms are about several skills: `skill_id` is then the one that it opens with, and evidence goes by
    the items' own skills. `minutes` limits a sitting, `most_attempts` how many are begun within `window_days`.
    """

    __tablename__ = "quiz"

    id: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(8))
    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"), index=True)
    lesson_id: Mapped[str | None] = mapped_column(sa.ForeignKey("lesson.id"), index=True)
    module_id: Mapped[str | None] = mapped_column(sa.ForeignKey("module.id"), index=True)
    items: Mapped[list[Any]]
    minutes: Mapped[int | None]
    most_attempts: Mapped[int | None]
    window_days: Mapped[int | None]
    retired_at: Mapped[datetime | None]


class Attempt(Keyed, Base):
    """Hold one sitting of a check; at most one open for a person and quiz.

    An adaptive one keeps what it began with: the person's mean and SD of the skill, and the `target` that it asks
    about, in levels. `closes_at` is where its time limit ends.
    """

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
        sa.Index("ix_attempt_quiz", "quiz_id", "person_id"),
        sa.Index("ix_attempt_closes", "closes_at", "submitted_at"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    quiz_id: Mapped[str] = mapped_column(sa.ForeignKey("quiz.id"))
    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"))
    seed: Mapped[int]
    started_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    right: Mapped[float | None]
    mean: Mapped[float | None]
    sd: Mapped[float | None]
    target: Mapped[float | None]

    questions: Mapped[list[AttemptItem]] = relationship(order_by="AttemptItem.position")

    @property
    def is_adaptive(self) -> bool:
        """Tell whether each question is chosen by the answers before it."""
        return self.target is not None

    def is_over(self, now: datetime) -> bool:
        """Tell whether its time, with some grace for a slow line, is up."""
        return self.closes_at is not None and now > self.closes_at + GRACE


class AttemptItem(Base):
    """Hold one question of an attempt, its revision fixed when it was put, and the answer given so far.

    `repeated`: the person had it within 30 days, and no other was left. `score` stays empty until the attempt is over.
    """

    __tablename__ = "attempt_item"
    __table_args__ = (sa.Index("ix_attempt_item_revision", "item_revision_id"),)

    attempt_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("attempt.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(sa.ForeignKey("item.id"))
    item_revision_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("item_revision.id"))
    answer: Mapped[dict[str, Any] | None]
    answered_at: Mapped[datetime | None]
    score: Mapped[float | None]
    repeated: Mapped[bool] = mapped_column(default=False)


class ModuleForms(Base):
    """Keep a person's two forms of a module, parallel and without a question in common, from the first start on."""

    __tablename__ = "module_forms"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    module_id: Mapped[str] = mapped_column(sa.ForeignKey("module.id"), primary_key=True)
    seed: Mapped[int]
    before: Mapped[list[Any]]
    after: Mapped[list[Any]]
    made_at: Mapped[datetime]
