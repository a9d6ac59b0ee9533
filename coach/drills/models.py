"""What a person is asked again and when, what they answered, and the days that matter."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, Keyed, OnErasure, Personal
from coach.words import Text


class DrillCard(Keyed, Base):
    """Hold one person's memory of one question of a lesson that they finished.

    `answers` counts the answers so far and so names the turn that comes next. `stability` in days and `difficulty`
    from 1 to 10 are None before the first answer.
    """

    __tablename__ = "drill_card"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}
    __table_args__ = (
        sa.UniqueConstraint("person_id", "item_id", name="uq_drill_card_person_item"),
        sa.Index("ix_drill_card_person_due", "person_id", "due_at"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    item_id: Mapped[str] = mapped_column(sa.ForeignKey("item.id"))
    lesson_id: Mapped[str] = mapped_column(sa.ForeignKey("lesson.id"))
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    stage: Mapped[str] = mapped_column(sa.String(12))
    step: Mapped[int | None]
    stability: Mapped[float | None]
    difficulty: Mapped[float | None]
    answered_at: Mapped[datetime | None]
    answers: Mapped[int] = mapped_column(default=0)


class DrillAnswer(Keyed, Base):
    """Keep one answer to a card, marked; a turn of a card is answered once.

    `stage` is that of the card before the answer, `seconds` the time it took, from 1 to 180.
    """

    __tablename__ = "drill_answer"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}
    __table_args__ = (
        sa.UniqueConstraint("card_id", "turn", name="uq_drill_answer_turn"),
        sa.Index("ix_drill_answer_person_at", "person_id", "at"),
    )

    card_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("drill_card.id", ondelete="CASCADE"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    turn: Mapped[int]
    item_revision_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("item_revision.id"))
    answer: Mapped[dict[str, Any]]
    score: Mapped[float]
    grade: Mapped[str] = mapped_column(sa.String(5))
    stage: Mapped[str] = mapped_column(sa.String(12))
    seconds: Mapped[float]
    at: Mapped[datetime]


class DrillSettings(Base):
    """Hold one person's rhythm: weekdays off (0 is Monday), a pause that ends by itself, and their usual seconds.

    `median_seconds` is that of their right answers, kept with each answer; None while there are too few.
    """

    __tablename__ = "drill_settings"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    days_off: Mapped[list[Any]]
    paused_until: Mapped[date | None]
    median_seconds: Mapped[float | None]


class DayOfNeed(Keyed, Base):
    """Name a day by which a skill or a module must be at hand: what people have learned of it comes back before.

    `tree_of` is the manager whose people it is for, None where it is for everybody.
    """

    __tablename__ = "day_of_need"
    __personal__ = {
        "tree_of": Personal(export=False, erase=OnErasure.DELETE),
        "made_by": Personal(export=True, erase=OnErasure.KEEP_ID),
    }
    __table_args__ = (
        sa.CheckConstraint("(skill_id IS NULL) <> (module_id IS NULL)", name="one_subject"),
        sa.Index("ix_day_of_need_on_day", "on_day"),
    )

    name: Mapped[Text]
    skill_id: Mapped[str | None] = mapped_column(sa.ForeignKey("skill.id"))
    module_id: Mapped[str | None] = mapped_column(sa.ForeignKey("module.id"))
    on_day: Mapped[date]
    tree_of: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    made_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
