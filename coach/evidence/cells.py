"""Keep the sums of a cell and what is read from them, in the transaction that changes the log."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from coach import clock
from coach.db import session
from coach.evidence import standards
from coach.evidence.models import Accumulator, Cell, Evidence, LessonFinish, Retraction
from coach.evidence.standards import Expectation, Standards
from coach.evidence.teams import shift
from coach.measurement import estimate as measure
from coach.measurement.estimate import CellState, Piece, Settings


def change(person_id: uuid.UUID, skill_id: str, act: Callable[[measure.Cell], None]) -> Cell:
    """Lock a cell, let `act` change its sums, write them back and read the cell anew.

    Where the sums would lose their digits, or the lesson was entered late, the cell is built again from the log.
    """
    row = _locked(person_id, skill_id)
    rules = standards.current()
    expected = standards.expectations([(person_id, skill_id)])[person_id, skill_id]
    settings = rules.settings(expected.skill_kind, expected.mu0, expected.s0)
    stored = _stored(person_id, skill_id)
    cell = measure.Cell(settings, _state(stored, lessons_of(person_id, skill_id)))
    try:
        act(cell)
    except measure.NeedsRebuild:
        cell = rebuilt(settings, person_id, skill_id)
    _write_sums(person_id, skill_id, stored, cell.state)
    _summarise(row, cell, expected, rules)
    return row


def rebuild(person_id: uuid.UUID, skill_id: str) -> Cell:
    """Build a cell's sums anew from the log and write them, as after a change of settings."""

    def forget(_cell: measure.Cell) -> None:
        raise measure.NeedsRebuild(None, None, "asked for")

    return change(person_id, skill_id, forget)


def rebuilt(settings: Settings, person_id: uuid.UUID, skill_id: str) -> measure.Cell:
    """Build a cell from everything in the log that counts."""
    return measure.Cell.from_log(
        settings, [piece_of(e) for e in counting(person_id, skill_id)], lessons_of(person_id, skill_id)
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


def lessons_of(person_id: uuid.UUID, skill_id: str) -> tuple[float, ...]:
    """List the days on which lessons of the skill were finished."""
    query = sa.select(LessonFinish.t).where(LessonFinish.person_id == person_id, LessonFinish.skill_id == skill_id)
    return tuple(sorted(session().scalars(query)))


def piece_of(row: Evidence) -> Piece:
    """Give a row of the log as the measurement sees it."""
    return Piece(row.kind, row.source, row.t, row.y, row.v)


def refresh(cells: Iterable[Cell]) -> int:
    """Read cells again as of now (nightly, or when a role or target changed); return how many there were.

    Time alone changes no finding: nothing is evaluated here.
    """
    rows = list(cells)
    pairs = [(row.person_id, row.skill_id) for row in rows]
    rules, expected = standards.current(), standards.expectations(pairs)
    sums, lessons = _many(Accumulator, pairs), _many(LessonFinish, pairs)
    for row in rows:
        pair = (row.person_id, row.skill_id)
        wanted = expected[pair]
        state = _state(sums.get(pair, []), tuple(sorted(lesson.t for lesson in lessons.get(pair, []))))
        cell = measure.Cell(rules.settings(wanted.skill_kind, wanted.mu0, wanted.s0), state)
        _summarise(row, cell, wanted, rules)
    return len(rows)


def _locked(person_id: uuid.UUID, skill_id: str) -> Cell:
    """Make the cell's row if it is not there, and lock it: two raters at once must both count."""
    values = {
        "person_id": person_id,
        "skill_id": skill_id,
        "mean": 0.0,
        "sd": 1.0,
        "reliability": 0.0,
        "pieces": 0,
        "others": 0,
        "raters": 0,
        "as_of": clock.now(),
        "settings_number": 0,
    }
    dialect = postgresql if session().get_bind().dialect.name == "postgresql" else sqlite
    session().execute(dialect.insert(Cell).values(values).on_conflict_do_nothing())
    query = sa.select(Cell).where(Cell.person_id == person_id, Cell.skill_id == skill_id).with_for_update()
    return session().execute(query, execution_options={"populate_existing": True}).scalar_one()


def _stored(person_id: uuid.UUID, skill_id: str) -> list[Accumulator]:
    query = sa.select(Accumulator).where(Accumulator.person_id == person_id, Accumulator.skill_id == skill_id)
    return list(session().scalars(query.execution_options(populate_existing=True)))


def _many(model: Any, pairs: list[tuple[uuid.UUID, str]]) -> dict[tuple[uuid.UUID, str], list[Any]]:
    people = {person for person, _ in pairs}
    found: dict[tuple[uuid.UUID, str], list[Any]] = {}
    for row in session().scalars(sa.select(model).where(model.person_id.in_(people))):
        found.setdefault((row.person_id, row.skill_id), []).append(row)
    return found


def _state(rows: list[Accumulator], lessons: tuple[float, ...]) -> CellState:
    sums = tuple(measure.Accumulator(r.kind, r.source, r.a, r.b, r.g, r.n, r.latest, r.peak) for r in rows)
    return CellState(sums, lessons)


def _write_sums(person_id: uuid.UUID, skill_id: str, stored: list[Accumulator], state: CellState) -> None:
    here = {(row.kind, row.source): row for row in stored}
    for sums in state.rows:
        row = here.pop((sums.kind, sums.source), None)
        if row is None:
            row = Accumulator(person_id=person_id, skill_id=skill_id, kind=sums.kind, source=sums.source)
            session().add(row)
        row.a, row.b, row.g, row.n, row.latest, row.peak = sums.a, sums.b, sums.g, sums.n, sums.latest, sums.peak
    for gone in here.values():
        session().delete(gone)
    session().flush()


def _summarise(row: Cell, cell: measure.Cell, expected: Expectation, rules: Standards) -> None:
    before = (row.mean, row.sd, row.pieces)
    now = clock.now()
    read = cell.read(clock.days(now), expected.threshold)
    sums = cell.state.rows
    row.mean, row.sd, row.p_below, row.gap = read.mean, read.sd, read.p_below, read.expected_gap
    row.reliability, row.target = read.reliability, expected.threshold
    row.pieces = sum(s.n for s in sums)
    row.others = sum(s.n for s in sums if s.kind != measure.Kind.SELF)
    row.raters = sum(1 for s in sums if s.kind == measure.Kind.OBSERVATION)
    latest = max((s.latest for s in sums), default=None)
    row.last_seen_at = None if latest is None else clock.moment(latest)
    row.as_of, row.settings_number = now, rules.number
    session().flush()
    shift(row.person_id, row.skill_id, before, (row.mean, row.sd, row.pieces))
