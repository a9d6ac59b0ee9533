"""The coaching log: a talk, what was seen in it, and the one thing agreed."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coach.db import Base, Keyed, OnErasure, Personal, Versioned


class CoachingSession(Keyed, Versioned, Base):
    """Hold one logged coaching talk: who, on what, when."""

    __tablename__ = "coaching_session"
    __personal__ = {
        "person_id": Personal(export=True, erase=OnErasure.BLANK, blank=("note",)),
        "coach_id": Personal(export=True, erase=OnErasure.KEEP_ID),
    }
    __table_args__ = (
        sa.Index("ix_coaching_session_person", "person_id", "held_on", "id"),
        sa.Index("ix_coaching_session_coach", "coach_id", "held_on", "id"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    coach_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    setting: Mapped[str] = mapped_column(sa.String(12))
    held_on: Mapped[date]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    lesson_id: Mapped[str | None] = mapped_column(sa.ForeignKey("lesson.id"))
    created_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    observations: Mapped[list[Observation]] = relationship(
        cascade="all, delete-orphan", order_by="Observation.position"
    )
    actions: Mapped[list[AgreedAction]] = relationship(cascade="all, delete-orphan")


class Observation(Base):
    """Hold the level at which a skill was seen in a talk, 1 to 4."""

    __tablename__ = "observation"
    __table_args__ = (sa.CheckConstraint("level BETWEEN 1 AND 4", name="level"),)

    session_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("coaching_session.id"), primary_key=True)
    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"), primary_key=True)
    position: Mapped[int]
    level: Mapped[int]
    evidence_id: Mapped[uuid.UUID | None]


class AgreedAction(Keyed, Base):
    """Hold the one thing agreed to try; `due_kind` is next_call, week or day, `due_on` the day it names."""

    __tablename__ = "agreed_action"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.BLANK, blank=("text",))}
    __table_args__ = (sa.Index("ix_agreed_action_person", "person_id", "done_at"),)

    session_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("coaching_session.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    due_kind: Mapped[str] = mapped_column(sa.String(10))
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(sa.String(8))
    outcome_at: Mapped[datetime | None]
