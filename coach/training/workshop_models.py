"""Programmes that people take part in, their dates, who has a place, and what was taken elsewhere."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, Keyed, OnErasure, Personal, Versioned
from coach.words import Text

_KEPT: Final = Personal(export=False, erase=OnErasure.KEEP_ID)


class Programme(Keyed, Versioned, Base):
    """Hold what people take part in: in one room, online, or with somebody outside. `roles` is as in a module."""

    __tablename__ = "programme"
    __personal__ = {"changed_by": _KEPT}

    kind: Mapped[str] = mapped_column(sa.String(10))
    title: Mapped[Text]
    summary: Mapped[Text]
    minutes: Mapped[int]
    skill_id: Mapped[str | None] = mapped_column(sa.ForeignKey("skill.id"), index=True)
    roles: Mapped[list[Any]]
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    retired_at: Mapped[datetime | None]


class ProgrammePlace(Base):
    """Put a programme into a week of a role's path: there it counts as a lesson does."""

    __tablename__ = "programme_place"

    job_role_id: Mapped[str] = mapped_column(sa.ForeignKey("job_role.id"), primary_key=True)
    programme_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    week: Mapped[int]


class Workshop(Keyed, Versioned, Base):
    """Hold one date of a programme; `code` is shown in the room and typed by who is there."""

    __tablename__ = "workshop"
    __personal__ = {"trainer_id": Personal(export=True, erase=OnErasure.KEEP_ID), "changed_by": _KEPT}
    __table_args__ = (
        sa.Index("ix_workshop_programme_id", "programme_id", "starts_at"),
        sa.Index("ix_workshop_ends_at", "ends_at"),
        sa.Index("ix_workshop_trainer_id", "trainer_id", "ends_at"),
    )

    programme_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("programme.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    link: Mapped[str] = mapped_column(sa.String(500), default="")
    seats: Mapped[int]
    trainer_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    code: Mapped[str] = mapped_column(sa.String(6))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    called_off_at: Mapped[datetime | None]


class WorkshopMaterial(Base):
    """Hang a file on a workshop; who may read the workshop may read it."""

    __tablename__ = "workshop_material"

    workshop_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workshop.id"), primary_key=True)
    media_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("media.id"), primary_key=True, index=True)
    added_at: Mapped[datetime]


class WorkshopSeat(Keyed, Base):
    """Hold that a person wants to take part. Who has a seat follows from `number` and the workshop's seats."""

    __tablename__ = "workshop_seat"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}
    __table_args__ = (
        sa.UniqueConstraint("workshop_id", "number", name="uq_workshop_seat_number"),
        sa.Index(
            "uq_workshop_seat_open",
            "workshop_id",
            "person_id",
            unique=True,
            sqlite_where=sa.text("cancelled_at IS NULL"),
            postgresql_where=sa.text("cancelled_at IS NULL"),
        ),
        sa.Index("ix_workshop_seat_person_id", "person_id", "attended_at"),
    )

    workshop_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("workshop.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    number: Mapped[int]
    signed_up_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    attended_at: Mapped[datetime | None]
    attended_how: Mapped[str | None] = mapped_column(sa.String(8))


class OutsideRecord(Keyed, Base):
    """Hold that a person took a programme elsewhere: it counts once a coach or manager has confirmed it."""

    __tablename__ = "outside_record"
    __personal__ = {
        "person_id": Personal(export=True, erase=OnErasure.DELETE),
        "decided_by": _KEPT,
    }
    __table_args__ = (
        sa.Index(
            "uq_outside_record_open",
            "person_id",
            "programme_id",
            unique=True,
            sqlite_where=sa.text("confirmed_at IS NULL AND declined_at IS NULL"),
            postgresql_where=sa.text("confirmed_at IS NULL AND declined_at IS NULL"),
        ),
        sa.Index("ix_outside_record_person_id", "person_id", "programme_id", "confirmed_at"),
        sa.Index("ix_outside_record_media_id", "media_id"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    programme_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("programme.id"))
    media_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("media.id"))
    taken_on: Mapped[date]
    issuer: Mapped[str] = mapped_column(sa.String(120))
    sent_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.String(400), default="")


class CalendarFeed(Base):
    """Hold the hash of the token that opens a person's calendar to whoever has the link."""

    __tablename__ = "calendar_feed"
    __personal__ = {"person_id": Personal(export=False, erase=OnErasure.DELETE)}

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime]
