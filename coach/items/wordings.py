"""Wordings of items to be shown: a published one never changes, so a process reads it once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from coach.db import kept, run
from coach.errors import NotFound
from coach.items.models import Item, ItemRevision


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold what an item asks, as `ItemRevision` keeps it."""

    kind: str
    body: Mapping[str, Any]


def in_use(item_id: str) -> Wording:
    """Give the wording in use of an item, retired or not; raise NotFound where there is none."""
    revision_id = run(_in_use(), {"item": item_id}).scalar_one_or_none()
    if revision_id is None:
        raise NotFound
    return wording(revision_id)


def wording(revision_id: uuid.UUID) -> Wording:
    """Give one wording; raise NotFound where there is none."""
    return kept(("wording", revision_id), lambda: _read(revision_id))


def _read(revision_id: uuid.UUID) -> Wording:
    row = run(_one(), {"revision": revision_id}).one_or_none()
    if row is None:
        raise NotFound
    return Wording(row.kind, row.body)


@cache
def _in_use() -> sa.Select[uuid.UUID | None]:
    return sa.select(Item.revision_id).where(Item.id == sa.bindparam("item"))


@cache
def _one() -> sa.Select[str, dict[str, Any]]:
    return sa.select(ItemRevision.kind, ItemRevision.body).where(ItemRevision.id == sa.bindparam("revision"))
