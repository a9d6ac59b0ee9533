"""An uploaded file, and its bytes in pieces."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, Keyed, OnErasure, Personal

PIECE: Final = 256 * 1024


class Media(Keyed, Base):
    """Hold what a file is; it never changes once stored. `kind` is a `formats.Kind`, `size` is in bytes.

    A table that points here indexes its column: the night asks each of them whether a file is still wanted.
    """

    __tablename__ = "media"
    __personal__ = {"uploaded_by": Personal(export=True, erase=OnErasure.BLANK, blank=("name",))}
    __table_args__ = (sa.Index("ix_media_uploaded_by", "uploaded_by"), sa.Index("ix_media_at", "at"))

    kind: Mapped[str] = mapped_column(sa.String(10))
    content_type: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(120))
    size: Mapped[int] = mapped_column(sa.BigInteger)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    uploaded_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]


class MediaChunk(Base):
    """Hold one piece of a file, numbered from 0; each but the last is PIECE bytes long."""

    __tablename__ = "media_chunk"

    media_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("media.id", ondelete="CASCADE"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    bytes: Mapped[bytes] = mapped_column(sa.LargeBinary)
