"""A role's path: what this week asks, what is open from before, and what is next."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from coach.access.identity import Identity
from coach.db import unit_of_work
from coach.people import queries as people
from coach.training import queries, services
from coach.training.path_rows import Path
from coach.training.paths import path_of
from coach.training.reading import lesson_page
from tests.client import Browser
from tests.conftest import TODAY
from tests.slices.training.conftest import republish, with_modules
from tests.statements import count_statements

Open = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]
STEPS = "role: account-manager\nsteps:\n"


def _on_path(*steps: str, modules: int = 4) -> dict[str, str]:
    written = STEPS + "".join(f"  - {{{step}}}\n" for step in steps)
    return {**with_modules(modules), "paths/account-manager.yml": written}


def _take(person: uuid.UUID, lesson: str) -> None:
    """Go through a lesson as somebody who chooses the first answer."""
    with unit_of_work():
        run = services.open_lesson(by=person, lesson_id=lesson)
        for part in ("why", "first", "true", "try"):
            if part in ("first", "true"):
                answer = {"choice": "a"} if part == "first" else {"value": True}
                services.answer_part(by=person, run=run, part_id=part, answer=answer)
            else:
                services.finish_part(by=person, run=run, part_id=part)


def test_a_week_counts_from_the_start_in_the_role_and_open_steps_wait(app: Flask, cast: Cast) -> None:
    republish(_on_path("week: 1, lesson: ne-trade-2", "week: 1, lesson: ne-trade-0", "week: 3, lesson: ne-trade-1"))
    _take(cast("rian"), "ne-trade-2")
    person = people.row(cast("rian"))
    assert person.role_since is not None
    path = path_of(person, person.role_since + timedelta(days=15))
    assert path is not None
    assert (path.week, path.length, [step.id for step in path.done]) == (3, 3, ["ne-trade-2"])
    assert [step.id for step in path.waiting] == ["ne-trade-0"]
    assert path.next is not None
    assert path.next.id == "ne-trade-0"
    assert [step.id for step in path.now.steps] == ["ne-trade-1"] if path.now else False
    first = path_of(person, person.role_since - timedelta(days=9))
    assert first is not None
    assert (first.week, [week.number for week in first.ahead], first.waiting) == (1, [3], ())
    late = path_of(person, date(2040, 1, 1))
    assert late is not None
    assert (late.is_over, late.now, late.ahead, len(late.waiting)) == (True, None, (), 2)


def test_what_is_next_follows_the_path_and_then_the_roles_other_modules(app: Flask, cast: Cast) -> None:
    republish(_on_path("week: 1, lesson: ne-trade-3", "week: 2, module: trade-1"))
    order = []
    for _ in range(5):
        upcoming = queries.next_for(cast("rian"), "account-manager")
        assert upcoming is not None
        order.append(upcoming.lesson_id)
        _take(cast("rian"), upcoming.lesson_id)
    shelves = queries.library(Identity(cast("rian")), "account-manager")
    rest = [lesson.id for module in shelves for lesson in module.lessons if lesson.id not in order[:2]]
    assert order == ["ne-trade-3", "ne-trade-1", *rest]
    assert queries.next_for(cast("rian"), "account-manager") is None


def test_what_is_next_takes_three_statements_at_most(app: Flask, cast: Cast) -> None:
    with count_statements(app) as seen:
        queries.next_for(cast("rian"), "account-manager")
    assert len(seen) <= 3


def test_a_step_that_moves_or_comes_back_keeps_what_was_done(app: Flask, cast: Cast) -> None:
    first = _on_path("week: 1, lesson: ne-trade-0", "week: 2, lesson: ne-trade-1")
    republish(first)
    _take(cast("rian"), "ne-trade-0")
    republish(_on_path("week: 2, lesson: ne-trade-1"))
    assert [step.id for step in _path(cast("rian")).steps] == ["ne-trade-1"]
    republish(_on_path("week: 1, lesson: ne-trade-1", "week: 4, lesson: ne-trade-0"))
    assert [(step.id, step.week, step.is_done) for step in _path(cast("rian")).steps] == [
        ("ne-trade-1", 1, False),
        ("ne-trade-0", 4, True),
    ]


def _path(person: uuid.UUID) -> Path:
    found = path_of(people.row(person), TODAY)
    assert found is not None
    return found


def test_the_page_says_the_week_and_what_is_open_in_calm_words(app: Flask, browser: Open) -> None:
    page = browser("jiwoo").get("/path").text
    for words in ("Week 3 of 8", "0 of ", "Next on your path", "Open from earlier weeks", "They come first.", "Ahead"):
        assert words in page
    old = browser("rian").get("/path").text
    assert "The 8 weeks are over" in old
    assert "Still open" in old
    assert "처음 8주가 끝났어요" in browser("minho").get("/path").text
    assert "No path yet" in browser("dana").get("/path").text


def test_a_manager_sees_the_path_of_somebody_and_starts_nothing_for_them(app: Flask, browser: Open, cast: Cast) -> None:
    page = browser("sora").get(f"/people/{cast('jiwoo')}/path").text
    assert "Path of Jiwoo\u00a0Park" in page
    assert "Next on your path" not in page


@pytest.mark.parametrize("who", ["jiwoo", "rian", "dana"])
def test_a_path_takes_few_statements_however_long_it_is(app: Flask, browser: Open, who: str) -> None:
    opened = browser(who)
    opened.get("/path")
    with count_statements(app) as seen:
        opened.get("/path")
    assert len(seen) <= 8


def test_the_lesson_page_knows_where_one_stopped(app: Flask, cast: Cast) -> None:
    republish(_on_path("week: 1, lesson: ne-trade-0"))
    with unit_of_work():
        run = services.open_lesson(by=cast("rian"), lesson_id="ne-trade-0")
        services.finish_part(by=cast("rian"), run=run, part_id="why")
    assert _path(cast("rian")).steps[0].is_begun
    shown = lesson_page(Identity(cast("rian")), "ne-trade-0").shown
    assert shown is not None
    assert shown.row.id == "first"
