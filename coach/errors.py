"""What can go wrong for a person. Services raise these; `web.errors` turns them into answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from coach.words import Message


class Told(Exception):
    """Carry the sentence that somebody is told."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class DidimError(Told):
    """Be the parent of every error that is an answer to a request."""


class NotFound(DidimError):
    """Say that there is no such thing, or that it may not be known to exist (404)."""

    def __init__(self, message: Message | None = None) -> None:
        super().__init__(
            message or Message("We could not find that page. It may have moved, or it is not yours to see.")
        )


class Forbidden(DidimError):
    """Say that this is for somebody else to do (403)."""

    def __init__(self, message: Message | None = None) -> None:
        super().__init__(message or Message("This is not open to your account. Ask your manager if you need it."))


class Invalid(DidimError):
    """Say what is wrong with what was typed, by field where one is to blame (422)."""

    def __init__(self, message: Message, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Conflict(DidimError):
    """Say that the record changed in the meantime (409).

    `current` and `typed` map a field's name to its text, so that the page can show both under the form's labels.
    """

    def __init__(
        self, message: Message, *, current: Mapping[str, Any] | None = None, typed: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.current = dict(current or {})
        self.typed = dict(typed or {})


def check_version(now: int, opened: int, *, current: Callable[[], Mapping[str, Any]], typed: Mapping[str, Any]) -> None:
    """Raise Conflict, with both texts, when a record's version is another than when its form was opened."""
    if now != opened:
        raise Conflict(Message("Somebody changed this while you had it open."), current=current(), typed=typed)
