"""When a check may be taken again, and what it asks about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.assessments.rules import QuizKind, free_from, limited_until, threshold

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_a_check_asks_where_the_target_level_begins() -> None:
    assert [threshold(level) for level in (None, 1, 2, 3, 4)] == [2.5, 0.5, 1.5, 2.5, 3.5]


def test_a_lessons_check_waits_a_day_and_a_skills_three() -> None:
    assert free_from(QuizKind.LESSON, NOW) == NOW + timedelta(hours=24)
    assert free_from(QuizKind.SKILL, NOW) == NOW + timedelta(days=3)
    assert free_from(QuizKind.SKILL, None) is None


@pytest.mark.parametrize(("most", "days"), [(None, 30), (2, None), (None, None), (4, 30)])
def test_without_a_limit_reached_nobody_waits(most: int | None, days: int | None) -> None:
    assert limited_until([NOW, NOW, NOW], most, days) is None


@given(st.lists(st.integers(0, 29), min_size=1, max_size=12), st.integers(1, 12))
def test_the_limit_opens_when_one_sitting_fewer_lies_within_the_days(ago: list[int], most: int) -> None:
    begun = [NOW - timedelta(days=days) for days in ago]
    opens = limited_until(begun, most, 30)
    if opens is None:
        assert len(begun) < most
    else:
        assert sum(at + timedelta(days=30) > opens for at in begun) < most
        assert sum(at + timedelta(days=30) >= opens for at in begun) >= most
