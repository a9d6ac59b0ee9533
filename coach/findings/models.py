"""Findings and what ended them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, Keyed, OnErasure, Personal


class Finding(Keyed, Base):
    """Hold that a skill is clearly below target, with the reading that said so; one open per person and skill.

    `opened_by` is None when the measurement opened it. `shares` maps evidence ids to their share then.
    """

    __tablename__ = "finding"
    __personal__ = {
        "person_id": Personal(export=True, erase=OnErasure.DELETE),
        "opened_by": Personal(export=False, erase=OnErasure.KEEP_ID),
    }
    __table_args__ = (
        sa.Index(
            "uq_finding_open",
            "person_id",
            "skill_id",
            unique=True,
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        ),
        sa.Index("ix_finding_person", "person_id", "resolved_at"),
        sa.Index("ix_finding_skill", "skill_id", "resolved_at"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"))
    job_role_id: Mapped[str] = mapped_column(sa.ForeignKey("job_role.id"))
    opened_at: Mapped[datetime]
    opened_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    p_below: Mapped[float]
    mean: Mapped[float]
    sd: Mapped[float]
    gap: Mapped[float]
    target: Mapped[float]
    weight: Mapped[int]
    pieces: Mapped[int]
    shares: Mapped[dict[str, Any]]
    settings_number: Mapped[int]
    resolved_at: Mapped[datetime | None]


class Resolution(Base):
    """Record what ended a finding: evidence (naming the piece), declined (who, why), role changed, person left."""

    __tablename__ = "resolution"
    __personal__ = {"by_id": Personal(export=False, erase=OnErasure.KEEP_ID)}

    finding_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("finding.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(12))
    at: Mapped[datetime]
    by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    evidence_id: Mapped[uuid.UUID | None]
    mean: Mapped[float | None]
    sd: Mapped[float | None]
    reason: Mapped[str] = mapped_column(sa.Text, default="")


class FindingContest(Keyed, Base):
    """Hold the person's own words against a finding, shown with it."""

    __tablename__ = "finding_contest"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}

    finding_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("finding.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(sa.Text)
