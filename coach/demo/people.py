"""Bring the cast into the department through the services."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from coach.accounts.services import open_account
from coach.demo.cast import CAST, FORMER_MANAGERS, FORMER_PAIRS, PAIRS, TEAMS
from coach.people import services as people
from coach.people.models import Person

Ids = dict[str, uuid.UUID]


def settle(today: date, *, password_hash: str | None = None) -> Ids:
    """Add teams, people, roles, lines, pairings and accounts as they stand on a day; return ids by key.

    Everybody gets the same password hash, so that demo people can sign in; None leaves the accounts without one.
    """
    teams = {code: people.add_team(by=None, name=name, code=code) for code, name in TEAMS.items()}
    found: dict[str, Person] = {}
    for member in CAST:
        began = today - timedelta(days=7 * member.weeks + today.weekday())
        person = people.add_person(
            by=None,
            name=member.name,
            email=member.email,
            employee_no=f"H{1000 + len(found)}",
            hired_on=began,
            language=member.language,
        )
        found[member.key] = person
        if member.team:
            people.place_in_team(person, by=None, team=teams[member.team], since=began)
        if member.role:
            people.give_role(person, by=None, job_role_id=member.role, since=began)
        if member.capabilities:
            people.set_capabilities(person, by=None, capabilities=member.capabilities)
        open_account(person.id, password_hash=password_hash, is_demo=True)
    _relate(found, today)
    return {key: person.id for key, person in found.items()}


def _relate(found: dict[str, Person], today: date) -> None:
    """Tell who reports to whom and who coaches whom: first what is over, then what is."""

    def began(key: str) -> date:
        return found[key].hired_on or today

    for manager, key in FORMER_MANAGERS:
        people.report_to(found[key], by=None, manager=found[manager], since=began(key))
    for coach, key in FORMER_PAIRS:
        over = people.pair_with_coach(found[key], by=None, coach=found[coach], since=began(key))
        people.end_coaching(over, by=None, until=began(key) + timedelta(days=2))
    for member in CAST:
        if member.manager:
            people.report_to(found[member.key], by=None, manager=found[member.manager], since=began(member.key))
    for coach, coachees in PAIRS:
        for key in coachees:
            people.pair_with_coach(found[key], by=None, coach=found[coach], since=began(key))
