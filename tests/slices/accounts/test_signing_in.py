"""Signing in and out: who is let in, and what an answer gives away."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import sqlalchemy as sa

from coach.activity.models import AuditEntry
from coach.app import create_app
from coach.db import db, session, unit_of_work
from coach.people.queries import person
from coach.people.services import deactivate
from tests.client import Browser
from tests.slices.accounts.conftest import PASSWORD


def attempt(browser, email, password, status, **fields):
    return browser.post("/sign-in", {"email": email, "password": password, **fields}, on="/sign-in", status=status)


def bare(text, *typed):
    """Leave out what differs on each page: keys, tokens and the address itself."""
    for words in typed:
        text = text.replace(words, "address")
    return re.sub(r'value="[^"]{20,}"', "", text)


def test_the_right_password_opens_the_page_one_came_for(browser, with_password):
    visitor = browser()
    answer = attempt(visitor, with_password("jiwoo"), PASSWORD, 303, next="/account")
    assert answer.headers["Location"] == "/account"
    assert "Jiwoo Park" in visitor.follow(answer).text


def test_address_is_read_without_regard_to_case_or_spaces(browser, with_password):
    assert attempt(browser(), f"  {with_password('jiwoo').upper()} ", PASSWORD, 303)


def test_unknown_wrong_and_disabled_get_the_same_bytes(browser, with_password, cast):
    known, disabled, unknown = with_password("jiwoo"), with_password("hana"), "nobody@hanbit-office.example"
    with unit_of_work():
        deactivate(person(cast("hana")), by=None)
    answers = {
        bare(attempt(browser(), email, password, 422).text, email)
        for email, password in ((known, "wrong words here"), (unknown, PASSWORD), (disabled, PASSWORD))
    }
    assert len(answers) == 1
    assert "do not go together" in answers.pop()


def test_an_account_without_a_password_lets_nobody_in(browser, cast):
    attempt(browser(), "jiwoo@hanbit-office.example", "", 422)
    attempt(browser(), "jiwoo@hanbit-office.example", "nobody has this password", 422)


def test_what_was_typed_is_kept_but_the_password(browser):
    page = attempt(browser(), "jiwo@hanbit-office.example", "wrong words here", 422).text
    assert 'value="jiwo@hanbit-office.example"' in page
    assert "wrong words here" not in page


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "evil.example",
        "/" + "x" * 3000,
        "",
    ],
)
def test_nobody_is_sent_out_of_the_house_after_signing_in(browser, with_password, elsewhere):
    assert attempt(browser(), with_password("jiwoo"), PASSWORD, 303, next=elsewhere).headers["Location"] == "/"


def test_signing_in_changes_the_cookie_and_drops_what_it_held(browser, with_password):
    visitor = browser()
    visitor.get("/sign-in")
    with visitor.client.session_transaction() as cookie:
        cookie["left_by_a_stranger"], before = "x", cookie["csrf_token"]
    attempt(visitor, with_password("jiwoo"), PASSWORD, 303)
    with visitor.client.session_transaction() as cookie:
        assert "left_by_a_stranger" not in cookie
        assert cookie.get("csrf_token") != before


def test_an_anonymous_visitor_is_sent_to_sign_in_with_the_way_back(browser):
    assert browser().get("/account?x=1", status=302).headers["Location"] == "/sign-in?next=/account?x%3D1"


def test_htmx_and_json_are_told_in_their_own_way(browser):
    answer = browser().get("/account", status=401, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/sign-in")
    browser().get("/account", status=401, headers={"Accept": "application/json"})


def test_signing_out_ends_the_session_on_the_server_too(browser, with_password):
    visitor = browser()
    attempt(visitor, with_password("jiwoo"), PASSWORD, 303)
    with visitor.client.session_transaction() as cookie:
        stolen = dict(cookie)
    visitor.post("/sign-out", on="/account")
    with visitor.client.session_transaction() as cookie:
        cookie.update(stolen)
    visitor.get("/account", status=302)


def test_the_page_after_signing_out_speaks_as_the_person_did(browser):
    here = browser("jiwoo")
    here.post("/preferences", {"language": "ko", "theme": "dark"}, on="/account")
    here.post("/sign-out", on="/account")
    page = here.get("/sign-in").text
    assert '<html lang="ko" data-theme="dark">' in page


def test_a_language_chosen_before_signing_in_is_ones_own_afterwards(browser, with_password, cast):
    visitor = browser()
    visitor.post("/preferences", {"language": "ko", "theme": "dark"}, on="/sign-in")
    attempt(visitor, with_password("jiwoo"), PASSWORD, 303)
    assert 'lang="ko"' in visitor.get("/account").text
    session().rollback()
    assert (person(cast("jiwoo")).language, person(cast("jiwoo")).theme) == ("ko", "dark")


def test_the_language_of_who_signed_out_is_not_taken_for_a_choice_of_the_next(browser, with_password, cast):
    with unit_of_work():
        person(cast("sora")).language = "ko"
    shared = browser("sora")
    shared.post("/sign-out", on="/account")
    attempt(shared, with_password("jiwoo"), PASSWORD, 303)
    session().rollback()
    assert person(cast("jiwoo")).language == "en"


def test_a_form_sent_after_signing_out_in_another_tab_asks_to_sign_in(browser):
    here = browser("jiwoo")
    here.get("/account")
    kept = here.last
    here.post("/sign-out")
    here.last = kept
    page = here.post("/skills/qualify/rate?from=x", {"level": "2"}, status=401).text
    assert "Please sign in" in page
    assert 'href="/sign-in?next=/skills/qualify/rate?from%3Dx"' in page, "whoever signs in comes back to the form"
    assert "This form has expired" in browser().post("/sign-in", {"csrf_token": "old"}, status=400, on="/sign-in").text


def test_a_disabled_person_is_out_on_the_next_request(browser, cast):
    here = browser("jiwoo")
    here.get("/account")
    with unit_of_work():
        deactivate(person(cast("jiwoo")), by=None)
    here.get("/account", status=302)


def test_a_failed_sign_in_is_in_the_audit_log_and_holds_no_text(browser, with_password, cast):
    attempt(browser(), with_password("jiwoo"), "wrong words here", 422)
    attempt(browser(), "nobody@hanbit-office.example", "wrong words here", 422)
    session().rollback()
    rows = (
        session()
        .execute(sa.select(AuditEntry.action, AuditEntry.outcome, AuditEntry.person_id, AuditEntry.object_id))
        .all()
    )
    assert sorted(map(tuple, rows), key=str) == sorted(
        [("public.login", "denied", cast("jiwoo"), None), ("public.login", "denied", None, None)], key=str
    )


@pytest.fixture
def limited(app):
    """Give the application with rate limits on, over the same database."""
    made = create_app(replace(app.config["SETTINGS"], testing=False))
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("email", ["jiwoo@hanbit-office.example", "nobody@hanbit-office.example"])
def test_too_many_tries_are_slowed_down_for_known_and_unknown_alike(limited, email):
    visitor = Browser(limited)
    for _ in range(10):
        attempt(visitor, email, "wrong words here", 422)
    assert "Wait a minute" in attempt(visitor, email, "wrong words here", 429).text
    attempt(visitor, "sora@hanbit-office.example", "wrong words here", 422)
