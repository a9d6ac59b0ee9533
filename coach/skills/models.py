"""The framework as published: roles, skills, what each level looks like, and targets."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, Keyed
from coach.words import Text


class Skill(Base):
    """Hold a skill of the sales process; the id is the slug of the content file and never changes."""

    __tablename__ = "skill"

    id: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    position: Mapped[int]
    name: Mapped[Text]
    summary: Mapped[Text]
    kind: Mapped[str] = mapped_column(sa.String(12))
    goal: Mapped[str] = mapped_column(sa.String(12))
    retired_at: Mapped[datetime | None]


class SkillLevel(Base):
    """Say what one can see of a skill at a level, 1 to 4."""

    __tablename__ = "skill_level"

    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"), primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    anchor: Mapped[Text]


class Criterion(Base):
    """Hold one thing of a skill's rubric that can be seen in a call or a piece of work."""

    __tablename__ = "criterion"

    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"), primary_key=True)
    id: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    position: Mapped[int]
    name: Mapped[Text]
    met: Mapped[Text]
    not_met: Mapped[Text]
    retired_at: Mapped[datetime | None]


class JobRole(Base):
    """Hold a job role of the department; never an access role."""

    __tablename__ = "job_role"

    id: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    position: Mapped[int]
    name: Mapped[Text]
    plural: Mapped[Text]
    summary: Mapped[Text]
    start_plan_weeks: Mapped[int]
    retired_at: Mapped[datetime | None]


class Target(Base):
    """Say which level a role needs of a skill and how much it matters.

    `threshold` is where the level begins, level - 0.5 (docs/measurement.md); `weight` is 1 to 5.
    """

    __tablename__ = "target"
    __table_args__ = (sa.CheckConstraint("level BETWEEN 1 AND 4", name="level"),)

    job_role_id: Mapped[str] = mapped_column(sa.ForeignKey("job_role.id"), primary_key=True)
    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"), primary_key=True, index=True)
    level: Mapped[int]
    threshold: Mapped[float]
    weight: Mapped[int]


class FrameworkRevision(Keyed, Base):
    """Keep the source text of every published framework, byte for byte."""

    __tablename__ = "framework_revision"

    number: Mapped[int] = mapped_column(unique=True)
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    source: Mapped[str] = mapped_column(sa.Text)
    published_at: Mapped[datetime]
