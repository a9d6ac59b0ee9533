"""Role fit and the order of two people."""

import numpy as np
import pytest

from coach.measurement.fit import SkillNeed, p_before, role_fit

NEEDS = (SkillNeed("ask-about-needs", 2.5, 3, 2.2, 0.4), SkillNeed("negotiate", 2.5, 1, 2.8, 0.5))


def test_fit_is_one_minus_the_weighted_relative_gap():
    sure = [SkillNeed("a", 2.5, 3, 2.0, 1e-6), SkillNeed("b", 3.5, 1, 3.9, 1e-6)]
    found = role_fit(sure)
    assert found.mean == pytest.approx(1 - 3 * (0.5 / 2.5) / 4)
    assert found.low == pytest.approx(found.high, abs=1e-5)


def test_mean_and_sd_are_those_of_the_distribution():
    levels = np.random.default_rng(1).normal([2.2, 2.8], [0.4, 0.5], (400_000, 2))
    fits = 1 - np.maximum(2.5 - levels, 0) @ np.array([3, 1]) / 2.5 / 4
    found = role_fit(NEEDS)
    assert (found.mean, found.sd) == (pytest.approx(fits.mean(), abs=1e-3), pytest.approx(fits.std(), abs=1e-3))
    assert (found.low, found.high) == (
        pytest.approx(np.quantile(fits, 0.1), abs=5e-3),
        pytest.approx(np.quantile(fits, 0.9), abs=5e-3),
    )


def test_losses_say_which_skill_costs_how_much():
    found = role_fit(NEEDS)
    assert [loss.skill for loss in found.losses] == ["ask-about-needs", "negotiate"]
    assert found.mean + sum(loss.loss for loss in found.losses) == pytest.approx(1)


def test_knowing_more_narrows_the_fit_and_a_surplus_does_not_pay_for_a_gap():
    assert role_fit([SkillNeed("a", 2.5, 1, 2.0, 0.2)]).sd < role_fit([SkillNeed("a", 2.5, 1, 2.0, 0.6)]).sd
    above = role_fit([SkillNeed("a", 2.5, 1, 2.0, 0.1), SkillNeed("b", 2.5, 1, 3.9, 0.1)])
    level = role_fit([SkillNeed("a", 2.5, 1, 2.0, 0.1), SkillNeed("b", 2.5, 1, 3.2, 0.1)])
    assert above.mean == pytest.approx(level.mean, abs=1e-4)


def test_probability_of_a_threshold_comes_from_the_distribution():
    found = role_fit([SkillNeed("a", 2.5, 1, 2.5, 0.4)])
    assert found.p_at_least(1.0) == pytest.approx(0.5, abs=0.01)
    assert found.p_at_least(0.0) == 1.0


def test_a_before_b_comes_with_its_probability():
    a, b = role_fit([SkillNeed("a", 3.5, 1, 3.0, 0.3)], seed=1), role_fit([SkillNeed("a", 3.5, 1, 2.6, 0.3)], seed=2)
    assert p_before(a, b) == pytest.approx(0.82, abs=0.02)
    assert p_before(a, b) + p_before(b, a) == pytest.approx(1)


def test_two_people_of_whom_the_same_is_known_are_even():
    assert p_before(role_fit(NEEDS, seed=1), role_fit(NEEDS, seed=2)) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    "needs",
    [
        [],
        [SkillNeed("a", 0.0, 1, 2, 0.3)],
        [SkillNeed("a", 2.5, 0, 2, 0.3)],
        [SkillNeed("a", 2.5, 1, 2, 0.0)],
        [SkillNeed("a", 2.5, 1, float("nan"), 0.3)],
    ],
)
def test_needs_that_cannot_be_are_refused(needs):
    with pytest.raises(ValueError, match=r"skill|above 0|finite"):
        role_fit(needs)
