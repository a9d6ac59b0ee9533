"""Run migrations: one transaction each way, SQLite with foreign keys off and checked before it is kept."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

from coach import models  # noqa: F401 -- fills the metadata
from coach.db import Base, begin_writing, db, end_writing


def render_item(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Write our own column types as what they are in the database, so that a migration never imports the product."""
    name = type(item).__name__
    if kind == "type" and name == "Instant":
        return "sa.DateTime(timezone=True)"
    if kind == "type" and name == "Id":
        return "sa.Uuid()"
    if kind == "type" and name == "Localised":
        return "sa.JSON()"
    return False


def run() -> None:
    """Migrate over a connection of our own."""
    begin_writing()
    engine = db.engine
    try:
        with engine.connect() as connection:
            if engine.dialect.name != "sqlite":
                migrate(connection)
                return
            driver = connection.connection.dbapi_connection
            driver.execute("PRAGMA foreign_keys=OFF")  # a batch ALTER with foreign keys on empties the child tables
            try:
                migrate(connection)
            finally:
                driver.execute("PRAGMA foreign_keys=ON")
    finally:
        end_writing()


def migrate(connection: sa.Connection) -> None:
    """Run every step in one transaction; on SQLite nothing is kept when rows lost what they point at.

    Alembic is configured inside the transaction: configured before it, it would commit each step by itself on SQLite.
    """
    on_sqlite = connection.dialect.name == "sqlite"
    with connection.begin():
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=on_sqlite,
            compare_type=True,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()
        if on_sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"a migration left rows without what they point at: {broken[:5]}")


if context.is_offline_mode():
    raise RuntimeError(f"migrations of {current_app.name} need a database: offline mode is not offered")
run()
