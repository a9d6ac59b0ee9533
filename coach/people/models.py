"""People and how they stand to each other; every relation has a start and, once over, an end."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coach.db import Base, Keyed, OnErasure, Personal, Versioned
from coach.words import Text

# By code point on both engines, whatever language the server of a database speaks.
_SORTED: Final = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")


def _current(name: str, *columns: str) -> sa.Index:
    """Index the present row of a dated relation, at most one for the columns."""
    here = sa.text("until IS NULL")
    return sa.Index(name, *columns, unique=True, sqlite_where=here, postgresql_where=here)


class Team(Keyed, Versioned, Base):
    """Hold a team of the department."""

    __tablename__ = "team"

    name: Mapped[Text]
    code: Mapped[str] = mapped_column(sa.String(80), unique=True)
    closed_at: Mapped[datetime | None]


class Person(Keyed, Versioned, Base):
    """Hold a person of the department; deactivation is a date, read on each request."""

    __tablename__ = "person"
    __table_args__ = (
        sa.UniqueConstraint("email", name="uq_person_email"),
        sa.UniqueConstraint("employee_no", name="uq_person_employee_no"),
        sa.Index("ix_person_sort_name", "sort_name", "id"),
        sa.Index("ix_person_sort_name_ko", "sort_name_ko", "id"),
    )

    name: Mapped[Text]
    short_name: Mapped[Text]
    sort_name: Mapped[str] = mapped_column(_SORTED)
    sort_name_ko: Mapped[str] = mapped_column(_SORTED)
    email: Mapped[str | None] = mapped_column(sa.String(254))
    employee_no: Mapped[str | None] = mapped_column(sa.String(60))
    phone: Mapped[str | None] = mapped_column(sa.String(40))
    hired_on: Mapped[date | None]
    language: Mapped[str] = mapped_column(sa.String(5), default="en")
    theme: Mapped[str] = mapped_column(sa.String(6), default="system")
    zone: Mapped[str] = mapped_column(sa.String(60), default="Asia/Seoul")
    deactivated_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    capabilities: Mapped[list[CapabilityGrant]] = relationship(
        primaryjoin="Person.id == CapabilityGrant.person_id", cascade="all, delete-orphan"
    )

    @property
    def is_active(self) -> bool:
        """Tell whether the person works here now."""
        return self.deactivated_at is None


class CapabilityGrant(Base):
    """Give a person a capability: editor, admin or coach."""

    __tablename__ = "capability_grant"
    __personal__ = {
        "person_id": Personal(export=True, erase=OnErasure.DELETE),
        "granted_by": Personal(export=False, erase=OnErasure.KEEP_ID),
    }

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    capability: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    granted_at: Mapped[datetime]
    granted_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class TeamMembership(Keyed, Base):
    """Place a person in a team from a day on; at most one team at a time."""

    __tablename__ = "team_membership"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}
    __table_args__ = (
        _current("uq_team_membership_current", "person_id"),
        sa.Index("ix_team_membership_team", "team_id", "until"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    team_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("team.id"))
    since: Mapped[date]
    until: Mapped[date | None]


class JobRoleHolding(Keyed, Base):
    """Say which job role a person holds from a day on; at most one at a time."""

    __tablename__ = "job_role_holding"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}
    __table_args__ = (_current("uq_job_role_holding_current", "person_id"),)

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    job_role_id: Mapped[str] = mapped_column(sa.ForeignKey("job_role.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]


class ReportingLine(Keyed, Base):
    """Say to whom a person reports from a day on; one manager at a time, never in a circle."""

    __tablename__ = "reporting_line"
    __personal__ = {
        "person_id": Personal(export=True, erase=OnErasure.DELETE),
        "manager_id": Personal(export=False, erase=OnErasure.DELETE),
    }
    __table_args__ = (
        _current("uq_reporting_line_current", "person_id"),
        sa.Index("ix_reporting_line_manager", "manager_id", "until"),
        sa.CheckConstraint("person_id <> manager_id", name="not_own_manager"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    manager_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    since: Mapped[date]
    until: Mapped[date | None]


class ReportingPath(Base):
    """Keep every pair of a manager and somebody below, kept with each change of a reporting line.

    `depth` is 1 for a direct report; more for the upline.
    """

    __tablename__ = "reporting_path"
    __personal__ = {
        "manager_id": Personal(export=False, erase=OnErasure.DELETE),
        "person_id": Personal(export=False, erase=OnErasure.DELETE),
    }

    manager_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)
    depth: Mapped[int]


class CoachPairing(Keyed, Base):
    """Say who coaches whom from a day on; a person may have several coaches."""

    __tablename__ = "coach_pairing"
    __personal__ = {
        "coach_id": Personal(export=True, erase=OnErasure.DELETE),
        "person_id": Personal(export=True, erase=OnErasure.DELETE),
    }
    __table_args__ = (
        _current("uq_coach_pairing_current", "coach_id", "person_id"),
        sa.Index("ix_coach_pairing_person", "person_id", "until"),
        sa.CheckConstraint("person_id <> coach_id", name="not_own_coach"),
    )

    coach_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    since: Mapped[date]
    until: Mapped[date | None]
