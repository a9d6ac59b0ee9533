"""Variance components and agreement coefficients against published worked examples."""

import numpy as np
import pytest

from coach.measurement.mixed import fit_reml
from coach.measurement.raters import cohen_kappa, fleiss_kappa, icc, krippendorff_alpha, percent_agreement

# Yield of dyestuff, 6 batches of 5; Davies and Goldsmith (1972), Statistical Methods in Research and Production, 6.4.
DYESTUFF = [
    [1545, 1440, 1440, 1520, 1580], [1540, 1555, 1490, 1560, 1495], [1595, 1550, 1605, 1510, 1560],
    [1445, 1440, 1595, 1465, 1545], [1595, 1630, 1515, 1635, 1625], [1520, 1455, 1450, 1480, 1445],
]  # fmt: skip

# Diameters of 6 penicillin samples on each of 24 plates; the same book, 6.6.
PENICILLIN = (
    "272326232321 272326232321 252125242420 262325232320 252226222320 242225232219 242023212219 262226242421 "
    "242124222220 242124232219 262326242421 252226242420 262426242522 262326232320 262325242422 252225232320 "
    "252124232320 252224232319 242123212119 262326242421 252124222218 252225222220 242124222419 242124222118"
)

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: 12 units, 4 observers, gaps.
GAP = np.nan
OBSERVERS = np.array([
    [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
    [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
]).T  # fmt: skip

# Thirty patients, six psychiatrists each, categories 1 to 5; Fleiss (1971), Psychological Bulletin 76, 378-382.
DIAGNOSES = (
    "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445 "
    "333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555"
)


def test_one_random_factor_gives_the_published_components():
    # lme4: lmer(Yield ~ 1 + (1 | Batch), Dyestuff): 1764.05, 2451.25, REML criterion 319.6543.
    fit = fit_reml(np.ravel(DYESTUFF), np.ones((30, 1)), [np.repeat(np.arange(6), 5)])
    assert fit.converged
    assert fit.variances == (pytest.approx(1764.05, abs=0.01),)
    assert fit.residual == pytest.approx(2451.25, abs=0.01)
    assert fit.fixed == pytest.approx([1527.5])
    assert fit.criterion == pytest.approx(319.6543, abs=1e-4)
    assert fit.predictions[0] == pytest.approx([-17.6069, 0.3913, 28.5622, -23.0845, 56.7332, -44.9953], abs=1e-3)


def test_crossed_random_factors_give_the_published_components():
    # lme4: lmer(diameter ~ 1 + (1 | plate) + (1 | sample), Penicillin): .7169, 3.7309, .3024, criterion 330.8606.
    values = [int(row[i : i + 2]) for row in PENICILLIN.split() for i in range(0, 12, 2)]
    plates, samples = np.repeat(np.arange(24), 6), np.tile(np.arange(6), 24)
    fit = fit_reml(values, np.ones((144, 1)), [plates, samples])
    assert fit.variances == (pytest.approx(0.7169, abs=1e-4), pytest.approx(3.7309, abs=2e-4))
    assert fit.residual == pytest.approx(0.3024, abs=1e-4)
    assert fit.fixed == pytest.approx([22.9722], abs=1e-4)
    assert fit.criterion == pytest.approx(330.8606, abs=1e-4)


@pytest.mark.parametrize(
    ("metric", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorffs_alpha_is_the_published_one_on_every_scale(metric, alpha):
    found = krippendorff_alpha(OBSERVERS, metric)
    assert found.value == pytest.approx(alpha, abs=6e-4)
    assert (found.people, found.low) == (11, None)


def test_intraclass_correlations_are_the_published_ones():
    # Shrout and Fleiss (1979), tables 2 to 4; limits as printed by psych::ICC for the same table.
    marks = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    found = icc(marks)
    assert found.single == pytest.approx(0.29, abs=5e-3)
    assert found.average == pytest.approx(0.62, abs=5e-3)
    assert found.single_interval == (pytest.approx(0.019, abs=5e-4), pytest.approx(0.76, abs=5e-3))
    assert found.average_interval == (pytest.approx(0.07, abs=5e-3), pytest.approx(0.93, abs=5e-3))


def test_cohens_kappa_is_the_published_one_with_and_without_weights():
    # Cohen (1960, table 1) and Cohen (1968): kappa .492, weighted with his weights .348.
    shares = [[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]]
    assert cohen_kappa(shares) == pytest.approx(0.492, abs=5e-4)
    assert cohen_kappa(shares, [[0, 1, 3], [1, 0, 6], [3, 6, 0]]) == pytest.approx(0.348, abs=5e-4)


def test_fleiss_kappa_is_the_published_one():
    counts = [[row.count(str(category)) for category in range(1, 6)] for row in DIAGNOSES.split()]
    assert fleiss_kappa(counts) == pytest.approx(0.430, abs=5e-4)


def test_percent_agreement_counts_equal_pairs():
    assert percent_agreement([[1, 1, 1], [1, 1, 2], [1, GAP, GAP]]) == pytest.approx(4 / 6)
