"""One worker at the night's work: a lock that ends with its process, so that none is left behind or taken from it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from coach.db import db, dialect

_NIGHT: Final = 0x4449444A  # a number of our own among the database's advisory locks


@contextmanager
def alone(var: Path) -> Iterator[bool]:
    """Tell whether no other worker is at it, and keep every other from it meanwhile."""
    with _by_server() if dialect() == "postgresql" else _by_file(var / "night.lock") as is_alone:
        yield is_alone


@contextmanager
def _by_file(path: Path) -> Iterator[bool]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def _by_server() -> Iterator[bool]:
    """Lock over a connection of its own: the steps of the night begin and end their transactions on another."""
    with db.engine.connect() as line:
        yield bool(line.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(_NIGHT))))
