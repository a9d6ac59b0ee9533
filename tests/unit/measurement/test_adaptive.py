"""Choosing the next question and stopping a check."""

import numpy as np
import pytest

from coach.measurement.items import Candidate, Verdict, choose_item, level_posterior, stop


def bank(count: int, **overrides) -> list[Candidate]:
    steps = (1.5, 2.5, 3.5)
    return [Candidate(f"i{n:02}", 1.85, steps[n % 3] + n / 1000, **overrides) for n in range(count)]


def pick(items, **kwargs):
    defaults = {"target": 2.5, "asked": (), "checks": 0, "rng": np.random.default_rng(1)}
    return choose_item(items, **(defaults | kwargs))


def test_items_are_chosen_at_the_target_not_at_the_person():
    for seed in range(20):
        chosen = pick(bank(48), target=3.5, rng=np.random.default_rng(seed))
        assert int(chosen.item_id[1:]) % 3 == 2


def test_choice_is_random_among_the_five_best():
    items = [Candidate(f"i{n}", 1.85, 2.5 + n / 100) for n in range(45)]
    chosen = {pick(items, rng=np.random.default_rng(seed)).item_id for seed in range(200)}
    assert chosen == {"i0", "i1", "i2", "i3", "i4"}


def test_nothing_is_asked_twice_in_a_check_and_an_empty_bank_gives_none():
    items, asked = bank(6), []
    while (choice := pick(items, asked=asked)) is not None:
        assert choice.item_id not in asked
        asked.append(choice.item_id)
    assert len(asked) == 6


def test_what_was_seen_within_30_days_waits():
    items = [Candidate("old", 1.85, 3.5, seen_days=30), Candidate("recent", 1.85, 2.5, seen_days=29.9)]
    choice = pick(items)
    assert (choice.item_id, choice.repeated) == ("old", False)


def test_a_check_that_must_repeat_takes_what_was_seen_longest_ago_and_says_so():
    items = [Candidate("a", 1.85, 2.5, seen_days=3), Candidate("b", 1.85, 3.5, seen_days=20)]
    choice = pick(items)
    assert (choice.item_id, choice.repeated) == ("b", True)


def test_in_a_large_bank_no_item_is_used_in_more_than_30_percent_of_checks():
    uses, rng = dict.fromkeys((item.item_id for item in bank(45)), 0), np.random.default_rng(3)
    for check in range(100):
        asked: list[str] = []
        items = [Candidate(i.item_id, i.slope, i.difficulty, checks=uses[i.item_id]) for i in bank(45)]
        for _ in range(6):
            asked.append(pick(items, asked=asked, checks=check, rng=rng).item_id)
        for item_id in asked:
            uses[item_id] += 1
    assert max(uses.values()) <= 31


def test_in_a_small_bank_the_least_used_of_the_best_comes_first():
    items = [Candidate(f"i{n}", 1.85, 2.5, checks=10 - n) for n in range(8)]
    assert pick(items, checks=11).item_id == "i7"


def test_the_content_furthest_behind_its_share_comes_first():
    items = [Candidate(f"p{n}", 1.85, 2.5, content="price") for n in range(5)]
    items += [Candidate(f"d{n}", 1.85, 4.5, content="delivery") for n in range(5)]
    asked: list[str] = []
    for _ in range(6):
        asked.append(pick(items, asked=asked, quota={"price": 2, "delivery": 1}).item_id)
    assert sum(item_id.startswith("d") for item_id in asked) == 2


def test_the_same_seed_chooses_the_same_items():
    assert pick(bank(45), rng=np.random.default_rng(7)) == pick(bank(45), rng=np.random.default_rng(7))


def test_quotas_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="quota"):
        pick(bank(3), quota={"price": -1.0, "delivery": 2.0})


def test_a_check_asks_at_least_four_questions_however_clear_it_looks():
    verdicts = [stop(1.0, 0.3, [1.85] * n, [2.5] * n, [0.0] * n, 2.5).verdict for n in range(5)]
    assert verdicts == [Verdict.ASK_MORE] * 4 + [Verdict.BELOW]


def test_a_check_says_reached_when_below_is_unlikely():
    found = stop(2.6, 0.4, [1.85] * 6, [2.5] * 6, [1.0] * 6, 2.5)
    assert found.verdict is Verdict.REACHED
    assert found.p_below < 0.10


def test_a_check_without_an_answer_to_its_question_is_undecided_after_twelve():
    assert stop(2.5, 0.4, [1.85] * 11, [2.5] * 11, [1.0, 0.0] * 5 + [1.0], 2.5).verdict is Verdict.ASK_MORE
    assert stop(2.5, 0.4, [1.85] * 12, [2.5] * 12, [1.0, 0.0] * 6, 2.5).verdict is Verdict.UNDECIDED


def test_a_check_that_runs_out_of_items_is_undecided():
    assert stop(2.5, 0.4, [1.85] * 2, [2.5] * 2, [1.0, 0.0], 2.5, exhausted=True).verdict is Verdict.UNDECIDED


def test_the_checks_posterior_is_the_prior_times_the_likelihood():
    levels, weights = level_posterior([1.85] * 4, [1.5, 2.5, 2.5, 3.5], [1.0, 1.0, 0.0, 0.0], 2.2, 0.5, points=40_001)
    found = stop(2.2, 0.5, [1.85] * 4, [1.5, 2.5, 2.5, 3.5], [1.0, 1.0, 0.0, 0.0], 2.43)
    assert found.p_below == pytest.approx(weights[levels < 2.43].sum(), abs=1e-4)
    assert found.mean == pytest.approx(weights @ levels, abs=1e-8)


@pytest.mark.parametrize(("sd", "risk"), [(0.0, 0.1), (0.5, 0.5), (np.nan, 0.1)])
def test_priors_and_risks_that_cannot_be_are_refused(sd, risk):
    with pytest.raises(ValueError, match=r"sd|risk"):
        stop(2.2, sd, [1.85], [2.5], [1.0], 2.5, risk=risk)
