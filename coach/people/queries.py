"""Who is who, and what one may see of whom. `visible_to` is the twin of the policy for lists; a test proves it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from coach.access.identity import Identity, Relation
from coach.db import fetch, run, session
from coach.errors import NotFound
from coach.people import ports
from coach.people.models import (
    CoachPairing,
    JobRoleHolding,
    Person,
    ReportingLine,
    ReportingPath,
    Team,
    TeamMembership,
)
from coach.people.ordering import by_name, named_like
from coach.skills.models import JobRole
from coach.words import Text


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Hold what a list shows of a person; a person in no team or role is a row, not a gap."""

    id: uuid.UUID
    name: Text
    short_name: Text
    job_role_id: str | None
    job_role_name: Text | None
    role_since: date | None
    start_plan_weeks: int | None
    team_id: uuid.UUID | None
    team_name: Text | None
    manager_id: uuid.UUID | None
    deactivated_at: datetime | None

    def week_of_start(self, today: date) -> int | None:
        """Count the week of the start plan, from 1; None once it is over or without a role."""
        if self.role_since is None or self.start_plan_weeks is None:
            return None
        week = (today - self.role_since).days // 7 + 1
        return week if 1 <= week <= self.start_plan_weeks else None


def person(person_id: uuid.UUID) -> Person:
    """Load a person; raise NotFound where there is none or the person is erased."""
    found = session().get(Person, person_id)
    if found is None or found.erased_at is not None:
        raise NotFound
    return found


def person_by_email(email: str) -> Person | None:
    """Find whom an address belongs to, active or not."""
    return session().scalar(sa.select(Person).where(Person.email == email.strip().lower(), Person.erased_at.is_(None)))


def relations_to(identity: Identity, person_id: uuid.UUID) -> frozenset[Relation]:
    """Compute every relation the reader holds to a person from present rows, with one statement.

    Whether they are in one team is left out: nothing here is granted for that.
    """
    reader = identity.person_id
    held = set(identity.general_relations())
    if reader == person_id:
        held.add(Relation.SELF)
    row = run(_relations(), {"reader": reader, "person": person_id}).one()
    if row[0] is not None:
        held.add(Relation.MANAGER if row[0] == 1 else Relation.UPLINE)
    if row[1]:
        held.add(Relation.COACH)
    return frozenset(held)


@cache
def _relations() -> sa.Select[*tuple[Any, ...]]:
    reader, person_id = sa.bindparam("reader", type_=sa.Uuid()), sa.bindparam("person", type_=sa.Uuid())
    depth = sa.select(ReportingPath.depth).where(
        ReportingPath.manager_id == reader, ReportingPath.person_id == person_id
    )
    pairing = sa.exists().where(
        CoachPairing.coach_id == reader, CoachPairing.person_id == person_id, CoachPairing.until.is_(None)
    )
    return sa.select(depth.scalar_subquery(), pairing)


def visible_to(identity: Identity, *relations: Relation) -> sa.Select[uuid.UUID]:
    """Select the ids of the people whom the reader holds one of the relations to (self, coach, manager, upline)."""
    reader = identity.person_id
    wanted = set(relations) or {Relation.SELF, Relation.COACH, Relation.MANAGER, Relation.UPLINE}
    parts: list[sa.Select[uuid.UUID]] = []
    if Relation.SELF in wanted:
        parts.append(sa.select(Person.id).where(Person.id == reader))
    if Relation.COACH in wanted:
        parts.append(
            sa.select(CoachPairing.person_id).where(CoachPairing.coach_id == reader, CoachPairing.until.is_(None))
        )
    below = sa.select(ReportingPath.person_id).where(ReportingPath.manager_id == reader)
    if Relation.MANAGER in wanted and Relation.UPLINE in wanted:
        parts.append(below)
    elif Relation.MANAGER in wanted:
        parts.append(below.where(ReportingPath.depth == 1))
    elif Relation.UPLINE in wanted:
        parts.append(below.where(ReportingPath.depth > 1))
    return sa.select(sa.union(*parts).subquery().c[0])


def rows(*, ids: sa.Select[uuid.UUID] | Iterable[uuid.UUID] | None = None, active: bool = True) -> list[PersonRow]:
    """List people with role, team and manager, by name; everybody who is active where no ids are given."""
    query = row_query().order_by(*by_name())
    if ids is not None:
        query = query.where(Person.id.in_(ids if isinstance(ids, sa.Select) else list(ids)))
    if active:
        query = query.where(Person.deactivated_at.is_(None))
    return [PersonRow(*row) for row in session().execute(query)]


def below(identity: Identity) -> list[PersonRow]:
    """List the active people in the reader's reporting tree, by name, whatever their team or role."""
    return [PersonRow(*row) for row in fetch(_below(ports.language()), {"manager": identity.person_id})]


@cache
def _below(language: str) -> sa.Select[*tuple[Any, ...]]:
    tree = sa.select(ReportingPath.person_id).where(ReportingPath.manager_id == sa.bindparam("manager"))
    active = row_query().where(Person.id.in_(tree), Person.deactivated_at.is_(None))
    return active.order_by(*by_name(language=language))


def row(person_id: uuid.UUID) -> PersonRow:
    """Give the row of one person, active or not; raise NotFound where there is none."""
    found = run(_row(), {"person": person_id}).one_or_none()
    if found is None:
        raise NotFound
    return PersonRow(*found)


@cache
def _row() -> sa.Select[*tuple[Any, ...]]:
    return row_query().where(Person.id == sa.bindparam("person"))


def short_name(person_id: uuid.UUID) -> Text:
    """Give what a person is called in a sentence; raise NotFound where there is none."""
    found: Text | None = run(_SHORT_NAME, {"person": person_id}).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


_SHORT_NAME: Final = sa.select(Person.short_name).where(Person.id == sa.bindparam("person"))


def team_of(team_id: uuid.UUID) -> Team:
    """Load a team; raise NotFound where there is none."""
    found = session().get(Team, team_id)
    if found is None:
        raise NotFound
    return found


def coached_by(identity: Identity) -> list[PersonRow]:
    """List the active people whom the reader coaches now, by name."""
    return rows(ids=visible_to(identity, Relation.COACH))


def search(text: str, *, limit: int = 20, active: bool = True) -> list[PersonRow]:
    """Find people by name, in either spelling; never by address, at most 20."""
    query = row_query().where(named_like(text)).order_by(*by_name())
    if active:
        query = query.where(Person.deactivated_at.is_(None))
    return [PersonRow(*row) for row in session().execute(query.limit(limit))]


def row_query() -> sa.Select[*tuple[Any, ...]]:
    """Select what a PersonRow holds."""
    return joined(
        sa.select(
            Person.id,
            Person.name,
            Person.short_name,
            JobRole.id,
            JobRole.name,
            JobRoleHolding.since,
            JobRole.start_plan_weeks,
            Team.id,
            Team.name,
            ReportingLine.manager_id,
            Person.deactivated_at,
        )
    )


def joined(query: sa.Select[*tuple[Any, ...]]) -> sa.Select[*tuple[Any, ...]]:
    """Join a person's present role, team and reporting line."""
    return (
        query.outerjoin(JobRoleHolding, sa.and_(JobRoleHolding.person_id == Person.id, JobRoleHolding.until.is_(None)))
        .outerjoin(JobRole, JobRole.id == JobRoleHolding.job_role_id)
        .outerjoin(TeamMembership, sa.and_(TeamMembership.person_id == Person.id, TeamMembership.until.is_(None)))
        .outerjoin(Team, Team.id == TeamMembership.team_id)
        .outerjoin(ReportingLine, sa.and_(ReportingLine.person_id == Person.id, ReportingLine.until.is_(None)))
        .where(Person.erased_at.is_(None))
    )
