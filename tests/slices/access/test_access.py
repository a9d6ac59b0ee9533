"""Every guarded route, asked by everybody who holds a relation to the person it is about: the matrix decides."""

from __future__ import annotations

from typing import Final

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from coach.access.policy import Permission
from coach.db import session, unit_of_work
from coach.people import services as people
from coach.people.models import Person
from coach.web.guard import guard_of
from tests.client import hidden_fields
from tests.conventions import matrix
from tests.conventions.world import NOTES, changed, state
from tests.slices.access.cases import CASES, Case
from tests.slices.access.conftest import House
from tests.slices.access.people import HOLDS

PERSONAS: Final = list(HOLDS)
HTMX: Final = {"HX-Request": "true"}
JSON: Final = {"Accept": "application/json"}
# The browser that sends these is signed out, or in anew, by them: the second time its form belongs to nobody.
ENDS_THE_SESSION: Final = {
    ("accounts.sign_out", ""),
    ("accounts.sign_out_everywhere", "self"),
    ("accounts.change_password", ""),
}


def is_granted(case: Case, persona: str) -> bool:
    """Ask the matrix, and nothing else, whether one of the relations that a persona holds is granted."""
    held = HOLDS[persona][1] | {"any_user"}
    return bool(held & matrix.rules()[case.decides].granted) and persona not in case.refused


def test_every_guarded_route_stands_in_the_table(app: Flask) -> None:
    there = {(case.method, case.endpoint) for case in CASES}
    wanted = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        if isinstance(guard_of(app, rule.endpoint), Permission)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert wanted - there == set(), "put these into tests/slices/access/cases.py: which record, what is sent"
    assert there - wanted == set(), "these are no routes any more: take them out of tests/slices/access/cases.py"


def test_every_permission_that_guards_a_route_is_decided_in_a_case(app: Flask) -> None:
    guards = {guard_of(app, rule.endpoint) for rule in app.url_map.iter_rules()}
    decided = {case.decides for case in CASES}
    left = {guard for guard in guards if isinstance(guard, Permission)} - decided
    assert left == set(), f"no case is decided by {left}"


def test_the_personas_hold_every_relation_that_must_be_seen_to_be_denied() -> None:
    held = set().union(*(relations for _, relations in HOLDS.values()))
    wanted = set().union(*(matrix.rules()[case.decides].must_deny for case in CASES))
    assert wanted - held <= {"anon", "disabled", "token"}, "somebody in tests/slices/access/people.py must hold it"


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_not_is_denied_and_nothing_is_written(persona: str, house: House) -> None:
    denied = [case for case in CASES if not case.own and not is_granted(case, persona)]
    house.hidden(persona)
    before, wrong = state(), []
    for case in denied:
        answer, denial = house.ask(case, persona), matrix.rules()[case.decides].denial
        if answer.status_code != denial:
            wrong.append(f"{case.name}: {answer.status} instead of {denial}")
        if traces := _traces(answer, persona):
            wrong.append(f"{case.name}: shows {traces}")
    assert not wrong, "\n".join(wrong)
    assert changed(before, state()) == {}, "something was written although everything was denied"


@pytest.mark.parametrize("persona", [p for p in PERSONAS if p != "self"])
def test_what_one_does_for_oneself_neither_shows_nor_changes_another(persona: str, house: House) -> None:
    own = [case for case in CASES if case.own and not is_granted(case, persona)]
    before, wrong = state(about=house.world.ids["jiwoo"]), []
    for case in sorted(own, key=lambda case: case.endpoint.startswith("accounts.")):
        answer = house.ask(case, persona)
        if answer.status_code >= 400 and answer.status_code not in {403, 404, *case.may_answer}:
            wrong.append(f"{case.name}: {answer.status}")
        if traces := [*_traces(answer, persona), *(key for key in HERS if house.records[key] in answer.text)]:
            wrong.append(f"{case.name}: shows {traces}")
    assert not wrong, "\n".join(wrong)
    assert changed(before, state(about=house.world.ids["jiwoo"])) == {}, "what is Jiwoo's was changed"


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_read_gets_the_page(persona: str, house: House) -> None:
    wrong = []
    for case in (c for c in CASES if c.method == "GET" and is_granted(c, persona)):
        answer = house.ask(case, persona)
        if answer.status_code >= 400 and answer.status_code not in case.may_answer:
            wrong.append(f"{case.name}: {answer.status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("case", "persona"),
    [(case, persona) for case in CASES if case.method == "POST" for persona in PERSONAS if is_granted(case, persona)],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_who_may_write_writes_once_and_gets_the_same_answer_again(case: Case, persona: str, house: House) -> None:
    data = {**house.hidden(persona), **house.sent(case)}
    first = house.browser(persona)._send("POST", house.path(case), data=data)
    assert first.status_code == 303 or first.status_code in case.may_answer, first.text[-2000:]
    ends = {(case.endpoint, ""), (case.endpoint, persona)} & ENDS_THE_SESSION
    if first.status_code != 303 or ends:
        return
    after = state()
    second = house.browser(persona)._send("POST", house.path(case), data=data)
    assert (second.status_code, second.headers.get("Location")) == (303, first.headers["Location"])
    assert changed(after, state()) == {}, "a form sent twice is done once"


def test_a_visitor_is_sent_to_sign_in_and_changes_nothing(house: House) -> None:
    client, before, wrong = house.app.test_client(), state(), []
    token = hidden_fields(client.get("/sign-in").text, "/sign-in")["csrf_token"]
    for case in CASES:
        for headers, status, where in (({}, 302, "Location"), (HTMX, 401, "HX-Redirect"), (JSON, 401, "")):
            data = {"csrf_token": token, "form_key": "k"} if case.method == "POST" else None
            answer = client.open(house.path(case), method=case.method, headers=headers, data=data)
            aim = answer.headers.get(where, "") if where else "/sign-in"
            if answer.status_code != status or not aim.startswith("/sign-in") or _traces(answer, ""):
                wrong.append(f"{case.name} {headers}: {answer.status} to {aim!r}")
    assert not wrong, "\n".join(wrong)
    assert changed(before, state()) == {}


def test_who_was_deactivated_is_a_visitor_from_the_next_request_on(house: House) -> None:
    opened = house.browser("coach")
    opened.get("/coachees")
    with unit_of_work():
        people.deactivate(session().get_one(Person, house.world.ids["eunbi"]), by=None)
    for case in (case for case in CASES if case.method == "GET"):
        answer = opened._send("GET", house.path(case))
        assert answer.status_code == 302, case.name
        assert answer.headers["Location"].startswith("/sign-in"), case.name


# Records of Jiwoo's: their ids stand on no page of who may not read them.
HERS: Final = ("finding", "assignment", "attempt", "result", "contest", "action", "work", "conversation", "talk")


def _traces(answer: TestResponse, persona: str) -> list[str]:
    """List what of Jiwoo's records stands in an answer; her name on her own pages is no trace."""
    return [] if persona == "self" else [note for note in NOTES if note in answer.text]
