"""One's own account: preferences, password, the browsers one is signed in with."""

from __future__ import annotations

from uuid import UUID

import pytest
import sqlalchemy as sa

from coach.accounts.models import SignInSession
from coach.accounts.queries import hashed
from coach.db import session
from coach.people.models import Person
from tests.client import hidden_fields
from tests.slices.accounts.conftest import PASSWORD

NEW = "another sentence about ink"


def ended_sessions():
    session().rollback()
    return session().scalar(sa.select(sa.func.count()).where(SignInSession.ended_at.is_not(None)))


def change(browser, current, password, status=303):
    return browser.post("/account/password", {"current": current, "password": password}, on="/account", status=status)


def test_language_theme_and_zone_are_remembered_with_the_person(browser, cast):
    one = browser("jiwoo")
    one.post(
        "/preferences", {"language": "ko", "theme": "dark", "zone": "Europe/Berlin", "next": "/account"}, on="/account"
    )
    page = browser("jiwoo").get("/account").text
    assert '<html lang="ko" data-theme="dark">' in page
    session().rollback()
    assert session().get(Person, cast("jiwoo")).zone == "Europe/Berlin"


def test_a_visitors_choice_is_kept_in_the_browser(browser):
    visitor = browser()
    answer = visitor.post("/preferences", {"language": "ko", "theme": "dark", "next": "/sign-in"}, on="/sign-in")
    assert '<html lang="ko" data-theme="dark">' in visitor.follow(answer).text


@pytest.mark.parametrize(
    ("wanted", "lands"),
    [
        ("/coaching/new?person=x", "/coaching/new?person=x"),
        ("/practice/rl-p-three-to-call/hand-in", "/practice/rl-p-three-to-call"),
        ("/lessons/an-ask-before-you-quote/parts/why-last", "/lessons/an-ask-before-you-quote"),
        (f"/coaching/actions/{UUID(int=1)}", "/coaching"),
        ("/sign-out", "/"),
        ("/nothing/here", "/nothing/here"),
        ("//elsewhere.example", "/"),
    ],
)
def test_a_language_chosen_where_a_form_came_back_leads_to_a_page(browser, wanted, lands):
    answer = browser("jiwoo").post("/preferences", {"language": "ko", "next": wanted}, on="/account")
    assert answer.headers["Location"] == lands


@pytest.mark.parametrize("who", ["jiwoo", None])
@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"theme": "pink"}, {"zone": "Mars/Base"}])
def test_a_preference_nobody_offered_is_refused(browser, who, wrong):
    browser(who).post("/preferences", wrong, on="/reset/asked", status=422)


def test_a_preference_does_not_make_an_open_record_stale(browser, cast):
    browser("jiwoo").post("/preferences", {"theme": "dark"}, on="/account")
    session().rollback()
    assert session().get(Person, cast("jiwoo")).version == 1


def test_the_password_changes_for_whoever_knows_the_present_one(browser, with_password):
    email = with_password("jiwoo")
    here, elsewhere = browser("jiwoo"), browser("jiwoo")
    answer = change(here, PASSWORD, NEW)
    assert "Your password is changed" in here.follow(answer).text, "this browser stays signed in"
    elsewhere.get("/account", status=302)
    browser().post("/sign-in", {"email": email, "password": PASSWORD}, on="/sign-in", status=422)
    browser().post("/sign-in", {"email": email, "password": NEW}, on="/sign-in")


def test_what_is_missing_is_listed_as_it_stands_on_the_page(browser, with_password):
    with_password("jiwoo")
    said = change(browser("jiwoo"), "", "", 422).text.partition("2 things to fix")[2]
    assert 0 < said.index("Write your present password.") < said.index("Choose a password.")


def test_a_wrong_present_password_changes_nothing(browser, with_password):
    with_password("jiwoo")
    here = browser("jiwoo")
    assert "not your present password" in change(here, "something else", NEW, 422).text
    assert ended_sessions() == 0


@pytest.mark.parametrize(
    ("weak", "words"),
    [
        ("short", "at least 12"),
        ("password12345", "easy to guess"),
        ("aaaaaaaaaaaaaaaa", "easy to guess"),
        ("x" * 300, "at most 256"),
    ],
)
def test_a_weak_password_is_refused_with_a_reason(browser, with_password, weak, words):
    with_password("jiwoo")
    assert words in change(browser("jiwoo"), PASSWORD, weak, 422).text


def test_a_password_sent_twice_is_changed_once_and_answered_alike(browser, with_password):
    with_password("jiwoo")
    here = browser("jiwoo")
    key = hidden_fields(here.get("/account").text, "/account/password")["form_key"]
    typed = {"current": PASSWORD, "password": NEW, "form_key": key}
    first = here.post("/account/password", typed)
    second = here.post("/account/password", typed, on="/account")
    assert second.headers["Location"] == first.headers["Location"]
    assert ended_sessions() == 1


def test_sessions_are_listed_and_one_can_be_ended(browser):
    here, there = browser("jiwoo"), browser("jiwoo")
    page = here.get("/account").text
    assert page.count("Sign out here") == 2
    assert "This browser" in page
    with there.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    session_id = session().scalar(sa.select(SignInSession.id).where(SignInSession.token_hash == hashed(token)))
    here.post(f"/account/sessions/{session_id}/end", on="/account")
    there.get("/account", status=302)
    here.get("/account")


def test_every_other_browser_can_be_signed_out_at_once(browser):
    here, there = browser("jiwoo"), browser("jiwoo")
    here.post("/account/sessions/end-others", on="/account")
    there.get("/account", status=302)
    here.get("/account")


def test_nobody_ends_a_session_of_somebody_else(browser, cast):
    browser("jiwoo").get("/account")
    stranger = browser("seojun")
    theirs = session().scalar(sa.select(SignInSession.id).where(SignInSession.person_id == cast("jiwoo")))
    stranger.post(f"/account/sessions/{theirs}/end", on="/account", status=404)
    assert ended_sessions() == 0


def test_the_account_page_is_ones_own_and_names_no_secret(browser, with_password):
    with_password("jiwoo")
    page = browser("jiwoo").get("/account").text
    assert "Jiwoo Park" in page
    assert "argon2" not in page


def test_the_password_is_asked_for_again_before_something_that_matters(browser, with_password, frozen):
    with_password("jiwoo")
    here = browser("jiwoo")
    confirm = {"current": "wrong words here", "next": "/account"}
    here.post("/account/confirm", confirm, on="/account/confirm?next=/account", status=422)
    answer = here.post("/account/confirm", confirm | {"current": PASSWORD})
    assert answer.headers["Location"] == "/account"
