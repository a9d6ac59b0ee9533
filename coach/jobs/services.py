"""Put a message into the outbox, in the transaction that decided it."""

from __future__ import annotations

import uuid
from typing import Any

from coach import clock
from coach.db import session
from coach.jobs.models import OutboxMessage


def send_later(kind: str, *, to: uuid.UUID | None, **payload: Any) -> None:
    """Leave a message for the worker; it goes out after the transaction, at least once."""
    now = clock.now()
    session().add(OutboxMessage(kind=kind, person_id=to, payload=payload, created_at=now, due_at=now))
    session().flush()
