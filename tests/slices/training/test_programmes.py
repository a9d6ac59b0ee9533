"""Programmes on paths: attended or confirmed they count as lessons do."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coach.db import session, unit_of_work
from coach.errors import Conflict, Forbidden, Invalid
from coach.people.models import Person
from coach.training import outside, programme_steps, programmes, workshop_seats, workshops
from coach.training.programmes import ProgrammeWanted
from coach.training.workshop_models import WorkshopSeat
from coach.training.workshop_rows import ProgrammeKind
from coach.words import Text
from tests.client import Browser
from tests.slices.training.workshop_setting import STARTS, make_programme, make_workshop, send_diploma

Cast = Callable[[str], uuid.UUID]
Open = Callable[..., Browser]
WEEKS = {"account-manager": 2}


def _open(person: uuid.UUID, role: str = "account-manager") -> bool:
    query = sa.select(programme_steps.has_open_programme(Person.id, sa.literal(role))).where(Person.id == person)
    return bool(session().scalar(query))


def test_a_programme_in_a_week_of_a_path_is_open_until_somebody_was_there(app: Flask, cast: Cast) -> None:
    rian, programme = cast("rian"), make_programme(cast("ines"), weeks=WEEKS, roles=())
    made = make_workshop(cast("ines"), programme)
    [step] = programme_steps.steps_of(rian, "account-manager")
    assert (step.id, step.week, step.is_done, step.is_begun) == (str(programme), 2, False, False)
    assert _open(rian)
    assert not _open(rian, "sdr")
    with unit_of_work():
        workshop_seats.sign_up(by=rian, workshop_id=made)
    assert programme_steps.steps_of(rian, "account-manager")[0].is_begun
    with time_machine.travel(STARTS, tick=False), unit_of_work():
        seat = session().scalars(sa.select(WorkshopSeat)).one()
        workshop_seats.note_attendance(by=cast("ines"), workshop_id=made, present=[seat.id], shown=[])
    assert programme_steps.steps_of(rian, "account-manager")[0].done_at == STARTS
    assert not _open(rian)


def test_a_programme_on_the_path_of_somebody_else_leads_nowhere_that_is_closed(browser: Open, cast: Cast) -> None:
    programme = make_programme(cast("ines"), weeks=WEEKS, roles=("account-manager",))
    assert f"/workshops/programmes/{programme}" in browser("rian").get("/path").text
    page = browser("sora").get(f"/people/{cast('rian')}/path").text
    assert "Hard calls" in page
    assert f"/workshops/programmes/{programme}" not in page


def test_what_was_taken_elsewhere_counts_once_somebody_else_confirmed_it(app: Flask, cast: Cast) -> None:
    programme = make_programme(cast("ines"), kind=ProgrammeKind.OUTSIDE, weeks=WEEKS)
    sent = send_diploma(cast("rian"), programme)
    assert _open(cast("rian"))
    with pytest.raises(Conflict), unit_of_work():
        send_diploma(cast("rian"), programme)
    with pytest.raises(Forbidden), unit_of_work():
        outside.decide(by=cast("rian"), sent=sent, is_confirmed=True)
    with pytest.raises(Invalid), unit_of_work():
        outside.decide(by=cast("mirae"), sent=sent, is_confirmed=False)
    with unit_of_work():
        outside.decide(by=cast("mirae"), sent=sent, is_confirmed=True)
    assert not _open(cast("rian"))
    with pytest.raises(Conflict), unit_of_work():
        outside.decide(by=cast("sora"), sent=sent, is_confirmed=False, reason="Too old")


def test_a_programme_that_is_retired_leaves_the_path_and_takes_no_dates(app: Flask, cast: Cast) -> None:
    programme = make_programme(cast("ines"), weeks=WEEKS)
    row = programmes.programme(programme)
    wanted = ProgrammeWanted(
        kind=ProgrammeKind.IN_PERSON, title=Text("A", "가"), summary=Text("B", "나"), minutes=60, skill_id=None,
        roles=("all",), weeks={}, is_retired=True,
    )  # fmt: skip
    with unit_of_work():
        programmes.change(row, by=cast("ines"), wanted=wanted, version=row.version, current=dict, typed={})
    assert programme_steps.steps_of(cast("rian"), "account-manager") == []
    with pytest.raises(Conflict), unit_of_work():
        programmes.change(row, by=cast("ines"), wanted=wanted, version=1, current=dict, typed={})


def test_the_attended_hour_is_told_to_the_certificate(app: Flask, cast: Cast) -> None:
    made = make_workshop(cast("ines"), make_programme(cast("ines")), seats=5)
    with pytest.raises(Conflict), unit_of_work():
        workshop_seats.note_attendance(by=cast("ines"), workshop_id=made, present=[], shown=[])
    with unit_of_work():
        workshops.call_off(by=cast("ines"), workshop_id=made)
    with pytest.raises(Conflict), unit_of_work():
        workshop_seats.sign_up(by=cast("rian"), workshop_id=made)
    with time_machine.travel(STARTS + timedelta(days=1), tick=False), unit_of_work():
        assert programme_steps.steps_of(cast("rian"), "account-manager") == []
