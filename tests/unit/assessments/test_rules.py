"""Which questions a skill's check asks, and when it may be taken again."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.assessments.rules import FRESH_AFTER, SIZE, Candidate, QuizKind, draw, free_from, repeats, step_for

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=31)
RECENT = NOW - timedelta(days=5)


def bank(seen: Iterable[datetime | None] = (), *, each: int = 4) -> list[Candidate]:
    """Make a bank of questions, `each` a step, the first of them seen as said."""
    moments = dict(enumerate(seen))
    steps = [step for step in (2, 3, 4) for _ in range(each)]
    return [Candidate(f"q{n:02}", uuid.UUID(int=n), step, moments.get(n)) for n, step in enumerate(steps)]


@pytest.mark.parametrize(
    ("step", "wanted"), [(3, {2: 1, 3: 4, 4: 1}), (2, {2: 4, 3: 2}), (4, {4: 4, 3: 2})], ids=["middle", "low", "high"]
)
def test_most_stand_at_the_step_of_the_target_and_some_beside_it(step: int, wanted: dict[int, int]) -> None:
    drawn = draw(bank(), step=step, seed=7, now=NOW)
    assert Counter(c.step for c in drawn) == wanted


def test_one_seed_gives_one_draw_and_another_seed_another() -> None:
    draws = {tuple(c.item_id for c in draw(bank(), step=3, seed=seed, now=NOW)) for seed in range(20)}
    again = {tuple(c.item_id for c in draw(reversed(bank()), step=3, seed=seed, now=NOW)) for seed in range(20)}
    assert draws == again
    assert len(draws) > 10


def test_what_was_seen_within_thirty_days_waits_while_there_is_other() -> None:
    seen = [None] * 4 + [RECENT] * 4
    drawn = draw(bank(seen), step=3, seed=1, now=NOW)
    assert {c.step for c in drawn} == {2, 4}
    assert repeats(bank(seen), NOW) == 0


def test_where_too_few_are_left_those_seen_longest_ago_fill_up() -> None:
    seen = [NOW - timedelta(days=days) for days in (29, 3, 28, 4, 27, 5, 26, 6, 25, 7)]
    drawn = draw(bank(seen), step=3, seed=1, now=NOW)
    assert {c.item_id for c in drawn} == {"q10", "q11", "q00", "q02", "q04", "q06"}
    assert repeats(bank(seen), NOW) == 4


def test_after_thirty_days_a_question_is_fresh_again() -> None:
    assert not Candidate("q", uuid.UUID(int=1), 3, NOW - FRESH_AFTER).is_fresh(NOW)
    assert Candidate("q", uuid.UUID(int=1), 3, LONG_AGO).is_fresh(NOW)


@given(
    seen=st.lists(st.sampled_from([None, RECENT, LONG_AGO]), max_size=12),
    each=st.integers(0, 4),
    step=st.integers(2, 4),
    seed=st.integers(0, 2**31),
)
def test_a_draw_never_repeats_a_question_and_is_as_long_as_it_can_be(
    seen: list[datetime | None], each: int, step: int, seed: int
) -> None:
    questions = bank(seen, each=each)
    drawn = draw(questions, step=step, seed=seed, now=NOW)
    assert len({c.item_id for c in drawn}) == len(drawn) == min(SIZE, len(questions))
    assert sum(not c.is_fresh(NOW) for c in drawn) == repeats(questions, NOW)


def test_the_step_is_the_one_that_leads_to_the_target() -> None:
    assert [step_for(level) for level in (None, 1, 2, 3, 4)] == [3, 2, 2, 3, 4]


def test_a_lessons_check_waits_a_day_and_a_skills_three() -> None:
    assert free_from(QuizKind.LESSON, NOW) == NOW + timedelta(hours=24)
    assert free_from(QuizKind.SKILL, NOW) == NOW + timedelta(days=3)
    assert free_from(QuizKind.SKILL, None) is None
