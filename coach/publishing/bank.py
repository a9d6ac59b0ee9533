"""Plan the question bank: an item is its id, each new wording an immutable revision."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from coach.content.items import ItemSpec
from coach.content.library import Library
from coach.items.models import Item, ItemRevision
from coach.publishing import wording
from coach.publishing.plan import Kind, Plan, Row, Standing, Write, settle

DEFAULT_SLOPE: Final = 1.85  # logits a level, until answers say otherwise
_OUTSIDE_THE_BODY: Final = {"id", "skill", "use", "step", "kind"}


def plan_items(library: Library, *, at: datetime) -> Plan:
    """Plan all items; their fingerprints are read with one statement."""
    stands = wording.standing(Item, ItemRevision)
    new = [spec for spec in library.items.values() if wording.is_new(spec, stands)]
    revisions = {spec.id: _revision(spec, stands, at) for spec in new}
    wanted = [_item(spec, wording.in_use(spec, stands, revisions)) for spec in library.items.values()]
    plan = settle(Kind.ITEM, Item, wanted, stands, at=at, changed=lambda row, _old: row["id"] in revisions)
    return plan + Plan(writes=(Write(sa.insert(ItemRevision), list(revisions.values())),))


def body_of(spec: ItemSpec) -> dict[str, Any]:
    """Give what a revision keeps of an item: its question with the key, without its place in the bank."""
    return spec.model_dump(mode="json", exclude=_OUTSIDE_THE_BODY)


def _item(spec: ItemSpec, revision_id: uuid.UUID) -> Row:
    return {"id": spec.id, "skill_id": spec.skill, "use": str(spec.use), "step": spec.step, "revision_id": revision_id}


def _revision(spec: ItemSpec, stands: Standing, at: datetime) -> Row:
    return wording.revision(
        spec,
        stands,
        at=at,
        item_id=spec.id,
        kind=str(spec.kind),
        body=body_of(spec),
        difficulty=spec.difficulty,
        slope=DEFAULT_SLOPE,
        source=spec.origin.source,
    )
