"""Keep the sums of a cell and what is read from them, in the transaction that changes the log."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa

from coach import clock
from coach.db import session
from coach.evidence import standards, sums
from coach.evidence.models import Accumulator, Cell, Evidence, LessonFinish, Retraction
from coach.evidence.standards import Expectation, Standards
from coach.evidence.teams import Reading, shift
from coach.measurement import estimate as measure
from coach.measurement.estimate import CellState, Piece, Settings


def change(person_id: uuid.UUID, skill_id: str, act: Callable[[measure.Cell], None]) -> None:
    """Lock a cell, let `act` change its sums, write them back and read the cell anew.

    Where the sums cannot tell (a lesson entered late, the newest piece taken out, digits that would be lost), the cell
    is built again from the log.
    """
    was = sums.hold(person_id, skill_id)
    rules, expected = standards.applied(person_id, skill_id)
    settings = rules.settings(expected.skill_kind, expected.mu0, expected.s0)
    before = sums.state(person_id, skill_id)
    cell = measure.Cell(settings, before)
    try:
        act(cell)
    except measure.NeedsRebuild:
        cell = rebuilt(settings, person_id, skill_id)
    sums.write(person_id, skill_id, before, cell.state)
    summary = _summary(cell, expected, rules)
    sums.summarise(person_id, skill_id, summary)
    shift(person_id, skill_id, was, (summary["mean"], summary["sd"], summary["pieces"]))


def take_out(row: Evidence) -> None:
    """Take a piece out of its cell; behind the newest of a source the sums do not know which day came before."""
    piece = piece_of(row)

    def act(cell: measure.Cell) -> None:
        cell.retract(piece)
        source = (piece.kind, piece.source)
        if any(left.latest <= piece.t for left in cell.state.rows if (left.kind, left.source) == source):
            raise measure.NeedsRebuild(*source, "the newest piece is taken out")

    change(row.person_id, row.skill_id, act)


def rebuild(person_id: uuid.UUID, skill_id: str) -> None:
    """Build a cell's sums anew from the log and write them, as after a change of settings."""

    def forget(_cell: measure.Cell) -> None:
        raise measure.NeedsRebuild(None, None, "asked for")

    change(person_id, skill_id, forget)


def rebuilt(settings: Settings, person_id: uuid.UUID, skill_id: str) -> measure.Cell:
    """Build a cell from everything in the log that counts."""
    return measure.Cell.from_log(
        settings, [piece_of(e) for e in counting(person_id, skill_id)], sums.lessons(person_id, skill_id)
    )


def counting(person_id: uuid.UUID, skill_id: str) -> list[Evidence]:
    """List the pieces of a cell that were not retracted, oldest first."""
    query = (
        sa.select(Evidence)
        .outerjoin(Retraction, Retraction.evidence_id == Evidence.id)
        .where(Evidence.person_id == person_id, Evidence.skill_id == skill_id, Retraction.evidence_id.is_(None))
        .order_by(Evidence.t, Evidence.id)
    )
    return list(session().scalars(query))


def piece_of(row: Evidence) -> Piece:
    """Give a row of the log as the measurement sees it."""
    return Piece(row.kind, row.source, row.t, row.y, row.v)


def refresh(cells: Iterable[Cell]) -> int:
    """Read cells again as of now (nightly, or when a role or target changed); return how many there were.

    Time alone changes no finding: nothing is evaluated here. The cells are locked, in one order, before anything is
    read of them: what somebody adds meanwhile is in the sums, or waits.
    """
    pairs = sorted((row.person_id, row.skill_id) for row in cells)
    rows = _held(pairs)
    rules, expected = standards.current(), standards.expectations(pairs)
    kept, lessons = _many(Accumulator, pairs), _many(LessonFinish, pairs)
    moved: list[tuple[str, uuid.UUID, Reading, Reading]] = []
    for row in rows:
        pair = (row.person_id, row.skill_id)
        wanted, was = expected[pair], (row.mean, row.sd, row.pieces)
        state = _state(kept.get(pair, []), tuple(sorted(lesson.t for lesson in lessons.get(pair, []))))
        settings = rules.settings(wanted.skill_kind, wanted.mu0, wanted.s0)
        summary = _summary(measure.Cell(settings, state), wanted, rules)
        sums.summarise(*pair, summary)
        moved.append((row.skill_id, row.person_id, was, (summary["mean"], summary["sd"], summary["pieces"])))
        session().expire(row)
    for skill_id, person_id, was, now in sorted(moved):  # skill by skill, as a log does: neither waits in a ring
        shift(person_id, skill_id, was, now)
    return len(rows)


def _held(pairs: list[tuple[uuid.UUID, str]]) -> list[Cell]:
    wanted = set(pairs)
    query = (
        sa.select(Cell)
        .where(Cell.person_id.in_({person for person, _ in pairs}))
        .order_by(Cell.person_id, Cell.skill_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return [row for row in session().scalars(query) if (row.person_id, row.skill_id) in wanted]


def _many(model: Any, pairs: list[tuple[uuid.UUID, str]]) -> dict[tuple[uuid.UUID, str], list[Any]]:
    people = {person for person, _ in pairs}
    found: dict[tuple[uuid.UUID, str], list[Any]] = {}
    query = sa.select(model).where(model.person_id.in_(people)).execution_options(populate_existing=True)
    for row in session().scalars(query):
        found.setdefault((row.person_id, row.skill_id), []).append(row)
    return found


def _state(rows: list[Accumulator], lessons: tuple[float, ...]) -> CellState:
    kept = tuple(measure.Accumulator(r.kind, r.source, r.a, r.b, r.g, r.n, r.latest, r.peak) for r in rows)
    return CellState(kept, lessons)


def _summary(cell: measure.Cell, expected: Expectation, rules: Standards) -> dict[str, Any]:
    now = clock.now()
    read = cell.read(clock.days(now), expected.threshold)
    rows = cell.state.rows
    latest = max((row.latest for row in rows), default=None)
    return {
        "mean": read.mean,
        "sd": read.sd,
        "p_below": read.p_below,
        "gap": read.expected_gap,
        "reliability": read.reliability,
        "pieces": sum(row.n for row in rows),
        "others": sum(row.n for row in rows if row.kind != measure.Kind.SELF),
        "raters": sum(1 for row in rows if row.kind == measure.Kind.OBSERVATION),
        "target": expected.threshold,
        "last_seen_at": None if latest is None else clock.moment(latest),
        "as_of": now,
        "settings_number": rules.number,
    }
