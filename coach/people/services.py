"""Changes to people and how they stand to each other; each ends what was and begins what is."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from coach import clock
from coach.access.identity import Capability
from coach.activity.services import record
from coach.db import new_id, session, upsert
from coach.errors import Invalid
from coach.people import events, ports, reporting_paths
from coach.people.models import (
    CapabilityGrant,
    CoachPairing,
    JobRoleHolding,
    Person,
    ReportingLine,
    Team,
    TeamMembership,
)
from coach.people.ordering import sort_names
from coach.words import Message, Text


def add_person(
    *,
    by: uuid.UUID | None,
    name: Text,
    short_name: Text | None = None,
    email: str | None = None,
    employee_no: str | None = None,
    hired_on: date | None = None,
    **preferences: Any,
) -> Person:
    """Add a person to the department; team, role and manager follow with verbs of their own."""
    if not name.en.strip():
        raise Invalid(Message("Write a name."), field="name")
    address = (email or "").strip().lower() or None
    _refuse_taken(address, employee_no)
    person = Person(
        **_named(name, short_name),
        email=address,
        employee_no=employee_no or None,
        hired_on=hired_on,
        **_begin_with(preferences),
    )
    session().add(person)
    session().flush()
    record(events.ADDED, by=by, about=person.id)
    return person


def rename(person: Person, *, by: uuid.UUID | None, name: Text, short_name: Text | None = None) -> None:
    """Change the name of record."""
    for key, value in _named(name, short_name).items():
        setattr(person, key, value)
    record(events.RENAMED, by=by, about=person.id)


def correct(
    person: Person,
    *,
    by: uuid.UUID | None,
    email: str | None,
    employee_no: str | None,
    hired_on: date | None,
    empty: bool = False,
) -> None:
    """Correct the details of record; what is None stays as it is, or is emptied where told so."""
    wanted = {
        "email": email.strip().lower() if email else None,
        "employee_no": employee_no or None,
        "hired_on": hired_on,
    }
    changed = {k: value for k, value in wanted.items() if value != getattr(person, k) and (empty or value is not None)}
    _refuse_taken(changed.get("email"), changed.get("employee_no"))
    for key, value in changed.items():
        setattr(person, key, value)
    if changed:
        session().flush()
        record(events.DETAILS_CHANGED, by=by, about=person.id, fields=sorted(changed))


def add_team(*, by: uuid.UUID | None, name: Text, code: str) -> Team:
    """Add a team; its code is how an import names it."""
    team = Team(name=name, code=code)
    session().add(team)
    session().flush()
    record(events.TEAM_ADDED, by=by, kind="team", object_id=team.id)
    return team


def place_in_team(person: Person, *, by: uuid.UUID | None, team: Team | None, since: date) -> None:
    """Move a person to a team, or out of any."""
    before = _end(TeamMembership, TeamMembership.person_id == person.id, until=since)
    if team is not None:
        session().add(TeamMembership(person_id=person.id, team_id=team.id, since=since))
        session().flush()
    old = [str(row.team_id) for row in before]
    record(events.TEAM_CHANGED, by=by, about=person.id, team=str(team.id) if team else None, before=old)


def give_role(person: Person, *, by: uuid.UUID | None, job_role_id: str | None, since: date) -> None:
    """Give a person a job role from a day on, or none; the one before ends that day."""
    before = _end(JobRoleHolding, JobRoleHolding.person_id == person.id, until=since)
    if job_role_id is not None:
        session().add(JobRoleHolding(person_id=person.id, job_role_id=job_role_id, since=since))
        session().flush()
    record(events.ROLE_CHANGED, by=by, about=person.id, role=job_role_id, before=[row.job_role_id for row in before])


def report_to(person: Person, *, by: uuid.UUID | None, manager: Person | None, since: date) -> None:
    """Set whom a person reports to; raise Invalid where that would close a circle."""
    reporting_paths.hold_still()
    if manager is not None and (manager.id == person.id or reporting_paths.is_above(person.id, manager.id)):
        raise Invalid(
            Message(
                "%(manager)s already reports to %(person)s. Choose somebody else.",
                manager=manager.name,
                person=person.name,
            ),
            field="manager",
        )
    before = _end(ReportingLine, ReportingLine.person_id == person.id, until=since)
    if manager is not None:
        session().add(ReportingLine(person_id=person.id, manager_id=manager.id, since=since))
        session().flush()
    reporting_paths.redraw(person.id, manager.id if manager else None)
    record(
        events.MANAGER_CHANGED,
        by=by,
        about=person.id,
        manager=str(manager.id) if manager else None,
        before=[str(row.manager_id) for row in before],
    )


def pair_with_coach(person: Person, *, by: uuid.UUID | None, coach: Person, since: date) -> CoachPairing:
    """Let somebody coach a person; asking twice changes nothing."""
    if coach.id == person.id:
        raise Invalid(Message("Nobody coaches themselves. Choose somebody else."), field="coach")
    new = upsert(CoachPairing).values(id=new_id(), coach_id=coach.id, person_id=person.id, since=since)
    if session().scalar(new.on_conflict_do_nothing().returning(CoachPairing.id)) is not None:
        record(events.COACH_PAIRED, by=by, about=person.id, coach=str(coach.id))
    return (
        session()
        .scalars(
            sa.select(CoachPairing).where(
                CoachPairing.coach_id == coach.id, CoachPairing.person_id == person.id, CoachPairing.until.is_(None)
            )
        )
        .one()
    )


def end_coaching(pairing: CoachPairing, *, by: uuid.UUID | None, until: date) -> None:
    """End a pairing; what the coach could see is gone on the next request."""
    pairing.until = until
    session().flush()
    record(events.COACH_ENDED, by=by, about=pairing.person_id, coach=str(pairing.coach_id))


def set_capabilities(person: Person, *, by: uuid.UUID | None, capabilities: Iterable[Capability]) -> None:
    """Give an account exactly these capabilities; refuse to take the last admin's, or to change one's own.

    The version of the person goes up, so that a form opened before is noticed.
    """
    wanted = set(capabilities)
    held = {Capability(grant.capability) for grant in person.capabilities}
    if by == person.id:
        raise Invalid(Message("You cannot change what you may do yourself. Ask another admin."), field="capabilities")
    if Capability.ADMIN in held - wanted:
        _refuse_last_admin(person)
    person.capabilities[:] = [g for g in person.capabilities if Capability(g.capability) in wanted]
    for capability in sorted(wanted - held):
        person.capabilities.append(
            CapabilityGrant(person_id=person.id, capability=capability, granted_at=clock.now(), granted_by=by)
        )
    flag_modified(person, "sort_name")
    session().flush()
    record(events.CAPABILITIES_CHANGED, by=by, about=person.id, now=sorted(wanted), before=sorted(held))


def deactivate(person: Person, *, by: uuid.UUID | None) -> None:
    """End a person's time here: sign-in and pairings end at once; team, role, reporting line and what was seen stay."""
    if not person.is_active:
        return
    if any(grant.capability == Capability.ADMIN for grant in person.capabilities):
        _refuse_last_admin(person)
    if by == person.id:
        raise Invalid(Message("You cannot deactivate your own account. Ask another admin."))
    person.deactivated_at, today = clock.now(), clock.today(person.zone)
    _end(CoachPairing, sa.or_(CoachPairing.coach_id == person.id, CoachPairing.person_id == person.id), until=today)
    session().flush()
    record(events.DEACTIVATED, by=by, about=person.id)


def reactivate(person: Person, *, by: uuid.UUID | None) -> None:
    """Let a person in again."""
    person.deactivated_at = None
    session().flush()
    record(events.REACTIVATED, by=by, about=person.id)


def shortened(name: Text) -> Text:
    """Shorten a name to what colleagues say: the first name; in Korean the name without the family name."""
    korean = name.ko[1:] if 2 < len(name.ko) <= 4 and " " not in name.ko else name.ko.split()[0]
    return Text(en=name.en.split()[0], ko=korean)


def _named(name: Text, short_name: Text | None) -> dict[str, Any]:
    return {"name": name, "short_name": short_name or shortened(name), **sort_names(name)}


def _begin_with(chosen: dict[str, Any]) -> dict[str, Any]:
    language, zone = ports.newcomers()
    return {"language": language, "zone": zone, **chosen}


def _refuse_taken(email: Any, employee_no: Any) -> None:
    for field, value, column in (("email", email, Person.email), ("employee_no", employee_no, Person.employee_no)):
        if value and session().scalar(sa.select(Person.id).where(column == value)):
            raise Invalid(Message("%(value)s belongs to somebody already.", value=value), field=field)


def _refuse_last_admin(person: Person) -> None:
    admins = sa.select(CapabilityGrant.person_id).where(CapabilityGrant.capability == Capability.ADMIN)
    session().execute(admins.order_by(CapabilityGrant.person_id).with_for_update())  # two admins may leave at once
    others = (
        sa.select(CapabilityGrant.person_id)
        .join(Person, Person.id == CapabilityGrant.person_id)
        .where(CapabilityGrant.capability == Capability.ADMIN, Person.deactivated_at.is_(None), Person.id != person.id)
    )
    if session().scalar(others.limit(1)) is None:
        raise Invalid(Message("This is the last admin. Make somebody else an admin first."), field="capabilities")


def _end(model: Any, where: Any, *, until: date) -> list[Any]:
    rows = list(session().scalars(sa.select(model).where(where, model.until.is_(None))))
    for row in rows:
        row.until = until
    session().flush()
    return rows
