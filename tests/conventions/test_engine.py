"""An acknowledged write is kept: how each engine is opened, who may write at a time, and what is refused."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any, Final

import pytest
import sqlalchemy as sa
from flask import Flask

import config
from coach import clock
from coach.activity.models import Event
from coach.activity.services import record
from coach.app import create_app
from coach.db import WriteInRead, db, discard, session, unit_of_work
from coach.engine import NotDurable, _refuse_lossy_postgresql, sqlite_module, wal_is_safe, web_processes
from coach.web.models import RateCounter
from tests import databases
from tests.statements import count_statements

on_sqlite = pytest.mark.skipif(databases.KIND != "sqlite", reason="about SQLite's files and its one writer")
on_postgresql = pytest.mark.skipif(databases.KIND != "postgresql", reason="about the settings of a PostgreSQL server")
VERSIONS: Final = {
    (3, 40, 1): False,
    (3, 44, 5): False,
    (3, 44, 6): True,
    (3, 45, 0): False,
    (3, 49, 9): False,
    (3, 50, 6): False,
    (3, 50, 7): True,
    (3, 51, 0): False,
    (3, 51, 2): False,
    (3, 51, 3): True,
    (3, 53, 4): True,
    (4, 0, 0): True,
}
TIMES: Final = 25


@pytest.mark.parametrize(("version", "safe"), VERSIONS.items(), ids=str)
def test_write_ahead_logging_is_used_where_this_sqlite_keeps_a_database_whole(
    version: tuple[int, ...], safe: bool
) -> None:
    assert wal_is_safe(version) is safe


@on_sqlite
def test_sqlite_is_opened_so_that_an_acknowledged_write_survives_a_power_cut(app: Flask) -> None:
    safe = wal_is_safe(sqlite_module().sqlite_version_info)
    assert _pragma("journal_mode") == ("wal" if safe else "delete")
    assert _pragma("synchronous") == (2 if safe else 3)  # FULL, EXTRA
    assert _pragma("foreign_keys") == 1
    assert _pragma("busy_timeout") >= 10_000
    assert web_processes(str(db.engine.url)) == (2 if safe else 1)


@on_sqlite
def test_the_driver_is_the_sqlite_that_is_fixed(app: Flask) -> None:
    assert wal_is_safe(sqlite_module().sqlite_version_info), "requirements.lock brings an unfixed SQLite"
    with db.engine.connect() as connection:
        linked = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    assert linked == sqlite_module().sqlite_version


def test_postgresql_may_always_be_served_by_two_processes() -> None:
    assert web_processes("postgresql+psycopg://didim@db.example/didim") == 2


class Answers:
    """Stand where a connection to PostgreSQL stands, and answer SHOW from a table."""

    def __init__(self, settings: dict[str, str]) -> None:
        self.settings, self.asked = settings, ""

    def cursor(self) -> Answers:
        return self

    def execute(self, statement: str) -> None:
        self.asked = statement.removeprefix("SHOW ")

    def fetchone(self) -> tuple[str]:
        return (self.settings[self.asked],)

    def close(self) -> None:
        self.asked = ""


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit"])
def test_a_postgresql_that_may_lose_an_acknowledged_write_is_refused(setting: str) -> None:
    lossy = Answers({"fsync": "on", "synchronous_commit": "on", setting: "off"})
    with pytest.raises(NotDurable, match=f"{setting} = off: set it to on"):
        _refuse_lossy_postgresql(lossy, None)  # type: ignore[arg-type]


def test_a_durable_postgresql_is_taken() -> None:
    _refuse_lossy_postgresql(Answers({"fsync": "on", "synchronous_commit": "on"}), None)  # type: ignore[arg-type]


@on_postgresql
def test_the_first_connection_to_a_lossy_postgresql_is_refused(app: Flask) -> None:
    url = sa.make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    options = " ".join(filter(None, [str(url.query.get("options") or ""), "-c synchronous_commit=off"]))
    lossy = url.update_query_dict({"options": options})
    settings: config.Settings = app.config["SETTINGS"]
    other = create_app(
        config.Settings(
            database_url=lossy.render_as_string(hide_password=False),
            var=settings.var,
            testing=True,
            secret_key=settings.secret_key,
        )
    )
    with other.app_context():
        with pytest.raises(NotDurable, match="synchronous_commit = off"):
            session().execute(sa.text("SELECT 1"))
        db.engine.dispose()


@on_sqlite
def test_a_second_writer_waits_until_the_first_is_done(app: Flask) -> None:
    _counter("turns", 0)
    begun, order = threading.Event(), []

    def second() -> None:
        with app.app_context():
            begun.set()
            with unit_of_work():
                order.append(f"second reads {_hits('turns')}")

    with unit_of_work():
        session().get_one(RateCounter, "turns").hits = 1
        session().flush()
        thread = threading.Thread(target=second)
        thread.start()
        assert begun.wait(10)
        thread.join(0.3)
        assert order == [], "the second writer began although the first was not done"
        order.append("first is done")
    thread.join(20)
    assert order == ["first is done", "second reads 1"]


@on_sqlite
def test_a_reader_does_not_wait_for_a_writer(app: Flask) -> None:
    _counter("turns", 0)
    seen: list[int] = []

    def look() -> None:
        with app.app_context():
            seen.append(_hits("turns"))
            db.session.remove()

    with unit_of_work():
        session().get_one(RateCounter, "turns").hits = 1
        session().flush()
        thread = threading.Thread(target=look)
        thread.start()
        thread.join(10)
        assert seen == [0], "a reader sees what is kept, and sees it at once"


@on_sqlite
def test_no_update_is_lost_between_threads_and_processes(app: Flask) -> None:
    _counter("shared", 0)
    url, var = app.config["SQLALCHEMY_DATABASE_URI"], str(app.config["SETTINGS"].var)
    other = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", COUNT_UP, url, var, str(TIMES)], cwd=config.HERE, stderr=subprocess.PIPE
    )

    def count_up() -> None:
        with app.app_context():
            for _ in range(TIMES):
                with unit_of_work():
                    row = session().get_one(RateCounter, "shared", populate_existing=True)
                    row.hits += 1

    threads = [threading.Thread(target=count_up) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    _, told = other.communicate(timeout=60)
    assert other.returncode == 0, told.decode()
    db.session.remove()
    assert _hits("shared") == 3 * TIMES


def test_what_only_reads_can_not_change_a_record(app: Flask) -> None:
    session().add(RateCounter(key="x", hits=1, expires_at=clock.now()))
    with pytest.raises(WriteInRead):
        session().flush()
    session().rollback()
    with pytest.raises(WriteInRead):
        session().execute(sa.update(RateCounter).values(hits=2))


def test_work_that_fails_leaves_nothing_behind(app: Flask) -> None:
    def fail() -> None:
        with unit_of_work():
            session().add(RateCounter(key="half", hits=1, expires_at=clock.now()))
            session().flush()
            raise LookupError("on purpose")

    with pytest.raises(LookupError):
        fail()
    assert session().get(RateCounter, "half") is None


def _said() -> list[str]:
    return list(session().scalars(sa.select(Event.verb).where(Event.verb.like("engine.%")).order_by(Event.id)))


def test_what_happened_is_written_with_one_statement_as_its_transaction_ends(app: Flask) -> None:
    assert _said() == []
    with count_statements(app) as seen, unit_of_work():
        record("engine.one", by=None)
        record("engine.two", by=None, number=2)
    assert len(seen) == 1
    assert _said() == ["engine.one", "engine.two"]


@pytest.mark.parametrize("undo", [discard, lambda: session().rollback()], ids=["discard", "rollback"])
def test_what_is_taken_back_never_happened(app: Flask, undo: Callable[[], None]) -> None:
    with unit_of_work():
        session().add(RateCounter(key="half", hits=1, expires_at=clock.now()))
        session().flush()
        record("engine.one", by=None)
        undo()
        record("engine.two", by=None)
    assert session().get(RateCounter, "half") is None
    assert _said() == ["engine.two"]


def test_what_only_reads_can_not_say_that_something_happened(app: Flask) -> None:
    with pytest.raises(WriteInRead):
        record("engine.one", by=None)


COUNT_UP: Final = """
import sys
from pathlib import Path
import config
from coach.app import create_app
from coach.db import session, unit_of_work
from coach.web.models import RateCounter

secret = "for tests only, longer than thirty-two characters"
app = create_app(config.Settings(database_url=sys.argv[1], var=Path(sys.argv[2]), testing=True, secret_key=secret))
with app.app_context():
    for _ in range(int(sys.argv[3])):
        with unit_of_work():
            row = session().get_one(RateCounter, "shared", populate_existing=True)
            row.hits += 1
"""


def _pragma(name: str) -> Any:
    with db.engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def _counter(key: str, hits: int) -> None:
    with unit_of_work():
        session().add(RateCounter(key=key, hits=hits, expires_at=clock.now()))
    db.session.remove()


def _hits(key: str) -> int:
    return session().execute(sa.select(RateCounter.hits).where(RateCounter.key == key)).scalar_one()
