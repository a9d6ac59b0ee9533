"""What is taught, as immutable revisions, and how far each person came in it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coach.db import Base, Keyed, OnErasure, Personal
from coach.words import Text


class Module(Base):
    """Hold a module: an ordered set of lessons for one or more job roles."""

    __tablename__ = "module"

    id: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    position: Mapped[int]
    title: Mapped[Text]
    summary: Mapped[Text]
    roles: Mapped[list[Any]]
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    source: Mapped[str] = mapped_column(sa.Text, deferred=True)
    published_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class Lesson(Base):
    """Hold a lesson; its text is the revision, its place is in a module.

    `revision_id` names the text in use; it carries no foreign key, since the revision already points here.
    """

    __tablename__ = "lesson"
    __table_args__ = (
        sa.Index("ix_lesson_module", "module_id", "position"),
        sa.Index("ix_lesson_skill", "skill_id", "retired_at"),
    )

    id: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    module_id: Mapped[str] = mapped_column(sa.ForeignKey("module.id"))
    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"))
    kind: Mapped[str] = mapped_column(sa.String(12), default="text")
    position: Mapped[int]
    from_level: Mapped[int]
    to_level: Mapped[int]
    minutes: Mapped[int]
    title: Mapped[Text]
    summary: Mapped[Text]
    quiz_id: Mapped[str] = mapped_column(sa.String(80))
    revision_id: Mapped[uuid.UUID]
    retired_at: Mapped[datetime | None]


class LessonRevision(Keyed, Base):
    """Keep one published text of a lesson, with the source of its files byte for byte."""

    __tablename__ = "lesson_revision"
    __table_args__ = (sa.UniqueConstraint("lesson_id", "number", name="uq_lesson_revision_number"),)

    lesson_id: Mapped[str] = mapped_column(sa.ForeignKey("lesson.id"))
    number: Mapped[int]
    title: Mapped[Text]
    summary: Mapped[Text]
    minutes: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    sources: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    published_at: Mapped[datetime]

    parts: Mapped[list[LessonPart]] = relationship(order_by="LessonPart.position")


class LessonPart(Base):
    """Hold one part of a lesson's text: text, question or task, its HTML made when it was published."""

    __tablename__ = "lesson_part"

    revision_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("lesson_revision.id"), primary_key=True)
    part_id: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(8))
    title: Mapped[Text]
    html: Mapped[Text]
    item_id: Mapped[str | None] = mapped_column(sa.ForeignKey("item.id"))


class PathStep(Base):
    """Put a lesson into a week of a role's path; `position` counts through the whole path."""

    __tablename__ = "path_step"

    job_role_id: Mapped[str] = mapped_column(sa.ForeignKey("job_role.id"), primary_key=True)
    lesson_id: Mapped[str] = mapped_column(sa.ForeignKey("lesson.id"), primary_key=True, index=True)
    week: Mapped[int]
    position: Mapped[int]
    retired_at: Mapped[datetime | None]


class LessonRun(Keyed, Base):
    """Hold one person's way through a lesson; the revision stays the one it was begun on."""

    __tablename__ = "lesson_run"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}
    __table_args__ = (
        sa.Index(
            "uq_lesson_run_open",
            "person_id",
            "lesson_id",
            unique=True,
            sqlite_where=sa.text("completed_at IS NULL"),
            postgresql_where=sa.text("completed_at IS NULL"),
        ),
        sa.Index("ix_lesson_run_person", "person_id", "lesson_id", "completed_at"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    lesson_id: Mapped[str] = mapped_column(sa.ForeignKey("lesson.id"))
    revision_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("lesson_revision.id"))
    started_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]


class PartDone(Base):
    """Record that a person went through a part; for a question, with the answer, final and marked."""

    __tablename__ = "part_done"

    run_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("lesson_run.id"), primary_key=True)
    part_id: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    at: Mapped[datetime]
    item_revision_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("item_revision.id"))
    answer: Mapped[dict[str, Any] | None]
    score: Mapped[float | None]
