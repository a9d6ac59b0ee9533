"""Scenarios as immutable revisions, and the conversations that people have in them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, Keyed, OnErasure, Personal
from coach.words import Text


class Scenario(Base):
    """Hold a scenario; `level` is the step that it practises, `position` its place among all.

    `revision_id` names the text in use; it carries no foreign key, since the revision already points here.
    """

    __tablename__ = "scenario"
    __table_args__ = (sa.Index("ix_scenario_skill", "skill_id", "level", "retired_at"),)

    id: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"))
    roles: Mapped[list[Any]]
    level: Mapped[int]
    minutes: Mapped[int]
    title: Mapped[Text]
    summary: Mapped[Text]
    position: Mapped[int]
    revision_id: Mapped[uuid.UUID]
    retired_at: Mapped[datetime | None]


class ScenarioRevision(Keyed, Base):
    """Keep one published text of a scenario: `body` holds the customer, the brief and all nodes with their answers."""

    __tablename__ = "scenario_revision"
    __table_args__ = (sa.UniqueConstraint("scenario_id", "number", name="uq_scenario_revision_number"),)

    scenario_id: Mapped[str] = mapped_column(sa.ForeignKey("scenario.id"))
    number: Mapped[int]
    body: Mapped[dict[str, Any]]
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    source: Mapped[str] = mapped_column(sa.Text)
    published_at: Mapped[datetime]


class Conversation(Keyed, Base):
    """Hold one play of a scenario on the revision it was begun on; at most one open for a person and scenario.

    Where it stands follows from its turns; `ending` is kept for lists.
    """

    __tablename__ = "conversation"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}
    __table_args__ = (
        sa.Index(
            "uq_conversation_open",
            "person_id",
            "scenario_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index("ix_conversation_person", "person_id", "scenario_id", "ended_at"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    scenario_id: Mapped[str] = mapped_column(sa.ForeignKey("scenario.id"), index=True)
    revision_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("scenario_revision.id"), index=True)
    seed: Mapped[int]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(sa.String(12))


class ConversationTurn(Base):
    """Hold one answer of a conversation, given for good."""

    __tablename__ = "conversation_turn"

    conversation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("conversation.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    node_id: Mapped[str] = mapped_column(sa.String(80))
    answer_id: Mapped[str] = mapped_column(sa.String(80))
    at: Mapped[datetime]
