"""The places of Learn, one row of tabs over each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import request

from coach.web.reader import me
from coach.words import Message


@dataclass(frozen=True, slots=True)
class LearnTab:
    """Hold one tab as `components/tabs.html` draws it."""

    href: str
    label: Message
    active: bool


_PATH: Final = "/path"
_PLACES: Final = (
    ("/learn", Message("Library")),
    (_PATH, Message("My path")),
    ("/practice", Message("Practice")),
    ("/scenarios", Message("Scenarios")),
    ("/workshops", Message("Workshops")),
    ("/drill", Message("Drill")),
)


def learn_tabs() -> tuple[LearnTab, ...]:
    """List the places; a path only to who holds a job role."""
    return tuple(
        LearnTab(place, label, request.path == place or request.path.startswith(f"{place}/"))
        for place, label in _PLACES
        if place != _PATH or me().job_role_id
    )
