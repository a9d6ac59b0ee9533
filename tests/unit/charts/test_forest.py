"""Who, and how sure."""

from __future__ import annotations

from coach.charts.forest import Reading, forest
from coach.charts.tracks import State

SOJIN = Reading("Sojin", 1.6, 1.1, 2.1, 6, State.BELOW, "/people/sojin")
RIAN = Reading("Rian", 2.6, 2.1, 3.1, 8, State.MET)
TEAM = Reading("Team", 2.1, 1.8, 2.4, 14, State.BELOW)


def test_it_keeps_the_order_it_was_given() -> None:
    assert [row.name for row in forest([RIAN, SOJIN], target=2.5).rows] == ["Rian", "Sojin"]


def test_it_draws_the_group_apart_from_its_people() -> None:
    chart = forest([SOJIN], group=TEAM, target=2.5)
    assert chart.group is not None
    assert chart.group.track.dot_x == 37.5
    assert len(chart.rows) == 1


def test_every_row_has_its_tick_at_the_same_place() -> None:
    chart = forest([SOJIN, RIAN], group=TEAM, target=2.5)
    assert chart.group is not None
    assert {row.track.tick_x for row in (chart.group, *chart.rows)} == {50.0}


def test_the_axis_names_the_four_levels_and_marks_the_target() -> None:
    axis = forest([SOJIN], target=2.5).axis
    assert [str(mark.name) for mark in axis] == ["Not yet", "With help", "Alone", "Could teach"]
    assert [mark.is_target for mark in axis] == [False, False, True, False]


def test_it_marks_no_target_where_the_role_has_none() -> None:
    chart = forest([SOJIN])
    assert chart.target is None
    assert not any(mark.is_target for mark in chart.axis)
