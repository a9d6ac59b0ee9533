"""Why an estimate is what it is: every piece with its share, what was expected of it, and what it would take."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coach import clock
from coach.db import session
from coach.errors import NotFound
from coach.evidence import cells, standards, sums
from coach.evidence.models import Contest, Evidence, Retraction
from coach.evidence.standards import Expectation, Leaning
from coach.measurement.convert import rubric_evidence
from coach.measurement.estimate import Estimate, Kind, Piece, Settings, expected_next, posterior, without, would_take
from coach.measurement.findings import Thresholds
from coach.people.models import Person
from coach.words import Text

CONTESTED: Final = "contested"
ONE_LOG: Final = rubric_evidence([3.0])[1]
"""Error variance of a log's quick tap, whatever its level (MEASUREMENT 1)."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Hold what a person said against a piece about them, and what was answered."""

    id: uuid.UUID
    text: str
    at: datetime
    answered_at: datetime | None
    upheld: bool | None
    answer: str
    by_name: Text | None


@dataclass(frozen=True, slots=True)
class PieceRow:
    """Hold one piece of the log with what it does: its share, how far it moved the mean, the mean without it.

    `expected` is what the earlier pieces let one expect of that source (MEASUREMENT 6); None where it was the first.
    """

    id: uuid.UUID
    kind: str
    source: str
    setting: str
    seen_at: datetime
    y: float
    v: float
    origin_kind: str
    origin_id: uuid.UUID
    entered_by: uuid.UUID | None
    by_name: Text | None
    retracted: str | None
    objection: Objection | None
    share: float | None
    moved: float | None
    without: float | None
    expected: float | None

    @property
    def counts(self) -> bool:
        """Tell whether the piece is part of the estimate."""
        return self.retracted is None

    @property
    def waits(self) -> bool:
        """Tell whether the person objected and nobody has answered yet."""
        return self.retracted == CONTESTED and self.objection is not None and self.objection.answered_at is None


@dataclass(frozen=True, slots=True)
class Explained:
    """Hold an estimate with everything behind it, newest piece first.

    `needed` is the level that one more log by somebody new has to show for the target to be as likely met as not;
    None without a target. `leanings`: by source, what is taken off the marks of the calibrated raters.
    """

    pieces: tuple[PieceRow, ...]
    estimate: Estimate
    expected: Expectation
    needed: float | None
    thresholds: Thresholds
    leanings: Mapping[str, Leaning]

    @property
    def counting(self) -> tuple[PieceRow, ...]:
        """Give the pieces that are part of the estimate."""
        return tuple(piece for piece in self.pieces if piece.counts)

    @property
    def is_known(self) -> bool:
        """Tell whether enough was seen to say anything, as `CellRow.is_known` does."""
        enough = self.thresholds.suffice(len(self.counting), self.estimate.reliability)
        return enough and any(piece.kind != Kind.SELF for piece in self.counting)

    @property
    def is_stale(self) -> bool:
        """Tell whether enough was seen once, not all of it by the person, but too long ago."""
        faded = self.thresholds.fade(len(self.counting), self.estimate.reliability)
        return faded and any(piece.kind != Kind.SELF for piece in self.counting)


@dataclass(frozen=True, slots=True)
class _Logged:
    piece: Evidence
    retracted: str | None
    by_name: Text | None
    objection: Objection | None


def explained(person_id: uuid.UUID, skill_id: str) -> Explained:
    """Read a cell from its log, as of now; raise NotFound where there is no such skill."""
    expected = standards.expectations([(person_id, skill_id)]).get((person_id, skill_id))
    if expected is None:
        raise NotFound
    rules = standards.current()
    settings = rules.settings(expected.skill_kind, expected.mu0, expected.s0)
    log = _log(person_id, skill_id)
    seen = [cells.piece_of(row.piece) for row in log if row.retracted is None]
    lessons, now = sums.lessons(person_id, skill_id), clock.days(clock.now())
    read = posterior(settings, seen, lessons, now, expected.threshold)
    parts = iter(_parts(settings, seen, lessons, now, read))
    rows = [_piece_row(row, next(parts) if row.retracted is None else _NOTHING) for row in log]
    needed = None
    if expected.threshold is not None:
        needed = would_take(
            settings, seen, lessons, now, Kind.OBSERVATION, f"{standards.RATER}new", ONE_LOG, target=expected.threshold
        )
    return Explained(tuple(rows), read, expected, needed, rules.thresholds, rules.leanings)


def pieces(person_id: uuid.UUID, skill_id: str) -> tuple[list[PieceRow], Estimate]:
    """List every piece of a cell, newest first, with its share and what the mean would be without it."""
    found = explained(person_id, skill_id)
    return list(found.pieces), found.estimate


Parts = tuple[float | None, float | None, float | None, float | None]
_NOTHING: Final[Parts] = (None, None, None, None)


def _parts(
    settings: Settings, seen: Sequence[Piece], lessons: tuple[float, ...], now: float, read: Estimate
) -> list[Parts]:
    found: list[Parts] = []
    for i, piece in enumerate(seen):
        before = [other for other in seen if other.t < piece.t]
        expected = expected_next(settings, before, lessons, piece.t, piece.kind, piece.source) if before else None
        found.append((read.shares[i], read.moved[i], without(settings, seen, lessons, now, i).mean, expected))
    return found


def _log(person_id: uuid.UUID, skill_id: str) -> list[_Logged]:
    """Read a cell's log, newest first; a piece that was reinstated stands once, with the objection to it."""
    rater, answerer = aliased(Person), aliased(Person)
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(Evidence, Retraction.reason, rater.name, Contest, answerer.name)
        .outerjoin(Retraction, Retraction.evidence_id == Evidence.id)
        .outerjoin(rater, rater.id == Evidence.entered_by)
        .outerjoin(Contest, Contest.evidence_id == Evidence.id)
        .outerjoin(answerer, answerer.id == Contest.answered_by)
        .where(Evidence.person_id == person_id, Evidence.skill_id == skill_id)
        .order_by(Evidence.seen_at.desc(), Evidence.id.desc())
    )
    log = {row[0].id: _Logged(row[0], row[1], row[2], _objection(row[3], row[4])) for row in session().execute(query)}
    reinstated = {row.piece.reinstates_id for row in log.values()}
    return [
        _Logged(row.piece, row.retracted, _first_name(log, row), _first_objection(log, row))
        for id_, row in log.items()
        if id_ not in reinstated
    ]


def _first(log: dict[uuid.UUID, _Logged], row: _Logged) -> _Logged | None:
    return log.get(row.piece.reinstates_id) if row.piece.reinstates_id else None


def _first_name(log: dict[uuid.UUID, _Logged], row: _Logged) -> Text | None:
    first = _first(log, row)
    return first.by_name if first else row.by_name


def _first_objection(log: dict[uuid.UUID, _Logged], row: _Logged) -> Objection | None:
    first = _first(log, row)
    return first.objection if first else row.objection


def _objection(row: Contest | None, by_name: Text | None) -> Objection | None:
    if row is None:
        return None
    return Objection(row.id, row.text, row.at, row.answered_at, row.upheld, row.answer, by_name)


def _piece_row(row: _Logged, parts: Parts) -> PieceRow:
    e = row.piece
    return PieceRow(
        id=e.id,
        kind=e.kind,
        source=e.source,
        setting=e.setting,
        seen_at=e.seen_at,
        y=e.y,
        v=e.v,
        origin_kind=e.origin_kind,
        origin_id=e.origin_id,
        entered_by=e.entered_by,
        by_name=row.by_name,
        retracted=row.retracted,
        objection=row.objection,
        share=parts[0],
        moved=parts[1],
        without=parts[2],
        expected=parts[3],
    )
