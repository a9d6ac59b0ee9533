"""What a page may show of an item: the question before the answer, the explanation after it."""

from __future__ import annotations

from dataclasses import dataclass

from coach.words import Message, Text


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold something to choose, under the name that the form sends."""

    id: str
    text: Text | Message


@dataclass(frozen=True, slots=True)
class Question:
    """Hold what may be seen before the answer; it has no key, no reason and no score in it.

    `options` are the choices of a choice, the lines of an order, the left sides of a match, whose right sides are
    `rights`. `rule` says how part of an answer counts.
    """

    kind: str
    stem: Text
    options: tuple[Choice, ...] = ()
    rights: tuple[Choice, ...] = ()
    unit: Text | None = None
    rule: Message | None = None


@dataclass(frozen=True, slots=True)
class MarkedChoice:
    """Hold an option with its key and its reason."""

    id: str
    text: Text | Message
    right: bool
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """Hold a line with what was given and what is right; `label` is None for a typed answer."""

    label: Text | None
    given: Text | Message
    right: Text | Message
    is_right: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Hold what is said after the answer.

    `options` with `chosen`, or `lines`, show the answer; `why` is the reason of what was chosen, `right_why` that of
    the right answer where another was chosen. With several to choose, `reasons` pairs each that was chosen or right
    with its reason. `others` pairs the rest.
    """

    score: float
    verdict: Message
    stem: Text
    options: tuple[MarkedChoice, ...] = ()
    chosen: tuple[str, ...] = ()
    lines: tuple[MarkedLine, ...] = ()
    why: Text | None = None
    right_why: Text | None = None
    reasons: tuple[tuple[Text | Message, Text], ...] = ()
    others: tuple[tuple[Text | Message, Text], ...] = ()

    @property
    def is_right(self) -> bool:
        """Tell whether nothing was missing."""
        return self.verdict == RIGHT


RIGHT = Message("Right.")
PARTLY = Message("Partly right.")
NOT_QUITE = Message("Not quite.")
