"""Prove that what is kept of the log equals the log: sums per source, what is read of each cell, sums per team."""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.db import session
from coach.evidence import cells, standards, teams
from coach.evidence.models import Accumulator, Cell, Evidence, LessonFinish, Retraction, TeamSkill
from coach.measurement.estimate import Cell as Sums
from coach.measurement.estimate import Kind
from coach.measurement.pooling import below
from coach.people.models import Team

TOLERANCE: Final = 1e-9
Pair = tuple[uuid.UUID, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold one kept number that is not what the log says."""

    where: str
    what: str
    kept: float
    counted: float

    def __str__(self) -> str:
        return f"{self.where}: {self.what} is kept as {self.kept!r}, the log says {self.counted!r}"


def pairs() -> list[Pair]:
    """List every person and skill that the log or the kept sums know."""
    known = sa.union(*(sa.select(m.person_id, m.skill_id) for m in (Evidence, LessonFinish, Accumulator, Cell)))
    rows = known.subquery().c
    query = sa.select(rows.person_id, rows.skill_id).order_by(rows.person_id, rows.skill_id)
    return [(row[0], row[1]) for row in session().execute(query)]


def chunks(found: Sequence[Pair], size: int = 200) -> Iterator[Sequence[Pair]]:
    """Cut a list of cells into pieces that one statement can hold."""
    for start in range(0, len(found), size):
        yield found[start : start + size]


def cell_differences(some: Sequence[Pair]) -> list[Difference]:
    """Compare the kept sums of some cells with their log; 1e-9 relative."""
    logged, finished = _by_cell(_counting(some)), _by_cell(_rows(LessonFinish, some))
    kept, read = _by_cell(_rows(Accumulator, some)), _by_cell(_rows(Cell, some))
    rules, expected = standards.current(), standards.expectations(some)
    found: list[Difference] = []
    for pair in some:
        settings = rules.settings(expected[pair].skill_kind)
        lessons = sorted(row.t for row in finished.get(pair, []))
        sums = Sums.from_log(settings, [cells.piece_of(row) for row in logged.get(pair, [])], lessons).state.rows
        found += _sum_differences(pair, kept.get(pair, []), {(s.kind, s.source): s for s in sums})
        found += _reading_differences(pair, next(iter(read.get(pair, [])), None), sums)
    return found


def team_differences() -> list[Difference]:
    """Compare every team's kept sums with its members' cells."""
    found: list[Difference] = []
    for team_id in session().scalars(sa.select(Team.id)):
        counted = teams.counted(team_id)
        rows = {r.skill_id: r for r in session().scalars(sa.select(TeamSkill).where(TeamSkill.team_id == team_id))}
        for skill in sorted(counted.keys() | rows.keys()):
            for column in ("people", "sum_mean", "sum_variance", "pieces"):
                here, there = getattr(rows.get(skill), column, 0), counted.get(skill, {}).get(column, 0)
                if not _same(here, there):
                    found.append(Difference(f"team {team_id}, {skill}", column, here, there))
    return found


def recount_teams() -> int:
    """Count every team's sums again; return how many teams there are."""
    found = list(session().scalars(sa.select(Team.id).order_by(Team.id)))
    for team_id in found:
        teams.recount(team_id)
    return len(found)


def _sum_differences(pair: Pair, kept: list[Any], counted: dict[tuple[str, str], Any]) -> list[Difference]:
    here = {(row.kind, row.source): row for row in kept}
    found: list[Difference] = []
    for source in sorted(here.keys() | counted.keys()):
        for column in ("a", "b", "g", "n"):
            left, right = getattr(here.get(source), column, 0), getattr(counted.get(source), column, 0)
            if not _same(left, right):
                found.append(Difference(f"{_name(pair)}, {source[1]}", column, left, right))
    return found


def _reading_differences(pair: Pair, cell: Cell | None, sums: Sequence[Any]) -> list[Difference]:
    """Compare what pages read of a cell with what its sums count, and its odds with its own mean, SD and target.

    The mean itself holds the prior of the moment at which it was read; another mean would no longer fit the odds.
    """
    latest = max((row.latest for row in sums), default=None)
    counted: dict[str, float] = {
        "pieces": sum(row.n for row in sums),
        "others": sum(row.n for row in sums if row.kind != Kind.SELF),
        "raters": sum(row.kind == Kind.OBSERVATION for row in sums),
        "last_seen_at": 0.0 if latest is None else clock.days(clock.moment(latest)),
    }
    if cell is not None and cell.target is not None:
        counted["p_below"], counted["gap"] = below(cell.mean, cell.sd, cell.target)
    kept = {name: _number(getattr(cell, name, None)) for name in counted}
    return [
        Difference(_name(pair), name, kept[name], wanted)
        for name, wanted in counted.items()
        if not _same(kept[name], wanted)
    ]


def _number(value: Any) -> float:
    return clock.days(value) if isinstance(value, datetime) else float(value or 0)


def _same(left: float, right: float) -> bool:
    return math.isclose(left, right, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def _name(pair: Pair) -> str:
    return f"person {pair[0]}, {pair[1]}"


def _rows(model: Any, some: Sequence[Pair]) -> list[Any]:
    people = {person for person, _ in some}
    return list(session().scalars(sa.select(model).where(model.person_id.in_(people))))


def _counting(some: Sequence[Pair]) -> list[Evidence]:
    query = (
        sa.select(Evidence)
        .outerjoin(Retraction, Retraction.evidence_id == Evidence.id)
        .where(Evidence.person_id.in_({person for person, _ in some}), Retraction.evidence_id.is_(None))
        .order_by(Evidence.t, Evidence.id)
    )
    return list(session().scalars(query))


def _by_cell(rows: Sequence[Any]) -> dict[Pair, list[Any]]:
    found: dict[Pair, list[Any]] = {}
    for row in rows:
        found.setdefault((row.person_id, row.skill_id), []).append(row)
    return found
