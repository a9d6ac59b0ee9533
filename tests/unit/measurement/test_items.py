"""Calibrating items and placing people: priors, gaps, limits, and what is refused."""

import numpy as np
import pytest

from coach.measurement.items import Calibration, ability, fit_items, information, level_posterior


def simulated(people: int, slopes, difficulties, seed: int, mean: float = 2.2, sd: float = 0.65):
    rng = np.random.default_rng(seed)
    levels = rng.normal(mean, sd, people)
    p = 1 / (1 + np.exp(-np.asarray(slopes) * (levels[:, None] - np.asarray(difficulties))))
    return (rng.random(p.shape) < p).astype(float)


def test_an_item_nobody_answered_comes_back_as_its_author_set_it():
    responses = simulated(20, [1.85] * 3, [1.5, 2.5, 3.5], seed=1)
    responses[:, 2] = np.nan
    fit = fit_items(responses, [1.5, 2.5, 3.5])
    assert fit.difficulties[2] == pytest.approx(3.5, abs=1e-6)
    assert fit.difficulty_sds[2] == pytest.approx(0.45, abs=1e-4)
    assert fit.answers.tolist() == [20, 20, 0]


def test_difficulty_lies_between_the_author_and_the_data():
    responses = simulated(40, [1.85] * 4, [1.5, 2.5, 2.5, 3.5], seed=2)
    responses[:, 1] = 0.0
    fit = fit_items(responses, [1.5, 2.5, 2.5, 3.5])
    assert fit.difficulties[1] > 3.0
    assert fit.converged
    assert fit.difficulty_sds[1] < 0.45


def test_slopes_stay_at_the_default_until_250_answers():
    authors = [1.5, 2.5, 3.5]
    few = fit_items(simulated(249, [1.0, 1.85, 3.0], authors, seed=3), authors)
    enough = fit_items(simulated(250, [1.0, 1.85, 3.0], authors, seed=3), authors)
    assert few.slopes == pytest.approx([1.85] * 3)
    assert few.slope_sds.tolist() == [0.0] * 3
    assert enough.slope_free.all()
    assert enough.slopes[0] < 1.6 < enough.slopes[2]


def test_only_the_item_with_enough_answers_gets_its_own_slope():
    responses = simulated(300, [1.0, 1.85, 1.85], [2.5, 2.0, 3.0], seed=4)
    responses[100:, 1] = np.nan
    assert fit_items(responses, [2.5, 2.0, 3.0]).slope_free.tolist() == [True, False, True]


def test_many_answers_find_the_true_difficulties_whatever_the_author_said():
    truth = [1.2, 2.0, 2.5, 3.1]
    fit = fit_items(simulated(4000, [1.85] * 4, truth, seed=5), [2.0, 2.5, 2.0, 3.5])
    assert fit.difficulties == pytest.approx(truth, abs=0.12)


def test_number_of_quadrature_points_between_31_and_61_does_not_matter():
    responses = simulated(60, [1.85] * 6, [1.5, 1.5, 2.5, 2.5, 3.5, 3.5], seed=6)
    authors = [1.5, 1.5, 2.5, 2.5, 3.5, 3.5]
    coarse = fit_items(responses, authors, settings=Calibration(points=31))
    assert coarse.difficulties == pytest.approx(fit_items(responses, authors).difficulties, abs=1e-4)


def test_partial_credit_lies_between_wrong_and_right():
    responses = simulated(50, [1.85] * 3, [1.5, 2.5, 3.5], seed=7)
    found = []
    for credit in (0.0, 0.5, 1.0):
        responses[:10, 1] = credit
        found.append(fit_items(responses, [1.5, 2.5, 3.5]).difficulties[1])
    assert found[0] > found[1] > found[2]


@pytest.mark.parametrize(
    ("responses", "authors", "complaint"),
    [
        ([[1.0, 0.0], [0.0, 1.2]], [2.0, 2.0], "between 0 and 1"),
        ([[1.0, 0.0], [0.0, 1.0]], [2.0], "1 author levels for 2 items"),
        ([[np.nan, np.nan]], [2.0, 2.0], "no answer"),
        ([[np.inf, 1.0]], [2.0, 2.0], "infinite"),
        ([], [2.0], "table"),
        ([[1.0, 0.0, 1.0], [1.0, 1.0, 0.0], [1.0, 0.0, 0.0]], None, "items all right.*: 0"),
        ([[1.0, 0.0], [0.0, 1.0]], None, "3 items"),
        ([[1.0, 0.0], [0.0, 1.0]], [np.nan, 2.0], "finite"),
    ],
)
def test_responses_that_cannot_be_are_refused(responses, authors, complaint):
    with pytest.raises(ValueError, match=complaint):
        fit_items(responses, authors)


def test_information_is_highest_where_the_item_is_and_adds_a_quarter_of_the_squared_slope():
    assert information([1.85, 2.0], [2.5, 2.5], 2.5) == pytest.approx([1.85**2 / 4, 1.0])
    assert information([1.85], [2.5], 2.0)[0] == pytest.approx(information([1.85], [2.5], 3.0)[0])


def test_maximum_likelihood_of_all_right_or_all_wrong_is_infinite_with_infinite_sd():
    up, down = (ability([1.85] * 3, [1.5, 2.5, 3.5], [x] * 3, "ml") for x in (1.0, 0.0))
    assert (up.mean, down.mean) == (np.inf, -np.inf)
    assert (up.sd, down.sd) == (np.inf, np.inf)


def test_maximum_likelihood_solves_its_score_equation():
    slopes, difficulties, answers = [1.0, 1.85, 2.4], [1.5, 2.5, 3.5], [1.0, 1.0, 0.0]
    found = ability(slopes, difficulties, answers, "ml")
    p = 1 / (1 + np.exp(-np.array(slopes) * (found.mean - np.array(difficulties))))
    assert np.dot(slopes, np.array(answers) - p) == pytest.approx(0, abs=1e-9)
    assert found.sd == pytest.approx(information(slopes, difficulties, found.mean).sum() ** -0.5)


def test_expected_level_equals_brute_force_integration():
    slopes, difficulties, answers = np.array([1.2, 1.85, 2.1]), np.array([1.6, 2.4, 3.4]), np.array([1.0, 0.5, 0.0])
    levels = np.linspace(-4, 9, 200_001)
    p = 1 / (1 + np.exp(-slopes * (levels[:, None] - difficulties)))
    density = np.exp(-0.5 * ((levels - 2.2) / 0.65) ** 2) * (p**answers * (1 - p) ** (1 - answers)).prod(axis=1)
    density /= density.sum()
    mean = density @ levels
    found = ability(slopes, difficulties, answers, "eap")
    assert found.mean == pytest.approx(mean, abs=1e-9)
    assert found.sd == pytest.approx(np.sqrt(density @ (levels - mean) ** 2), abs=1e-9)


@pytest.mark.parametrize("method", ["map", "eap"])
def test_without_answers_a_level_is_its_prior(method):
    found = ability([], [], [], method, prior_mean=2.4, prior_sd=0.5)
    assert (found.mean, found.sd) == (pytest.approx(2.4), pytest.approx(0.5, rel=1e-6))


def test_without_answers_there_is_no_maximum_likelihood():
    with pytest.raises(ValueError, match="no answer"):
        ability([], [], [], "ml")


@pytest.mark.parametrize(
    ("slopes", "difficulties", "answers"),
    [([1.0], [2.0, 3.0], [1.0]), ([0.0], [2.0], [1.0]), ([1.0], [2.0], [1.5]), ([1.0], [np.nan], [1.0])],
)
def test_items_and_answers_that_cannot_be_are_refused(slopes, difficulties, answers):
    with pytest.raises(ValueError, match=r"differ|above 0|between 0 and 1|finite"):
        ability(slopes, difficulties, answers, "map")


def test_level_posterior_weights_add_to_one_and_move_up_with_right_answers():
    levels, none = level_posterior([1.85], [2.5], [0.0], 2.2, 0.65)
    _, right = level_posterior([1.85], [2.5], [1.0], 2.2, 0.65)
    assert none.sum() == pytest.approx(1)
    assert right @ levels > 2.2 > none @ levels
