"""From what was seen to one value with its variance."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from coach.measurement.checks import BadInput
from coach.measurement.convert import (
    metric_evidence,
    quiz_evidence,
    rate_evidence,
    rubric_evidence,
    self_evidence,
)

STEPS = [1.5, 1.5, 2.5, 2.5, 3.5, 3.5]
SLOPES = [1.85] * 6


def test_a_quiz_is_its_likelihood_with_the_reference_prior_taken_out() -> None:
    """Adaptive quadrature over the whole line in place of the grid."""

    def moment(power: int) -> float:
        def weight(level: float) -> float:
            likelihood = math.prod(
                1 / (1 + math.exp(-a * (level - b) * (1 if right else -1)))
                for a, b, right in zip(SLOPES, STEPS, [1, 0, 1, 1, 0, 0], strict=True)
            )
            return level**power * likelihood * math.exp(-0.5 * (level - 2.2) ** 2)

        return float(integrate.quad(weight, -6, 10, epsabs=1e-13)[0])

    mean = moment(1) / moment(0)
    variance = moment(2) / moment(0) - mean**2
    y, v = quiz_evidence(SLOPES, STEPS, [1, 0, 1, 1, 0, 0])
    assert v == pytest.approx(1 / (1 / variance - 1), abs=1e-4)
    assert y == pytest.approx(v * (mean / variance - 2.2), abs=1e-4)


def test_all_right_and_all_wrong_are_evidence_too_on_both_sides_of_the_rest() -> None:
    attempts = [quiz_evidence(SLOPES, STEPS, [1.0] * right + [0.0] * (6 - right)) for right in range(7)]
    assert all(lower[0] < higher[0] for lower, higher in pairwise(attempts))
    assert all(0.02 < v < 2 for _, v in attempts)


@given(st.lists(st.tuples(st.floats(0.3, 3), st.floats(0.5, 4.5), st.floats(0, 1)), min_size=3, max_size=12))
def test_a_better_answer_never_lowers_what_the_prior_makes_of_an_attempt(
    rows: list[tuple[float, float, float]],
) -> None:
    slopes, steps, answers = (list(column) for column in zip(*rows, strict=True))
    better = [min(answers[0] + 0.5, 1.0), *answers[1:]]
    means = [(2.2 + y / v) / (1 + 1 / v) for y, v in (quiz_evidence(slopes, steps, x) for x in (answers, better))]
    assert means[1] >= means[0] - 1e-9


def test_partial_credit_lies_between_wrong_and_right() -> None:
    low, half, high = (quiz_evidence(SLOPES, STEPS, [1, 1, 1, x, 0, 0])[0] for x in (0.0, 0.5, 1.0))
    assert low < half < high


def test_a_rubric_is_the_mean_of_what_was_marked() -> None:
    assert rubric_evidence([3, 2, None, 1]) == pytest.approx((2.0, 0.175))
    assert rubric_evidence([3]) == pytest.approx((3.0, 0.355))


def test_a_self_rating_loses_its_leniency() -> None:
    assert self_evidence(3.0) == pytest.approx((2.8, 0.11))
    assert self_evidence(3.0, leniency=0.35) == pytest.approx((2.65, 0.11))


def test_a_rate_at_its_reference_is_the_reference_level() -> None:
    y, v = rate_evidence(20, 80, 20.5 / 81, 3.0) or (0.0, 0.0)
    assert y == pytest.approx(3.0)
    assert v == pytest.approx((1 / 20.5 + 1 / 60.5) / 0.54**2)
    assert rate_evidence(20, 80, 20.5 / 81, 3.0, dispersion=2.0) == pytest.approx((y, 2 * v))


def test_a_rate_of_all_or_none_is_evidence_and_of_no_trial_is_none() -> None:
    none, some, all_ = (rate_evidence(x, 6, 0.3, 3.0) for x in (0, 2, 6))
    assert none is not None
    assert some is not None
    assert all_ is not None
    assert none[0] < some[0] < all_[0]
    assert none[1] > some[1]
    assert rate_evidence(0, 0, 0.3, 3.0) is None


def test_a_figure_is_counted_in_levels_and_one_wild_value_is_drawn_in() -> None:
    values = [52.0, 48.0, 50.0, 55.0, 45.0, 50.0, 49.0, 51.0, 50.0, 950.0]
    y, v = metric_evidence(values, 50.0, 3.0, 10.0, 400.0) or (0.0, 0.0)
    assert y == pytest.approx(3.0 + (50.8 - 50.0) / 10)
    assert v == pytest.approx(400 / 10 / 100)
    shorter = metric_evidence([12.0], 10.0, 3.0, -4.0, 16.0)
    assert shorter == pytest.approx((2.5, 1.0))
    assert metric_evidence([], 50.0, 3.0, 10.0, 400.0) is None


def test_no_figure_is_surer_than_the_floor() -> None:
    assert rate_evidence(40_000, 80_000, 0.5, 3.0) == pytest.approx((3.0, 0.02))
    assert metric_evidence([1.0] * 1000, 1.0, 3.0, 1.0, 0.1) == pytest.approx((3.0, 0.02))


@pytest.mark.parametrize(
    ("convert", "given_", "said"),
    [
        (quiz_evidence, (SLOPES[:2], STEPS[:2], [1, 0]), "too short"),
        (quiz_evidence, (SLOPES, STEPS, [1, 0]), "one length"),
        (quiz_evidence, ([0.0] * 3, STEPS[:3], [1, 0, 1]), "slope"),
        (quiz_evidence, (SLOPES[:3], [math.nan] * 3, [1, 0, 1]), "difficulty"),
        (quiz_evidence, (SLOPES[:3], STEPS[:3], [1, 0, 1.1]), "answer"),
        (quiz_evidence, (SLOPES[:3], [40.0] * 3, [0, 0, 0]), "nothing about any level"),
        (rubric_evidence, ([None, None],), "no criterion"),
        (rubric_evidence, ([],), "no criterion"),
        (rubric_evidence, ([0.0, 3.0],), "mark"),
        (rubric_evidence, ([math.nan],), "mark"),
        (self_evidence, (5.0,), "rating"),
        (self_evidence, (3.0, math.nan), "leniency"),
        (rate_evidence, (3, 2, 0.3, 3.0), "successes"),
        (rate_evidence, (1, math.nan, 0.3, 3.0), "trials"),
        (rate_evidence, (1, 2, 0.0, 3.0), "reference_rate"),
        (rate_evidence, (1, 2, 0.3, 3.0, 0.54, 0.5), "dispersion"),
        (metric_evidence, ([math.nan], 50.0, 3.0, 10.0, 400.0), "value"),
        (metric_evidence, ([1.0], 50.0, 3.0, 0.0, 400.0), "unit"),
        (metric_evidence, ([1.0], 50.0, 3.0, 10.0, 0.0), "variance"),
        (metric_evidence, ([1.0], 50.0, math.inf, 10.0, 1.0), "reference_level"),
    ],
)
def test_what_cannot_be_evidence_is_refused(convert: object, given_: tuple[object, ...], said: str) -> None:
    assert callable(convert)
    with pytest.raises(BadInput, match=said):
        convert(*given_)
