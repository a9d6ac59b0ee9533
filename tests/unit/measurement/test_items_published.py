"""Item statistics and item response estimates against published figures for one classical data set."""

import numpy as np
import pytest

from coach.measurement.items import Model, ability, analyse_items, fit_items

# Section 6 of the Law School Admission Test, 1000 people, as counts of answer patterns.
# Bock and Lieberman (1970), Psychometrika 35, 179-197; printed by the R packages ltm (LSAT) and mirt (LSAT6).
LSAT6 = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4,
    "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15, "10000": 10, "10001": 29,
    "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15, "10111": 80, "11000": 16, "11001": 56,
    "11010": 21, "11011": 173, "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip
RESPONSES = np.array([[float(c) for c in pattern] for pattern, n in LSAT6.items() for _ in range(n)])


def test_two_slopes_model_gives_the_published_estimates():
    # ltm(LSAT ~ z1): Rizopoulos (2006), Journal of Statistical Software 17(5); 21 Gauss-Hermite points there.
    fit = fit_items(RESPONSES)
    assert fit.converged
    assert fit.log_likelihood == pytest.approx(-2466.653, abs=2e-3)
    assert fit.difficulties == pytest.approx([-3.3597, -1.3696, -0.2799, -1.8659, -3.1236], rel=1e-3)
    assert fit.slopes == pytest.approx([0.8254, 0.7229, 0.8905, 0.6886, 0.6575], rel=1.5e-3)


def test_standard_errors_are_the_published_ones():
    fit = fit_items(RESPONSES)
    assert fit.difficulty_sds == pytest.approx([0.8669, 0.3073, 0.0997, 0.4341, 0.8700], rel=3e-3)
    assert fit.slope_sds == pytest.approx([0.2581, 0.1867, 0.2326, 0.1852, 0.2100], rel=2e-3)


def test_one_slope_model_gives_the_published_estimates():
    # rasch(LSAT), the same paper: log-likelihood -2466.938, one slope .7551 (SE .0694).
    fit = fit_items(RESPONSES, model=Model.ONE_SLOPE)
    assert fit.log_likelihood == pytest.approx(-2466.938, abs=1e-3)
    assert fit.slopes == pytest.approx([0.7551] * 5, abs=1e-4)
    assert fit.slope_sds == pytest.approx([0.0694] * 5, abs=1e-4)
    assert fit.difficulties == pytest.approx([-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], abs=2e-4)
    assert fit.difficulty_sds == pytest.approx([0.3266, 0.1422, 0.0977, 0.1691, 0.2510], abs=2e-4)


@pytest.mark.parametrize(
    ("pattern", "level", "sd"),
    [("00000", -1.895, 0.795), ("00111", -0.463, 0.812), ("10011", -0.506, 0.811), ("11111", 0.606, 0.855)],
)
def test_highest_posterior_levels_are_the_published_factor_scores(pattern, level, sd):
    # factor.scores(ltm(LSAT ~ z1)), empirical Bayes, the same package.
    slopes, difficulties = [0.8254, 0.7229, 0.8905, 0.6886, 0.6575], [-3.3597, -1.3696, -0.2799, -1.8659, -3.1236]
    found = ability(slopes, difficulties, [float(c) for c in pattern], "map", prior_mean=0, prior_sd=1)
    assert (found.mean, found.sd) == (pytest.approx(level, abs=1e-3), pytest.approx(sd, abs=1e-3))


def test_classical_statistics_are_the_published_ones():
    # mirt: itemstats(expand.table(LSAT6)); alpha .295 also in ltm's descript(LSAT).
    analysis = analyse_items(RESPONSES)
    assert analysis.people == 1000
    assert analysis.alpha == pytest.approx(0.295, abs=5e-4)
    assert [i.facility for i in analysis.items] == pytest.approx([0.924, 0.709, 0.553, 0.763, 0.870], abs=5e-4)
    assert [i.item_rest for i in analysis.items] == pytest.approx([0.113, 0.153, 0.173, 0.144, 0.122], abs=5e-4)
    assert [i.alpha_if_deleted for i in analysis.items] == pytest.approx([0.275, 0.238, 0.217, 0.246, 0.266], abs=5e-4)
