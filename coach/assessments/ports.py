"""What the composition root tells this slice, so that it imports nothing above it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

Asked = Callable[[uuid.UUID, str], bool]
_asked: list[Asked] = []


def connect(asked: Asked) -> None:
    """Take the answer to "was this check given to this person, and is it not done yet?"."""
    _asked[:] = [asked]


def is_asked(person_id: uuid.UUID, quiz_id: str) -> bool:
    """Tell whether somebody, or a finished lesson, asks the person to take this check now."""
    return any(asked(person_id, quiz_id) for asked in _asked)
