"""Lists for the directory, the pages of an admin, and the import."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa

from coach.access.identity import Capability, Identity, Relation
from coach.db import session
from coach.errors import NotFound
from coach.people import ports
from coach.people.models import CapabilityGrant, CoachPairing, Person, ReportingLine, Team
from coach.people.ordering import by_name, folded
from coach.people.queries import PersonRow, joined, row_query, visible_to
from coach.skills.models import JobRole
from coach.words import Text

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class AccountRow:
    """Hold what the list of accounts shows of a person."""

    person: PersonRow
    email: str | None
    capabilities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Hold what an import compares a line of a roster with."""

    id: uuid.UUID
    name: Text
    email: str | None
    employee_no: str | None
    hired_on: date | None
    role_id: str | None
    team_code: str | None
    team_name: Text | None
    manager_id: uuid.UUID | None
    is_active: bool


def directory(*, after: uuid.UUID | None = None, active: bool = True) -> list[PersonRow]:
    """List a page of people by name, from the one after a person on; one more than fits tells that more follow."""
    column, _ = order = by_name()
    query = row_query().order_by(*order).limit(PAGE + 1)
    if active:
        query = query.where(Person.deactivated_at.is_(None))
    if after is not None:
        start = sa.select(column).where(Person.id == after).scalar_subquery()
        query = query.where(sa.or_(column > start, sa.and_(column == start, Person.id > after)))
    return [PersonRow(*row) for row in session().execute(query)]


def account_rows(people: Iterable[PersonRow]) -> list[AccountRow]:
    """Add address and capabilities to rows of people: two statements, however many there are."""
    found = list(people)
    ids = [person.id for person in found]
    emails = {row[0]: row[1] for row in session().execute(sa.select(Person.id, Person.email).where(Person.id.in_(ids)))}
    held: dict[uuid.UUID, list[str]] = defaultdict(list)
    for person_id, capability in session().execute(
        sa.select(CapabilityGrant.person_id, CapabilityGrant.capability).where(CapabilityGrant.person_id.in_(ids))
    ):
        held[person_id].append(capability)
    return [AccountRow(person, emails.get(person.id), tuple(sorted(held[person.id]))) for person in found]


def possible_managers(person: Person | None, row: PersonRow | None) -> list[tuple[uuid.UUID, Text]]:
    """List whom somebody can report to, by name: everybody here but themselves, and who it is now even if they left."""
    query = sa.select(Person.id, Person.name).order_by(*by_name())
    now = Person.id == row.manager_id if row and row.manager_id else sa.false()
    query = query.where(Person.erased_at.is_(None), sa.or_(Person.deactivated_at.is_(None), now))
    if person is not None:
        query = query.where(Person.id != person.id)
    return [(row[0], row[1]) for row in session().execute(query)]


def reports_of(person_id: uuid.UUID) -> list[tuple[uuid.UUID, Text]]:
    """List who is here and reports to a person directly, by name."""
    line = sa.and_(ReportingLine.person_id == Person.id, ReportingLine.until.is_(None))
    query = sa.select(Person.id, Person.name).join(ReportingLine, line).order_by(*by_name())
    query = query.where(ReportingLine.manager_id == person_id, Person.deactivated_at.is_(None))
    return [(row[0], row[1]) for row in session().execute(query)]


def teams() -> list[Team]:
    """List the open teams by the name that the reader reads."""
    found = session().scalars(sa.select(Team).where(Team.closed_at.is_(None)))
    return sorted(found, key=lambda team: folded(team.name.of(ports.language())))


def job_roles(held: str | None = None) -> list[tuple[str, Text]]:
    """List the job roles one can have, in the framework's order, and the one held even if it is retired."""
    offered = sa.or_(JobRole.retired_at.is_(None), JobRole.id == held)
    query = sa.select(JobRole.id, JobRole.name).where(offered).order_by(JobRole.position)
    return [(row[0], row[1]) for row in session().execute(query)]


def pairings_of(person_id: uuid.UUID) -> list[tuple[CoachPairing, Text]]:
    """List who coaches a person now, with the name, the longest first."""
    query = (
        sa.select(CoachPairing, Person.name)
        .join(Person, Person.id == CoachPairing.coach_id)
        .where(CoachPairing.person_id == person_id, CoachPairing.until.is_(None))
        .order_by(CoachPairing.since, *by_name())
    )
    return [(row[0], row[1]) for row in session().execute(query)]


def pairing(person_id: uuid.UUID, pairing_id: uuid.UUID) -> CoachPairing:
    """Load a present pairing of a person; raise NotFound where there is none."""
    found = session().get(CoachPairing, pairing_id)
    if found is None or found.person_id != person_id or found.until is not None:
        raise NotFound
    return found


def possible_coaches(identity: Identity, person_id: uuid.UUID) -> list[tuple[uuid.UUID, Text]]:
    """List who may be made somebody's coach: who may coach at all and, but for admins, stands in one's own tree."""
    query = (
        sa.select(Person.id, Person.name)
        .join(CapabilityGrant, CapabilityGrant.person_id == Person.id)
        .where(CapabilityGrant.capability == Capability.COACH, Person.deactivated_at.is_(None), Person.id != person_id)
        .order_by(*by_name())
    )
    if not identity.can(Capability.ADMIN):
        query = query.where(Person.id.in_(visible_to(identity, Relation.SELF, Relation.MANAGER, Relation.UPLINE)))
    return [(row[0], row[1]) for row in session().execute(query)]


def known_people() -> list[Known]:
    """List everybody, also who left, as an import sees them: one statement."""
    query = joined(
        sa.select(
            Person.id,
            Person.name,
            Person.email,
            Person.employee_no,
            Person.hired_on,
            JobRole.id,
            Team.code,
            Team.name,
            ReportingLine.manager_id,
            Person.deactivated_at.is_(None),
        )
    )
    return [Known(*row) for row in session().execute(query)]


def known_teams() -> dict[str, Team]:
    """Give the open teams by everything that an import may call them: code and both names, in lower case."""
    teams = session().scalars(sa.select(Team).where(Team.closed_at.is_(None)))
    return {word.lower(): team for team in teams for word in (team.code, team.name.en, team.name.ko)}


def role_names() -> dict[str, str]:
    """Give the ids of the job roles by id and by name in both languages."""
    roles = session().execute(sa.select(JobRole.id, JobRole.name).where(JobRole.retired_at.is_(None))).all()
    return {word: role_id for role_id, name in roles for word in (role_id, name.en, name.ko)}
