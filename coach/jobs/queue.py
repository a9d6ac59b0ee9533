"""The Huey queue: a file of its own beside SQLite, a schema of its own in PostgreSQL; nothing is opened at import."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from flask import Flask

from coach import clock
from coach.db import pause
from coach.jobs.alone import alone
from coach.jobs.delivery import Send, deliver_due

if TYPE_CHECKING:
    from huey.api import Huey

log = logging.getLogger("didim.jobs")
EVERY_SECONDS: Final = 3
NIGHT_HOUR: Final = 3
_MINUTE: Final = 60
_DONE: Final = "nightly-done-on"


@dataclass(frozen=True, slots=True)
class Work:
    """Hold what the worker does: how a message is sent, and what runs once a night."""

    send: Send
    nightly: tuple[Callable[[], object], ...] = ()


def connect(app: Flask, *, send: Send, nightly: tuple[Callable[[], object], ...] = ()) -> None:
    """Take the work of the worker; called by the composition root."""
    app.extensions["didim.jobs"] = Work(send, nightly)


def work_of(app: Flask) -> Work:
    """Give the work that the composition root connected."""
    work: Work = app.extensions["didim.jobs"]
    return work


def open_queue(url: str, var: Path, *, secret: str) -> Huey:
    """Open the queue that belongs to a database; tasks are signed, so that a row written by hand runs nothing."""
    from huey.api import PostgresHuey, SqliteHuey
    from huey.serializer import SignedSerializer

    options: dict[str, Any] = {
        "results": False,
        "utc": True,
        "serializer": SignedSerializer(secret=secret, salt="didim.jobs"),
    }
    if url.startswith("sqlite"):
        return SqliteHuey("didim", filename=str(var / "jobs.db"), journal_mode="delete", fsync=True, **options)
    dsn = url.replace("postgresql+psycopg://", "postgresql://", 1)
    return PostgresHuey("didim", connection=lambda: _in_schema(dsn), **options)


def _in_schema(dsn: str) -> Any:
    import psycopg

    connection = psycopg.connect(dsn, autocommit=True)
    connection.execute("CREATE SCHEMA IF NOT EXISTS jobs")
    connection.execute("SET search_path TO jobs")
    return connection


def install_tasks(queue: Huey, app: Flask) -> None:
    """Register the tasks: deliver every few seconds, and once a night what the night is for."""
    from huey.api import crontab

    def deliver() -> None:
        with app.app_context():
            deliver_due(work_of(app).send)

    def night() -> None:
        _pass_night(queue, app)

    def minute() -> None:
        # Huey's clock ticks by the minute; the ticks in between are scheduled from here
        for wait in range(0, _MINUTE, EVERY_SECONDS):
            to_deliver.schedule(delay=wait)
        if _night_waits(queue, app):
            tonight()

    to_deliver, tonight = queue.task()(deliver), queue.task()(night)
    queue.periodic_task(crontab(minute="*"))(minute)


def _pass_night(queue: Huey, app: Flask) -> None:
    """Do the night's work once: it may take longer than the minute after which it is asked for again."""
    with app.app_context(), alone(app.config["SETTINGS"].var) as is_alone:
        if is_alone and _night_waits(queue, app):
            run_nightly(work_of(app).nightly)
            queue.put(_DONE, _now(app).date().isoformat())


def _night_waits(queue: Huey, app: Flask) -> bool:
    return is_due(_now(app), queue.get(_DONE, peek=True))


def is_due(now: datetime, done_on: str | None) -> bool:
    """Tell whether the night's work waits: from three in the morning on, once a day, later after an outage."""
    return now.hour >= NIGHT_HOUR and (done_on is None or date.fromisoformat(done_on) < now.date())


def run_nightly(steps: tuple[Callable[[], object], ...]) -> None:
    """Run each step on its own: one that fails is logged and does not keep the others from running.

    None begins in what the one before left open: PostgreSQL takes nothing more in a transaction that met an error.
    """
    for step in steps:
        try:
            step()
        except Exception:
            log.exception("a step of the night failed: %s", getattr(step, "__name__", step))
        finally:
            pause()


def _now(app: Flask) -> datetime:
    return clock.now().astimezone(ZoneInfo(app.config["ZONE"]))
