"""What must hold of items, raters, rates, effects and fit for any input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.measurement.effects import shrink
from coach.measurement.fit import SkillNeed, p_before, role_fit
from coach.measurement.items import ability
from coach.measurement.raters import krippendorff_alpha
from coach.measurement.rates import beta_binomial, funnel_limits, wilson

counts = st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
marks = st.lists(st.lists(st.sampled_from([1.0, 2.0, 3.0, 4.0]), min_size=3, max_size=3), min_size=2, max_size=12)
levels = st.floats(0.5, 4.5)
unhurried = settings(max_examples=50)  # the first call of a formula loads scipy


@given(counts, st.floats(0.5, 0.999))
@unhurried
def test_wilson_holds_the_rate_and_stays_between_zero_and_one(row, confidence):
    x, n = row
    low, high = wilson(x, n, confidence)
    assert 0 <= low <= (x / n if n else 0.5) <= high <= 1


@given(st.lists(counts, min_size=1, max_size=15).filter(lambda rows: sum(n for _, n in rows) > 0))
@unhurried
def test_pooled_rates_lie_between_own_and_group(rows):
    x, n = np.array(rows, dtype=float).T
    found = beta_binomial(x, n)
    own = np.where(n > 0, x / np.maximum(n, 1), found.mean)
    assert (found.rates >= np.minimum(own, found.mean) - 1e-9).all()
    assert (found.rates <= np.maximum(own, found.mean) + 1e-9).all()


@given(st.floats(0.02, 0.98), st.integers(1, 400), st.floats(1.0, 5.0))
@unhurried
def test_outer_funnel_limits_lie_around_the_inner_ones(target, n, phi):
    inner, outer = (funnel_limits(target, n, confidence, phi) for confidence in (0.95, 0.998))
    assert outer[0] <= inner[0] + 1e-12
    assert inner[1] <= outer[1] + 1e-12


@given(st.lists(st.booleans(), min_size=2, max_size=8), st.data())
@unhurried
def test_a_right_answer_in_place_of_a_wrong_one_raises_the_level(right, data):
    wrong = [n for n, yes in enumerate(right) if not yes]
    if not wrong:
        return
    difficulties = data.draw(st.lists(levels, min_size=len(right), max_size=len(right)))
    better = list(right)
    better[data.draw(st.sampled_from(wrong))] = True
    slopes = [1.85] * len(right)
    for method in ("map", "eap"):
        assert ability(slopes, difficulties, np.array(better, float), method).mean > (
            ability(slopes, difficulties, np.array(right, float), method).mean
        )


@given(marks, st.sampled_from(["nominal", "ordinal", "interval"]), st.randoms(use_true_random=False))
@unhurried
def test_alpha_does_not_care_for_the_order_of_people_or_raters(table, metric, random):
    people = random.sample(table, len(table))
    order = random.sample(range(3), 3)
    moved = krippendorff_alpha([[row[k] for k in order] for row in people], metric)
    original = krippendorff_alpha(table, metric)
    assert moved.value == pytest.approx(original.value) if original.value is not None else moved.value is None
    assert original.value is None or original.value <= 1


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0.005, 1)), min_size=1, max_size=10))
@unhurried
def test_shrunk_effects_stay_between_the_measured_ones_and_none(rows):
    effects, variances = np.array(rows).T
    found = shrink(effects, variances)
    assert (found.sd > 0).all()
    assert found.weights.sum() == pytest.approx(1)
    span = min(effects.min(), 0) - 1e-9, max(effects.max(), 0) + 1e-9
    assert ((found.mean >= span[0]) & (found.mean <= span[1])).all()
    above = found.p_above(0.06)
    assert ((above >= 0) & (above <= 1)).all()


@given(st.lists(st.tuples(levels, st.floats(0.05, 0.8), st.integers(1, 5)), min_size=1, max_size=6))
@unhurried
def test_fit_is_one_less_its_losses_and_an_order_and_its_reverse_add_to_one(rows):
    a = role_fit([SkillNeed(str(n), 2.5, w, m, s) for n, (m, s, w) in enumerate(rows)], seed=1, draws=500)
    b = role_fit([SkillNeed(str(n), 2.5, w, m + 0.3, s) for n, (m, s, w) in enumerate(rows)], seed=2, draws=500)
    assert a.mean + sum(loss.loss for loss in a.losses) == pytest.approx(1)
    assert a.mean <= b.mean
    assert a.draws.max() <= 1
    assert p_before(a, b) + p_before(b, a) == pytest.approx(1)
