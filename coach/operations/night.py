"""What the night clears away: rows that only served a moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from coach import clock
from coach.accounts.models import OneTimeLink, SignInSession
from coach.db import session, unit_of_work
from coach.jobs.models import OutboxMessage
from coach.web.models import RateCounter, SpentKey

KEYS_DAYS: Final = 30
ENDED_DAYS: Final = 90


def prune() -> None:
    """Delete spent form keys, old rate counters, and sessions, links and messages that ended long ago."""
    now = clock.now()
    long_ago = now - timedelta(days=ENDED_DAYS)
    with unit_of_work():
        for model, where in (
            (SpentKey, SpentKey.spent_at < now - timedelta(days=KEYS_DAYS)),
            (RateCounter, RateCounter.expires_at < now),
            (SignInSession, SignInSession.expires_at < long_ago),
            (OneTimeLink, OneTimeLink.expires_at < long_ago),
            (OutboxMessage, sa.or_(OutboxMessage.sent_at < long_ago, OutboxMessage.failed_at < long_ago)),
        ):
            session().execute(sa.delete(model).where(where), execution_options={"synchronize_session": False})
