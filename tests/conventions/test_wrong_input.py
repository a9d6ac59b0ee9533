"""Whatever stands in an address or is sent in a form, nothing of it is an error of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.client import hidden_fields
from tests.conventions.walk import Walker
from tests.conventions.world import changed, state

# What people, other pages and programs put where an id belongs: no number, no id, one of another kind, no text at all.
WRONG: Final = (
    "0", "9" * 26, "%C2%B2", "ask-about-needs", "00000000-0000-0000-0000-000000000000", "%00", "%ED%A0%80", "..",
    "%ED%95%9C%EA%B8%80", "x" * 3000,
)  # fmt: skip
QUERIES: Final = (
    "about",
    "after",
    "because",
    "before",
    "lesson",
    "module",
    "part",
    "person",
    "q",
    "role",
    "skill",
    "team",
    "who",
)
PLACES: Final = ("0001-01-01_{id}", "9999-12-31_{id}", "2026-01-01_x", "_", "0001-01-01T00:00:00+14:00_{id}", "{id}")
# Forms that answer as if something were done, and why nothing is told that is not so.
AT_ONCE: Final = {
    "publishing.uninvite": "who is not asked to read is asked no longer",
    "training.remove_material": "what does not hang there hangs there no longer",
    "scenarios.answer": "a conversation that is over is shown as it ended",
}
# A draft may hold a file anywhere; one that has no place in the library is a problem beside its line.
ANYWHERE: Final = "publishing.edit"
PEOPLE: Final = ("jiwoo", "sora", "ines", "dana")
_PARAMETER: Final = re.compile(r"<(?:\w+:)?\w+>")


def spoiled(walker: Walker, rule: Rule) -> Iterator[str]:
    """Put something wrong into one parameter of a route at a time; the others name what is there."""
    pieces = _PARAMETER.findall(rule.rule)
    for n, piece in enumerate(pieces):
        foreign = walker.world.records["north" if piece != "<uuid:team_id>" else "attempt"]
        for wrong in (*WRONG, foreign):
            before, after = rule.rule.split(piece, 1)
            yield walker.filled(before) + wrong + walker.filled(after)
        assert n < 3


@pytest.mark.parametrize("who", PEOPLE)
def test_a_wrong_id_is_not_found_and_changes_nothing(walker: Walker, filled: Flask, who: str) -> None:
    opened, broken, n = walker.browser(who), [], 0
    keys = hidden_fields(opened.get("/account").text, "/preferences")
    before = state()
    for rule in filled.url_map.iter_rules():
        if not rule.arguments or rule.endpoint in ("static", ANYWHERE):
            continue
        for path in spoiled(walker, rule):
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                n += 1
                sent = {"csrf_token": keys["csrf_token"], "form_key": f"{who}-{n}"} if method == "POST" else None
                answer = opened._send(method, path, data=sent)
                is_told = method == "POST" and answer.status_code < 400 and rule.endpoint not in AT_ONCE
                if answer.status_code >= 500 or is_told:
                    broken.append(f"{method} {path[:100]}: {answer.status}")
    assert n > 1000
    assert not broken, "\n".join(broken)
    assert set(changed(before, state())) <= {"spent_key"}


@pytest.mark.parametrize("who", PEOPLE)
def test_a_wrong_query_is_no_error_of_ours(walker: Walker, filled: Flask, who: str) -> None:
    opened, broken = walker.browser(who), []
    pages = [rule.rule for rule in filled.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    places = [place.format(id=walker.world.records["north"]) for place in PLACES]
    asked = ["&".join(f"{name}={wrong}" for name in QUERIES) for wrong in WRONG]
    asked += [urlencode({"after": place, "before": place}) for place in places]
    for page in pages:
        answers = ((query, opened._send("GET", f"{page}?{query}").status_code) for query in asked)
        broken += [f"{page}?{query[:100]}: {status}" for query, status in answers if status >= 500]
    assert len(pages) > 30
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("more", [{"to": ["x", "a\0b"]}, {"a\0b": "x"}, {"lesson_id": "\0"}])
def test_a_character_that_no_text_may_hold_is_told_and_changes_nothing(walker: Walker, more: dict[str, str]) -> None:
    opened = walker.browser("sora")
    opened.get("/assign")
    before = state()
    page = opened.post("/assign", {"when": "two_weeks", **more}, status=422)
    assert "A character in this cannot be kept." in page.text
    opened.get("/assign?person=x&person=%00", status=404)
    assert changed(before, state()) == {}
