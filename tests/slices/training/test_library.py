"""The library: what is next, one's own role first, how far one is."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from coach.access.identity import Identity
from coach.db import unit_of_work
from coach.training import queries, services
from tests.client import Browser
from tests.slices.training.conftest import address, go_to, republish, with_modules
from tests.slices.training.every_kind import LESSON, PART_IDS
from tests.statements import count_statements

Open = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]


def test_the_shipped_library_shows_each_person_what_is_theirs_first(app: Flask, browser: Open) -> None:
    shelves = browser("rian").get("/learn").text.split("Look for lessons")[1]
    page = shelves.split("</form>", 1)[1]
    assert page.index("For your role") < page.index("Other roles")
    assert page.index("Ask about needs") < page.index("Other roles") < page.index("Give coaching")


@pytest.mark.parametrize("place", ["/learn", "/practice", "/scenarios", "/workshops"])
def test_the_places_of_learn_stand_right_below_the_heading_in_each_of_them(browser: Open, place: str) -> None:
    page = browser("rian").get(place).text
    assert "<p" not in page[page.index("</h1>") : page.index('class="tabs"')]


def test_progress_is_told_in_words(small: Flask, browser: Open) -> None:
    opened = browser("rian")
    assert "0 of 1 lesson" in opened.get("/learn").text
    go_to(opened, "many")
    assert "Part 3 of 8" in opened.get("/learn/trade").text
    page = opened.get("/learn").text
    assert "Continue" in page
    assert "6 min left. You stopped before a question." in page


def test_what_is_next_is_the_lesson_begun_then_the_first_ahead(small: Flask, browser: Open, cast: Cast) -> None:
    person = cast("rian")
    first = queries.next_for(person, "account-manager")
    assert first is not None
    assert (first.lesson_id, first.is_begun, first.part, first.parts, first.minutes_left) == (LESSON, False, 1, 8, 8)
    go_to(browser("rian"), "try")
    begun = queries.next_for(person, "account-manager")
    assert begun is not None
    assert (begun.is_begun, begun.part, begun.minutes_left, begun.part_title.en) == (True, 8, 1, "Try it")
    browser("rian").post(address("try"), on=f"/lessons/{LESSON}")
    assert queries.next_for(person, "account-manager") is None


def test_a_lesson_of_another_role_is_next_only_once_begun(small: Flask, cast: Cast) -> None:
    assert queries.next_for(cast("jiwoo"), "sdr") is None
    assert queries.next_for(cast("dana"), None) is None
    with unit_of_work():
        services.open_lesson(by=cast("jiwoo"), lesson_id=LESSON)
    begun = queries.next_for(cast("jiwoo"), "sdr")
    assert begun is not None
    assert (begun.lesson_id, begun.is_begun, begun.part) == (LESSON, True, 1)


def test_a_person_without_a_role_finds_every_module(app: Flask, browser: Open) -> None:
    assert "Other roles" in browser("dana").get("/learn").text


def test_runs_and_completions_are_listed_for_several_people(small: Flask, browser: Open, cast: Cast) -> None:
    go_to(browser("rian"), "try")
    browser("rian").post(address("try"), on=f"/lessons/{LESSON}")
    go_to(browser("priya"), "many")
    people = [cast("rian"), cast("priya"), cast("hana")]
    runs = {run.person_id: (run.done, run.parts, run.completed_at is None) for run in queries.runs_of(people)}
    assert runs == {cast("rian"): (8, 8, False), cast("priya"): (2, 8, True)}
    (completed,) = (run for run in queries.runs_of(people, [LESSON]) if run.completed_at is not None)
    assert (completed.person_id, completed.lesson_id) == (cast("rian"), LESSON)
    assert queries.runs_of(people, ["another"]) == []


@pytest.mark.parametrize("path", ["/learn", "/learn/trade-0"])
def test_the_library_needs_as_many_statements_for_few_modules_as_for_many(app: Flask, browser: Open, path: str) -> None:
    counts = []
    for modules in (2, 6):
        republish(with_modules(modules))
        opened = browser("rian")
        opened.get(path)
        with count_statements(app) as seen:
            opened.get(path)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 12


def test_retaking_a_lesson_keeps_the_module_count_of_what_was_done(small: Flask, browser: Open, cast: Cast) -> None:
    opened = browser("rian")
    go_to(opened, PART_IDS[-1])
    opened.post(address("try"), on=f"/lessons/{LESSON}")
    assert "1 of 1 lesson" in opened.get("/learn").text
    opened.post(f"/lessons/{LESSON}/again", on=f"/lessons/{LESSON}")
    (module,) = queries.library(Identity(cast("rian")), "account-manager")
    assert (module.lessons[0].state, module.done) == ("now", 1)


def test_lessons_are_looked_for_by_role_skill_and_minutes(app: Flask, browser: Open) -> None:
    opened = browser("rian")
    page = opened.get("/learn?skill=give-coaching").text
    assert "Say what you saw" in page
    assert "Not yet → With help" in page
    assert "For your role" not in page
    assert "Next lesson" not in page
    assert "Ask before you quote" in opened.get("/learn?role=sdr&minutes=10").text
    assert "Ask before you quote" not in opened.get("/learn?role=sdr&skill=give-coaching").text
    assert '<option value="sdr" selected>' in opened.get("/learn?role=sdr").text


def test_a_wish_that_nothing_fits_says_what_to_do_and_an_odd_one_is_none(small: Flask, browser: Open) -> None:
    opened = browser("rian")
    page = opened.get("/learn?minutes=5").text
    assert "No lesson fits all of this" in page
    assert "Show the whole library" in page
    assert "For your role" in opened.get("/learn?minutes=7&role=boss&skill=juggle").text
