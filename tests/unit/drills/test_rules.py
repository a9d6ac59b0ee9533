"""How much a day asks, and which days count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from coach.drills import rules

AT = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("median", "answered", "left"), [(None, 0, 15), (None, 15, 0), (None, 40, 0), (10.0, 5, 25), (100.0, 1, 2)]
)
def test_a_day_asks_for_five_minutes_at_most(median: float | None, answered: int, left: int) -> None:
    assert rules.room(median, answered) == left


@pytest.mark.parametrize(("seconds", "believed"), [(-5, 1), (0, 1), (12, 12), (180, 180), (86_400, 180)])
def test_an_answer_takes_from_one_second_to_three_minutes(seconds: int, believed: int) -> None:
    assert rules.taken(AT, AT + timedelta(seconds=seconds)) == believed


def test_a_day_off_moves_to_the_next_day_that_is_none() -> None:
    saturday = date(2026, 11, 28)
    assert rules.practice_day(saturday, rules.WEEKEND) == date(2026, 11, 30)
    assert rules.practice_day(saturday, ()) == saturday


def test_three_working_days_before_a_day_of_need_leave_the_days_off_out() -> None:
    tuesday = date(2026, 12, 1)
    assert rules.brought_forward_from(tuesday, rules.WEEKEND) == date(2026, 11, 26)
    assert rules.brought_forward_from(tuesday, ()) == date(2026, 11, 28)
    assert rules.brought_forward_from(tuesday, range(1, 7)) == date(2026, 11, 16)
