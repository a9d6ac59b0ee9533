"""Plan the question bank: an item is its id, each new wording an immutable revision."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from coach.content.items import ItemSpec
from coach.content.library import Library
from coach.db import new_id, session
from coach.items.models import Item, ItemRevision
from coach.publishing.plan import Key, Kind, Plan, Row, Write, settle

DEFAULT_SLOPE: Final = 1.85  # logits a level, until answers say otherwise (MEASUREMENT.md 1)
_OUTSIDE_THE_BODY: Final = {"id", "skill", "use", "step", "kind"}


def plan_items(library: Library, *, at: datetime) -> Plan:
    """Plan all items; their fingerprints are read with one statement."""
    stands = _standing()
    new = [spec for spec in library.items.values() if _is_new(spec, stands)]
    revisions = {spec.id: _revision(spec, stands.get((spec.id,)), at) for spec in new}
    wanted = [_item(spec, revisions.get(spec.id) or stands[spec.id,]) for spec in library.items.values()]
    plan = settle(Kind.ITEM, Item, wanted, stands, at=at, changed=lambda row, _old: row["id"] in revisions)
    return plan + Plan(writes=(Write(sa.insert(ItemRevision), list(revisions.values())),))


def body_of(spec: ItemSpec) -> dict[str, Any]:
    """Give what a revision keeps of an item: its question with the key, without its place in the bank."""
    return spec.model_dump(mode="json", exclude=_OUTSIDE_THE_BODY)


def _standing() -> Mapping[Key, Row]:
    query = sa.select(
        Item.id, Item.retired_at, ItemRevision.number, ItemRevision.fingerprint, Item.revision_id,
    ).join(ItemRevision, ItemRevision.id == Item.revision_id)  # fmt: skip
    return {(row["id"],): dict(row) for row in session().execute(query).mappings()}


def _is_new(spec: ItemSpec, stands: Mapping[Key, Row]) -> bool:
    old = stands.get((spec.id,))
    return old is None or old["fingerprint"] != spec.fingerprint


def _item(spec: ItemSpec, revision: Row) -> Row:
    name: uuid.UUID = revision["revision_id"] if "revision_id" in revision else revision["id"]
    return {"id": spec.id, "skill_id": spec.skill, "use": str(spec.use), "step": spec.step, "revision_id": name}


def _revision(spec: ItemSpec, old: Row | None, at: datetime) -> Row:
    return {
        "id": new_id(), "item_id": spec.id, "number": (old["number"] if old else 0) + 1, "kind": str(spec.kind),
        "body": body_of(spec), "difficulty": spec.difficulty,
        "slope": DEFAULT_SLOPE, "fingerprint": spec.fingerprint, "source": spec.origin.source, "published_at": at,
    }  # fmt: skip
