"""Estimates without touching the log, and the log with every piece's share where somebody asks why."""

from __future__ import annotations

import math
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from coach.db import fetch, run, session
from coach.errors import NotFound
from coach.evidence import standards
from coach.evidence.explanation import Explained, PieceRow, explained, pieces
from coach.evidence.models import Cell, Contest, Evidence, Retraction, TeamSkill
from coach.evidence.standards import Expectation, Standards
from coach.measurement.comparison import NINE_IN_TEN
from coach.measurement.estimate import Kind
from coach.measurement.findings import Thresholds

__all__ = ["CellRow", "Explained", "PieceRow", "TeamRow", "cell", "cells", "explained", "pieces", "team_skills"]


@dataclass(frozen=True, slots=True)
class CellRow:
    """Hold the estimate of a person and skill as of a moment; `low` to `high` holds the level 9 times in 10."""

    person_id: uuid.UUID
    skill_id: str
    mean: float
    sd: float
    p_below: float | None
    gap: float | None
    reliability: float
    pieces: int
    others: int
    raters: int
    target: float | None
    last_seen_at: datetime | None
    as_of: datetime
    thresholds: Thresholds

    @property
    def low(self) -> float:
        """Give the lower end of the range."""
        return self.mean - NINE_IN_TEN * self.sd

    @property
    def high(self) -> float:
        """Give the upper end of the range."""
        return self.mean + NINE_IN_TEN * self.sd

    @property
    def is_known(self) -> bool:
        """Tell whether enough was seen to say anything, by the settings, and not all of it by the person."""
        return self.others > 0 and self.thresholds.suffice(self.pieces, self.reliability)

    @property
    def is_eased(self) -> bool:
        """Tell whether the target is as likely met as not, or likelier: a finding of before waits for a newer piece."""
        return self.thresholds.ease(self.p_below)


def stands(cell: CellRow | None) -> bool:
    """Tell whether an open finding is still clear: a new prior, target or setting may have eased it meanwhile."""
    return cell is None or not cell.is_eased


@dataclass(frozen=True, slots=True)
class TeamRow:
    """Hold a team's value of one skill: mean of its members' means, its SD, how many count, how much was seen."""

    skill_id: str
    people: int
    mean: float
    sd: float
    pieces: int


@dataclass(frozen=True, slots=True)
class Sightings:
    """Hold how often one rater saw a person's skill at levels 1, 2, 3 and 4."""

    person_id: uuid.UUID
    source: str
    levels: tuple[int, ...]


_BANDS: Final = ((-99.0, 1.5), (1.5, 2.5), (2.5, 3.5), (3.5, 99.0))

CELL: Final = (
    Cell.person_id,
    Cell.skill_id,
    Cell.mean,
    Cell.sd,
    Cell.p_below,
    Cell.gap,
    Cell.reliability,
    Cell.pieces,
    Cell.others,
    Cell.raters,
    Cell.target,
    Cell.last_seen_at,
    Cell.as_of,
    Cell.settings_number,
)

_SEEN: Final[sa.Select[*tuple[Any, ...]]] = sa.select(*CELL).where(Cell.pieces > 0)
_OF_PEOPLE: Final = _SEEN.where(Cell.person_id.in_(sa.bindparam("people", expanding=True)))
_OF_PAIRS: Final = _OF_PEOPLE.where(Cell.skill_id.in_(sa.bindparam("skills", expanding=True)))
_HERE: Final = sa.and_(Cell.person_id == sa.bindparam("person"), Cell.skill_id == sa.bindparam("skill"))
_ONE: Final = sa.select(*CELL).where(_HERE)
_WITH_STANDARDS: Final = standards.OF_ONE.outerjoin(Cell, _HERE).add_columns(*CELL)


def cell_row(*columns: Any) -> CellRow:
    """Make a row of the columns of CELL, with the thresholds of the settings that it was read with."""
    return next(_rows([columns]))


def cells(person_ids: Iterable[uuid.UUID] | sa.Select[uuid.UUID]) -> dict[tuple[uuid.UUID, str], CellRow]:
    """Read the cells of people with one statement; who has none is not in it, and is no gap of the caller's list."""
    if isinstance(person_ids, sa.Select):
        rows = session().execute(_SEEN.where(Cell.person_id.in_(person_ids)))
    else:
        rows = run(_OF_PEOPLE, {"people": list(person_ids)})
    return {(row.person_id, row.skill_id): row for row in _rows(rows)}


def cells_of(pairs: Collection[tuple[uuid.UUID, str]]) -> dict[tuple[uuid.UUID, str], CellRow]:
    """Read some cells with one statement; one in which nothing was seen is not in it."""
    wanted = {"people": [person for person, _ in pairs], "skills": [skill for _, skill in pairs]}
    found = {(row.person_id, row.skill_id): row for row in _rows(fetch(_OF_PAIRS, wanted))}
    return {pair: found[pair] for pair in pairs if pair in found}


def cells_of_skill(person_ids: Iterable[uuid.UUID], skill_id: str) -> dict[uuid.UUID, CellRow]:
    """Read the cells of several people in one skill, by person."""
    query: sa.Select[*tuple[Any, ...]] = sa.select(*CELL).where(
        Cell.person_id.in_(list(person_ids)), Cell.skill_id == skill_id, Cell.pieces > 0
    )
    return {row.person_id: row for row in _rows(session().execute(query))}


def cell(person_id: uuid.UUID, skill_id: str) -> CellRow | None:
    """Read one cell; None where nothing was ever seen."""
    row = run(_ONE, {"person": person_id, "skill": skill_id}).one_or_none()
    return cell_row(*row) if row is not None and row.pieces else None


def cell_with_standards(person_id: uuid.UUID, skill_id: str) -> tuple[CellRow | None, Standards, Expectation]:
    """Read one cell and what it is read with, with one statement; raise NotFound for a skill that is not there."""
    row = run(_WITH_STANDARDS, {"person": person_id, "skill": skill_id}).one_or_none()
    rules, expected = standards.read(row)
    return cell_row(*row[-len(CELL) :]) if row is not None and row.pieces else None, rules, expected


def _rows(found: Iterable[Sequence[Any]]) -> Iterator[CellRow]:
    thresholds: dict[int, Thresholds] = {}
    for row in found:
        number: int = row[-1]
        if number not in thresholds:
            thresholds[number] = standards.thresholds_of(number)
        yield CellRow(*(*row[:-1], thresholds[number]))


def team_skills(team_id: uuid.UUID) -> dict[str, TeamRow]:
    """Read a team's value of every skill from the kept sums."""
    query = sa.select(TeamSkill).where(TeamSkill.team_id == team_id, TeamSkill.people > 0)
    return {
        row.skill_id: TeamRow(
            row.skill_id,
            row.people,
            row.sum_mean / row.people,
            math.sqrt(max(row.sum_variance, 0.0)) / row.people,
            row.pieces,
        )
        for row in session().scalars(query)
    }


def evidence_of(person_id: uuid.UUID, evidence_id: uuid.UUID) -> Evidence:
    """Load one piece about a person; raise NotFound where it is about somebody else."""
    found = session().get(Evidence, evidence_id)
    if found is None or found.person_id != person_id:
        raise NotFound
    return found


def sightings(person_ids: Iterable[uuid.UUID], skill_id: str) -> list[Sightings]:
    """Count what raters saw of a skill, by person and rater, on each of the four levels."""
    bands = [sa.func.sum(sa.case((sa.and_(Evidence.y >= low, Evidence.y < high), 1), else_=0)) for low, high in _BANDS]
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(Evidence.person_id, Evidence.source, *bands)
        .outerjoin(Retraction, Retraction.evidence_id == Evidence.id)
        .where(
            Evidence.person_id.in_(list(person_ids)),
            Evidence.skill_id == skill_id,
            Evidence.kind == Kind.OBSERVATION,
            Retraction.evidence_id.is_(None),
        )
        .group_by(Evidence.person_id, Evidence.source)
    )
    return [Sightings(row[0], row[1], tuple(int(n) for n in row[2:])) for row in session().execute(query)]


def contest(contest_id: uuid.UUID) -> tuple[Contest, Evidence]:
    """Load an objection with the piece it is about; raise NotFound where there is none."""
    row = (
        session()
        .execute(
            sa.select(Contest, Evidence)
            .join(Evidence, Evidence.id == Contest.evidence_id)
            .where(Contest.id == contest_id)
        )
        .one_or_none()
    )
    if row is None:
        raise NotFound
    return row[0], row[1]
