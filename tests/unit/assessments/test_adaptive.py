"""How a check goes on: the same start and answers meet the same question, and a better answer never looks worse."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from coach.assessments.adaptive import Answer, goes_on, judged
from coach.assessments.models import Attempt

SCORES = st.floats(0, 1)
ANSWERS = st.lists(st.tuples(st.sampled_from([1.5, 2.5, 3.5]), SCORES), min_size=1, max_size=12)
STARTS = st.tuples(st.floats(1, 4), st.floats(0.2, 0.9))


def attempt(mean: float, sd: float) -> Attempt:
    return Attempt(mean=mean, sd=sd, target=2.5)


@given(STARTS, ANSWERS, st.integers(0, 11), SCORES)
def test_a_better_answer_never_lowers_what_a_check_finds(
    start: tuple[float, float], given_: list[tuple[float, float]], place: int, score: float
) -> None:
    answers = [Answer(1.85, difficulty, own) for difficulty, own in given_]
    at = place % len(answers)
    better = [*answers]
    better[at] = Answer(1.85, answers[at].difficulty, max(score, answers[at].score))
    before, after = judged(attempt(*start), answers, last=True), judged(attempt(*start), better, last=True)
    assert after.mean >= before.mean - 1e-9
    assert after.p_below <= before.p_below + 1e-9


@given(STARTS, ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(
    start: tuple[float, float], given_: list[tuple[float, float]], chance: random.Random
) -> None:
    answers = [Answer(1.85, difficulty, own) for difficulty, own in given_]
    mixed = chance.sample(answers, len(answers))
    one, other = judged(attempt(*start), answers, last=True), judged(attempt(*start), mixed, last=True)
    assert abs(one.mean - other.mean) < 1e-9
    assert one.verdict == other.verdict


@given(STARTS, ANSWERS)
def test_a_check_asks_four_at_least_and_twelve_at_most(
    start: tuple[float, float], given_: list[tuple[float, float]]
) -> None:
    answers = [Answer(1.85, difficulty, own) for difficulty, own in given_]
    assert goes_on(attempt(*start), answers[:3])
    assert not goes_on(attempt(*start), (answers * 12)[:12])
