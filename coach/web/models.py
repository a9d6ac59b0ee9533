"""Rows that the edge itself keeps: spent form keys and rate counters."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, OnErasure, Personal

LONGEST_PLACE: Final = 2000


class SpentKey(Base):
    """Keep the answer that a form's single-use key led to, so that a second click gets the same one."""

    __tablename__ = "spent_key"
    __personal__ = {"person_id": Personal(export=False, erase=OnErasure.DELETE)}

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    spent_at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[int]
    location: Mapped[str] = mapped_column(sa.String(LONGEST_PLACE))


class RateCounter(Base):
    """Count the hits of one rate-limit window."""

    __tablename__ = "rate_counter"

    key: Mapped[str] = mapped_column(sa.String(300), primary_key=True)
    hits: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)
