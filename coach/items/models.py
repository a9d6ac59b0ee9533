"""Questions. The item is its id; what it asks is an immutable revision."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coach.db import Base, Keyed


class Item(Base):
    """Hold a question of a skill's bank; `use` is lesson or check, `step` the level that it leads to.

    `revision_id` names the wording in use; it carries no foreign key, since the revision already points here.
    """

    __tablename__ = "item"
    __table_args__ = (sa.Index("ix_item_skill_use", "skill_id", "use", "retired_at"),)

    id: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    skill_id: Mapped[str] = mapped_column(sa.ForeignKey("skill.id"))
    use: Mapped[str] = mapped_column(sa.String(8))
    step: Mapped[int]
    revision_id: Mapped[uuid.UUID]
    retired_at: Mapped[datetime | None]

    revision: Mapped[ItemRevision] = relationship(
        primaryjoin="foreign(Item.revision_id) == ItemRevision.id", viewonly=True, lazy="raise"
    )


class ItemRevision(Keyed, Base):
    """Keep one published wording of an item: its body with the key, and where on the scale it stands.

    `body` is the validated content of the file; `difficulty` is in levels (step - 0.5), `slope` in logits per level.
    """

    __tablename__ = "item_revision"
    __table_args__ = (sa.UniqueConstraint("item_id", "number", name="uq_item_revision_number"),)

    item_id: Mapped[str] = mapped_column(sa.ForeignKey("item.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(12))
    body: Mapped[dict[str, Any]]
    difficulty: Mapped[float]
    slope: Mapped[float]
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    source: Mapped[str] = mapped_column(sa.Text, deferred=True)
    published_at: Mapped[datetime]
