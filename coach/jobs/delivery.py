"""Deliver the outbox: at least once, outside of any transaction, later again when it fails, eight times at most."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from coach import clock
from coach.db import pause, session, unit_of_work
from coach.jobs.models import OutboxMessage

log = logging.getLogger("didim.jobs")
Send = Callable[[OutboxMessage], None]
TRIES: Final = 8
FIRST_WAIT: Final = timedelta(seconds=30)
_AT_ONCE: Final = 20


class Undeliverable(Exception):
    """Say that trying again cannot help: nobody there, or no address."""


def wait_after(tries: int) -> timedelta:
    """Wait 30 seconds after the first try, then twice as long after each: about an hour in all."""
    return FIRST_WAIT * (1 << (tries - 1))


def deliver_due(send: Send) -> int:
    """Send what is due; return how many messages left.

    A message is claimed by moving its next try ahead in a transaction of its own, so that two workers do not send it
    twice; a worker that dies in between leaves it to that next try. One at a time: were several claimed at once, a
    slow mail server would keep the last of them past its next try, and another worker would send it too.
    """
    left = 0
    for _ in range(_AT_ONCE):
        with unit_of_work():
            claimed = _claim(clock.now())
        if claimed is None:
            break
        left += _deliver(claimed, send)
    return left


def _claim(now: datetime) -> uuid.UUID | None:
    due = (
        sa.select(OutboxMessage)
        .where(OutboxMessage.sent_at.is_(None), OutboxMessage.failed_at.is_(None), OutboxMessage.due_at <= now)
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    message = session().scalar(due)
    if message is None:
        return None
    message.attempts += 1
    message.due_at = now + wait_after(message.attempts)
    return message.id


def _deliver(message_id: uuid.UUID, send: Send) -> bool:
    message = session().get_one(OutboxMessage, message_id)
    try:
        send(message)
    except Undeliverable as error:
        log.warning("message %s of kind %s is not for anybody: %s", message.id, message.kind, error)
        _settle(message_id, failed=True)
    except Exception as error:  # noqa: BLE001 -- whatever a mail server may do, the message is tried again
        # the error's own text may hold an address: only its kind is logged
        log.warning(
            "message %s of kind %s, try %s: %s", message_id, message.kind, message.attempts, type(error).__name__
        )
        if message.attempts >= TRIES:
            _settle(message_id, failed=True)
    else:
        _settle(message_id, failed=False)
        return True
    finally:
        pause()
    return False


def _settle(message_id: uuid.UUID, *, failed: bool) -> None:
    """Note the end of a message and forget what it carried: a link in it must not outlive its delivery."""
    pause()
    with unit_of_work():
        message = session().get_one(OutboxMessage, message_id)
        message.payload = {}
        if failed:
            message.failed_at = clock.now()
        else:
            message.sent_at = clock.now()
