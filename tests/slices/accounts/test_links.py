"""One-time links: a reset by mail, an invitation, the first admin."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from coach import clock
from coach.accounts.commands import commands
from coach.accounts.queries import password_hash
from coach.accounts.services import INVITATION_DAYS, RESET_HOURS, mail_link, make_link, use_link
from coach.app import _connect
from coach.db import session, unit_of_work
from coach.errors import NotFound
from coach.jobs.models import OutboxMessage
from coach.people.models import CapabilityGrant, Person
from coach.people.queries import person, person_by_email
from coach.people.services import deactivate
from tests.client import hidden_fields
from tests.meanwhile import meanwhile
from tests.slices.accounts.conftest import PASSWORD

NEW = "another sentence about ink"


def ask(browser, email):
    visitor = browser()
    return visitor.follow(visitor.post("/reset", {"email": email}, on="/reset")).text


def bare(text):
    return re.sub(r'value="[^"]{20,}"', "", text)


def mails_out():
    session().rollback()
    return session().scalar(sa.select(sa.func.count()).select_from(OutboxMessage))


def test_asking_for_a_reset_says_the_same_to_everybody(browser, with_password, cast):
    known = with_password("jiwoo")
    with unit_of_work():
        deactivate(person(cast("hana")), by=None)
    pages = {
        bare(ask(browser, email)) for email in (known, "hana@hanbit-office.example", "nobody@hanbit-office.example")
    }
    assert len(pages) == 1
    assert mails_out() == 1


def test_a_reset_link_sets_the_password_once(browser, with_password, mailed_token):
    email = with_password("jiwoo")
    signed_in = browser("jiwoo")
    ask(browser, email)
    visitor, path = browser(), f"/reset/{mailed_token()}"
    visitor.post(path, {"password": NEW}, on=path)
    signed_in.get("/account", status=302)
    assert "no longer works" in browser().get(path, status=404).text
    browser().post("/sign-in", {"email": email, "password": PASSWORD}, on="/sign-in", status=422)
    browser().post("/sign-in", {"email": email, "password": NEW}, on="/sign-in")


def test_a_weak_password_does_not_use_the_link_up(browser, with_password, mailed_token):
    ask(browser, with_password("jiwoo"))
    visitor, path = browser(), f"/reset/{mailed_token()}"
    visitor.post(path, {"password": "short"}, on=path, status=422)
    visitor.post(path, {"password": NEW})


def test_the_form_of_a_link_sent_twice_gets_the_same_answer(browser, with_password, mailed_token):
    ask(browser, with_password("jiwoo"))
    visitor, path = browser(), f"/reset/{mailed_token()}"
    key = hidden_fields(visitor.get(path).text, path)["form_key"]
    first = visitor.post(path, {"form_key": key, "password": NEW})
    second = visitor.post(path, {"form_key": key, "password": NEW}, on="/reset")
    assert second.headers["Location"] == first.headers["Location"]


@pytest.mark.parametrize(
    ("purpose", "path", "good_for"),
    [("reset", "reset", timedelta(hours=RESET_HOURS)), ("invite", "welcome", timedelta(days=INVITATION_DAYS))],
)
def test_a_link_ends(browser, cast, mailed_token, frozen, purpose, path, good_for):
    with unit_of_work():
        mail_link(person(cast("jiwoo")), by=None, purpose=purpose)
    address = f"/{path}/{mailed_token()}"
    browser().get(address)
    frozen.shift(good_for + timedelta(seconds=1))
    browser().get(address, status=404)


def made(cast, purpose):
    with unit_of_work():
        return make_link(cast("jiwoo"), by=None, purpose=purpose)


def test_a_password_set_by_one_link_spends_every_other(browser, cast, with_password):
    with_password("jiwoo")
    reset, invite = made(cast, "reset"), made(cast, "invite")
    browser().post(f"/reset/{reset}", {"password": NEW}, on=f"/reset/{reset}")
    browser().get(f"/welcome/{invite}", status=404)


def test_a_password_changed_by_its_owner_spends_every_link(browser, cast, with_password):
    with_password("jiwoo")
    reset = made(cast, "reset")
    browser("jiwoo").post("/account/password", {"current": PASSWORD, "password": NEW}, on="/account")
    browser().get(f"/reset/{reset}", status=404)


@pytest.mark.parametrize("gone", ["deactivated_at", "erased_at"])
def test_a_link_of_somebody_who_may_not_sign_in_opens_nothing(browser, cast, with_password, gone):
    with_password("jiwoo")
    reset = made(cast, "reset")
    with unit_of_work():
        setattr(person(cast("jiwoo")), gone, clock.now())
    browser().get(f"/reset/{reset}", status=404)


def test_a_link_used_twice_at_once_sets_one_password(app, cast, with_password):
    with_password("jiwoo")
    token = made(cast, "reset")
    raised = meanwhile(
        app, lambda: use_link(token, password_hash="first"), lambda: use_link(token, password_hash="second")
    )
    assert [type(error) for error in raised] == [NotFound]
    assert password_hash(cast("jiwoo")) == "first"


def test_two_links_of_one_person_used_at_once_set_one_password(app, cast, with_password):
    with_password("jiwoo")
    reset, invite = made(cast, "reset"), made(cast, "invite")
    raised = meanwhile(
        app, lambda: use_link(reset, password_hash="first"), lambda: use_link(invite, password_hash="second")
    )
    assert [type(error) for error in raised] == [NotFound]
    assert password_hash(cast("jiwoo")) == "first"


def test_an_invited_person_chooses_a_password_and_comes_in(browser, cast, mailed_token):
    with unit_of_work():
        mail_link(person(cast("jiwoo")), by=cast("dana"), purpose="invite")
    visitor, path = browser(), f"/welcome/{mailed_token()}"
    assert "Welcome to Didim" in visitor.get(path).text
    visitor.follow(visitor.post(path, {"password": NEW}))
    visitor.post("/sign-in", {"email": "jiwoo@hanbit-office.example", "password": NEW}, on="/sign-in")
    visitor.get("/account")


@pytest.mark.parametrize(("purpose", "becomes"), [("invite", "ko"), ("reset", "en")])
def test_whoever_accepts_an_invitation_goes_on_in_its_language(app, browser, cast, purpose, becomes):
    visitor, path = browser(), f"/welcome/{made(cast, purpose)}"
    korean = {"headers": {"Accept-Language": "ko-KR,ko;q=0.9"}}
    page = visitor.get(path, **korean)
    assert 'lang="ko"' in page.text
    visitor.post(path, {"password": NEW}, **korean)
    session().rollback()
    assert person(cast("jiwoo")).language == becomes


def test_a_language_chosen_on_the_page_of_a_link_stays_when_it_was_used(browser, cast):
    visitor, path = browser(), f"/reset/{made(cast, 'reset')}"
    visitor.post("/preferences", {"language": "ko"}, on=path)
    assert 'lang="ko"' in visitor.follow(visitor.post(path, {"password": NEW}, on=path)).text


@pytest.mark.parametrize("typed", ["jiwoo", "jiwoo@hanbit", "jiwoo hanbit@office.example", "a@b@c.example"])
def test_what_can_be_no_address_gets_a_sentence_in_place_of_a_promise(browser, typed):
    page = browser().post("/reset", {"email": typed}, on="/reset", status=422).text
    assert "Write an address such as name@company.com." in page
    assert typed in page


def run(app, *words):
    return app.test_cli_runner().invoke(commands, ["first-admin", *words])


@pytest.fixture
def no_admin(app):
    """Take the admin's right away, as in a new house."""
    with unit_of_work():
        session().execute(sa.delete(CapabilityGrant).where(CapabilityGrant.capability == "admin"))


def test_the_first_admin_gets_a_link_that_lets_them_in(app, browser, no_admin):
    result = run(app, "--name", "Ada Quist", "--email", "Ada@hanbit-office.example")
    assert result.exit_code == 0, result.output
    link = re.search(r"https?://\S+", result.output).group(0)
    visitor, path = browser(), link.removeprefix(app.config["BASE_URL"])
    visitor.post(path, {"password": NEW}, on=path)
    visitor.post("/sign-in", {"email": "ada@hanbit-office.example", "password": NEW}, on="/sign-in")
    session().rollback()
    assert [g.capability for g in person_by_email("ada@hanbit-office.example").capabilities] == ["admin"]


def test_a_first_admin_who_lost_the_link_gets_another_but_nobody_else_does(app, no_admin):
    assert run(app, "--name", "Ada Quist", "--email", "ada@hanbit-office.example").exit_code == 0
    assert run(app, "--name", "Ada Quist", "--email", "ada@hanbit-office.example").exit_code == 0
    other = run(app, "--name", "Eve Moll", "--email", "eve@hanbit-office.example")
    assert other.exit_code == 1
    assert "Ada Quist is to be the first admin and has not chosen a password yet" in other.output
    assert "--email ada@hanbit-office.example" in other.output
    session().rollback()
    assert (
        session().scalar(
            sa.select(sa.func.count()).where(
                Person.email.in_(["ada@hanbit-office.example", "eve@hanbit-office.example"])
            )
        )
        == 1
    )


@pytest.mark.parametrize("typed", ["ada", "ada@office", "ada@of fice.example", "@office.example"])
def test_a_first_admin_needs_an_address_that_mail_can_reach(app, no_admin, typed):
    assert "such as name@company.com" in run(app, "--name", "Ada Quist", "--email", typed).output
    assert session().scalar(sa.select(sa.func.count()).where(Person.name.is_not(None), Person.email == typed)) == 0


def test_somebody_new_begins_with_the_language_and_zone_of_the_house(app, no_admin):
    _connect(replace(app.config["SETTINGS"], language="ko", zone="Europe/Berlin"))
    run(app, "--name", "Ada Quist", "--email", "ada@hanbit-office.example")
    added = person_by_email("ada@hanbit-office.example")
    assert (added.language, added.zone) == ("ko", "Europe/Berlin")


def test_there_is_no_second_first_admin(app, with_password):
    with_password("dana")
    result = run(app, "--name", "Ada Quist", "--email", "ada@hanbit-office.example")
    assert result.exit_code == 1
    assert "There is an admin already" in result.output
    session().rollback()
    assert person_by_email("ada@hanbit-office.example") is None
