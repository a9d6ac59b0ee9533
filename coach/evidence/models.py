"""The log of what was seen, what is kept from it per cell and source, and the settings it is read with.

A cell is a person and a skill. The log is append-only: it holds ids, numbers and fixed codes.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, Keyed, OnErasure, Personal


class Evidence(Keyed, Base):
    """Record one piece: on the level scale `y` with error variance `v`, seen at `t` days since 2020-01-01."""

    __tablename__ = "evidence"
    __personal__ = {
        "person_id": Personal(export=True, erase=OnErasure.KEEP_ID),
        "entered_by": Personal(export=False, erase=OnErasure.KEEP_ID),
    }
    __table_args__ = (
        sa.Index("ix_evidence_cell", "person_id", "skill_id", "seen_at"),
        sa.Index("ix_evidence_origin", "origin_kind", "origin_id"),
        sa.CheckConstraint("v > 0", name="variance"),
    )

    person_id: Mapped[uuid.UUID]
    skill_id: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[str] = mapped_column(sa.String(12))
    source: Mapped[str] = mapped_column(sa.String(100))
    setting: Mapped[str] = mapped_column(sa.String(12))
    seen_at: Mapped[datetime]
    t: Mapped[float]
    y: Mapped[float]
    v: Mapped[float]
    raw: Mapped[dict[str, Any]]
    conversion: Mapped[int]
    origin_kind: Mapped[str] = mapped_column(sa.String(12))
    origin_id: Mapped[uuid.UUID]
    entered_at: Mapped[datetime]
    entered_by: Mapped[uuid.UUID | None]
    reinstates_id: Mapped[uuid.UUID | None]


class Retraction(Base):
    """Record that a piece no longer counts, since when and why, as a fixed code."""

    __tablename__ = "retraction"
    __personal__ = {"by_id": Personal(export=False, erase=OnErasure.KEEP_ID)}

    evidence_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[uuid.UUID | None]
    reason: Mapped[str] = mapped_column(sa.String(12))


class Contest(Keyed, Base):
    """Hold a person's objection to a piece about them; the piece is retracted until somebody answers."""

    __tablename__ = "evidence_contest"
    __personal__ = {
        "person_id": Personal(export=True, erase=OnErasure.BLANK, blank=("text", "answer")),
        "answered_by": Personal(export=False, erase=OnErasure.KEEP_ID),
    }

    evidence_id: Mapped[uuid.UUID] = mapped_column(index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(sa.Text)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    upheld: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")


class Accumulator(Base):
    """Keep, per cell and source, the sums an estimate is read from: A = sum 2^c/v, B = sum y 2^c/v, G = sum t 2^c/v, n.

    `latest` is the newest day seen, `peak` the largest A there has been: a retraction that would cancel is rebuilt.
    """

    __tablename__ = "accumulator"
    __personal__ = {"person_id": Personal(export=False, erase=OnErasure.DELETE)}

    person_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    skill_id: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    source: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    a: Mapped[float]
    b: Mapped[float]
    g: Mapped[float]
    n: Mapped[int]
    latest: Mapped[float]
    peak: Mapped[float]


class LessonFinish(Base):
    """Record that a lesson of a skill was finished: older evidence of the cell counts half from then on."""

    __tablename__ = "lesson_finish"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}

    person_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    skill_id: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    run_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    t: Mapped[float]


class Cell(Base):
    """Keep the current estimate of a person and skill as it was read at `as_of`; pages read only this."""

    __tablename__ = "cell"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}
    __table_args__ = (sa.Index("ix_cell_skill", "skill_id", "person_id"),)

    person_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    skill_id: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    mean: Mapped[float]
    sd: Mapped[float]
    p_below: Mapped[float | None]
    gap: Mapped[float | None]
    reliability: Mapped[float]
    pieces: Mapped[int]
    others: Mapped[int]
    raters: Mapped[int]
    target: Mapped[float | None]
    last_seen_at: Mapped[datetime | None]
    as_of: Mapped[datetime]
    settings_number: Mapped[int]


class TeamSkill(Base):
    """Keep the sums over a team's members of one skill: count, means, variances, pieces."""

    __tablename__ = "team_skill"

    team_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("team.id"), primary_key=True)
    skill_id: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    people: Mapped[int]
    sum_mean: Mapped[float]
    sum_variance: Mapped[float]
    pieces: Mapped[int]


class SettingsVersion(Base):
    """Keep one version of the measurement settings; a finding names the one it was made with."""

    __tablename__ = "settings_version"

    number: Mapped[int] = mapped_column(primary_key=True)
    settings: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Prior(Base):
    """Keep the pooled prior of a role and skill, as of one nightly calibration."""

    __tablename__ = "prior"

    number: Mapped[int] = mapped_column(primary_key=True)
    job_role_id: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    skill_id: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    mu0: Mapped[float]
    s0: Mapped[float]
    people: Mapped[int]
    at: Mapped[datetime]


class PriorWithout(Base):
    """Keep, of a role and skill in which fewer than five were seen, the prior of one of them pooled without them.

    Not exported: it is made of what was seen of the few others.
    """

    __tablename__ = "prior_without"
    __personal__ = {"person_id": Personal(export=False, erase=OnErasure.DELETE)}

    number: Mapped[int] = mapped_column(primary_key=True)
    job_role_id: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    skill_id: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    mu0: Mapped[float]
    s0: Mapped[float]


class RaterSeverity(Base):
    """Keep how far above (+) the common scale a rater writes, as of one monthly calibration, in levels.

    Taken off what they wrote, at reading, only where `is_calibrated`. `low` to `high` is an 80 % interval; `people`
    were rated, `shared` of them by somebody else too.
    """

    __tablename__ = "rater_severity"
    __personal__ = {"rater_id": Personal(export=True, erase=OnErasure.DELETE)}

    number: Mapped[int] = mapped_column(primary_key=True)
    rater_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    severity: Mapped[float]
    sd: Mapped[float | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    people: Mapped[int]
    shared: Mapped[int]
    is_calibrated: Mapped[bool]
    at: Mapped[datetime]
