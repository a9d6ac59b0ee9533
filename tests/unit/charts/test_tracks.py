"""The level, its range and the target's tick."""

from __future__ import annotations

import dataclasses

import pytest

from coach.charts.tracks import State, level_track, state_of, target_words


def test_it_places_dot_band_and_tick() -> None:
    track = level_track(2.4, 1.9, 2.9, 2.5, state=State.UNSURE)
    assert (track.dot_x, track.band_from, track.band_to, track.tick_x) == (46.9, 31.2, 62.5, 50.0)


def test_it_says_in_a_sentence_what_it_draws() -> None:
    track = level_track(2.4, 1.9, 2.9, 2.5, state=State.UNSURE, seen=6)
    assert str(track.label) == "Level 2.4, likely 1.9 to 2.9. Seen 6 times. Target: Alone, from 2.5."


def test_it_says_that_a_level_is_clearly_below() -> None:
    track = level_track(1.6, 1.1, 2.1, 2.5, state=State.BELOW)
    assert str(track.label).endswith("Clearly below target.")


def test_it_draws_no_band_where_too_little_was_seen() -> None:
    track = level_track(2.3, 1.4, 3.2, 2.5, state=State.FEW, seen=2)
    assert track.dot_x is not None
    assert (track.band_from, track.band_to) == (None, None)
    assert str(track.label).startswith("Too little seen to judge, so far level 2.3.")


def test_it_draws_only_the_tick_where_nothing_was_seen() -> None:
    track = level_track(None, None, None, 1.5, state=State.FEW)
    assert (track.dot_x, track.tick_x) == (None, 18.7)
    assert str(track.label) == "Nothing seen yet. Target: With help, from 1.5."


def test_it_shows_where_a_new_rep_started() -> None:
    track = level_track(2.4, 1.9, 2.9, 2.5, state=State.NEW, start=1.6)
    assert track.start_x == 21.8
    assert track.gain == pytest.approx(0.8)
    assert "Started at 1.6." in str(track.label)


def test_it_shows_the_start_to_nobody_else() -> None:
    assert level_track(2.4, 1.9, 2.9, 2.5, state=State.MET, start=1.6).start_x is None


def test_it_keeps_the_numbers_that_it_clips_for_drawing() -> None:
    track = level_track(0.4, -0.3, 1.1, 2.5, state=State.BELOW)
    assert (track.mean, track.low) == (0.4, -0.3)
    assert (track.dot_x, track.band_from) == (0.0, 0.0)


def test_a_drawing_cannot_be_changed() -> None:
    track = level_track(2.4, 1.9, 2.9, 2.5, state=State.UNSURE)
    with pytest.raises(dataclasses.FrozenInstanceError):
        track.mean = 3.0  # type: ignore[misc]


@pytest.mark.parametrize(
    ("target", "words"), [(1.5, "With help, from 1.5"), (2.5, "Alone, from 2.5"), (3.5, "Could teach, from 3.5")]
)
def test_it_names_the_target_level_and_where_it_begins(target: float, words: str) -> None:
    assert str(target_words(target)) == words


@pytest.mark.parametrize(
    ("mean", "known", "finding", "starting", "state"),
    [
        (2.6, True, False, False, State.MET),
        (2.4, True, False, False, State.UNSURE),
        (1.6, True, True, False, State.BELOW),
        (1.6, False, False, False, State.FEW),
        (None, True, False, False, State.FEW),
        (1.6, True, True, True, State.NEW),
    ],
)
def test_it_chooses_the_state_of_a_reading(
    mean: float | None, known: bool, finding: bool, starting: bool, state: State
) -> None:
    assert state_of(mean, 2.5, known=known, finding=finding, starting=starting) is state


def test_an_open_finding_stays_ochre_while_the_mean_has_passed_the_target() -> None:
    assert state_of(2.6, 2.5, known=True, finding=True) is State.BELOW
