"""Two spans of time side by side: averages, their difference, and the way of a start plan."""

from __future__ import annotations

import math
from statistics import NormalDist

import pytest

from coach.measurement.checks import BadInput
from coach.measurement.comparison import Average, Heap, average, change, expected_on_the_way, together


def test_one_rater_is_as_sure_as_what_was_seen_and_the_rater_allow() -> None:
    read = average([Heap(weight=4.0, value=2.0)])
    assert read.mean == 2.0
    assert read.sd == pytest.approx(math.sqrt(1 / 4.0 + 0.30**2))


def test_a_second_rater_tells_more_than_the_first_seeing_more() -> None:
    one = average([Heap(8.0, 2.0)])
    two = average([Heap(4.0, 2.0), Heap(4.0, 2.0)])
    assert two.sd < one.sd


def test_a_rater_who_saw_more_weighs_more_but_less_than_in_proportion() -> None:
    read = average([Heap(30.0, 3.0), Heap(3.0, 2.0)])
    assert 2.5 < read.mean < (30.0 * 3.0 + 3.0 * 2.0) / 33.0


def test_nothing_seen_has_no_average() -> None:
    with pytest.raises(BadInput):
        average([])


def test_a_rise_is_as_likely_as_its_size_against_both_errors() -> None:
    found = change(Average(2.0, 0.3), Average(2.6, 0.4))
    assert found.gain == pytest.approx(0.6)
    assert found.sd == pytest.approx(0.5)
    assert found.p_rise == pytest.approx(NormalDist().cdf(1.2))
    assert found.low < found.gain < found.high


def test_no_difference_is_a_rise_half_of_the_time() -> None:
    assert change(Average(2.0, 0.3), Average(2.0, 0.3)).p_rise == 0.5


@pytest.mark.parametrize(
    ("week", "level"), [(1, 1.625), (4, 2.0), (8, 2.5), (20, 2.5)], ids=["first", "half", "last", "over"]
)
def test_a_start_plan_leads_straight_from_with_help_to_the_target(week: int, level: float) -> None:
    assert expected_on_the_way(2.5, week, 8) == pytest.approx(level)


def test_a_target_below_the_start_of_the_way_is_expected_at_once() -> None:
    assert expected_on_the_way(1.5, 1, 8) == 1.5


def test_people_together_stand_at_the_mean_of_their_means_and_are_surer_than_each() -> None:
    found = together([(1.0, 0.3), (2.0, 0.4)])
    assert found.mean == 1.5
    assert found.sd == pytest.approx(0.25)
    assert together([(2.0, 0.4)]) == Average(2.0, 0.4)


@pytest.mark.parametrize("readings", [[], [(math.nan, 0.3)], [(2.0, 0.0)]])
def test_a_group_of_nobody_or_of_no_reading_is_refused(readings: list[tuple[float, float]]) -> None:
    with pytest.raises(BadInput):
        together(readings)
