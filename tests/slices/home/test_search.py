"""Search and jump: people, what may be done with them, lessons."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.db import session, unit_of_work
from coach.people import services as people
from coach.people.models import Person
from coach.words import Text
from tests.client import Browser
from tests.statements import count_statements

Cast = Callable[[str], uuid.UUID]
Open = Callable[..., Browser]


def test_people_are_found_by_a_part_of_their_name_in_either_language(browser: Open) -> None:
    rep = browser("jiwoo")
    for text in ("minho", "MINHO", "서민"):
        assert "Minho Seo" in rep.get(f"/search?q={text}").text


def test_nobody_is_found_by_address(browser: Open) -> None:
    page = browser("sora").get("/search?q=hanbit").text
    assert "Nothing found for" in page
    assert "@" not in page


@pytest.mark.parametrize("text", ["", "%20%20", "%25", "___"])
def test_nothing_typed_lists_nobody(browser: Open, text: str) -> None:
    page = browser("jiwoo").get(f"/search?q={text}").text
    assert "/people/" not in page
    assert "/lessons/" not in page


def test_actions_are_offered_to_those_who_may(browser: Open, cast: Cast) -> None:
    log, assign = f"/coaching/new?person={cast('minho')}", f"/assign?person={cast('minho')}"
    for who, may_log, may_assign in (
        ("sora", True, True),
        ("taeyang", True, True),
        ("kyungmi", False, True),
        ("mirae", False, False),
        ("hana", False, False),
        ("dana", False, False),
        ("minho", False, False),
    ):
        page = browser(who).get("/search?q=minho").text
        assert (log in page, assign in page) == (may_log, may_assign), who


def test_lessons_are_found_by_title_in_the_readers_language(app: Flask, browser: Open) -> None:
    rep = browser("jiwoo")
    assert "/lessons/an-ask-before-you-quote" in rep.get("/search?q=before you").text
    assert "/lessons/" not in rep.get("/search?q=견적").text
    with unit_of_work():
        session().execute(sa.update(Person).values(language="ko"))
    assert "/lessons/an-ask-before-you-quote" in rep.get("/search?q=견적").text


def test_twenty_people_are_shown_at_most(app: Flask, browser: Open) -> None:
    with unit_of_work():
        for n in range(30):
            people.add_person(by=None, name=Text.same(f"Zeta Number{n}"), email=f"z{n}@hanbit-office.example")
    assert browser("sora").get("/search?q=zeta").text.count("Zeta Number") == 20


def test_what_was_typed_is_shown_as_text(browser: Open) -> None:
    page = browser("sora").get("/search?q=<b>x</b>").text
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_the_statements_do_not_grow_with_what_is_found(browser: Open, app: Flask) -> None:
    reader = browser("sora")
    reader.get("/search?q=minho")
    with count_statements(app) as few:
        reader.get("/search?q=minho")
    with count_statements(app) as many:
        reader.get("/search?q=a")
    assert len(many) == len(few) <= 12
