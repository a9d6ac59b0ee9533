"""Places on the track from level 1 to level 4."""

from __future__ import annotations

from typing import Final

LOWEST: Final = 1.0
HIGHEST: Final = 4.0
TARGET_BELOW_LEVEL: Final = 0.5
_MARGIN: Final = 3.0
_PER_LEVEL: Final = (100.0 - 2 * _MARGIN) / (HIGHEST - LOWEST)


def place(level: float) -> float:
    """Place a level on the track, in percent of its width.

    Level 1 stands at 3 %, level 4 at 97 %; what lies beyond is drawn at the track's end.
    """
    return round(within(_MARGIN + (level - LOWEST) * _PER_LEVEL), 1)


def aim_of(target: float) -> int:
    """Name the level, 1 to 4, that a target asks for: it stands where that level begins, half a level below it."""
    return min(max(round(target + TARGET_BELOW_LEVEL), 1), 4)


def within(percent: float) -> float:
    """Keep a place inside the drawing, 0 to 100 %."""
    return min(max(percent, 0.0), 100.0)


def printed(value: float) -> str:
    """Write a level with one decimal, never as minus zero."""
    return f"{round(value, 1) + 0.0:.1f}"
