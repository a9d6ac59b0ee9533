"""The night clears away what only served a moment, and nothing younger."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from coach import clock
from coach.db import session, unit_of_work
from coach.jobs.models import OutboxMessage
from coach.jobs.services import send_later
from coach.operations.night import prune
from coach.web.models import RateCounter, SpentKey


def test_old_keys_and_counters_go_and_young_ones_stay(app: Flask) -> None:
    now = clock.now()
    with unit_of_work() as work:
        for name, age in (("old", 31), ("young", 29)):
            work.add(SpentKey(key=name, spent_at=now - timedelta(days=age), status=303, location="/"))
        work.add(RateCounter(key="over", hits=3, expires_at=now - timedelta(minutes=1)))
        work.add(RateCounter(key="running", hits=3, expires_at=now + timedelta(minutes=1)))
    prune()
    assert session().scalars(sa.select(SpentKey.key)).all() == ["young"]
    assert session().scalars(sa.select(RateCounter.key)).all() == ["running"]


def test_messages_that_ended_long_ago_go_and_those_still_to_leave_stay(app: Flask) -> None:
    now = clock.now()
    ends = {
        "sent_long_ago": {"sent_at": now - timedelta(days=91)},
        "given_up_long_ago": {"failed_at": now - timedelta(days=91)},
        "sent_lately": {"sent_at": now - timedelta(days=89)},
        "waits": {"created_at": now - timedelta(days=200)},
    }
    with unit_of_work() as work:
        for kind, values in ends.items():
            send_later(kind, to=None)
            work.execute(sa.update(OutboxMessage).where(OutboxMessage.kind == kind).values(values))
    prune()
    assert set(session().scalars(sa.select(OutboxMessage.kind))) == {"sent_lately", "waits"}
