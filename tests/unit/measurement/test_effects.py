"""Effects of lessons: shrinkage, words, looking every week."""

import numpy as np
import pytest

from coach.measurement.effects import EffectRules, EffectWord, Gain, confidence_sequence, lesson_effects, shrink

# Coaching for a test in eight schools; Rubin (1981), Journal of Educational Statistics 6, 377-401.
SCHOOLS = [28, 8, -3, 7, -1, 1, 18, 12]
SCHOOL_VARIANCES = np.array([15, 10, 16, 11, 9, 11, 10, 18]) ** 2


def gains(lesson: str, takers: float, others: float | None, people: int = 20, seed: int = 1, sd: float = 0.3):
    rng = np.random.default_rng(seed)
    rows = [Gain(lesson, float(g), taken=True) for g in rng.normal(takers, sd, people)]
    return rows if others is None else rows + [Gain(lesson, float(g), False) for g in rng.normal(others, sd, people)]


def test_eight_schools_shrink_to_the_published_means():
    # RStan, Getting started: print(fit), uniform mu and tau; 11.4 7.9 6.1 7.6 5.1 6.1 10.7 8.5, mu 7.9, tau 6.6.
    found = shrink(SCHOOLS, SCHOOL_VARIANCES, mu_sd=1e4, tau_scale=np.inf, tau_most=200, points=4001)
    assert found.mean == pytest.approx([11.4, 7.9, 6.1, 7.6, 5.1, 6.1, 10.7, 8.5], abs=0.25)
    assert (found.common_mean, found.tau) == (pytest.approx(7.9, abs=0.1), pytest.approx(6.6, abs=0.1))


def test_eight_schools_with_the_half_cauchy_prior_shrink_to_the_published_means():
    # posteriordb, eight_schools: mu ~ N(0, 5^2), tau ~ half-Cauchy(5): theta 6.2 4.9 3.9 4.8 3.6 4.0 6.3 4.9.
    found = shrink(SCHOOLS, SCHOOL_VARIANCES, mu_sd=5, tau_scale=5, tau_most=200, points=4001)
    assert found.mean == pytest.approx([6.2, 4.9, 3.9, 4.8, 3.6, 4.0, 6.3, 4.9], abs=0.15)
    assert (found.common_mean, found.tau) == (pytest.approx(4.4, abs=0.1), pytest.approx(3.6, abs=0.1))


def test_one_tau_gives_the_textbook_weighted_mean():
    found = shrink([0.4, 0.0], [0.04, 0.01], mu_sd=1e3, tau_most=1e-9, points=3)
    assert found.mean == pytest.approx([0.08, 0.08], abs=1e-6)


def test_probability_above_is_a_mixture_of_normals():
    found = shrink([0.3, 0.1], [0.01, 0.02])
    draws = np.random.default_rng(1).choice(len(found.taus), 400_000, p=found.weights)
    sample = np.random.default_rng(2).normal(found.means[draws, 0], found.sds[draws, 0])
    assert found.p_above(0.06)[0] == pytest.approx((sample > 0.06).mean(), abs=3e-3)
    assert (found.mean[0], found.sd[0]) == (
        pytest.approx(sample.mean(), abs=2e-3),
        pytest.approx(sample.std(), abs=2e-3),
    )


def test_a_lesson_with_a_clear_difference_helps():
    effect = lesson_effects(gains("ask-first", 0.6, 0.1))[0]
    assert effect.word is EffectWord.HELPS
    assert 0 < effect.mean < effect.difference
    assert effect.p_helps > 0.95


def test_a_clear_difference_of_seven_people_is_not_known_yet():
    effect = lesson_effects(gains("ask-first", 1.0, 0.0, people=7))[0]
    assert effect.p_helps > 0.95
    assert effect.word is EffectWord.NOT_KNOWN


def test_a_lesson_whose_takers_gain_less_shows_no_sign_of_help():
    effect = lesson_effects(gains("ask-first", 0.0, 0.2, people=60))[0]
    assert effect.word is EffectWord.NO_SIGN


def test_the_variance_is_the_pooled_one_times_the_sum_of_reciprocals():
    rows = [Gain("a", g, True) for g in (0.1, 0.3)] + [Gain("a", g, False) for g in (0.0, 0.2, 0.4)]
    effect = lesson_effects(rows)[0]
    assert effect.difference == pytest.approx(0.0)
    assert effect.variance == pytest.approx((0.02 + 0.08) / 3 * (1 / 2 + 1 / 3))


def test_without_comparison_people_it_is_not_corrected_for_general_change():
    alone, compared = lesson_effects(gains("a", 0.6, None) + gains("b", 0.6, 0.1, seed=2))
    assert alone.word is EffectWord.NOT_CORRECTED
    assert (alone.mean, alone.p_helps) == (None, None)
    assert alone.difference == pytest.approx(0.6, abs=0.2)
    assert compared.word is EffectWord.HELPS


def test_comparison_people_alone_say_nothing():
    effect = lesson_effects([Gain("a", 0.1, taken=False), Gain("a", 0.3, taken=False)])[0]
    assert (effect.difference, effect.word) == (None, EffectWord.NOT_KNOWN)


def test_gains_without_spread_say_nothing_yet():
    effect = lesson_effects([Gain("a", 0.5, taken=True)] * 9 + [Gain("a", 0.1, taken=False)] * 9)[0]
    assert (effect.mean, effect.word) == (None, EffectWord.NOT_KNOWN)
    assert effect.difference == pytest.approx(0.4)


def test_no_rows_give_no_effects():
    assert lesson_effects([]) == ()


def test_lessons_lend_each_other_strength():
    others = [row for n in range(6) for row in gains(f"l{n}", 0.3, 0.1, seed=n + 5)]
    lonely = lesson_effects(gains("new", 0.9, 0.0, people=4))[0]
    together = lesson_effects(gains("new", 0.9, 0.0, people=4) + others)[0]
    assert together.sd < lonely.sd


def test_thresholds_are_rules_that_can_be_set():
    rows = gains("a", 0.35, 0.1)
    assert lesson_effects(rows, rules=EffectRules(worth=1.0))[0].word is EffectWord.NO_SIGN


@pytest.mark.parametrize(("effects", "variances"), [([], []), ([0.1], [0.0]), ([0.1], [0.1, 0.2]), ([np.nan], [0.1])])
def test_effects_that_cannot_be_are_refused(effects, variances):
    with pytest.raises(ValueError, match=r"effects|variances|differ|finite"):
        shrink(effects, variances)


def test_confidence_sequence_has_the_published_boundary():
    # confseq, test of the two-sided normal mixture: rho 12.60056, v 100, alpha .05: boundary 30.35209.
    low, high = confidence_sequence([0.0], [1 / 100], spread=12.60056**-0.5)
    assert high[0] * 100 == pytest.approx(30.35209, abs=1e-4)
    assert low[0] == -high[0]


def test_confidence_sequence_is_wider_than_a_single_look_and_narrows_with_data():
    low, high = confidence_sequence([0.1, 0.1, 0.1], [0.04, 0.01, 0.0025])
    width = high - low
    assert width[0] > width[1] > width[2] > 2 * 1.96 * 0.05


def test_confidence_sequence_refuses_variances_that_cannot_be():
    with pytest.raises(ValueError, match="variances"):
        confidence_sequence([0.1], [0.0])
