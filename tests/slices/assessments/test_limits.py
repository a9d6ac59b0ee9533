"""A limit of time by the server's clock, and of how often a check may be begun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from coach import clock
from coach.assessments.models import Attempt, Quiz
from coach.assessments.nights import close_attempts
from coach.db import session, unit_of_work
from coach.evidence.models import Evidence
from tests.client import Browser
from tests.slices.assessments.conftest import (
    LESSON_CHECK,
    answer_one,
    asked,
    begin,
    fields,
    is_over,
    right_answer,
    take,
)

Open = Callable[..., Browser]


@pytest.fixture
def limited(app: object) -> None:
    """Give the check ten minutes, twice in thirty days."""
    with unit_of_work() as work:
        quiz = work.get_one(Quiz, LESSON_CHECK)
        quiz.minutes, quiz.most_attempts, quiz.window_days = 10, 2, 30


@pytest.mark.usefixtures("limited")
def test_the_pages_say_how_long_and_until_when(browser: Open) -> None:
    opened = browser("olivia")
    first = opened.get(f"/checks/{LESSON_CHECK}").text
    attempt_id = begin(opened, LESSON_CHECK)
    assert "You have 10 minutes from when you begin" in first
    assert "You can take it 2 times in 30 days." in first
    assert "Until 10:10" in opened.get(f"/attempts/{attempt_id}").text


@pytest.mark.usefixtures("limited")
@pytest.mark.parametrize(("seconds", "is_kept"), [(630, True), (631, False)])
def test_an_answer_is_taken_up_to_the_grace_and_not_after(
    seconds: int, is_kept: bool, browser: Open, frozen: time_machine.Traveller
) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, LESSON_CHECK)
    for position in (1, 2, 3):
        answer_one(opened, attempt_id, position, right=True)
    opened.get(f"/attempts/{attempt_id}?q=4")
    frozen.shift(timedelta(seconds=seconds))
    _, revision = asked(attempt_id)[3]
    opened.post(f"/attempts/{attempt_id}/answers/4", fields(revision, right_answer(revision.kind, revision.body)))
    assert (asked(attempt_id)[3][0].answer is not None) is is_kept
    assert is_over(attempt_id) is not is_kept


@pytest.mark.usefixtures("limited")
def test_what_was_kept_counts_as_of_the_end_of_the_time(browser: Open, frozen: time_machine.Traveller) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, LESSON_CHECK)
    for position in (1, 2, 3):
        answer_one(opened, attempt_id, position, right=True)
    frozen.shift(timedelta(hours=3))
    page = opened.get(f"/attempts/{attempt_id}").text
    assert not is_over(attempt_id), "looking hands nothing in"
    opened.post(f"/attempts/{attempt_id}/submit")
    attempt = session().get_one(Attempt, attempt_id, populate_existing=True)
    piece = session().scalars(sa.select(Evidence)).one()
    assert "The time is up. What you answered by then counts." in page
    assert attempt.submitted_at == attempt.closes_at == clock.now() - timedelta(hours=3, minutes=-10)
    assert (piece.seen_at, piece.raw["right"]) == (attempt.closes_at, 3)


@pytest.mark.usefixtures("limited")
def test_the_night_hands_in_what_nobody_came_back_to_and_leaves_the_rest(
    browser: Open, frozen: time_machine.Traveller
) -> None:
    opened = browser("olivia")
    late, open_one = begin(opened, LESSON_CHECK), begin(opened, "ho-hear-it-out-check")
    frozen.shift(timedelta(minutes=10, seconds=20))
    close_attempts()
    assert not is_over(late)
    frozen.shift(timedelta(hours=12))
    close_attempts()
    close_attempts()
    assert is_over(late)
    assert not is_over(open_one)
    assert session().get_one(Attempt, late).right == 0


@pytest.mark.usefixtures("limited")
def test_beginning_again_hands_the_late_one_in_and_leads_to_its_result(
    browser: Open, frozen: time_machine.Traveller
) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, LESSON_CHECK)
    frozen.shift(timedelta(days=3))
    assert begin(browser("olivia"), LESSON_CHECK) == attempt_id
    assert is_over(attempt_id)


@pytest.mark.usefixtures("limited")
def test_a_check_is_begun_as_often_as_it_may_be_and_the_page_says_from_when_again(
    browser: Open, frozen: time_machine.Traveller
) -> None:
    for _ in range(2):
        take(browser("olivia"), LESSON_CHECK)
        frozen.shift(timedelta(days=2))
    opened = browser("olivia")
    page = opened.get(f"/checks/{LESSON_CHECK}").text
    told = opened.post(f"/checks/{LESSON_CHECK}", status=422).text
    frozen.shift(timedelta(days=26))
    begin(browser("olivia"), LESSON_CHECK)
    assert "It opens again on Wed 23 Dec, 10:00." in page
    assert "You have taken this check as often as it may be." in told
