"""Calendar files, and the link that opens one's own and nobody else's."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from icalendar import Calendar

from coach.access.identity import Identity
from coach.assignments import services as assignments
from coach.db import session, unit_of_work
from coach.people import services as people
from coach.people.models import Person
from coach.training import workshop_seats, workshops
from coach.training.workshop_models import CalendarFeed
from tests.client import Browser
from tests.conftest import TODAY
from tests.slices.training.workshop_setting import ENDS, STARTS, make_programme, make_workshop

Open = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]


@pytest.fixture
def made(app: Flask, cast: Cast) -> uuid.UUID:
    """Plan a workshop that Rian has a seat in."""
    found = make_workshop(cast("ines"), make_programme(cast("ines")))
    with unit_of_work():
        workshop_seats.sign_up(by=cast("rian"), workshop_id=found)
    return found


def _link(opened: Browser) -> str:
    text = opened.post("/calendar", on="/calendar", status=200).text
    return "/" + re.findall(r'value="https?://[^/"]+/(calendar/[0-9a-f]{48}\.ics)"', text)[0]


def _entries(opened: Browser, path: str) -> list[Any]:
    answer = opened.get(path, check=False)
    assert answer.mimetype == "text/calendar"
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def test_the_file_of_a_workshop_says_when_and_where(made: uuid.UUID, browser: Open, cast: Cast) -> None:
    [event] = _entries(browser("hana"), f"/workshops/{made}.ics")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (STARTS, ENDS)
    assert (event["summary"], event["location"], event["status"]) == ("어려운 통화", "Room 4", "CONFIRMED")
    with unit_of_work():
        workshops.call_off(by=cast("ines"), workshop_id=made)
    [off] = _entries(browser("rian"), f"/workshops/{made}.ics")
    assert (off["uid"], off["status"]) == (event["uid"], "CANCELLED")
    assert off["sequence"] > event["sequence"]


def test_the_link_opens_my_workshops_and_due_days_to_whoever_holds_it(
    made: uuid.UUID, browser: Open, cast: Cast
) -> None:
    with unit_of_work():
        assignments.assign(
            by=Identity(cast("sora")), to=[cast("rian")], lesson_id="an-ask-before-you-quote",
            due=TODAY + timedelta(days=4),
        )  # fmt: skip
        make_workshop(cast("ines"), make_programme(cast("ines")))
    path = _link(browser("rian"))
    workshop, due = _entries(browser(), path)
    assert str(workshop["uid"]) == f"{made}@didim"
    assert str(due["summary"]).startswith("Due: ")
    assert (due.decoded("dtstart"), type(due.decoded("dtstart"))) == (TODAY + timedelta(days=4), date)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert token not in repr(session().execute(sa.select(CalendarFeed.__table__)).all())


def test_a_link_that_was_renewed_or_ended_or_whose_person_left_opens_nothing(
    made: uuid.UUID, browser: Open, cast: Cast
) -> None:
    rian, anybody = browser("rian"), browser()
    first = _link(rian)
    second = _link(rian)
    anybody.get(first, status=404)
    assert len(_entries(anybody, second)) == 1
    assert second not in rian.get("/calendar").text, "it is shown once"
    rian.post("/calendar/end", on="/calendar")
    anybody.get(second, status=404)
    third = _link(rian)
    with unit_of_work():
        people.deactivate(session().get_one(Person, cast("rian")), by=None)
    for path in (third, "/calendar/short.ics", f"/calendar/{'0' * 48}.ics"):
        anybody.get(path, status=404)
