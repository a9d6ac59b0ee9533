"""What stands around this slice tells it, so that its reads know of no request: in which language one reads."""

from __future__ import annotations

from typing import Final

from coach.ports import Port

language: Final[Port[[], str]] = Port("in which language does whoever asks now read?")
"""English where nobody asks, as in a job or a command."""
