"""Rate limits, on as in a real start: they count apart and never burn what a request writes."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.accounts.services import make_link
from coach.db import session, unit_of_work
from coach.web.models import RateCounter, SpentKey
from tests.client import Browser


@pytest.fixture
def limited_app(app: Flask) -> Flask:
    """Switch the limits on, as every start outside the tests does."""
    app.config["RATE_LIMITS"] = True
    return app


def test_a_password_can_be_set_by_a_link_while_limits_count(
    limited_app: Flask, cast: Callable[[str], uuid.UUID], browser: Callable[..., Browser]
) -> None:
    with unit_of_work():
        token = make_link(cast("jiwoo"), by=None, purpose="reset")
    page = f"/reset/{token}"
    fields = {"password": "a sentence of one's own", "again": "a sentence of one's own"}
    assert browser().post(page, fields, on=page).headers["Location"].endswith("/sign-in")
    assert session().scalars(sa.select(SpentKey.status)).all() == [303]


def test_who_sends_too_often_is_asked_to_wait(limited_app: Flask, browser: Callable[..., Browser]) -> None:
    visitor = browser()
    visitor.get("/sign-in")
    form = {"email": "nobody@hanbit-office.example", "password": "not the password"}
    for _ in range(10):
        visitor.post("/sign-in", form, status=422)
    answer = visitor.post("/sign-in", form, status=429)
    assert "Wait a minute, then try again." in answer.text


def test_a_counter_keeps_no_address_however_long(limited_app: Flask, browser: Callable[..., Browser]) -> None:
    visitor = browser()
    address = f"{'a' * 240}@hanbit.example"
    visitor.post("/sign-in", {"email": address, "password": "not the password"}, on="/sign-in", status=422)
    assert not [key for key in session().scalars(sa.select(RateCounter.key)) if "hanbit" in key]
