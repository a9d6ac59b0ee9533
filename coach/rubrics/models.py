"""Wordings of rubrics, what raters marked, and remarks that belong to a second of a recording."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coach.db import Base, Keyed, OnErasure, Personal


class RubricRevision(Keyed, Base):
    """Keep one published wording of a skill's rubric: `criteria` are id, name, met and not_met, in order."""

    __tablename__ = "rubric_revision"
    __table_args__ = (sa.UniqueConstraint("skill_id", "number", name="uq_rubric_revision_number"),)

    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"))
    number: Mapped[int]
    criteria: Mapped[list[Any]]
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    published_at: Mapped[datetime]


class Scoring(Keyed, Base):
    """Record what one rater marked in a piece of work; it never changes, a correction stands in its place.

    `focus` lists the criteria, two at most, that the rater would work on next.
    """

    __tablename__ = "scoring"
    __personal__ = {
        "person_id": Personal(export=True, erase=OnErasure.BLANK, blank=("note",)),
        "rater_id": Personal(export=True, erase=OnErasure.KEEP_ID),
    }
    __table_args__ = (
        sa.Index(
            "uq_scoring_standing",
            "work_kind",
            "work_id",
            "rater_id",
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL"),
        ),
        sa.Index("ix_scoring_person", "person_id", "at"),
        sa.Index("ix_scoring_rater", "rater_id", "at"),
    )

    work_kind: Mapped[str] = mapped_column(sa.String(12))
    work_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    rater_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    revision_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("rubric_revision.id"))
    evidence_id: Mapped[uuid.UUID | None]
    focus: Mapped[list[Any]]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]

    marks: Mapped[list[Mark]] = relationship(lazy="selectin")
    revision: Mapped[RubricRevision] = relationship(lazy="raise")


class Mark(Base):
    """Hold the level at which a criterion was seen, 1 to 4; one that was not seen has no row."""

    __tablename__ = "mark"
    __table_args__ = (sa.CheckConstraint("level BETWEEN 1 AND 4", name="level"),)

    scoring_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("scoring.id"), primary_key=True)
    criterion_id: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    level: Mapped[int]


class Remark(Keyed, Base):
    """Hold what somebody said about a piece of work; `second` is where in the recording, None for all of it."""

    __tablename__ = "remark"
    __personal__ = {
        "person_id": Personal(export=True, erase=OnErasure.BLANK, blank=("text",)),
        "author_id": Personal(export=True, erase=OnErasure.KEEP_ID),
    }
    __table_args__ = (
        sa.Index("ix_remark_work", "work_kind", "work_id"),
        sa.Index("ix_remark_person", "person_id"),
        sa.Index("ix_remark_author", "author_id"),
        sa.CheckConstraint("second >= 0", name="second"),
    )

    work_kind: Mapped[str] = mapped_column(sa.String(12))
    work_id: Mapped[uuid.UUID]
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    second: Mapped[int | None]
    text: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime]
