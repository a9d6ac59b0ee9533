"""The question bank as other programs get it, and what an author chooses among."""

from __future__ import annotations

import sqlalchemy as sa

from coach.content.kinds import ItemKind
from coach.db import session
from coach.integrations.found import Body
from coach.integrations.items import in_one
from coach.items.models import Item, ItemRevision
from coach.skills.models import Skill
from coach.words import Text


def skills() -> list[tuple[str, Text]]:
    """List the skills in use, in their order."""
    query = sa.select(Skill.id, Skill.name).where(Skill.retired_at.is_(None)).order_by(Skill.position)
    return [(row.id, row.name) for row in session().execute(query)]


def bank(skill: str | None, lang: str) -> list[tuple[str, Body]]:
    """Give the questions in use, of one skill or of all, each under its id and in one language."""
    query = (
        sa.select(Item.id, ItemRevision.kind, ItemRevision.body)
        .join(ItemRevision, ItemRevision.id == Item.revision_id)
        .where(Item.retired_at.is_(None), Item.skill_id == skill if skill else sa.true())
        .order_by(Item.skill_id, Item.step, Item.id)
    )
    return [(row.id, in_one(ItemKind(row.kind), row.body, lang)) for row in session().execute(query)]
