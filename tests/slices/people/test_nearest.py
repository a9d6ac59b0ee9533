"""What waits for an answer reaches somebody who is here, whoever left."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.activity.services import record
from coach.db import new_id, session, unit_of_work
from coach.evidence import events as evidence_events
from coach.findings import events as findings_events
from coach.jobs.models import OutboxMessage
from coach.people import nearest
from coach.people import services as people
from coach.people.models import Person
from coach.practice import events as practice_events
from coach.training import events as training_events
from tests.client import Browser

Cast = Callable[[str], uuid.UUID]
SCORED = (practice_events.HANDED_IN, practice_events.KIND, "practice_waiting")
CONFIRMED = (training_events.OUTSIDE_SENT, "outside", "outside_waiting")
LOOKED_AT = (findings_events.OPENED, "finding", "finding_opened")
ANSWERED = (findings_events.CONTESTED, "finding", "objection_made")
OF_A_PIECE = (evidence_events.CONTESTED, "evidence", "objection_made")


def gone(*people_gone: uuid.UUID) -> None:
    for person_id in people_gone:
        people.deactivate(session().get_one(Person, person_id), by=None)


def told(what: tuple[str, str, str], about: uuid.UUID) -> list[tuple[str, uuid.UUID | None]]:
    """Let it happen to a person, and say who is told of it."""
    with unit_of_work():
        record(what[0], by=about, about=about, kind=what[1], object_id=new_id(), skill="close")
    letters = sa.select(OutboxMessage.kind, OutboxMessage.person_id).order_by(OutboxMessage.person_id)
    return [tuple(row) for row in session().execute(letters)]


@pytest.mark.parametrize("what", [SCORED, CONFIRMED, LOOKED_AT, ANSWERED, OF_A_PIECE])
def test_the_direct_manager_hears_of_whoever_has_no_coach(app: Flask, cast: Cast, what: tuple[str, str, str]) -> None:
    assert told(what, cast("taeyang")) == [(what[2], cast("sora"))]


@pytest.mark.parametrize("what", [SCORED, CONFIRMED, ANSWERED, OF_A_PIECE])
def test_where_the_manager_left_the_next_one_above_is_asked_for_a_coach(
    app: Flask, cast: Cast, what: tuple[str, str, str]
) -> None:
    with unit_of_work():
        gone(cast("sora"))
    assert told(what, cast("taeyang")) == [("coach_needed", cast("kyungmi"))]


def test_a_finding_goes_to_the_next_manager_above_who_may_assign(app: Flask, cast: Cast) -> None:
    with unit_of_work():
        gone(cast("sora"))
    assert told(LOOKED_AT, cast("taeyang")) == [("finding_opened", cast("kyungmi"))]


@pytest.mark.parametrize("what", [SCORED, CONFIRMED, LOOKED_AT, ANSWERED, OF_A_PIECE])
def test_where_no_manager_is_left_the_coach_hears_of_it(app: Flask, cast: Cast, what: tuple[str, str, str]) -> None:
    with unit_of_work():
        gone(cast("sora"), cast("kyungmi"))
    assert told(what, cast("jiwoo")) == [(what[2], cast("taeyang"))]


@pytest.mark.parametrize("what", [SCORED, CONFIRMED, LOOKED_AT, ANSWERED, OF_A_PIECE])
def test_where_nobody_is_left_the_admins_are_asked_for_a_coach(
    app: Flask, cast: Cast, what: tuple[str, str, str]
) -> None:
    with unit_of_work():
        gone(cast("sora"), cast("kyungmi"))
    assert told(what, cast("taeyang")) == [("coach_needed", cast("dana"))]


@pytest.mark.parametrize("who", ["kyungmi", "dana"])
def test_who_is_asked_for_a_coach_can_add_one(
    app: Flask, cast: Cast, browser: Callable[..., Browser], who: str
) -> None:
    with unit_of_work():
        gone(cast("sora"))
    page = f"/people/{cast('taeyang')}/coaches"
    browser(who).post(page, {"coach": str(cast("mirae"))}, on=page)
    assert nearest.coaches(cast("taeyang")) == [cast("mirae")]
