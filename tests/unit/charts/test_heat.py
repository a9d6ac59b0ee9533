"""The heat table's cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.charts.heat import HeatTable, heat_cell, heat_step, heat_targets
from coach.charts.tracks import State
from coach.words import Message


@pytest.mark.parametrize(
    ("level", "step"),
    [
        (2.5, 0),
        (2.35, 0),
        (2.65, 0),
        (2.34, -1),
        (2.05, -1),
        (2.95, 1),
        (2.04, -2),
        (1.6, -2),
        (3.4, 2),
        (1.59, -3),
        (3.41, 3),
    ],
)
def test_it_counts_the_steps_from_the_target(level: float, step: int) -> None:
    assert heat_step(level, 2.5) == step


@given(st.integers(0, 300), st.sampled_from([1.5, 2.5, 3.5]))
def test_as_far_above_is_coloured_as_strongly_as_below(hundredths: int, target: float) -> None:
    away = hundredths / 100
    assert heat_step(target + away, target) == -heat_step(target - away, target)


def test_it_prints_the_level_and_names_the_colour() -> None:
    cell = heat_cell(1.9, 2.5, state=State.UNSURE, href="/evidence")
    assert (cell.css, cell.number, cell.note, cell.href) == ("n2", "1.9", None, "/evidence")


def test_it_marks_what_is_clearly_below_and_says_so() -> None:
    cell = heat_cell(1.5, 2.5, state=State.BELOW)
    assert cell.css == "n3 sure"
    assert str(cell.note) == "clearly below target"


def test_it_hatches_what_was_seen_too_little_whatever_the_level() -> None:
    low, high = (heat_cell(level, 2.5, state=State.FEW, seen=2) for level in (1.2, 3.8))
    assert low.css == high.css == "few"
    assert str(low.note) == "only 2 seen"


def test_it_prints_a_dash_where_nothing_was_seen() -> None:
    assert heat_cell(None, 2.5, state=State.FEW).number == "–"


def test_the_group_row_prints_where_the_target_begins() -> None:
    assert heat_targets([2.5, None, 3.5]) == ("2.5", None, "3.5")


def test_a_table_of_ten_skills_is_wide() -> None:
    caption = Message("Levels")
    assert not HeatTable(caption, ("skill",) * 9, ()).wide
    assert HeatTable(caption, ("skill",) * 10, ()).wide
