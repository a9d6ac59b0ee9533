"""The files as they were published last."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base


class ContentFile(Base):
    """Hold one published file byte for byte, so that an export gives it back.

    What was published before is kept by the revisions of lessons, items and the framework.
    """

    __tablename__ = "content_file"

    path: Mapped[str] = mapped_column(sa.String(400), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    text: Mapped[str] = mapped_column(sa.Text)
    published_at: Mapped[datetime]
