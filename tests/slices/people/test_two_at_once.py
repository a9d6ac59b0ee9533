"""Two people change the department at once: no circle, no house without an admin, one pairing."""

from __future__ import annotations

import sqlalchemy as sa

from coach.access.identity import Capability
from coach.activity.models import Event
from coach.db import session, unit_of_work
from coach.errors import Invalid
from coach.people import events
from coach.people.models import CapabilityGrant, CoachPairing, Person, ReportingLine, ReportingPath
from coach.people.queries import person
from coach.people.services import deactivate, pair_with_coach, report_to, set_capabilities
from tests.conftest import TODAY
from tests.meanwhile import meanwhile


def reports(who, to):
    return lambda: report_to(person(who), by=None, manager=person(to), since=TODAY)


def drawn():
    """Walk the standing lines of reporting up, from everybody; give every pair with its distance."""
    lines = sa.select(ReportingLine.person_id, ReportingLine.manager_id).where(ReportingLine.until.is_(None))
    up, pairs = {below: manager for below, manager in session().execute(lines)}, set()  # noqa: C416
    for below in up:
        here, depth = up.get(below), 1
        while here is not None:
            assert depth <= len(up), "a circle"
            pairs.add((here, below, depth))
            here, depth = up.get(here), depth + 1
    return pairs


def kept():
    return set(session().execute(sa.select(ReportingPath.manager_id, ReportingPath.person_id, ReportingPath.depth)))


def active_admins():
    held = sa.select(CapabilityGrant.person_id).join(Person, Person.id == CapabilityGrant.person_id)
    return set(
        session().scalars(held.where(CapabilityGrant.capability == Capability.ADMIN, Person.deactivated_at.is_(None)))
    )


def test_two_who_are_put_below_each_other_make_no_circle(app, cast):
    raised = meanwhile(app, reports(cast("jiwoo"), cast("nora")), reports(cast("nora"), cast("jiwoo")))
    assert [type(error) for error in raised] == [Invalid]
    assert kept() == drawn()


def test_a_manager_who_moves_while_a_report_comes_leaves_the_paths_whole(app, cast):
    assert meanwhile(app, reports(cast("sora"), cast("ines")), reports(cast("nora"), cast("sora"))) == []
    assert kept() == drawn()


def test_two_admins_who_leave_at_once_leave_one(app, cast):
    with unit_of_work():
        set_capabilities(person(cast("jiwoo")), by=None, capabilities=[Capability.ADMIN])
    assert active_admins() == {cast("dana"), cast("jiwoo")}
    raised = meanwhile(
        app,
        lambda: deactivate(person(cast("dana")), by=None),
        lambda: set_capabilities(person(cast("jiwoo")), by=None, capabilities=[]),
    )
    assert [type(error) for error in raised] == [Invalid]
    assert active_admins() == {cast("jiwoo")}


def test_the_same_pair_made_twice_at_once_is_one_pairing(app, cast):
    def pair():
        pair_with_coach(person(cast("jiwoo")), by=None, coach=person(cast("nora")), since=TODAY)

    def told():
        return session().scalar(sa.select(sa.func.count()).where(Event.verb == events.COACH_PAIRED))

    before = told()
    assert meanwhile(app, pair, pair) == []
    pairs = sa.select(CoachPairing).where(
        CoachPairing.person_id == cast("jiwoo"), CoachPairing.coach_id == cast("nora"), CoachPairing.until.is_(None)
    )
    assert len(session().scalars(pairs).all()) == 1
    assert told() == before + 1
