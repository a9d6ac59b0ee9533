"""A level that faded: whoever sees it may ask for a check, once, and the person takes it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.access.identity import Identity
from coach.assignments.models import Assignment
from coach.assignments.services import look_again
from coach.db import session, unit_of_work
from coach.errors import NotFound
from coach.findings.services import open_finding
from coach.people.models import Person
from tests.client import Browser
from tests.slices.evidence.pressing import press
from tests.slices.evidence.seeing import OBJECTIONS, logged

Cast = Callable[[str], uuid.UUID]
Open = Callable[..., Browser]
LONG_AGO, LATELY = 420, 10


@pytest.fixture(autouse=True)
def english(app: Flask) -> None:
    """Let the whole cast read English."""
    with unit_of_work():
        session().execute(sa.update(Person).values(language="en"))


def _seen(cast: Cast, days_ago: int, *, times: int = 3) -> str:
    """Let Minho have been seen some days ago; give the page of that skill."""
    with unit_of_work():
        for n in range(times):
            logged(cast("minho"), 2.0, by=cast(("sora", "taeyang")[n % 2]), days_ago=days_ago + n)
    return f"/people/{cast('minho')}/skills/{OBJECTIONS}"


@pytest.mark.parametrize("who", ["taeyang", "sora", "kyungmi"])
def test_who_leads_or_coaches_asks_for_a_check_with_one_press(browser: Open, cast: Cast, who: str) -> None:
    here, reader = _seen(cast, LONG_AGO), browser(who)
    page = reader.get(here).text
    assert "Seen 3 times, but too long ago to say where the level is now." in page
    answer = reader.post("/assignments/recheck", press(page, "Ask for a check"))
    after = reader.follow(answer).text
    assert "Assigned to Minho, due Mon 30 Nov" in after
    assert "A check is given, due Mon 30 Nov" in after
    assert "Ask for a check" not in after
    row = session().scalars(sa.select(Assignment)).one()
    assert (row.person_id, row.quiz_id, row.assigned_by) == (cast("minho"), f"skill-{OBJECTIONS}", cast(who))
    assert f"/checks/{row.quiz_id}" in browser("minho").get("/").text
    reader.post("/assignments/recheck", press(page, "Ask for a check"))
    assert session().scalar(sa.select(sa.func.count()).select_from(Assignment)) == 1


def test_the_person_takes_it_without_being_asked(browser: Open, cast: Cast) -> None:
    _seen(cast, LONG_AGO)
    page = browser("minho").get(f"/skills/{OBJECTIONS}").text
    assert "Take the check" in page
    assert "Ask for a check" not in page


@pytest.mark.parametrize(("days_ago", "times"), [(LATELY, 3), (LONG_AGO, 2)])
def test_nothing_is_offered_where_enough_is_fresh_or_never_was_enough(
    browser: Open, cast: Cast, days_ago: int, times: int
) -> None:
    assert "Ask for a check" not in browser("sora").get(_seen(cast, days_ago, times=times)).text


def test_a_finding_that_faded_offers_it_too(browser: Open, cast: Cast, frozen) -> None:
    with unit_of_work():
        for n in range(4):
            logged(cast("minho"), 1.0, by=cast(("sora", "taeyang")[n % 2]), days_ago=n)
        finding = open_finding(cast("minho"), OBJECTIONS)
        assert finding is not None
    page = f"/findings/{finding.id}"
    assert "Ask for a check" not in browser("sora").get(page).text
    frozen.shift(86_400 * 500)
    sora = browser("sora")
    sora.follow(sora.post("/assignments/recheck", press(sora.get(page).text, "Ask for a check")))
    assert "A check is given" in sora.last.text
    assert session().scalars(sa.select(Assignment.because_id)).all() == [finding.id]


def test_nobody_asks_somebody_elses_people_or_for_a_check_that_is_not_there(app: Flask, cast: Cast) -> None:
    for who, skill in (("olivia", OBJECTIONS), ("minho", OBJECTIONS), ("dana", OBJECTIONS), ("sora", "no-such-skill")):
        with pytest.raises(NotFound), unit_of_work():
            look_again(by=Identity(cast(who)), person_id=cast("minho"), skill_id=skill)
