"""Classical item analysis: gaps, flags, options."""

import numpy as np
import pytest

from coach.measurement.items import Flag, FlagRules, analyse_items
from coach.measurement.rates import wilson


def answers(people: int, seed: int, difficulties=(1.5, 2.0, 2.5, 3.0)):
    rng = np.random.default_rng(seed)
    levels = rng.normal(2.2, 0.65, people)
    p = 1 / (1 + np.exp(-1.85 * (levels[:, None] - np.array(difficulties))))
    return (rng.random(p.shape) < p).astype(float)


def test_nothing_is_said_of_an_item_before_30_answers():
    table = answers(40, seed=1)
    table[:11, 0] = np.nan
    analysis = analyse_items(table)
    assert analysis.items[0].answers == 29
    assert analysis.items[0].facility is None
    assert analysis.items[0].flags == ()
    assert analysis.items[1].facility is not None


def test_facility_comes_with_its_wilson_interval():
    table = answers(50, seed=2)
    item = analyse_items(table).items[1]
    assert item.facility == pytest.approx(table[:, 1].mean())
    assert item.interval == wilson(table[:, 1].sum(), 50)


def test_item_rest_is_the_correlation_with_the_sum_of_the_others():
    table = answers(80, seed=3)
    rest = table.sum(axis=1) - table[:, 2]
    assert analyse_items(table).items[2].item_rest == pytest.approx(np.corrcoef(table[:, 2], rest)[0, 1])


def test_alpha_of_perfectly_parallel_items_is_one():
    column = np.tile([0.0, 1.0], 20)
    assert analyse_items(np.column_stack([column] * 3)).alpha == pytest.approx(1)


def test_alpha_is_unknown_where_two_items_were_hardly_asked_together():
    table = answers(80, seed=4)
    table[:40, 0], table[40:, 1] = np.nan, np.nan
    assert analyse_items(table).alpha is None


def test_an_item_everyone_gets_right_is_too_easy_and_has_no_correlation():
    table = answers(60, seed=5)
    table[:, 0] = 1.0
    item = analyse_items(table).items[0]
    assert item.flags == (Flag.TOO_EASY,)
    assert item.item_rest is None


def test_an_item_with_a_turned_key_is_suspected():
    table = answers(200, seed=6)
    table[:, 1] = 1 - table[:, 1]
    assert Flag.WRONG_KEY in analyse_items(table).items[1].flags
    assert Flag.WEAK in analyse_items(table).items[1].flags


def test_an_item_that_goes_with_nothing_is_weak_only_from_60_answers():
    alternating = np.tile([0.0, 1.0], 30)
    rest = np.tile([0.0, 0.0, 1.0, 1.0], 15)
    table = np.column_stack([alternating, rest, rest, rest])
    assert analyse_items(table).items[0].flags == (Flag.WEAK,)
    assert analyse_items(table[:56]).items[0].flags == ()


def test_hard_items_are_flagged():
    table = answers(60, seed=7)
    table[:, 3] = 0.0
    table[:5, 3] = 1.0
    assert Flag.TOO_HARD in analyse_items(table).items[3].flags


def test_options_show_who_picked_them_and_a_distractor_of_the_strong_is_flagged():
    table = answers(90, seed=8)
    strong = table[:, 1:].sum(axis=1) >= 2
    choices = [["b" if up else "c", *"aaa"] for up in strong]
    table[:, 0] = 0.0
    item = analyse_items(table, choices, list("aaaa")).items[0]
    options = {option.option: option for option in item.options}
    assert options["a"].right
    assert options["a"].count == 0
    assert options["b"].attracts
    assert not options["c"].attracts
    assert options["b"].share == pytest.approx(strong.mean())
    assert Flag.DISTRACTOR_ATTRACTS in item.flags


def test_one_person_more_in_the_upper_third_is_no_reason_for_a_flag():
    rest = np.repeat([0.0, 0.5, 1.0], 10)
    table = np.column_stack([np.ones(30), rest, rest, rest])
    choices = [["a", *"aaa"] for _ in range(30)]
    choices[29][0] = "b"
    table[29, 0] = 0.0
    options = {o.option: o for o in analyse_items(table, choices, list("aaaa")).items[0].options}
    assert options["b"].upper > options["b"].lower
    assert not options["b"].attracts


def test_rules_can_be_set_otherwise():
    table = answers(20, seed=9)
    assert analyse_items(table, rules=FlagRules(least=10)).items[0].facility is not None


@pytest.mark.parametrize(
    ("kwargs", "complaint"),
    [
        ({"choices": [["a"]]}, "come together"),
        ({"choices": [["a"]], "keys": ["a", "b"]}, "shape"),
        ({"choices": [["a", "b"]], "keys": ["a"]}, "1 keys for 2 items"),
    ],
)
def test_choices_that_do_not_fit_the_answers_are_refused(kwargs, complaint):
    with pytest.raises(ValueError, match=complaint):
        analyse_items([[1.0, 0.0]], **kwargs)


def test_answers_outside_zero_to_one_are_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        analyse_items([[2.0, 0.0]])
