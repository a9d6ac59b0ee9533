"""How a skill's check narrowed the range, question by question.

It says of each answer whether it was right, so it is read from a submitted attempt alone and shown to those who may
see the answers: while a check is open, no page draws a range that moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coach.assessments import adaptive
from coach.assessments.models import Attempt, AttemptItem
from coach.charts.scale import printed
from coach.charts.tracks import State, TrackRow, level_track, target_words
from coach.items.marking import is_whole
from coach.items.models import ItemRevision
from coach.measurement.comparison import NINE_IN_TEN
from coach.words import Message

if TYPE_CHECKING:
    from coach.measurement.adaptive import Stop

VERDICTS: Final = {
    "reached": Message("reached"),
    "below": Message("not reached yet"),
    "undecided": Message("not sure yet"),
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Hold the sentence, a track for the start and after each question, and the same as a table."""

    sentence: Message
    tracks: tuple[TrackRow, ...]
    table: tuple[tuple[Message, Message, str], ...]


def narrowed(attempt: Attempt, rows: Sequence[tuple[AttemptItem, ItemRevision]]) -> Narrowing | None:
    """Read how the range narrowed in a submitted skill's check; None in other checks."""
    if not attempt.is_adaptive:
        return None
    _, _, target = adaptive.began_with(attempt)
    answers = [adaptive.Answer(asked.slope, asked.difficulty, item.score or 0.0) for item, asked in rows]
    steps = [adaptive.judged(attempt, answers[:n], last=True) for n in range(len(answers) + 1)]
    names = [Message("At the start"), *(Message("After question %(number)s", number=i.position) for i, _ in rows)]
    said = [Message("from what was seen before"), *(_said(answer.score) for answer in answers)]
    return Narrowing(
        sentence=_sentence(steps[-1], target),
        tracks=tuple(_track(name, step, target) for name, step in zip(names, steps, strict=True)),
        table=tuple((name, word, _range(step)) for name, word, step in zip(names, said, steps, strict=True)),
    )


def _sentence(end: Stop, target: float) -> Message:
    low, high = _ends(end)
    return Message(
        "By this check, likely %(low)s to %(high)s. %(target)s: %(verdict)s.",
        low=printed(low),
        high=printed(high),
        target=target_words(target),
        verdict=VERDICTS[end.verdict.value],
    )


def _track(name: Message, step: Stop, target: float) -> TrackRow:
    low, high = _ends(step)
    return TrackRow(name, level_track(step.mean, low, high, target, state=State.UNSURE))


def _said(score: float) -> Message:
    if is_whole(score):
        return Message("right")
    return Message("partly right") if score > 0 else Message("not right")


def _ends(step: Stop) -> tuple[float, float]:
    return step.mean - NINE_IN_TEN * step.sd, step.mean + NINE_IN_TEN * step.sd


def _range(step: Stop) -> str:
    low, high = _ends(step)
    return f"{printed(low)}–{printed(high)}"
