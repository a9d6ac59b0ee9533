"""The rule of each role, and the certificates that were earned by it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, Keyed, OnErasure, Personal
from coach.words import Text


class CertificateRule(Base):
    """Hold what a role's certificate asks: its whole path, and the targets of at least `weight` met."""

    __tablename__ = "certificate_rule"

    job_role_id: Mapped[str] = mapped_column(sa.ForeignKey("job_role.id"), primary_key=True)
    name: Mapped[Text]
    valid_months: Mapped[int]
    weight: Mapped[int]
    retired_at: Mapped[datetime | None]


class Certificate(Keyed, Base):
    """Hold one certificate as it was earned; nobody takes it back, it only ends.

    `number` counts a person's certificates of a role, so that two who look at once issue one; `rule` and `skills` are
    what was asked and what was seen on that day. Whether it is valid is read off `valid_until`.
    """

    __tablename__ = "certificate"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}
    __table_args__ = (
        sa.UniqueConstraint("person_id", "job_role_id", "number", name="uq_certificate_number"),
        sa.UniqueConstraint("token", name="uq_certificate_token"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    job_role_id: Mapped[str] = mapped_column(sa.ForeignKey("job_role.id"), index=True)
    number: Mapped[int]
    name: Mapped[Text]
    earned_on: Mapped[date]
    valid_until: Mapped[date] = mapped_column(index=True)
    token: Mapped[str] = mapped_column(sa.String(40))
    rule: Mapped[dict[str, Any]]
    skills: Mapped[list[Any]]
