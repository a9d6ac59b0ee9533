"""What is known of one person, skill by skill: the role's skills first, then what else was seen."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from coach.charts.tracks import LevelTrack, level_track, state_of
from coach.evidence import ports, queries
from coach.evidence.queries import CellRow, stands
from coach.evidence.starts import first_readings
from coach.people.queries import PersonRow
from coach.skills import queries as framework
from coach.words import Text


@dataclass(frozen=True, slots=True)
class SkillLine:
    """Hold one skill of a person: its track, how much was seen and when last."""

    skill_id: str
    name: Text
    track: LevelTrack
    seen: int
    last_seen_at: datetime | None
    finding_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Profile:
    """Hold the skills of a person's role and the others that were seen, as of a moment."""

    role: tuple[SkillLine, ...]
    others: tuple[SkillLine, ...]
    as_of: datetime | None

    @property
    def below(self) -> int:
        """Count the skills that are clearly below target."""
        return sum(line.finding_id is not None for line in self.role)


def profile(person: PersonRow, today: date) -> Profile:
    """Read every skill of a person with four statements, five in a start plan."""
    targets = framework.targets_of(person.job_role_id) if person.job_role_id else []
    cells = {skill: cell for (_, skill), cell in queries.cells([person.id]).items()}
    findings = {skill: id_ for (_, skill), id_ in ports.open_findings([person.id], None).items()}
    began = _began(person, today)
    role = tuple(
        _line(row.skill.id, row.skill.name, cells.get(row.skill.id), row.threshold, findings, began=began)
        for row in targets
    )
    needed = {row.skill.id for row in targets}
    names = {skill.id: skill.name for skill in framework.skills()} if cells.keys() - needed else {}
    others = tuple(
        _line(skill, name, cells[skill], None, findings, began=None)
        for skill, name in names.items()
        if skill in cells.keys() - needed
    )
    return Profile(role, others, min((cell.as_of for cell in cells.values()), default=None))


def _began(person: PersonRow, today: date) -> Mapping[str, float] | None:
    """Read where somebody in a start plan began: growth comes before distance; None once the plan is over."""
    if person.week_of_start(today) is None or person.role_since is None:
        return None
    since = datetime.combine(person.role_since, time(), UTC)
    return first_readings(person.id, person.job_role_id, since)


def _line(
    skill_id: str,
    name: Text,
    cell: CellRow | None,
    target: float | None,
    findings: Mapping[str, uuid.UUID],
    *,
    began: Mapping[str, float] | None,
) -> SkillLine:
    finding = findings.get(skill_id) if stands(cell) else None
    known = cell is not None and cell.is_known
    mean = cell.mean if cell else None
    state = state_of(mean, target, known=known, finding=finding is not None, starting=began is not None)
    track = level_track(
        mean,
        cell.low if cell else None,
        cell.high if cell else None,
        target,
        state=state,
        start=began.get(skill_id) if began else None,
        seen=cell.pieces if cell else 0,
    )
    return SkillLine(skill_id, name, track, cell.pieces if cell else 0, cell.last_seen_at if cell else None, finding)
