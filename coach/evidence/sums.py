"""The rows of a cell, read and written with statements built once: every piece of evidence passes here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.db import bare, bare_upsert, dialect, fetch, run
from coach.evidence.models import Accumulator, Cell, LessonFinish
from coach.measurement.estimate import Accumulator as Sums
from coach.measurement.estimate import CellState

_SUMS: Final = bare(Accumulator)
_CELLS: Final = bare(Cell)
_HERE: Final = ("person_id", "skill_id")


def _where(table: Any) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.person_id == sa.bindparam("person"), table.c.skill_id == sa.bindparam("skill"))


_FINISHES: Final = bare(LessonFinish)
_PARTS: Final = ("kind", "source", "a", "b", "g", "n", "latest", "peak")
_READ_LESSONS: Final = sa.select(_FINISHES.c.t).where(_where(_FINISHES))
_READ_STATE: Final = sa.union_all(
    sa.select(*(_SUMS.c[name] for name in _PARTS), sa.null().label("finished")).where(_where(_SUMS)),
    sa.select(*(sa.null() for _ in _PARTS), _FINISHES.c.t).where(_where(_FINISHES)),
)
_DROP_SUMS: Final = sa.delete(_SUMS).where(
    _where(_SUMS), _SUMS.c.kind == sa.bindparam("of_kind"), _SUMS.c.source == sa.bindparam("of_source")
)
_SUMMARY: Final = (
    "mean",
    "sd",
    "p_below",
    "gap",
    "reliability",
    "pieces",
    "others",
    "raters",
    "target",
    "last_seen_at",
    "as_of",
    "settings_number",
)
_WRITE_CELL: Final = (
    sa.update(_CELLS).where(_where(_CELLS)).values({name: sa.bindparam(f"new_{name}") for name in _SUMMARY})
)


def hold(person_id: uuid.UUID, skill_id: str) -> tuple[float, float, int]:
    """Make the cell's row if it is not there, and lock it, so that two raters at once both count.

    Returns the mean, the SD and the number of pieces that it held.
    """
    empty = {"mean": 0.0, "sd": 1.0, "reliability": 0.0, "pieces": 0, "others": 0, "raters": 0, "settings_number": 0}
    cell = {"person_id": person_id, "skill_id": skill_id, "as_of": clock.now(), **empty}
    mean, sd, pieces = run(_hold_cell(dialect()), cell).one()
    return mean, sd, pieces


def state(person_id: uuid.UUID, skill_id: str) -> CellState:
    """Read a cell's sums and the days of its finished lessons."""
    rows = run(_READ_STATE, {"person": person_id, "skill": skill_id}).all()
    finished = sorted(row.finished for row in rows if row.finished is not None)
    return CellState(tuple(Sums(*row[:-1]) for row in rows if row.finished is None), tuple(finished))


def lessons(person_id: uuid.UUID, skill_id: str) -> tuple[float, ...]:
    """Read the days on which lessons of the skill were finished, ascending."""
    return tuple(sorted(row[0] for row in fetch(_READ_LESSONS, {"person": person_id, "skill": skill_id})))


def write(person_id: uuid.UUID, skill_id: str, before: CellState, after: CellState) -> None:
    """Write the sums that changed, and drop those of a source that has nothing left."""
    known = {(row.kind, row.source): row for row in before.rows}
    for row in after.rows:
        if known.pop((row.kind, row.source), None) != row:
            values = {name: getattr(row, name) for name in _PARTS}
            run(_put_sums(dialect()), {"person_id": person_id, "skill_id": skill_id, **values})
    for kind, source in known:
        run(_DROP_SUMS, {"person": person_id, "skill": skill_id, "of_kind": kind, "of_source": source})


def summarise(person_id: uuid.UUID, skill_id: str, summary: Mapping[str, Any]) -> None:
    """Write what pages read of a cell."""
    values = {f"new_{name}": summary[name] for name in _SUMMARY}
    run(_WRITE_CELL, {"person": person_id, "skill": skill_id, **values})


@cache
def _hold_cell(engine: str) -> Any:
    """Build the statement that makes or locks a row and reads it: an update that changes nothing locks on both."""
    insert = bare_upsert(Cell, engine)
    held = insert.on_conflict_do_update(index_elements=_HERE, set_={"skill_id": insert.excluded.skill_id})
    return held.returning(_CELLS.c.mean, _CELLS.c.sd, _CELLS.c.pieces)


@cache
def _put_sums(engine: str) -> Any:
    insert = bare_upsert(Accumulator, engine)
    changed = {name: insert.excluded[name] for name in ("a", "b", "g", "n", "latest", "peak")}
    return insert.on_conflict_do_update(index_elements=[*_HERE, "kind", "source"], set_=changed)
