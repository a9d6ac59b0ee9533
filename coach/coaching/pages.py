"""What the log form shows, gathered with a constant number of statements."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coach.access.identity import Identity, Relation
from coach.advice.queries import Advice, lessons_for
from coach.charts.tracks import TrackRow, level_track, state_of
from coach.coaching import queries
from coach.coaching.models import AgreedAction
from coach.coaching.queries import LogRow, RatedSkill
from coach.errors import NotFound
from coach.evidence import queries as evidence
from coach.evidence.queries import CellRow
from coach.people import queries as people
from coach.people.models import Person, ReportingLine
from coach.people.queries import PersonRow
from coach.words import Text

SHOWN: int = 4


@dataclass(frozen=True, slots=True)
class LogPage:
    """Hold what the form needs about the person it is for."""

    person: PersonRow
    manager: Text | None
    skills: tuple[RatedSkill, ...]
    more: tuple[RatedSkill, ...]
    last: AgreedAction | None
    last_on: date | None
    advice: Advice | None
    advice_skill: Text | None
    tracks: tuple[TrackRow, ...]
    notes: tuple[LogRow, ...]

    @property
    def all_skills(self) -> tuple[RatedSkill, ...]:
        """Give the skills that the form shows at once and those behind "More"."""
        return *self.skills, *self.more


def log_page(identity: Identity, person_id: uuid.UUID) -> LogPage:
    """Gather the page of a log about a person whom the reader coaches or manages, with eight statements."""
    person, manager = _with_manager(person_id)
    cells = {skill: row for (_, skill), row in evidence.cells([person_id]).items()}
    skills = _ordered(queries.rated_skills(person.job_role_id), cells)
    last, last_on = queries.last_agreed(identity.person_id, person_id) or (None, None)
    weakest = max((c for c in cells.values() if c.gap), key=lambda c: (c.p_below or 0, c.gap or 0), default=None)
    advice = (
        lessons_for(weakest.skill_id, mean=weakest.mean, gap=weakest.gap or 0, person_id=person_id) if weakest else []
    )
    names = {skill.id: skill.name for skill in skills}
    return LogPage(
        person=person,
        manager=manager.short_name if manager and _reads(manager, identity) else None,
        skills=tuple(skills[:SHOWN]),
        more=tuple(skills[SHOWN:]),
        last=last,
        last_on=last_on,
        advice=advice[0] if advice else None,
        advice_skill=names.get(advice[0].skill_id) if advice else None,
        tracks=tuple(_track(skill, cells.get(skill.id)) for skill in skills[:SHOWN]),
        notes=tuple(queries.logs(identity, about=person_id, written_by=identity.person_id, limit=3)),
    )


def people_to_log(identity: Identity) -> list[PersonRow]:
    """List whom the reader may log about: those they coach and do not manage first, then their direct reports."""
    rows = people.rows(ids=people.visible_to(identity, Relation.COACH, Relation.MANAGER))
    return sorted(rows, key=lambda row: row.manager_id == identity.person_id)


def _with_manager(person_id: uuid.UUID) -> tuple[PersonRow, PersonRow | None]:
    """Read a person and whom they report to with one statement."""
    line = sa.select(ReportingLine.manager_id).where(
        ReportingLine.person_id == person_id, ReportingLine.until.is_(None)
    )
    both = sa.select(Person.id).where(sa.or_(Person.id == person_id, Person.id.in_(line)))
    found = {row.id: row for row in people.rows(ids=both, active=False)}
    if person_id not in found:
        raise NotFound
    person = found[person_id]
    return person, found.get(person.manager_id) if person.manager_id else None


def _reads(manager: PersonRow, identity: Identity) -> bool:
    """Tell whether the manager is another than the writer, and still here to read it."""
    return manager.id != identity.person_id and manager.deactivated_at is None


def _ordered(skills: list[RatedSkill], cells: dict[str, CellRow]) -> list[RatedSkill]:
    """Put what is clearly below or hardly seen first, within the role."""

    def urgency(skill: RatedSkill) -> tuple[bool, float]:
        cell = cells.get(skill.id)
        return skill.weight == 0, -skill.weight * (1.0 + (cell.p_below or 0.0) if cell else 1.5)

    return sorted(skills, key=urgency)


def _track(skill: RatedSkill, cell: CellRow | None) -> TrackRow:
    if cell is None:
        track = level_track(None, None, None, None, state=state_of(None, None, known=False), seen=0)
    else:
        state = state_of(cell.mean, cell.target, known=cell.is_known)
        track = level_track(cell.mean, cell.low, cell.high, cell.target, state=state, seen=cell.pieces)
    return TrackRow(name=skill.name, track=track)
