"""What several people of a role share in one skill: a query, never a record."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import sqlalchemy as sa

from coach.access.identity import Identity, Relation
from coach.charts.counts import Bar, bar
from coach.charts.forest import Reading
from coach.charts.tracks import State, state_of
from coach.db import session
from coach.errors import NotFound
from coach.evidence.queries import CellRow, Sightings, cells_of_skill, sightings, stands
from coach.findings.queries import open_skills
from coach.measurement.comparison import Average, together
from coach.measurement.findings import Thresholds, expected_wrong
from coach.measurement.pooling import below
from coach.people.models import JobRoleHolding, Person, TeamMembership
from coach.people.queries import PersonRow, rows, visible_to
from coach.skills.models import JobRole, Skill, Target
from coach.words import Text

TREE: Final = (Relation.COACH, Relation.MANAGER, Relation.UPLINE)


@dataclass(frozen=True, slots=True)
class Subject:
    """Hold what a pattern is about: a skill, a role, and the level that the role needs."""

    skill_id: str
    skill_name: Text
    job_role_id: str
    role_plural: Text
    level: int
    threshold: float


@dataclass(frozen=True, slots=True)
class PatternRow:
    """Hold one person of a pattern; `at_target` of `observed` talks showed the target's level or more."""

    person: PersonRow
    cell: CellRow | None
    finding_id: uuid.UUID | None
    state: State
    observed: int
    at_target: int

    @property
    def bar(self) -> Bar:
        """Draw how often the target's level was seen."""
        return bar(self.person.short_name, self.at_target, self.observed, low=self.finding_id is not None)


@dataclass(frozen=True, slots=True)
class Whole:
    """Hold where people stand together, and how often those of them were seen who were seen at all."""

    level: Average
    seen: int
    thresholds: Thresholds

    def state(self, target: float) -> State:
        """Say how it compares, by the thresholds of a finding."""
        p_below, _ = below(self.level.mean, self.level.sd, target)
        if p_below >= self.thresholds.open_at and self.level.mean <= target - self.thresholds.gap:
            return State.BELOW
        return State.MET if self.level.mean >= target else State.UNSURE


@dataclass(frozen=True, slots=True)
class Pattern:
    """Hold the people of a role in one skill, those clearly below first."""

    subject: Subject
    rows: tuple[PatternRow, ...]
    whole: Whole | None
    raters: int

    @property
    def below(self) -> tuple[PatternRow, ...]:
        """Give those with an open finding that nothing has eased."""
        return tuple(row for row in self.rows if row.finding_id is not None)

    @property
    def mistaken(self) -> float:
        """Expect how many of the findings are mistaken: the sum of 1 - P(level < target)."""
        return expected_wrong([row.cell.p_below for row in self.below if row.cell and row.cell.p_below is not None])

    @property
    def seen(self) -> tuple[int, int]:
        """Count the talks that showed the target's level or more, and all talks."""
        return sum(row.at_target for row in self.rows), sum(row.observed for row in self.rows)

    @property
    def readings(self) -> list[Reading]:
        """Give the rows as the forest chart takes them."""
        return [_reading(row) for row in self.rows]


def subject(skill_id: str, job_role_id: str) -> Subject:
    """Load what a pattern is about; raise NotFound where the role has no target for the skill."""
    query = (
        sa.select(Skill.id, Skill.name, JobRole.id, JobRole.plural, Target.level, Target.threshold)
        .join(Target, Target.skill_id == Skill.id)
        .join(JobRole, JobRole.id == Target.job_role_id)
        .where(Skill.id == skill_id, JobRole.id == job_role_id)
    )
    row = session().execute(query).one_or_none()
    if row is None:
        raise NotFound
    return Subject(row[0], row[1], row[2], row[3], row[4], row[5])


def has_people(identity: Identity, team_id: uuid.UUID | None) -> bool:
    """Tell whether the reader leads or coaches anybody, in a team where one is named."""
    query = sa.select(Person.id).where(Person.id.in_(visible_to(identity, *TREE)), Person.deactivated_at.is_(None))
    if team_id is not None:
        query = query.where(Person.id.in_(_in_team(team_id)))
    return session().scalar(query.limit(1)) is not None


def pattern(identity: Identity, about: Subject, *, team_id: uuid.UUID | None, today: date) -> Pattern:
    """Read a role's people in one skill, only those whom the reader leads or coaches; four statements."""
    theirs = sa.select(JobRoleHolding.person_id).where(
        JobRoleHolding.job_role_id == about.job_role_id,
        JobRoleHolding.until.is_(None),
        JobRoleHolding.person_id.in_(visible_to(identity, *TREE)),
    )
    people = rows(ids=theirs if team_id is None else theirs.where(JobRoleHolding.person_id.in_(_in_team(team_id))))
    ids = [person.id for person in people]
    cells, open_now = cells_of_skill(ids, about.skill_id), open_skills(ids, about.skill_id)
    open_now = {pair: finding for pair, finding in open_now.items() if stands(cells.get(pair[0]))}
    saw = sightings(ids, about.skill_id)
    by_person = {p.id: [s for s in saw if s.person_id == p.id] for p in people}
    plain = [_row(p, cells.get(p.id), open_now.get((p.id, about.skill_id)), by_person[p.id], about) for p in people]
    found = [_drawn(row, about, today) for row in plain]
    found.sort(key=lambda row: (row.finding_id is None, row.cell is None, row.cell.mean if row.cell else 0.0))
    return Pattern(about, tuple(found), _whole(cells.values()), len({s.source for s in saw}))


def _row(
    person: PersonRow, cell: CellRow | None, finding_id: uuid.UUID | None, saw: Sequence[Sightings], about: Subject
) -> PatternRow:
    observed, at_target = sum(sum(s.levels) for s in saw), sum(sum(s.levels[about.level - 1 :]) for s in saw)
    return PatternRow(person, cell, finding_id, State.UNSURE, observed, at_target)


def _drawn(row: PatternRow, about: Subject, today: date) -> PatternRow:
    cell = row.cell
    state = state_of(
        cell.mean if cell else None,
        about.threshold,
        known=cell is not None and cell.is_known,
        finding=row.finding_id is not None,
        starting=row.person.week_of_start(today) is not None,
    )
    return replace(row, state=state)


def _whole(cells: Collection[CellRow]) -> Whole | None:
    if not cells:
        return None
    thresholds = next(iter(cells)).thresholds
    return Whole(together((cell.mean, cell.sd) for cell in cells), sum(cell.pieces for cell in cells), thresholds)


def _reading(row: PatternRow) -> Reading:
    cell = row.cell
    if cell is None:
        return Reading(row.person.name, None, None, None, 0, row.state)
    return Reading(row.person.name, cell.mean, cell.low, cell.high, cell.pieces, row.state)


def _in_team(team_id: uuid.UUID) -> sa.Select[uuid.UUID]:
    return sa.select(TeamMembership.person_id).where(TeamMembership.team_id == team_id, TeamMembership.until.is_(None))
