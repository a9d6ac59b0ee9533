"""A save that comes too late shows what stands and what was typed, every field under the name it has on its form."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from flask import Flask
from wtforms import BooleanField, DateField, PasswordField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from coach.errors import Conflict
from coach.web.forms import Edited, number
from coach.words import Message
from tests.client import Browser, hidden_fields
from tests.slices.training.test_workshop_pages import PLANNED, WRITTEN

Open = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]
CHOICES = [SelectChoice("a", "The first"), SelectChoice("b", "The second")]


class Sample(Edited):
    """Be a form with a field of each sort."""

    one = SelectField("One", choices=CHOICES, invalid_choice_message="Choose one of the list.")
    many = SelectMultipleField("Many", choices=CHOICES, invalid_choice_message="Choose one of the list.")
    day = DateField("Day", invalid_value_message="Write a day.")
    open = BooleanField("Open")
    password = PasswordField("Password")


def sides(page: str) -> dict[str, list[str]]:
    """Read the page of a conflict: for each field what stands, if that is shown, and what was typed."""
    found = re.findall(r'<h2 id="both-\d+">(.*?)</h2>(.*?)</section>', unescape(page), re.DOTALL)
    return {name: [" ".join(text.split()) for text in re.findall(r"<dd[^>]*>(.*?)</dd>", body)] for name, body in found}


def test_a_form_says_what_it_holds_in_the_words_it_shows_and_no_password(app: Flask) -> None:
    with app.test_request_context():
        held = Sample(None, one="b", many=["a", "b"], day=date(2026, 12, 1), open=True, version="4")
        held.password.data = "one step after the other"
        assert held.texts() == {
            "one": "The second",
            "many": "The first, The second",
            "day": "Tue 1 Dec",
            "open": "Yes",
        }


def test_a_conflict_names_fields_by_their_labels_and_always_holds_what_was_typed(app: Flask) -> None:
    with app.test_request_context():
        form = Sample(None, one="a", day=date(2026, 12, 1))
        with pytest.raises(Conflict) as told, form.catching():
            raise Conflict(Message("Changed"), current={"day": date(2026, 12, 2), "a.md": "x"}, typed={"day": "1 Dec"})
        assert told.value.current == {"Day": "Wed 2 Dec", "a.md": "x"}
        assert told.value.typed == {"Day": "1 Dec"}
        with pytest.raises(Conflict) as over, form.catching():
            raise Conflict(Message("This is over."))
        assert (over.value.typed["One"], over.value.current) == ("The first", {})


@pytest.mark.parametrize(
    ("said", "read"), [("12", 12), ("", 0), (None, 0), ("²", 0), ("٣", 0), ("-1", 0), ("9" * 30, 0)]
)
def test_a_version_that_is_no_number_is_one_that_nobody_saw(said: str | None, read: int) -> None:
    assert number(said) == read


def test_a_person_saved_too_late_loses_nothing_whatever_the_version_says(browser: Open, cast: Cast) -> None:
    path = f"/admin/people/{cast('jiwoo')}"
    typed = {"name_en": "Jiwoo the Second", "new_team": "Harbour", "version": "²"}
    found = sides(browser("dana").post(path, typed, on=path, status=409).text)
    assert found["Or a new team"] == ["(empty)", "Harbour"]
    assert found["Name"][1] == "Jiwoo the Second"


def test_a_form_without_its_version_is_one_that_nobody_saw(browser: Open, cast: Cast) -> None:
    page, taeyang = f"/coaching/new?person={cast('jiwoo')}", browser("taeyang")
    talk = {"setting": "call", "held_on": "2026-11-23", "due": "next_call", "rate-qualify": "2"}
    log = f"{taeyang.post(page, talk, on=page).headers['Location']}/edit"
    keys = hidden_fields(taeyang.get(log).text, log)
    answer = taeyang._send("POST", log, data={**talk, **{k: keys[k] for k in ("csrf_token", "form_key")}, "about": "A"})
    assert answer.status_code == 409
    assert sides(answer.text)["What was it about?"] == ["(empty)", "A"]


def test_a_date_saved_too_late_shows_everything_that_stands(browser: Open) -> None:
    ines, new = browser("ines"), "/workshops/programmes/new"
    programme = ines.post(new, WRITTEN, on=new).headers["Location"]
    made = ines.post(f"{programme}/plan", PLANNED, on=f"{programme}/plan").headers["Location"]
    ines.post(f"{made}/edit", {**PLANNED, "seats": "9"}, on=f"{made}/edit")
    late = {**PLANNED, "seats": "7", "place": "Room 2", "version": "1"}
    found = sides(ines.post(f"{made}/edit", late, on=f"{made}/edit", status=409).text)
    assert found == {"Seats": ["9", "7"], "Venue": [PLANNED["place"], "Room 2"]}


def test_a_programme_saved_too_late_shows_everything_that_stands(browser: Open) -> None:
    ines, new = browser("ines"), "/workshops/programmes/new"
    place = f"{ines.post(new, WRITTEN, on=new).headers['Location']}/edit"
    ines.post(place, {**WRITTEN, "minutes": "90"}, on=place)
    late = {**WRITTEN, "roles": ["account-manager", "sdr"], "minutes": "45", "week-sdr": "9", "version": "1"}
    found = sides(ines.post(place, late, on=place, status=409).text)
    assert found["Minutes"] == ["90", "45"]
    assert [text for name, text in found.items() if name.startswith("On the path, in week")] == [
        [WRITTEN["week-sdr"], "9"]
    ]
    assert len(found) == 2


def test_what_was_typed_about_a_thing_that_is_over_is_not_lost(browser: Open, cast: Cast) -> None:
    page, taeyang = f"/coaching/new?person={cast('jiwoo')}", browser("taeyang")
    talk = {"setting": "call", "held_on": "2026-11-23", "due": "next_call", "rate-qualify": "2"}
    log = taeyang.post(page, talk, on=page).headers["Location"]
    browser("jiwoo").post(f"{log}/acknowledge", on=log)
    late = {**talk, "action": "Ask two more questions", "version": "2"}
    answer = taeyang.post(f"{log}/edit", late, on=f"/coaching/new?person={cast('jiwoo')}", status=409)
    assert sides(answer.text)["Agreed next"] == ["Ask two more questions"]
    assert "Stands now" not in answer.text
    assert "What you typed stands here" in answer.text
    assert taeyang.get(f"{log}/edit", status=302).headers["Location"] == log, "there is nothing left to edit"
