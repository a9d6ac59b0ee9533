"""Seats: many at once, the waiting list, the code in the room."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coach.db import db, session, unit_of_work
from coach.errors import Conflict, Invalid
from coach.people.models import Person
from coach.people.services import deactivate
from coach.training import events, workshop_seats, workshops
from coach.training.workshop_models import Workshop, WorkshopSeat
from tests.slices.training.workshop_setting import ENDS, STARTS, letters, make_programme, make_workshop, told, wish

Cast = Callable[[str], uuid.UUID]
MANY = 16


@pytest.fixture
def made(app: Flask, cast: Cast) -> uuid.UUID:
    """Plan a workshop of three seats."""
    return make_workshop(cast("ines"), make_programme(cast("ines")), trainer_id=cast("taeyang"))


def _sign_up(workshop: uuid.UUID, *people: uuid.UUID) -> list[bool]:
    with unit_of_work():
        return [workshop_seats.sign_up(by=person, workshop_id=workshop) for person in people]


def test_sixteen_at_once_for_three_seats_are_three_and_a_line(app: Flask, made: uuid.UUID) -> None:
    people = list(session().scalars(sa.select(Person.id).limit(MANY)))
    session().rollback()
    gate = Barrier(MANY)

    def sign_up(person: uuid.UUID) -> bool:
        with app.app_context():
            gate.wait()
            try:
                return _sign_up(made, person)[0]
            finally:
                db.session.remove()

    with ThreadPoolExecutor(MANY) as pool:
        seated = list(pool.map(sign_up, people))
    rows = session().scalars(sa.select(WorkshopSeat).order_by(WorkshopSeat.number)).all()
    assert sum(seated) == 3
    assert [row.number for row in rows] == list(range(1, MANY + 1))
    assert {row.person_id for row in rows} == set(people)
    first = {row.person_id for row in rows[:3]}
    assert first == {person for person, has_seat in zip(people, seated, strict=True) if has_seat}


def test_who_gives_a_seat_up_lets_the_next_in_line_have_it_and_comes_back_last(made: uuid.UUID, cast: Cast) -> None:
    five = [cast(key) for key in ("rian", "hana", "minho", "yuna", "joon")]
    assert _sign_up(made, *five) == [True, True, True, False, False]
    assert _sign_up(made, five[0]) == [True], "twice is once"
    with unit_of_work():
        workshop_seats.give_up(by=five[4], workshop_id=made)
        workshop_seats.give_up(by=five[1], workshop_id=made)
    assert told(events.SEATED) == [five[3]]
    assert letters() == [("workshop_seat", five[3])]
    assert _sign_up(made, five[1]) == [False]
    with unit_of_work():
        assert workshop_seats.wanting(session().get_one(Workshop, made)) == [five[0], *five[2:4], five[1]]


def test_who_leaves_the_house_keeps_no_seat_from_who_waits(made: uuid.UUID, cast: Cast) -> None:
    four = [cast(key) for key in ("rian", "hana", "minho", "yuna")]
    _sign_up(made, *four)
    with unit_of_work():
        deactivate(session().get_one(Person, cast("hana")), by=cast("dana"))
    assert told(events.SEATED) == [cast("yuna")]
    assert letters() == [("workshop_seat", cast("yuna"))]


def test_more_seats_reach_the_line_and_fewer_take_nobody_out(made: uuid.UUID, cast: Cast) -> None:
    four = [cast(key) for key in ("rian", "hana", "minho", "yuna")]
    _sign_up(made, *four)
    version = session().get_one(Workshop, made).version
    with pytest.raises(Invalid, match="3 people"), unit_of_work():
        workshops.change(
            by=cast("ines"), workshop_id=made, wanted=wish(seats=2), version=version, current=dict, typed={}
        )
    with unit_of_work():
        wanted = wish(seats=4, place="Room 9")
        workshops.change(by=cast("ines"), workshop_id=made, wanted=wanted, version=version, current=dict, typed={})
    assert (told(events.MOVED), told(events.SEATED)) == (sorted(four), four[3:])
    with pytest.raises(Conflict), unit_of_work():
        workshops.change(by=cast("ines"), workshop_id=made, wanted=wanted, version=version, current=dict, typed={})


def test_the_code_in_the_room_notes_who_is_on_the_list_while_it_lasts(made: uuid.UUID, cast: Cast) -> None:
    _sign_up(made, cast("rian"), cast("hana"))
    code = session().get_one(Workshop, made).code
    spaced = f"{code[:3]} {code[3:]}"
    for moment, who, typed in (
        (STARTS - timedelta(hours=1), "rian", code),
        (ENDS + timedelta(hours=2), "rian", code),
        (STARTS, "rian", "not it"),
        (STARTS, "rian", ""),
        (STARTS, "minho", code),
    ):
        with time_machine.travel(moment, tick=False), pytest.raises(Invalid), unit_of_work():
            workshop_seats.say_here(by=cast(who), workshop_id=made, code=typed)
    with time_machine.travel(STARTS, tick=False):
        with unit_of_work():
            workshop_seats.say_here(by=cast("rian"), workshop_id=made, code=spaced)
            workshop_seats.say_here(by=cast("rian"), workshop_id=made, code=spaced)
        assert told(events.ATTENDED) == [cast("rian")]
        with pytest.raises(Conflict), unit_of_work():
            workshop_seats.give_up(by=cast("rian"), workshop_id=made)


def test_a_list_saved_late_keeps_who_typed_the_code_meanwhile(made: uuid.UUID, cast: Cast) -> None:
    _sign_up(made, cast("rian"), cast("hana"))
    rian, hana = session().scalars(sa.select(WorkshopSeat.id).order_by(WorkshopSeat.number))
    with time_machine.travel(STARTS, tick=False):
        with unit_of_work():
            code = session().get_one(Workshop, made).code
            workshop_seats.say_here(by=cast("rian"), workshop_id=made, code=code)
            workshop_seats.note_attendance(by=cast("taeyang"), workshop_id=made, present=[hana], shown=[])
        assert told(events.ATTENDED) == sorted([cast("rian"), cast("hana")])
        with unit_of_work():
            workshop_seats.note_attendance(by=cast("taeyang"), workshop_id=made, present=[rian], shown=[rian, hana])
        assert session().get_one(WorkshopSeat, hana).attended_at is None
