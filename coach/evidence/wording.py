"""Words for what was seen and for how sure an estimate is."""

from __future__ import annotations

import math
from typing import Final

from coach.charts.scale import printed
from coach.evidence.explanation import PieceRow
from coach.evidence.standards import Leaning
from coach.measurement.estimate import Kind
from coach.words import Message, Text, level_name

_PRACTICE: Final = "practice"


def what(piece: PieceRow) -> Message:
    """Say what kind of thing was seen."""
    if piece.kind == Kind.OBSERVATION:
        return Message("Seen in practice") if piece.setting == _PRACTICE else Message("Seen with a customer")
    return {
        Kind.QUIZ: Message("Check"),
        Kind.SELF: Message("Self-rating"),
        Kind.KPI: Message("Results"),
    }[Kind(piece.kind)]


def level_words(piece: PieceRow) -> Message:
    """Say the level of a piece: by name where a person chose it, as a number where it was worked out."""
    if piece.kind in {Kind.OBSERVATION, Kind.SELF}:
        return level_name(nearest(piece.y))
    return Message("level %(number)s", number=f"{piece.y:.1f}")


def share_words(share: float | None) -> Message:
    """Say how much of the estimate a piece is."""
    if share is None:
        return Message("does not count")
    percent = round(100 * share)
    if percent < 1:
        return Message("counts for less than %(percent)s%%", percent=1)
    return Message("counts for %(percent)s%%", percent=percent)


def leaning_words(name: Text, leaning: Leaning) -> Message | None:
    """Say how far above or below the other raters somebody marks, with its range; None where it rounds to nothing."""
    if not round(leaning.value, 1):
        return None
    if leaning.value > 0:
        return Message(
            "%(name)s marks %(lean)s higher than others, 8 times in 10 by %(low)s to %(high)s. That is taken off.",
            name=name,
            lean=printed(leaning.value),
            low=_signed(leaning.low),
            high=_signed(leaning.high),
        )
    return Message(
        "%(name)s marks %(lean)s lower than others, 8 times in 10 by %(low)s to %(high)s. That is added.",
        name=name,
        lean=printed(-leaning.value),
        low=_signed(-leaning.high),
        high=_signed(-leaning.low),
    )


def _signed(value: float) -> str:
    return printed(value).replace("-", "\u2212")


def how_sure(p: float) -> Message:
    """Say a probability in words, with its number; never as certainty."""
    percent = min(max(round(100 * p), 1), 99)
    if p >= 0.95:
        return Message("very likely (%(percent)s%%)", percent=percent)
    if p >= 0.8:
        return Message("likely (%(percent)s%%)", percent=percent)
    if percent == 50:
        return Message("as likely as not (%(percent)s%%)", percent=percent)
    if p > 0.5:
        return Message("more likely than not (%(percent)s%%)", percent=percent)
    if p > 0.2:
        return Message("less likely than not (%(percent)s%%)", percent=percent)
    return Message("unlikely (%(percent)s%%)", percent=percent)


def what_it_takes(needed: float | None, p_below: float | None) -> Message | None:
    """Say what one more talk would have to show for the target to be as likely met as not; None without a target."""
    if needed is None or p_below is None:
        return None
    if p_below <= 0.5:
        return Message("More likely than not the target is met already.")
    if needed > 4.0:
        return Message("One more talk cannot show it: it takes several, best seen by different people.")
    return Message(
        "One more talk at “%(level)s”, seen by somebody who has not rated this yet, makes it as likely met as not.",
        level=level_name(max(math.ceil(needed), 1)),
    )


def nearest(y: float) -> int:
    """Give the level that a value lies nearest to, 1 to 4."""
    return min(max(int(y + 0.5), 1), 4)
