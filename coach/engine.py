"""How each engine is opened: SQLite with one write lock for all processes, PostgreSQL only when it is durable."""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from coach.db import db, is_writing

BUSY_TIMEOUT_MS: Final = 15_000


class NotDurable(RuntimeError):
    """Say that a database would acknowledge a write and could still lose it."""


def driver_options(url: str) -> dict[str, Any]:
    """Give the engine options for a database URL: the fixed SQLite of the `pysqlite3` wheel, a pool for PostgreSQL."""
    if url.startswith("sqlite"):
        return {"module": sqlite_module(), "pool_size": 8, "max_overflow": 8}
    return {"pool_size": 8, "max_overflow": 8, "pool_pre_ping": True}


def sqlite_module() -> Any:
    """Choose the SQLite that is linked newest: the wheel's, else the standard library's."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        from sqlite3 import dbapi2
    return dbapi2


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Tell whether WAL mode of this SQLite keeps a database whole.

    Versions 3.7.0 to 3.51.2 can corrupt one; fixed in 3.51.3, and back in 3.50.7 and 3.44.6 (sqlite.org/wal.html).
    """
    line = version[:2]
    return (
        version >= (3, 51, 3)
        or (line == (3, 50) and version >= (3, 50, 7))
        or (line == (3, 44) and version >= (3, 44, 6))
    )


def web_processes(url: str) -> int:
    """Say how many web processes may serve this database."""
    return 2 if not url.startswith("sqlite") or wal_is_safe(sqlite_module().sqlite_version_info) else 1


def open_database(app: Flask) -> None:
    """Attach the rules of the engine to the application's database; opens no connection yet."""
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        _tie_sqlite(engine)
    else:
        sa.event.listen(engine, "first_connect", _refuse_lossy_postgresql)


def _tie_sqlite(engine: sa.Engine) -> None:
    lock = Path(engine.url.database or "").parent / "write.lock"
    sa.event.listen(engine, "connect", _set_pragmas)
    sa.event.listen(engine, "begin", lambda connection: _begin(connection, lock))
    sa.event.listen(engine, "checkin", _release)


def _set_pragmas(raw: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    raw.isolation_level = None  # we say BEGIN ourselves: the driver's own comes too late for a write lock
    safe = wal_is_safe(sqlite_module().sqlite_version_info)
    cursor = raw.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        f"journal_mode={'WAL' if safe else 'DELETE'}",
        f"synchronous={'FULL' if safe else 'EXTRA'}",
        "foreign_keys=ON",
        "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


_holder: Final = threading.local()


def _begin(connection: sa.Connection, lock: Path) -> None:
    if not is_writing():
        connection.exec_driver_sql("BEGIN")
        return
    _take(connection, lock)
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _take(connection: sa.Connection, lock: Path) -> None:
    """Wait for the one write lock of all processes.

    The kernel wakes waiters in order; SQLite's own busy handler polls, and one process can starve another.
    """
    if "write_lock" in connection.info:
        return
    if getattr(_holder, "info", None) is not None:
        raise RuntimeError("this thread already writes through another connection")
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    connection.info["write_lock"] = descriptor
    _holder.info = connection.info


def _release(raw: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    descriptor = entry.info.pop("write_lock", None)
    if descriptor is not None:
        os.close(descriptor)
        _holder.info = None


def _refuse_lossy_postgresql(raw: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    cursor = raw.cursor()
    for setting in ("fsync", "synchronous_commit"):
        cursor.execute(f"SHOW {setting}")
        value = (cursor.fetchone() or ("",))[0]
        if value == "off":
            raise NotDurable(
                f"PostgreSQL runs with {setting} = {value}: set it to on, an acknowledged write could be lost."
            )
    cursor.close()
