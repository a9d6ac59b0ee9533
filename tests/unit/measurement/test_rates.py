"""Rates of few events: Wilson, beta-binomial, funnel."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest

from coach.measurement.rates import PoolingMethod, Word, beta_binomial, funnel, funnel_limits, wilson

# Boys among the first 12 children of 6115 families of 13 in Saxony; Geissler (1889), in Sokal and Rohlf, Biometry.
SAXONY = [3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7]

# Deaths after heart surgery on infants in 12 hospitals; Spiegelhalter et al., BUGS examples volume 1, "Surgical".
DEATHS = [0, 18, 8, 46, 8, 13, 9, 31, 14, 8, 29, 24]
OPERATIONS = [47, 148, 119, 810, 211, 196, 148, 215, 207, 97, 256, 360]


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_are_the_published_ones(x, n, low, high):
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
    assert wilson(x, n) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


def test_without_a_trial_every_rate_is_possible():
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("x", "n", "confidence"), [(3, 2, 0.95), (-1, 2, 0.95), (1, 2, 1.0), (float("nan"), 2, 0.9)])
def test_proportions_that_cannot_be_are_refused(x, n, confidence):
    with pytest.raises(ValueError, match=r"cannot be|between 0 and 1"):
        wilson(x, n, confidence)


def saxony(method):
    boys = np.repeat(np.arange(13), SAXONY)
    return beta_binomial(boys, np.full(len(boys), 12), method=method)


def test_moments_are_the_published_ones():
    # Worked example of the beta-binomial distribution in Wikipedia: 34.1350 and 31.6085.
    found = saxony("moments")
    assert (found.alpha, found.beta) == (pytest.approx(34.1350, abs=5e-5), pytest.approx(31.6085, abs=5e-5))


def test_maximum_likelihood_is_the_published_one_or_a_hair_better():
    # The same example: 34.09558 and 31.5715, log-likelihood -12492.9.
    found = saxony("ml")
    assert (found.alpha, found.beta) == (pytest.approx(34.09558, rel=3e-4), pytest.approx(31.5715, rel=3e-4))
    assert found.log_likelihood == pytest.approx(-12492.9, abs=0.05)
    assert found.log_likelihood >= saxony("moments").log_likelihood


def test_pooled_rates_lie_between_the_own_rate_and_the_group():
    found = beta_binomial(DEATHS, OPERATIONS)
    own = np.array(DEATHS) / np.array(OPERATIONS)
    assert found.method is PoolingMethod.MAXIMUM_LIKELIHOOD
    assert (np.abs(found.rates - found.mean) < np.abs(own - found.mean)).all()
    assert ((found.low < found.rates) & (found.rates < found.high)).all()
    assert 0 < found.rates[0] < found.mean


def test_under_eight_people_everyone_is_lent_40_trials_at_the_group_rate():
    found = beta_binomial([2, 10, 0], [10, 20, 0])
    assert found.method is PoolingMethod.FIXED
    assert (found.strength, found.mean) == (40, pytest.approx(0.4))
    assert found.rates == pytest.approx([(16 + 2) / 50, (16 + 10) / 60, 0.4])


def test_people_who_differ_by_chance_alone_share_the_group_rate():
    found = beta_binomial([5] * 10, [10] * 10)
    assert found.at_limit
    assert found.rates == pytest.approx([0.5] * 10, abs=1e-6)


@pytest.mark.parametrize(("x", "expected"), [(0, 0.5 / 81), (10, 80.5 / 81)])
def test_a_group_without_success_or_failure_gets_half_of_one(x, expected):
    found = beta_binomial([x] * 8, [10] * 8)
    assert found.method is PoolingMethod.FIXED
    assert found.mean == pytest.approx(expected)


@pytest.mark.parametrize(("x", "n"), [([2], [1]), ([], []), ([0], [0]), ([1, 2], [3]), ([np.nan], [1])])
def test_counts_that_cannot_be_are_refused(x, n):
    with pytest.raises(ValueError, match=r"trial|differ|finite"):
        beta_binomial(x, n)


def test_funnel_limits_follow_spiegelhalters_interpolation_exactly():
    # Appendix A.1.1 of the paper, in exact fractions: target 1/5, 10 trials, tails 1/40 and 39/40.
    def cumulative(r: int) -> Fraction:
        return sum((comb(10, k) * Fraction(1, 5) ** k * Fraction(4, 5) ** (10 - k) for k in range(r + 1)), Fraction(0))

    def limit(p: Fraction) -> float:
        r = next(r for r in range(11) if cumulative(r) > p)
        before = cumulative(r - 1) if r else Fraction(0)
        return float((r - (cumulative(r) - p) / (cumulative(r) - before)) / 10)

    low, high = funnel_limits(0.2, 10, 0.95)
    assert limit(Fraction(1, 40)) < 0
    assert (low, high) == (0.0, pytest.approx(limit(Fraction(39, 40))))
    assert funnel_limits(0.2, 10, 0.5)[0] == pytest.approx(limit(Fraction(1, 4)))


def test_funnel_limits_approach_the_normal_ones_for_many_trials():
    low, high = funnel_limits(0.3, 100_000, 0.95)
    reach = 1.959964 * np.sqrt(0.21 / 100_000)
    assert (low, high) == (pytest.approx(0.3 - reach, abs=1e-5), pytest.approx(0.3 + reach, abs=1e-5))


def test_a_point_outside_the_outer_limits_is_to_be_looked_at():
    rows = [(f"p{n}", 20, 100) for n in range(12)] + [("high", 45, 100), ("low", 3, 100)]
    words = {row.name: row.word for row in funnel(rows, target=0.2).rows}
    assert (words["high"], words["low"]) == (Word.LOOK_ABOVE, Word.LOOK_BELOW)
    assert words["p0"] is Word.NO_DIFFERENCE


def test_between_the_limits_no_difference_is_shown():
    row = funnel([("a", 29, 100), *[(f"p{n}", 20, 100) for n in range(9)]], target=0.2).rows[0]
    assert row.inner[1] < row.rate < row.outer[1]
    assert row.word is Word.NO_DIFFERENCE


def test_clear_overdispersion_widens_the_limits_by_its_root():
    found = funnel(list(zip("ABCDEFGHIJKL", DEATHS, OPERATIONS, strict=True)))
    assert found.phi > 1 + 2 * np.sqrt(2 / 12)
    assert found.phi_used == found.phi
    plain, wide = funnel_limits(found.target, 215, 0.95), found.rows[7].inner
    assert wide[1] - found.target == pytest.approx((plain[1] - found.target) * np.sqrt(found.phi))
    assert funnel_limits(found.target, 215, 0.998)[1] < 31 / 215 < found.rows[7].outer[1]


def test_phi_is_the_mean_square_of_the_winsorised_z():
    found = funnel(list(zip("ABCDEFGHIJKL", DEATHS, OPERATIONS, strict=True)))
    z = np.array([row.z for row in found.rows])
    pulled = np.clip(z, *np.quantile(z, [0.1, 0.9]))
    assert found.phi == pytest.approx((pulled**2).mean())


def test_spread_within_chance_leaves_the_limits_alone():
    assert funnel([(f"p{n}", 20 + n % 3, 100) for n in range(10)]).phi_used == 1.0


def test_people_without_a_trial_are_named_and_left_out():
    found = funnel([("a", 3, 10), ("b", 0, 0)])
    assert found.left_out == ("b",)
    assert len(found.rows) == 1


@pytest.mark.parametrize("rows", [[], [("a", 0, 0)], [("a", 5, 4)], [("a", 1.5, 4)], [("a", 0, 9)], [("a", 9, 9)]])
def test_rows_without_a_funnel_are_refused(rows):
    with pytest.raises(ValueError, match=r"trial|target"):
        funnel(rows)


@pytest.mark.parametrize(("target", "n"), [(0.0, 10), (0.2, 0), (0.2, 1.5)])
def test_limits_that_cannot_be_are_refused(target, n):
    with pytest.raises(ValueError, match=r"target|trials"):
        funnel_limits(target, n, 0.95)
