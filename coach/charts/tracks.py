"""The signature of the product: a level, its likely range and the target's tick on one thin track."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coach.charts.scale import aim_of, place, printed
from coach.words import Message, Text, level_name


class State(StrEnum):
    """Say how a reading compares with the target, in the five ways it can be drawn."""

    MET = "met"
    UNSURE = "unsure"
    BELOW = "below"
    FEW = "few"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class LevelTrack:
    """Hold one drawn reading: places in percent, the numbers behind them, and the sentence."""

    state: State
    mean: float | None
    low: float | None
    high: float | None
    target: float | None
    start: float | None
    seen: int | None
    dot_x: float | None
    band_from: float | None
    band_to: float | None
    tick_x: float | None
    label: Message

    @property
    def start_x(self) -> float | None:
        """Place the start, which only a start plan shows."""
        return _place(self.start) if self.state is State.NEW else None

    @property
    def gain(self) -> float | None:
        """Measure the way from the start to now, in levels."""
        return None if self.mean is None or self.start is None else self.mean - self.start


@dataclass(frozen=True, slots=True)
class TrackRow:
    """Hold a named track: one skill of a person, one person on a skill, or one moment of a check."""

    name: str | Text | Message
    track: LevelTrack
    href: str = ""


def state_of(
    mean: float | None, target: float | None, *, known: bool, finding: bool = False, starting: bool = False
) -> State:
    """Choose how a reading is drawn.

    `known` is false under three pieces, under the reliability wanted, or where all of it is self-rating. Somebody in a
    start plan is shown by growth and never in ochre.
    """
    if mean is None or not known:
        return State.FEW
    if starting:
        return State.NEW
    if finding:
        return State.BELOW
    return State.MET if target is not None and mean >= target else State.UNSURE


def level_track(
    mean: float | None,
    low: float | None,
    high: float | None,
    target: float | None,
    *,
    state: State,
    start: float | None = None,
    seen: int | None = None,
) -> LevelTrack:
    """Draw one reading. `target` is where the target level begins (Alone: 2.5)."""
    banded = state is not State.FEW and low is not None and high is not None
    return LevelTrack(
        state=state,
        mean=mean,
        low=low,
        high=high,
        target=target,
        start=start,
        seen=seen,
        dot_x=_place(mean),
        band_from=_place(low) if banded else None,
        band_to=_place(high) if banded else None,
        tick_x=_place(target),
        label=_sentences(*_said(mean, low, high, target, state=state, start=start, seen=seen)),
    )


def target_words(target: float) -> Message:
    """Name the target level and where it begins: "Alone, from 2.5"."""
    return Message("%(level)s, from %(number)s", level=level_name(aim_of(target)), number=printed(target))


def _place(level: float | None) -> float | None:
    return None if level is None else place(level)


def _said(
    mean: float | None,
    low: float | None,
    high: float | None,
    target: float | None,
    *,
    state: State,
    start: float | None,
    seen: int | None,
) -> list[Message]:
    said = [_said_level(mean, low, high, few=state is State.FEW)]
    if seen is not None:
        said.append(Message("Seen %(count)s times.", count=seen))
    if state is State.NEW and start is not None:
        said.append(Message("Started at %(level)s.", level=printed(start)))
    if target is not None:
        said.append(Message("Target: %(target)s.", target=target_words(target)))
    if state is State.BELOW:
        said.append(Message("Clearly below target."))
    return said


def _said_level(mean: float | None, low: float | None, high: float | None, *, few: bool) -> Message:
    if mean is None:
        return Message("Nothing seen yet.")
    if few:
        return Message("Too little seen to judge, so far level %(level)s.", level=printed(mean))
    if low is None or high is None:
        return Message("Level %(level)s.", level=printed(mean))
    return Message(
        "Level %(level)s, likely %(low)s to %(high)s.", level=printed(mean), low=printed(low), high=printed(high)
    )


def _sentences(first: Message, *rest: Message) -> Message:
    """Join whole sentences into one message, each translated on its own."""
    if not rest:
        return first
    return Message("%(first)s %(rest)s", first=first, rest=_sentences(*rest))
