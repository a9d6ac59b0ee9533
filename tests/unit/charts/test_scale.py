"""Places on the track."""

from __future__ import annotations

import pytest

from coach.charts.scale import place, printed


@pytest.mark.parametrize(("level", "percent"), [(1, 3.0), (2, 34.3), (2.5, 50.0), (3, 65.7), (4, 97.0)])
def test_it_places_levels_between_the_margins(level: float, percent: float) -> None:
    assert place(level) == percent


@pytest.mark.parametrize(("level", "percent"), [(-1.0, 0.0), (6.2, 100.0)])
def test_it_draws_what_lies_beyond_at_the_end_of_the_track(level: float, percent: float) -> None:
    assert place(level) == percent


def test_it_never_prints_minus_zero() -> None:
    assert printed(-0.04) == "0.0"
