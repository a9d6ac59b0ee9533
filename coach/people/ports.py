"""What stands around this slice tells it, so that it knows of no request and no setting."""

from __future__ import annotations

from typing import Final

from coach.ports import Port

language: Final[Port[[], str]] = Port("in which language does whoever asks now read?")
"""English where nobody asks, as in a job or a command."""

newcomers: Final[Port[[], tuple[str, str]]] = Port("with which language and time zone does somebody new begin?")
"""Until they choose their own."""
