"""Before and after a lesson."""

from __future__ import annotations

from datetime import date

import pytest

from coach.charts.change import Average, Sighting, before_after, height_of

LESSON = date(2026, 10, 19)
FIRST, LAST = date(2026, 9, 1), date(2026, 11, 23)
SEEN = (
    Sighting(date(2026, 9, 3), 2),
    Sighting(date(2026, 10, 1), 1, practice=True),
    Sighting(LESSON, 2),
    Sighting(date(2026, 11, 20), 3),
)


def test_the_levels_stand_on_their_lines() -> None:
    assert [height_of(level) for level in (4, 3, 2, 1)] == [16.0, 64.0, 112.0, 160.0]


def test_it_spreads_the_observations_over_the_days() -> None:
    chart = before_after(SEEN, lesson_day=LESSON, first=FIRST, last=LAST)
    places = [dot.x for dot in chart.dots]
    assert places == sorted(places)
    assert chart.dots[2].x == chart.lesson_x
    assert all(1.5 <= x <= 98.5 for x in places)


def test_what_was_seen_on_the_lessons_day_counts_as_before() -> None:
    chart = before_after(SEEN, lesson_day=LESSON, first=FIRST, last=LAST)
    assert [dot.after for dot in chart.dots] == [False, False, False, True]


def test_it_draws_mean_and_band_on_each_side() -> None:
    chart = before_after(
        SEEN, lesson_day=LESSON, first=FIRST, last=LAST, before=Average(1.8, 1.5, 2.1), after=Average(2.7, 2.3, 3.0)
    )
    assert chart.before is not None
    assert chart.after is not None
    assert (chart.before.y_mean, chart.before.y_top, chart.before.height) == (121.6, 107.2, 28.8)
    assert chart.before.x_to < chart.lesson_x < chart.after.x_from
    assert chart.gain == pytest.approx(0.9)
    assert str(chart.label) == "3 observations before the lesson average 1.8, 1 after it average 2.7."


def test_it_claims_no_change_where_one_side_is_missing() -> None:
    chart = before_after(SEEN, lesson_day=LESSON, first=FIRST, last=LAST, before=Average(1.8, 1.5, 2.1))
    assert chart.gain is None
    assert str(chart.label) == "3 observations before the lesson, 1 after it."


def test_the_target_line_stands_where_the_level_begins_and_names_it() -> None:
    chart = before_after(SEEN, lesson_day=LESSON, first=FIRST, last=LAST, target=2.5)
    assert chart.target_y == 88.0
    assert [str(name) for name, aimed in chart.levels if aimed] == ["Alone"]


@pytest.mark.parametrize(
    ("day", "anchor"), [(date(2026, 9, 2), "start"), (LESSON, "middle"), (date(2026, 11, 22), "end")]
)
def test_the_lessons_label_never_leaves_the_chart(day: date, anchor: str) -> None:
    assert before_after((), lesson_day=day, first=FIRST, last=LAST).lesson_anchor == anchor


def test_one_day_alone_is_still_a_chart() -> None:
    chart = before_after((Sighting(LESSON, 2),), lesson_day=LESSON, first=LESSON, last=LESSON)
    assert chart.dots[0].x == 1.5
