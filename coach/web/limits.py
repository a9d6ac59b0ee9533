"""Rate limits that hold over all web processes: counters in the database, in a transaction of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits.storage import Storage
from sqlalchemy.dialects import postgresql, sqlite

from coach import clock
from coach.db import db, session, unit_of_work
from coach.web.models import RateCounter

limiter = Limiter(get_remote_address, headers_enabled=False, strategy="fixed-window", storage_uri="didim://")


class TableStorage(Storage):
    """Keep the counters of `limits` in the table `rate_counter`."""

    STORAGE_SCHEME = ["didim"]  # noqa: RUF012 -- the registry of `limits` reads it so

    @property
    def base_exceptions(self) -> type[Exception]:
        """Name what the storage may raise."""
        return sa.exc.SQLAlchemyError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count a hit and give the count of the window."""
        now = clock.now()
        ends = now + timedelta(seconds=expiry)
        insert = (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(RateCounter)
        over = RateCounter.expires_at <= now
        counted = insert.values(key=key, hits=amount, expires_at=ends).on_conflict_do_update(
            index_elements=["key"],
            set_={
                "hits": sa.case((over, amount), else_=RateCounter.hits + amount),
                "expires_at": sa.case((over, ends), else_=RateCounter.expires_at),
            },
        )
        with unit_of_work():
            return int(session().execute(counted.returning(RateCounter.hits)).scalar_one())

    def get(self, key: str) -> int:
        """Read the count of the window."""
        row = session().get(RateCounter, key)
        return 0 if row is None or row.expires_at.timestamp() <= clock.now().timestamp() else row.hits

    def get_expiry(self, key: str) -> float:
        """Read when the window ends, in seconds since 1970."""
        row = session().get(RateCounter, key)
        return clock.now().timestamp() if row is None else row.expires_at.timestamp()

    def check(self) -> bool:
        """Tell whether the table answers."""
        return db.engine is not None

    def reset(self) -> int | None:
        """Forget all counters."""
        with unit_of_work():
            return int(session().execute(sa.delete(RateCounter)).rowcount)  # type: ignore[attr-defined]

    def clear(self, key: str) -> None:
        """Forget one counter."""
        with unit_of_work():
            session().execute(sa.delete(RateCounter).where(RateCounter.key == key))


def install(app: Flask, **options: Any) -> None:
    """Attach the limiter."""
    app.config.setdefault("RATELIMIT_STORAGE_URI", "didim://")
    limiter.init_app(app)
