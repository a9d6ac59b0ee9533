"""What is known of a group of people now, gathered once for everything that a page says about them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from coach import clock
from coach.charts.tracks import State, state_of
from coach.coaching.queries import last_coached
from coach.evidence.queries import CellRow, cells
from coach.findings import queries as findings
from coach.findings.queries import FindingRow
from coach.measurement.comparison import expected_on_the_way
from coach.measurement.findings import DEFAULT
from coach.people.queries import PersonRow
from coach.reports import queries
from coach.reports.queries import SeenRow
from coach.skills import queries as skills
from coach.skills.models import JobRole
from coach.skills.queries import TargetRow

COACHED_WITHIN: Final = 14
SLIPPING_AFTER: Final = 21


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold a group of active people with their roles' targets, cells, findings that stand, talks and late work.

    `open_pairs` are the pairs of person and skill of those findings; one that a new prior eased is not among them.
    """

    people: tuple[PersonRow, ...]
    roles: tuple[JobRole, ...]
    targets: Mapping[str, Sequence[TargetRow]]
    cells: Mapping[tuple[uuid.UUID, str], CellRow]
    findings: tuple[FindingRow, ...]
    open_pairs: frozenset[tuple[uuid.UUID, str]]
    coached: Mapping[uuid.UUID, date]
    late: Mapping[uuid.UUID, int]
    seen: tuple[SeenRow, ...]
    today: date

    @property
    def looks(self) -> int:
        """Count the looks at a skill without which nothing is said of it."""
        return next((cell.thresholds.pieces for cell in self.cells.values()), DEFAULT.pieces)

    def needs(self, person: PersonRow) -> Sequence[TargetRow]:
        """Give what a person's role needs; nothing without a role."""
        return self.targets.get(person.job_role_id or "", ())

    def days_since_coached(self, person: PersonRow) -> int | None:
        """Count the days since a person was coached; None for never."""
        day = self.coached.get(person.id)
        return None if day is None else (self.today - day).days

    def is_slipping(self, person: PersonRow) -> bool:
        """Tell whether somebody was not coached for more than 21 days, or never since they began that long ago."""
        days = self.days_since_coached(person)
        if days is None:
            began = person.role_since
            return began is None or (self.today - began).days > SLIPPING_AFTER
        return days > SLIPPING_AFTER

    def state(self, person: PersonRow, need: TargetRow) -> State:
        """Choose how a person's skill is drawn."""
        cell = self.cells.get((person.id, need.skill.id))
        return state_of(
            None if cell is None else cell.mean,
            need.threshold,
            known=cell is not None and cell.is_known,
            finding=(person.id, need.skill.id) in self.open_pairs,
            starting=person.week_of_start(self.today) is not None,
        )

    def aim(self, person: PersonRow, need: TargetRow) -> float:
        """Say what a person is compared with: the target, in a start plan what its week expects."""
        week = person.week_of_start(self.today)
        if week is None or not person.start_plan_weeks:
            return need.threshold
        return expected_on_the_way(need.threshold, week, person.start_plan_weeks)


def gather(people: Iterable[PersonRow], today: date) -> Facts:
    """Read what is known of people, with seven statements however many they are."""
    group = tuple(people)
    ids = [person.id for person in group]
    read = cells(ids)
    found = tuple(findings.still_below(findings.open_for(ids), read))
    return Facts(
        people=group,
        roles=tuple(skills.roles()),
        targets=skills.targets({person.job_role_id for person in group if person.job_role_id}),
        cells=read,
        findings=found,
        open_pairs=frozenset((row.person_id, row.skill_id) for row in found),
        coached=last_coached(ids),
        late=queries.late(ids, today),
        seen=tuple(queries.seen(ids, clock.now())),
        today=today,
    )
