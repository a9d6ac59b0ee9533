"""What the composition root gives to `web`, so that it imports nothing above it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from flask.templating import Environment

from coach.access.reader import Reader
from coach.words import Message


@dataclass(frozen=True, slots=True)
class NavItem:
    """Hold one place of the navigation, with the count of what waits there.

    `also` are the beginnings of other addresses that belong to it.
    """

    endpoint: str
    label: Message
    icon: str
    short: Message | None = None
    count: int | None = None
    on_phone: bool = True
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ports:
    """Hold the three things that `web` asks of the house, and what it worked out already.

    `links` are addresses by what was asked for, `pages` the environments of Jinja by language.
    """

    load_reader: Callable[[str], Reader | None]
    seen: Callable[[uuid.UUID], None]
    navigation: Callable[[Reader], tuple[NavItem, ...]]
    links: dict[Hashable, str] = field(default_factory=dict)
    pages: dict[str, Environment] = field(default_factory=dict)
