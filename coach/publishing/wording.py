"""What a publish changes, in words for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from coach.publishing.plan import Changes, How, Kind
from coach.words import Message

_MOST_NAMED: Final = 6
_KINDS: Final[Mapping[Kind, Message]] = {
    Kind.FRAMEWORK: Message("Framework"),
    Kind.SKILL: Message("Skills"),
    Kind.ROLE: Message("Roles"),
    Kind.CRITERION: Message("Criteria"),
    Kind.MODULE: Message("Modules"),
    Kind.LESSON: Message("Lessons"),
    Kind.ITEM: Message("Questions"),
    Kind.CHECK: Message("Checks"),
}
_HOWS: Final[Mapping[How, Message]] = {
    How.ADDED: Message("added"),
    How.CHANGED: Message("changed"),
    How.RETIRED: Message("taken out of use"),
    How.RETURNED: Message("back in use"),
}


def told(changes: Changes) -> list[Message]:
    """Say what changes, a line for each kind; files say no more than what stands in them."""
    return [
        Message("%(what)s %(how)s: %(names)s", what=_KINDS[kind], how=_HOWS[how], names=_named(changes.of(kind, how)))
        for kind, how in changes.counts()
        if kind in _KINDS
    ]


def _named(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (f" (+{len(names) - _MOST_NAMED})" if len(names) > _MOST_NAMED else "")
