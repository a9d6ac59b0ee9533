"""Carry out the plan of an import through the services, so that each change is an event like any other."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

import sqlalchemy as sa

from coach import clock
from coach.db import session
from coach.errors import Invalid
from coach.people import services
from coach.people.importing import Plan, Ref, Step
from coach.people.models import Person, Team
from coach.words import Message, Text


def carry_out(plan: Plan, *, by: uuid.UUID | None) -> list[Person]:
    """Do everything of a plan, in the caller's transaction; return who is new. Refuse a plan with problems."""
    if plan.problems:
        raise Invalid(Message("The file has something to fix first. Nothing was written."))
    for code, name in plan.new_teams.items():
        services.add_team(by=by, name=Text.same(name), code=code)
    teams = {team.code: team for team in session().scalars(sa.select(Team))}
    here = {step.ref: _person(step, by) for step in plan.steps}
    for step in plan.steps:
        _place(here[step.ref], step, teams, by)
    moved = [step for step in plan.steps if step.manager is not None]
    for step in sorted(moved, key=lambda step: _depth(step.ref, plan.managers)):
        # from the top down: whoever is moved below somebody finds that line as it will be
        _report(here, step, by)
    return [here[step.ref] for step in plan.steps if step.known is None]


def _person(step: Step, by: uuid.UUID | None) -> Person:
    if step.known is None:
        return services.add_person(
            by=by,
            name=step.name or Text.same(step.entry.name),
            email=step.email,
            employee_no=step.employee_no,
            hired_on=step.hired_on,
        )
    person = session().get_one(Person, step.known.id)
    if step.name is not None:
        services.rename(person, by=by, name=step.name)
    services.correct(person, by=by, email=step.email, employee_no=step.employee_no, hired_on=step.hired_on)
    return person


def _place(person: Person, step: Step, teams: Mapping[str, Team], by: uuid.UUID | None) -> None:
    today = clock.today(person.zone)
    since = (step.entry.hired_on or today) if step.known is None else today
    if step.team is not None:
        services.place_in_team(person, by=by, team=teams[step.team], since=since)
    if step.role is not None:
        services.give_role(person, by=by, job_role_id=step.role, since=since)


def _report(here: Mapping[Ref, Person], step: Step, by: uuid.UUID | None) -> None:
    person = here[step.ref]
    manager = here.get(step.manager) if step.manager is not None else None
    if manager is None and isinstance(step.manager, uuid.UUID):
        manager = session().get_one(Person, step.manager)
    services.report_to(person, by=by, manager=manager, since=clock.today(person.zone))


def _depth(ref: Ref, managers: Mapping[Ref, Ref | None]) -> int:
    depth, here = 0, managers.get(ref)
    while here is not None:
        depth, here = depth + 1, managers.get(here)
    return depth
