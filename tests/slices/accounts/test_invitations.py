"""Invitations of many at once, as after a roster: who was never invited is shown, and gets one mail."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from coach.accounts.models import OneTimeLink
from coach.db import session, unit_of_work
from coach.jobs.models import OutboxMessage
from coach.people.queries import person
from coach.people.services import add_person, deactivate
from coach.words import Text
from tests.statements import count_statements

PATH = "/admin/people/invitations"


@pytest.fixture
def newcomers(app):
    """Let three be new beside the cast, who were all invited; one of the three has no address."""
    with unit_of_work():
        add_person(by=None, name=Text.same("New Nomail"))
        return [
            add_person(by=None, name=Text.same(f"New {who}"), email=f"{who}@west.example").id for who in ("ana", "bo")
        ]


def mails():
    session().rollback()
    query = sa.select(OutboxMessage.kind, OutboxMessage.person_id).order_by(OutboxMessage.id)
    return [tuple(row) for row in session().execute(query)]


def test_who_was_never_invited_is_listed_and_invited_once(browser, newcomers):
    admin = browser("dana")
    page = admin.get(PATH).text
    assert "New ana" in page
    assert "bo@west.example" in page
    assert "New Nomail" not in page
    assert "Jiwoo Park" not in page
    answer = admin.post(PATH, {"person": [str(each) for each in newcomers]})
    page = admin.follow(answer).text
    assert "2 invitations are on their way." in page
    assert "Everybody with an e-mail address was invited" in page
    assert sorted(mails()) == sorted(("link_invite", each) for each in newcomers)
    admin.post(PATH, {"person": [str(each) for each in newcomers]}, on="/admin/people")
    assert len(mails()) == 2


def test_only_who_is_chosen_is_invited(browser, newcomers):
    admin = browser("dana")
    admin.post(PATH, {"person": str(newcomers[1])}, on=PATH)
    assert mails() == [("link_invite", newcomers[1])]
    assert "New ana" in admin.get(PATH).text


def test_choosing_nobody_gets_a_sentence_and_sends_nothing(browser, newcomers):
    assert "Choose at least one person." in browser("dana").post(PATH, on=PATH, status=422).text
    assert mails() == []


def test_nobody_who_left_or_came_in_already_is_invited(browser, newcomers, cast):
    with unit_of_work():
        deactivate(person(newcomers[0]), by=None)
    browser("dana").post(PATH, {"person": [str(newcomers[0]), str(cast("jiwoo")), "no id"]}, on=PATH)
    assert mails() == []
    assert session().scalar(sa.select(sa.func.count()).select_from(OneTimeLink)) == 0


def test_the_page_costs_the_same_however_many_there_are(browser, newcomers):
    admin = browser("dana")
    with count_statements() as few:
        admin.get(PATH)
    with unit_of_work():
        for number in range(12):
            add_person(by=None, name=Text.same(f"More {number}"), email=f"more{number}@west.example")
    with count_statements() as many:
        admin.get(PATH)
    assert len(few) == len(many) <= 12
