"""The record of a person as an admin adds and edits it: one form, one version, one transaction."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from coach import clock
from coach.db import session
from coach.errors import Invalid
from coach.people import services
from coach.people.models import Person, Team
from coach.people.queries import PersonRow, row
from coach.people.queries import person as load
from coach.words import Message, Text


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold what the form says; None is nothing of the kind."""

    name: Text
    email: str | None
    employee_no: str | None
    hired_on: date | None
    job_role_id: str | None
    team_id: uuid.UUID | None
    manager_id: uuid.UUID | None
    new_team: str | None = None


def add(*, by: uuid.UUID, wanted: Wanted) -> Person:
    """Add a person with everything that the form says."""
    person = services.add_person(
        by=by, name=wanted.name, email=wanted.email, employee_no=wanted.employee_no, hired_on=wanted.hired_on
    )
    _stand(person, wanted, by=by, since=wanted.hired_on or clock.today(person.zone))
    return person


def edit(person: Person, *, by: uuid.UUID, wanted: Wanted) -> None:
    """Change what differs; the version goes up even where only a relation changed, so that a stale form is noticed.

    Raises Invalid where somebody would move themselves: role, team and manager are given by others.
    """
    _refuse_own_move(person, row(person.id), by=by, wanted=wanted)
    if wanted.name != person.name:
        services.rename(person, by=by, name=wanted.name)
    services.correct(
        person, by=by, email=wanted.email, employee_no=wanted.employee_no, hired_on=wanted.hired_on, empty=True
    )
    flag_modified(person, "sort_name")
    session().flush()
    _stand(person, wanted, by=by, since=clock.today(person.zone))


def _refuse_own_move(person: Person, before: PersonRow, *, by: uuid.UUID, wanted: Wanted) -> None:
    standing = (before.job_role_id, before.team_id, before.manager_id, None)
    if by == person.id and standing != (wanted.job_role_id, wanted.team_id, wanted.manager_id, wanted.new_team):
        raise Invalid(Message("You cannot change your own role, team or manager. Ask another admin."), field="job_role")


def _stand(person: Person, wanted: Wanted, *, by: uuid.UUID, since: date) -> None:
    before = row(person.id)
    team_id = _new_team(wanted.new_team, by=by) if wanted.new_team else wanted.team_id
    if team_id != before.team_id:
        services.place_in_team(person, by=by, team=session().get_one(Team, team_id) if team_id else None, since=since)
    if wanted.job_role_id != before.job_role_id:
        services.give_role(person, by=by, job_role_id=wanted.job_role_id, since=since)
    if wanted.manager_id != before.manager_id:
        manager = load(wanted.manager_id) if wanted.manager_id else None
        services.report_to(person, by=by, manager=manager, since=since)


def _new_team(name: str, *, by: uuid.UUID) -> uuid.UUID:
    code = " ".join(name.lower().split())
    if session().scalar(sa.select(Team.id).where(Team.code == code)) is not None:
        raise Invalid(Message("There is a team of that name already. Choose it from the list."), field="new_team")
    return services.add_team(by=by, name=Text.same(name), code=code).id
