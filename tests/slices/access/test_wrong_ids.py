"""Wrong ids and odd parameters get a clear no, never a fault of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

import pytest
from flask import Flask

from coach.access.policy import Permission
from coach.web.guard import PUBLIC, guard_of
from tests.conventions import matrix
from tests.conventions.world import changed, state
from tests.slices.access.cases import CASES
from tests.slices.access.conftest import House
from tests.slices.access.test_access import is_granted

ODD: Final = (
    "",
    "-1",
    "0",
    "99999999999999999999999",
    "x" * 3000,
    "한글-아이디",
    "\u202e\u0000\u0007",
    "..",
    "../../etc/passwd",
    "' OR 1=1 --",
    "<script>",
    "%",
    "NaN",
    "😀" * 200,
    "00000000-0000-0000-0000-000000000000",
)
ODD_VALUES: Final = ("", "-1", "99999999999999999999999", "x" * 3000, "\u202e\u0000\u0007", "한글_01a205ea", "..")
NONE: Final = {"uuid": "01a205ea-be80-7000-8000-00000000dead", "int": "1"}
QUERIES: Final = (
    "q",
    "before",
    "after",
    "part",
    "person",
    "team",
    "lesson",
    "role",
    "because",
    "next",
    "only",
    "about",
)
MORE: Final = ("timeline", "back", "timeline")
_PARAMETER: Final = re.compile(r"<(?:(\w+):)?(\w+)>")
READERS: Final = ("manager", "self", "admin", "author", "editor")


@pytest.mark.parametrize("persona", ["self", "manager", "admin"])
def test_an_id_that_there_is_not_is_denied_as_the_matrix_says(persona: str, house: House) -> None:
    wrong, before = [], state()
    for rule in house.app.url_map.iter_rules():
        guard = guard_of(house.app, rule.endpoint) if rule.endpoint != "static" else None
        if not isinstance(guard, Permission) or not rule.arguments:
            continue
        denial = matrix.rules()[guard].denial
        path = _PARAMETER.sub(lambda match: NONE.get(match[1], "no-such-thing"), rule.rule)
        for method in (rule.methods or set()) & {"GET", "POST"}:
            data = house.hidden(persona) if method == "POST" else None
            answer = house.browser(persona)._send(method, path, data=data)
            if answer.status_code not in {denial, 404}:
                wrong.append(f"{method} {path}: {answer.status} instead of {denial} or 404")
    assert not wrong, "\n".join(wrong)
    assert changed(before, state()) == {}


def test_an_odd_id_is_never_a_fault_of_ours(house: House) -> None:
    wrong = []
    for method, persona, path in _odd_paths(house.app):
        data = house.hidden(persona) if method == "POST" else None
        answer = house.browser(persona)._send(method, path, data=data)
        if answer.status_code >= 500 or (answer.status_code < 300 and method == "GET"):
            wrong.append(f"{method} {path[:90]}: {answer.status}")
    assert not wrong, "\n".join(wrong)


def test_an_odd_query_is_never_a_fault_of_ours(house: House) -> None:
    wrong = []
    for case in (case for case in CASES if case.method == "GET"):
        path, persona = house.path(case).partition("?")[0], _reader(case.endpoint)
        for odd in ODD_VALUES:
            query = "&".join(f"{name}={quote(odd)}" for name in QUERIES)
            answer = house.browser(persona)._send("GET", f"{path}?{query}")
            if answer.status_code >= 500:
                wrong.append(f"{path}?…={odd[:30]!r}: {answer.status}")
    assert not wrong, "\n".join(wrong)


def test_an_odd_form_is_never_a_fault_of_ours(house: House) -> None:
    wrong = []
    for case in (case for case in CASES if case.method == "POST" and case.endpoint not in SIGN_OUT):
        persona = _reader(case.endpoint)
        for odd in ("", "\u0000", "x" * 5000, "-1", "99999999999999999999", "2026-99-99"):
            data = {**dict.fromkeys(case.sent, odd), **house.hidden(persona)}
            answer = house.browser(persona)._send("POST", house.path(case), data=data)
            if answer.status_code >= 500:
                wrong.append(f"{case.name} {odd[:20]!r}: {answer.status}")
    assert not wrong, "\n".join(wrong)


# After these the browser is a visitor's, and the rest would only be sent to sign in.
SIGN_OUT: Final = {"accounts.sign_out", "accounts.sign_out_everywhere", "people.deactivate"}


def _odd_paths(app: Flask) -> Iterator[tuple[str, str, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or not rule.arguments or guard_of(app, rule.endpoint) == PUBLIC:
            continue
        for odd in ODD:
            path = _PARAMETER.sub(lambda _match, text=odd: quote(text, safe=""), rule.rule)
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield method, _reader(rule.endpoint), path


def _reader(endpoint: str) -> str:
    """Choose who gets furthest on a route: somebody whom the matrix grants it."""
    cases = [case for case in CASES if case.endpoint == endpoint]
    return next(persona for persona in READERS if any(is_granted(case, persona) for case in cases))
