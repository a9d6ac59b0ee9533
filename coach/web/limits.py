"""Rate limits that hold over all web processes: counters in the database, in a transaction of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from flask import abort, current_app, request
from limits import parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from coach import clock
from coach.db import db, session, unit_of_work, upsert
from coach.web.models import RateCounter

View = TypeVar("View", bound=Callable[..., Any])
_MARK: Final = "__didim_limits__"


def address() -> str:
    """Name who asks by where they ask from."""
    return request.remote_addr or "nowhere"


def limited(rule: str, *, by: Callable[[], str] = address, method: str = "POST") -> Callable[[View], View]:
    """Mark a view with how often its form may be sent, such as "10 per 5 minutes", by whoever `by` names.

    `method` GET counts how often a page is opened instead: for what anybody may look up.
    """

    def mark(view: View) -> View:
        setattr(view, _MARK, (*getattr(view, _MARK, ()), (parse(rule), by, method)))
        return view

    return mark


def count() -> None:
    """Count a form that is sent, in a transaction of its own, before anything of the request is written."""
    if request.endpoint in (None, "static") or not current_app.config["RATE_LIMITS"]:
        return
    for rule, by, method in getattr(current_app.view_functions[request.endpoint], _MARK, ()):
        if method == request.method and not _counters.hit(rule, request.endpoint, by()):
            abort(429)


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
        insert = upsert(RateCounter)
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


_counters: Final = FixedWindowRateLimiter(TableStorage())
