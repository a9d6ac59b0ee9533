"""The edge of a request: one commit, after an answer below 400, and a key that is spent by that answer alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask, redirect
from flask.typing import ResponseReturnValue as Answer

from coach import clock
from coach.db import session
from coach.errors import Conflict, Forbidden, Invalid, NotFound
from coach.web.edge import keyless
from coach.web.guard import public
from coach.web.models import RateCounter
from coach.words import Message
from tests.client import Browser, hidden_fields

Open = Callable[[str], Browser]
ADDRESS, ENDPOINT = "/preferences", "accounts.preferences"
SAID = Message("For a test")


def write(key: str = "written") -> None:
    session().add(RateCounter(key=key, hits=1, expires_at=clock.now() + timedelta(days=1)))
    session().flush()


def is_kept(key: str = "written") -> bool:
    return session().get(RateCounter, key, populate_existing=True) is not None


@pytest.mark.parametrize(
    ("status", "stays"),
    [(200, True), (204, True), (303, True), (400, False), (404, False), (409, False), (422, False), (500, False)],
)
def test_an_answer_below_400_keeps_what_was_written_and_no_other_does(
    app: Flask, browser: Open, monkeypatch: pytest.MonkeyPatch, status: int, stays: bool
) -> None:
    def view() -> Answer:
        write()
        return "", status

    opened = browser("jiwoo")
    opened.get("/account")
    monkeypatch.setitem(app.view_functions, ENDPOINT, public(keyless(view)))
    opened.post(ADDRESS, status=status)
    assert is_kept() is stays


@pytest.mark.parametrize(
    "error", [NotFound(), Forbidden(), Invalid(SAID), Conflict(SAID)], ids=lambda e: type(e).__name__
)
def test_what_was_written_before_an_error_is_not_kept(
    app: Flask, browser: Open, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def view() -> Answer:
        write()
        raise error

    opened = browser("jiwoo")
    opened.get("/account")
    monkeypatch.setitem(app.view_functions, ENDPOINT, public(keyless(view)))
    opened.post(ADDRESS, status={NotFound: 404, Forbidden: 403, Invalid: 422, Conflict: 409}[type(error)])
    assert not is_kept()


def test_a_mistake_of_ours_keeps_nothing(app: Flask, browser: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def view() -> Answer:
        write()
        raise ZeroDivisionError

    opened = browser("jiwoo")
    opened.get("/account")
    monkeypatch.setitem(app.view_functions, ENDPOINT, public(keyless(view)))
    opened.post(ADDRESS, status=500)
    assert not is_kept()


def test_a_key_is_spent_by_the_answer_that_kept_the_work_and_by_no_refusal(
    app: Flask, browser: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [422, 409, 303, 303]
    done: list[int] = []

    def view() -> Answer:
        done.append(answers[len(done)])
        return redirect("/account", 303) if done[-1] == 303 else ("", done[-1])

    opened = browser("jiwoo")
    page = opened.get("/account").text
    monkeypatch.setitem(app.view_functions, ENDPOINT, public(view))
    for status in (422, 409, 303, 303, 303):
        answer = opened._send("POST", ADDRESS, data={**hidden_fields(page, ADDRESS), "form_key": "one-key"})
        assert answer.status_code == status
    assert answer.headers["Location"] == "/account"
    assert done == [422, 409, 303]
