"""Texts that are kept in revisions: which stands, whether a new one is needed, and its row."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa

from coach.db import Base, new_id, session
from coach.publishing.plan import Row, Standing


class Worded(Protocol):
    """Be something of content whose text is kept in revisions."""

    @property
    def id(self) -> str:
        """Give the id that never changes."""

    @property
    def fingerprint(self) -> str:
        """Give the fingerprint of the text."""


def standing(model: type[Base], revisions: type[Base], *columns: str) -> Standing:
    """Read what stands of a table whose rows each have a revision in use: its number and fingerprint too, by id."""
    names = ("id", "retired_at", "revision_id", *columns)
    of_row, of_revision = model.__table__.c, revisions.__table__.c
    query = sa.select(*(of_row[name] for name in names), of_revision.number, of_revision.fingerprint)
    rows = session().execute(query.join(revisions, of_revision.id == of_row.revision_id)).mappings()
    return {(row["id"],): dict(row) for row in rows}


def is_new(spec: Worded, stands: Standing) -> bool:
    """Tell whether a text is new, or another than the one in use."""
    old = stands.get((spec.id,))
    return old is None or old["fingerprint"] != spec.fingerprint


def revision(spec: Worded, stands: Standing, *, at: datetime, **columns: Any) -> Row:
    """Give the row of the next revision of a text."""
    old = stands.get((spec.id,))
    number = (old["number"] if old else 0) + 1
    return {"id": new_id(), "number": number, "fingerprint": spec.fingerprint, "published_at": at, **columns}


def in_use(spec: Worded, stands: Standing, written: Mapping[str, Row]) -> uuid.UUID:
    """Name the revision that a row points at: the one about to be written, else the one that stands."""
    found: uuid.UUID = written[spec.id]["id"] if spec.id in written else stands[spec.id,]["revision_id"]
    return found
