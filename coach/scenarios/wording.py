"""The words for how a customer stands to us, for how a conversation ends and for what it showed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.content.kinds import Ending, Showing
from coach.scenarios.script import Standing
from coach.words import Message

_STEP: Final = 20  # points from one word to the next
_TRUST: Final = (
    Message("closed to you"),
    Message("wary"),
    Message("neutral"),
    Message("open"),
    Message("trusts you"),
)
_DEAL: Final = (
    Message("far off"),
    Message("a long way off"),
    Message("possible"),
    Message("close"),
    Message("as good as done"),
)

ENDINGS: Final = {
    Ending.WON: Message("It ended in an order."),
    Ending.NEXT_STEP: Message("It ended in a next step."),
    Ending.STALLED: Message("It stalled."),
    Ending.LOST: Message("It was lost."),
}
SHORT_ENDINGS: Final = {
    Ending.WON: Message("Order"),
    Ending.NEXT_STEP: Message("Next step agreed"),
    Ending.STALLED: Message("Stalled"),
    Ending.LOST: Message("Lost"),
}
VERDICTS: Final = {
    Showing.MET: Message("Seen well"),
    Showing.HALF: Message("Half seen"),
    Showing.NOT: Message("Missed"),
}


@dataclass(frozen=True, slots=True)
class Mood:
    """Hold trust or the deal as a bar: its name, 0 to 100, the word for it, and where it began where that is told."""

    name: Message
    value: int
    word: Message
    start: int | None = None

    @property
    def label(self) -> Message:
        """Say the bar as a sentence."""
        if self.start is None:
            return Message("%(name)s: %(word)s, %(value)s of 100", name=self.name, word=self.word, value=self.value)
        return Message(
            "%(name)s: %(word)s, %(value)s of 100, %(start)s at the start",
            name=self.name,
            word=self.word,
            value=self.value,
            start=self.start,
        )


def moods(standing: Standing, start: Standing | None = None) -> tuple[Mood, Mood]:
    """Put trust and the deal into words, with where they began where `start` is given."""
    return (
        Mood(Message("Trust"), standing.trust, _word(_TRUST, standing.trust), start.trust if start else None),
        Mood(Message("Deal"), standing.deal, _word(_DEAL, standing.deal), start.deal if start else None),
    )


def _word(words: tuple[Message, ...], value: int) -> Message:
    return words[min(value // _STEP, len(words) - 1)]


def moved(trust: int, deal: int) -> Message:
    """Say what an answer moved, each with its sign."""
    return Message("trust %(trust)s, deal %(deal)s", trust=_signed(trust), deal=_signed(deal))


def _signed(points: int) -> str:
    return f"{'+' if points > 0 else '−' if points < 0 else ''}{abs(points)}"
