"""The picture of one estimate: the level with its range, and below it every piece that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coach.charts.forest import AxisMark, forest
from coach.charts.tracks import LevelTrack, State, level_track, state_of, target_words
from coach.evidence import wording
from coach.evidence.explanation import Explained, PieceRow
from coach.measurement.comparison import NINE_IN_TEN
from coach.words import Message


@dataclass(frozen=True, slots=True)
class PieceLine:
    """Hold one piece as a chart and a list show it."""

    piece: PieceRow
    what: Message
    level: Message
    share: Message
    track: LevelTrack


@dataclass(frozen=True, slots=True)
class PieceChart:
    """Hold the estimate's own track and those of its pieces, newest first."""

    whole: LevelTrack
    lines: tuple[PieceLine, ...]
    axis: tuple[AxisMark, ...]
    target: Message | None
    sure: Message | None
    takes: Message | None
    leanings: tuple[Message, ...]
    eased: bool
    """Whether the target is as likely met as not, or likelier: an open finding then waits for a newer piece."""

    @property
    def counting(self) -> tuple[PieceLine, ...]:
        """Give the lines of the pieces that are part of the estimate."""
        return tuple(line for line in self.lines if line.piece.counts)


def drawn(found: Explained, *, finding: bool, starting: bool = False) -> PieceChart:
    """Draw an estimate with its pieces; `finding` says that one is open, `starting` that a start plan runs."""
    read, target = found.estimate, found.expected.threshold
    seen = len(found.counting)
    half, eased = NINE_IN_TEN * read.sd, found.thresholds.ease(read.p_below)
    finding = finding and not eased
    whole = level_track(
        read.mean if seen else None,
        read.mean - half,
        read.mean + half,
        target,
        state=state_of(read.mean if seen else None, target, known=found.is_known, finding=finding, starting=starting),
        seen=seen,
    )
    return PieceChart(
        whole=whole,
        lines=tuple(_line(piece, target) for piece in found.pieces),
        axis=forest([], target=target).axis,
        target=None if target is None else target_words(target),
        sure=None if read.p_below is None or not found.is_known else wording.how_sure(read.p_below),
        takes=wording.what_it_takes(found.needed, read.p_below) if found.is_known else None,
        leanings=tuple(_leanings(found)),
        eased=eased,
    )


def _leanings(found: Explained) -> Iterator[Message]:
    """Say of each calibrated rater, by name, what is taken off or added; the newest first."""
    names = {piece.source: piece.by_name for piece in found.counting if piece.by_name is not None}
    for source, name in names.items():
        leaning = found.leanings.get(source)
        said = None if leaning is None else wording.leaning_words(name, leaning)
        if said is not None:
            yield said


def _line(piece: PieceRow, target: float | None) -> PieceLine:
    return PieceLine(
        piece=piece,
        what=wording.what(piece),
        level=wording.level_words(piece),
        share=wording.share_words(piece.share),
        track=level_track(piece.y, None, None, target, state=State.UNSURE),
    )
