"""A language chosen on a form that came back wrong leads back to that form, with what was chosen on it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from html import unescape

import pytest
from werkzeug.test import TestResponse

from tests.client import Browser, hidden_fields
from tests.slices.assessments.conftest import LESSON_CHECK, begin

Open = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]


def back(opened: Browser, wrong: TestResponse) -> str:
    """Choose Korean on a page, and give the address that this leads to."""
    assert wrong.status_code == 422
    place = unescape(hidden_fields(wrong.text, "/preferences")["next"])
    answer = opened.post("/preferences", {"language": "ko", "next": place})
    assert '<html lang="ko"' in opened.follow(answer).text
    return str(answer.headers["Location"])


@pytest.mark.parametrize("query", ["?person={person}", ""])
def test_the_log_is_still_about_the_person_who_was_chosen(browser: Open, cast: Cast, query: str) -> None:
    opened, person = browser("taeyang"), cast("jiwoo")
    opened.get(f"/coaching/new?person={person}")
    form = {"person": str(person), "setting": "call", "held_on": "2026-11-23", "due": "next_call"}
    wrong = opened.post(f"/coaching/new{query.format(person=person)}", form, status=422)
    assert back(opened, wrong) == f"/coaching/new?person={person}"


def test_a_form_keeps_what_its_address_asked_for(browser: Open) -> None:
    opened = browser("jiwoo")
    wrong = opened.post(
        "/skills/qualify/rate?from=path", {"level": "9"}, on="/skills/qualify/rate?from=path", status=422
    )
    assert back(opened, wrong) == "/skills/qualify/rate?from=path"


def test_a_lesson_is_still_given_to_those_who_were_chosen(browser: Open, cast: Cast) -> None:
    opened, people = browser("sora"), [str(cast("minho")), str(cast("yuna"))]
    chosen = {"lesson_id": "ho-ask-why-first", "to": people, "roles": ["specialist"], "back": "/team"}
    wrong = opened.post("/assign", {**chosen, "when": "day", "due_on": ""}, on="/assign", status=422)
    again = opened.get(back(opened, wrong)).text
    for value in (*people, "specialist"):
        assert f'value="{value}" checked' in again
    assert '<option selected value="ho-ask-why-first">' in again
    assert 'name="back" type="hidden" value="/team"' in again


def test_a_question_without_its_answer_is_still_the_one_asked(browser: Open) -> None:
    opened = browser("olivia")
    attempt = f"/attempts/{begin(opened, LESSON_CHECK)}"
    wrong = opened.post(f"{attempt}/answers/3", {}, on=f"{attempt}?q=3", status=422)
    assert back(opened, wrong) == f"{attempt}?q=3"


def test_a_part_of_a_lesson_is_still_the_one_that_was_open(browser: Open) -> None:
    opened, lesson = browser("jiwoo"), "/lessons/an-ask-before-you-quote"
    opened.post(f"{lesson}/parts/why-last", on=lesson)
    wrong = opened.post(f"{lesson}/parts/first-question", {}, on=lesson, status=422)
    assert back(opened, wrong) == f"{lesson}?part=first-question"
