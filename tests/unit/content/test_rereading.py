"""Reading a library again after a few files changed comes to what reading all of it comes to."""

from __future__ import annotations

from dataclasses import fields

import pytest

from coach.content.checks import library_problems
from coach.content.reading import Reading, read_sources
from coach.content.rereading import read_again
from tests.unit.content.small_library import EN, GOOD, KO

ITEMS = "items/negotiate.yml"
CHANGES = {
    "nothing": {},
    "a text": {EN: GOOD[EN].replace("asked for again.", "asked for twice.")},
    "a text with a mistake": {KO: GOOD[KO].replace("{#try task}", "{#try}")},
    "an item that a lesson asks is gone": {ITEMS: GOOD[ITEMS].replace("id: ne-first", "id: ne-other")},
    "a file is taken out": {KO: None},
    "the framework is taken out": {"framework.yml": None},
    "the framework cannot be read": {"framework.yml": "skills: ["},
    "a file with no place": {"notes.txt": "hello"},
}


@pytest.mark.parametrize("changed", CHANGES.values(), ids=list(CHANGES))
def test_it_finds_what_a_whole_reading_finds(changed: dict[str, str | None]) -> None:
    base = read_sources(GOOD)
    whole = {path: text for path, text in {**GOOD, **changed}.items() if text is not None}
    again, afresh = read_again(base, changed), read_sources(whole)
    assert _problems(again) == _problems(afresh)
    for field in fields(Reading):
        if field.name not in ("problems", "documents"):
            assert getattr(again, field.name) == getattr(afresh, field.name), field.name


def test_what_was_read_first_stays_as_it_was() -> None:
    base = read_sources(GOOD)
    read_again(base, {EN: None, ITEMS: "items: []"})
    assert _problems(base) == []
    assert base.sources == GOOD


def _problems(reading: Reading) -> list[str]:
    return sorted(map(str, [*reading.problems, *library_problems(reading)]))
