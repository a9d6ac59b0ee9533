"""What a night does for checks: hand in what ran out of time and was not come back to."""

from __future__ import annotations

import sqlalchemy as sa

from coach import clock
from coach.assessments import rules
from coach.assessments.models import Attempt
from coach.assessments.services import close_late
from coach.db import pause, session, unit_of_work


def close_attempts() -> None:
    """Hand in every attempt whose time is up, each in a transaction of its own."""
    query = sa.select(Attempt.id).where(Attempt.submitted_at.is_(None), Attempt.closes_at < clock.now() - rules.GRACE)
    late = list(session().scalars(query.order_by(Attempt.closes_at, Attempt.id)))
    pause()
    for attempt_id in late:
        with unit_of_work():
            close_late(attempt_id)
