"""Work given to a person."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, Keyed, OnErasure, Personal, Versioned


class Assignment(Keyed, Versioned, Base):
    """Hold one thing given to one person: a lesson, or a check of a skill.

    `act_id` groups what one click made, so that undo takes it back whole; `because_id` is the finding, if one.
    Whether it is done is read from lesson runs and attempts, never stored here.
    """

    __tablename__ = "assignment"
    __personal__ = {
        "person_id": Personal(export=True, erase=OnErasure.DELETE),
        "assigned_by": Personal(export=False, erase=OnErasure.KEEP_ID),
        "withdrawn_by": Personal(export=False, erase=OnErasure.KEEP_ID),
    }
    __table_args__ = (
        sa.Index("ix_assignment_person", "person_id", "withdrawn_at", "due_on"),
        sa.Index("ix_assignment_act", "act_id"),
        sa.Index("ix_assignment_because", "because_id"),
        sa.Index("ix_assignment_lesson", "lesson_id"),
        sa.CheckConstraint("(lesson_id IS NULL) <> (quiz_id IS NULL)", name="one_thing"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"))
    lesson_id: Mapped[str | None] = mapped_column(sa.ForeignKey("lesson.id"))
    quiz_id: Mapped[str | None] = mapped_column(sa.ForeignKey("quiz.id"))
    assigned_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    assigned_at: Mapped[datetime]
    due_on: Mapped[date]
    because_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("finding.id"))
    act_id: Mapped[uuid.UUID]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
