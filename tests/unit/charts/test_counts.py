"""Pips and bars."""

from __future__ import annotations

import pytest

from coach.charts.counts import MOST_PIPS, bar, coverage


def test_it_draws_one_pip_a_person() -> None:
    assert coverage(2, 5, late=1).pips == ("on", "on", "open", "open", "late")


def test_it_draws_a_bar_for_a_large_group() -> None:
    drawn = coverage(30, MOST_PIPS + 4, late=10)
    assert drawn.pips == ()
    assert (drawn.done_to, drawn.late_to) == (75.0, 25.0)


@pytest.mark.parametrize("total", [0, 1, 36, 500])
def test_nobody_is_drawn_twice(total: int) -> None:
    assert len(coverage(0, total).pips) in (0, total)


def test_it_measures_a_bar_and_says_its_count() -> None:
    drawn = bar("Asks what is behind it", 11, 38, low=True)
    assert drawn.width == 28.9
    assert str(drawn.label) == "Asks what is behind it: 11 of 38"


def test_a_count_of_nothing_is_an_empty_bar() -> None:
    assert bar("Agrees a next step", 0, 0).width == 0.0
