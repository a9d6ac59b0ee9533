"""Credentials, sessions and one-time links. Secrets are stored as hashes only."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, Keyed, OnErasure, Personal


class Account(Base):
    """Hold what lets a person sign in; no password until the invitation is used."""

    __tablename__ = "account"
    __personal__ = {"person_id": Personal(export=False, erase=OnErasure.DELETE)}

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    password_changed_at: Mapped[datetime | None]
    is_demo: Mapped[bool] = mapped_column(default=False)


class SignInSession(Keyed, Base):
    """Hold a signed-in browser; the cookie's token is stored as a SHA-256 hash."""

    __tablename__ = "sign_in_session"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.DELETE)}

    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(sa.String(120), default="")


class OneTimeLink(Keyed, Base):
    """Hold an invitation or a reset link; used once, then spent."""

    __tablename__ = "one_time_link"
    __personal__ = {"person_id": Personal(export=False, erase=OnErasure.DELETE)}

    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(sa.String(12))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
