"""Every route says who may come in, and says it truly to whoever asks from outside."""

from __future__ import annotations

import json
from typing import Final

import pytest
from flask import Flask

from coach.access.policy import Permission
from coach.web.guard import PUBLIC, asks_to_confirm, guard_of, public, refuse_unguarded, requires
from tests.conventions import matrix

# Each route that a visitor may use, and why it can ask for no one.
OPEN: Final = {
    "accounts.sign_in": "this is where one says who one is",
    "accounts.ask_reset": "somebody who forgot the password can not sign in; the answer is the same for every address",
    "accounts.reset_asked": "what happens next, the same for everybody",
    "accounts.reset_link": "the one-time token in the address stands for the person",
    "accounts.welcome_link": "the one-time token in the address stands for the person",
    "accounts.preferences": "language and colours of the sign-in page; a visitor's choice stays in the browser",
    "certificates.verify": "who was given the link may see whether the certificate is valid; the token stands for it",
    "training.feed": "a calendar program has no account; the token that its owner gave it stands for the owner",
    "operations.health": "a load balancer has no account; it says ok or 503 and nothing else",
}


def test_every_route_says_who_may_come_in(app: Flask) -> None:
    silent = [
        rule.rule for rule in app.url_map.iter_rules() if _is_ours(rule.endpoint) and not _guard(app, rule.endpoint)
    ]
    assert not silent, f"put @requires(Permission.X) or @public on the views of {silent}"


def test_what_the_matrix_grants_after_a_recent_password_alone_asks_for_one(app: Flask) -> None:
    asking = {
        rule.endpoint: asks_to_confirm(app, rule.endpoint)
        for rule in app.url_map.iter_rules()
        if isinstance(guard := _guard(app, rule.endpoint), Permission) and matrix.rules()[guard].recent
    }
    assert asking.pop("accounts.change_password") is False, "its own form asks for the present password"
    assert asking, "no route is of this kind"
    assert all(asking.values()), "put @confirmed(back=...) on these views"


def test_the_routes_open_to_visitors_are_these_and_no_others(app: Flask) -> None:
    found = {rule.endpoint for rule in app.url_map.iter_rules() if _guard(app, rule.endpoint) == PUBLIC}
    assert found == set(OPEN), "an open route stands in OPEN with the reason why it asks for no one"


def test_a_route_without_a_guard_stops_the_start() -> None:
    toy = Flask("toy")
    toy.add_url_rule("/guarded", view_func=requires(Permission.OWN_ACCOUNT_READ)(lambda: ""), endpoint="guarded")
    toy.add_url_rule("/open", view_func=public(lambda: ""), endpoint="open")
    refuse_unguarded(toy)
    toy.add_url_rule("/bare", view_func=lambda: "", endpoint="bare")
    with pytest.raises(RuntimeError, match="/bare"):
        refuse_unguarded(toy)


def test_demo_routes_prints_the_guard_of_every_route(app: Flask) -> None:
    printed = json.loads(app.test_cli_runner().invoke(args=["demo", "routes"]).output)
    assert printed == {
        f"{method} {rule.rule}": str(_guard(app, rule.endpoint))
        for rule in app.url_map.iter_rules()
        if _is_ours(rule.endpoint)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert printed["POST /sign-out"] == "own_account.end_session"
    assert printed["GET /healthz"] == "public"


def test_demo_personas_names_a_way_to_sign_in_for_each_relation(app: Flask) -> None:
    printed = json.loads(app.test_cli_runner().invoke(args=["demo", "personas"]).output)
    assert printed.pop("anon") is None
    assert set(printed) == {
        *("self", "author", "peer", "outsider", "coach", "coach_other", "coach_former"),
        *("manager", "upline", "manager_other", "manager_former", "editor", "admin"),
    }
    assert all(row["person_id"] and row["subject_id"] and "@" in row["email"] for row in printed.values())


def _guard(app: Flask, endpoint: str) -> object:
    return guard_of(app, endpoint)


def _is_ours(endpoint: str) -> bool:
    return endpoint != "static"
