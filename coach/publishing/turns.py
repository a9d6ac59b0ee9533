"""One publish at a time: PostgreSQL takes a lock for the transaction, SQLite has one writer anyway."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from coach.db import dialect, session

_PUBLISHING: Final = 0x44494449  # a number of our own among the database's advisory locks


def take_turn() -> None:
    """Wait until no other publish is under way, and keep others waiting until this transaction ends."""
    if dialect() == "postgresql":
        session().execute(sa.select(sa.func.pg_advisory_xact_lock(_PUBLISHING)))
