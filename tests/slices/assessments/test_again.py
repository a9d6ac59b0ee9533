"""When a skill's check may be taken again, and what it asks then."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from coach import clock, wiring
from coach.assessments import ports, queries
from coach.assessments.models import Attempt
from coach.db import session, unit_of_work
from coach.items.models import Item
from tests.client import Browser
from tests.slices.assessments.conftest import (
    LESSON_CHECK,
    SKILL,
    SKILL_CHECK,
    answer_one,
    asked,
    begin,
    is_over,
    take,
)


@pytest.fixture
def given_to(cast: Callable[[str], uuid.UUID]) -> Iterator[set[tuple[uuid.UUID, str]]]:
    """Stand in for the assignments that the composition root asks: a set of (person, check)."""
    given = set[tuple[uuid.UUID, str]]()
    ports.is_asked.connect(lambda person_id, quiz_id: (person_id, quiz_id) in given)
    yield given
    ports.is_asked.connect(wiring.is_assigned)


def test_a_skill_check_opens_again_after_three_days(
    browser: Callable[..., Browser], frozen: time_machine.Traveller, given_to: set[tuple[uuid.UUID, str]]
) -> None:
    opened = browser("olivia")
    first = take(opened, SKILL_CHECK)
    page = opened.get(f"/checks/{SKILL_CHECK}").text
    refused = opened.post(f"/checks/{SKILL_CHECK}", status=422).text
    frozen.shift(timedelta(days=3))
    second = begin(browser("olivia"), SKILL_CHECK)
    assert "It opens again three days later, on Thu 26 Nov, 10:00" in page
    assert "You took this check a short while ago." in refused
    assert first != second


def test_a_skill_check_that_is_assigned_may_be_taken_at_once(
    browser: Callable[..., Browser], cast: Callable[[str], uuid.UUID], given_to: set[tuple[uuid.UUID, str]]
) -> None:
    opened = browser("olivia")
    first = take(opened, SKILL_CHECK)
    given_to.add((cast("olivia"), SKILL_CHECK))
    assert begin(opened, SKILL_CHECK) != first


def test_a_lessons_check_waits_even_when_a_check_is_assigned(
    browser: Callable[..., Browser], cast: Callable[[str], uuid.UUID], given_to: set[tuple[uuid.UUID, str]]
) -> None:
    opened = browser("olivia")
    take(opened, LESSON_CHECK)
    given_to.add((cast("olivia"), LESSON_CHECK))
    opened.post(f"/checks/{LESSON_CHECK}", on=f"/checks/{LESSON_CHECK}", status=422)


def test_a_second_skill_check_asks_other_questions(
    browser: Callable[..., Browser], frozen: time_machine.Traveller
) -> None:
    first = take(browser("olivia"), SKILL_CHECK)
    frozen.shift(timedelta(days=4))
    second = take(browser("olivia"), SKILL_CHECK)
    assert not {item.item_id for item, _ in asked(first)} & {item.item_id for item, _ in asked(second)}
    assert not any(item.repeated for item, _ in asked(second))


def test_a_check_that_has_to_repeat_takes_what_was_had_longest_ago_and_says_so(
    browser: Callable[..., Browser], frozen: time_machine.Traveller
) -> None:
    had = []
    for _ in range(3):
        had.append([item.item_id for item, _ in asked(take(browser("olivia"), SKILL_CHECK))])
        frozen.shift(timedelta(days=4))
    opened = browser("olivia")
    with unit_of_work() as work:
        for item in work.scalars(sa.select(Item).where(Item.skill_id == SKILL, Item.use == "check")):
            item.retired_at = None if item.id in {name for names in had for name in names} else clock.now()
    page = opened.get(f"/checks/{SKILL_CHECK}").text
    attempt_id = begin(opened, SKILL_CHECK)
    question = opened.get(f"/attempts/{attempt_id}").text
    assert "They come again, the longest ago first." in page
    assert "You had this question within the last 30 days. There is no other left." in question
    assert asked(attempt_id)[0][0].item_id in had[0]


def test_what_is_begun_is_listed_until_it_is_handed_in(
    browser: Callable[..., Browser], cast: Callable[[str], uuid.UUID]
) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, SKILL_CHECK)
    answer_one(opened, attempt_id, 1, right=True)
    session().rollback()
    row = queries.open_attempts(cast("olivia"))[0]
    assert (row.attempt_id, row.answered, row.check.name.en) == (attempt_id, 1, "Ask about needs")
    assert str(row.progress) == "1 answered. Your answers are kept."
    for position in range(2, 5):
        answer_one(opened, attempt_id, position, right=position == 2)
    if not is_over(attempt_id):
        opened.post(f"/attempts/{attempt_id}/submit", on=f"/attempts/{attempt_id}/finish")
    session().rollback()
    session().expire_all()
    assert queries.open_attempts(cast("olivia")) == []
    assert session().get_one(Attempt, attempt_id).right == 2.0
