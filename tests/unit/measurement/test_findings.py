"""When a finding opens, stays and closes; how many of a page's findings may be wrong."""

import math

import pytest

from coach.measurement.checks import BadInput
from coach.measurement.convert import quiz_evidence, rubric_evidence
from coach.measurement.estimate import Estimate, Piece, Settings, posterior
from coach.measurement.findings import (
    State,
    Thresholds,
    expected_wrong,
    false_discoveries,
    is_stale,
    next_state,
    standing,
    target_of,
)

SURE = {"target": 2.5, "reliability": 0.6, "pieces": 5}


def judge(state: State, estimate: Estimate, target: float, pieces: int) -> State:
    assert estimate.p_below is not None
    return next_state(state, estimate.p_below, estimate.mean, target, estimate.reliability, pieces)


@pytest.mark.parametrize("before", [State.UNKNOWN, State.FINE, State.RESOLVED])
def test_a_finding_opens_only_when_clearly_below_and_by_enough(before: State) -> None:
    assert next_state(before, 0.80, 2.35, **SURE) is State.FINDING
    assert next_state(before, 0.79, 2.10, **SURE) is State.FINE
    assert next_state(before, 0.99, 2.36, **SURE) is State.FINE


@pytest.mark.parametrize(
    "thin", [{"reliability": 0.24}, {"pieces": 2}, {"only_self": True}], ids=["faint", "few pieces", "self only"]
)
def test_little_evidence_is_unknown_and_never_a_finding(thin: dict[str, float]) -> None:
    assert next_state(State.FINE, 0.99, 1.5, **{**SURE, **thin}) is State.UNKNOWN


def test_an_open_finding_stays_until_even_odds_and_newer_evidence() -> None:
    assert next_state(State.FINDING, 0.51, 2.5, **SURE) is State.FINDING
    assert next_state(State.FINDING, 0.50, 2.5, newer_piece=False, **SURE) is State.FINDING
    assert next_state(State.FINDING, 0.50, 2.5, **SURE) is State.RESOLVED
    assert next_state("finding", 0.99, 1.5, 2.5, 0.1, 1) is State.FINDING


def test_what_faded_is_stale_and_keeps_its_state() -> None:
    assert is_stale(State.FINE, 0.24)
    assert is_stale(State.FINDING, 0.10)
    assert not is_stale(State.FINE, 0.25)
    assert not is_stale(State.UNKNOWN, 0.0)


@pytest.mark.parametrize("level", [2, 3, 4])
@pytest.mark.parametrize("raters", [1, 2, 3])
def test_twelve_logs_at_the_targets_own_level_never_open_a_finding(level: int, raters: int) -> None:
    y, v = rubric_evidence([float(level)])
    pieces = [Piece("observation", f"rater {i % raters}", 10.0 * i, y, v) for i in range(12)]
    state = State.UNKNOWN
    for n, piece in enumerate(pieces, start=1):
        estimate = posterior(Settings(), pieces[:n], [], piece.t, target_of(level))
        state = judge(state, estimate, target_of(level), n)
        assert state is not State.FINDING
        assert estimate.mean < level or level == 2


def test_twelve_logs_a_level_lower_open_one() -> None:
    y, v = rubric_evidence([2.0])
    pieces = [Piece("observation", f"rater {i % 2}", 10.0 * i, y, v) for i in range(12)]
    assert judge(State.UNKNOWN, posterior(Settings(), pieces, [], 110, 2.5), 2.5, 12) is State.FINDING


def test_the_loops_finding_closes_after_a_recheck_all_right_and_one_log_at_the_level() -> None:
    slopes, steps = [1.85] * 6, [1.5, 1.5, 2.5, 2.5, 3.5, 3.5]
    pieces = [Piece("quiz", "check", 0, *quiz_evidence(slopes, steps, [1, 1, 1, 0, 0, 0]))]
    pieces += [Piece("observation", rater, day, *rubric_evidence([2.0])) for rater, day in (("Oh", 3), ("Han", 6))]
    state = judge(State.UNKNOWN, posterior(Settings(), pieces, [], 6, 2.5), 2.5, 3)
    assert state is State.FINDING
    pieces.append(Piece("quiz", "lesson", 20, *quiz_evidence(slopes, steps, [1] * 6)))
    state = judge(state, posterior(Settings(), pieces, [13.0], 20, 2.5), 2.5, 4)
    pieces.append(Piece("observation", "Oh", 27, *rubric_evidence([3.0])))
    state = judge(state, posterior(Settings(), pieces, [13.0], 27, 2.5), 2.5, 5)
    assert state is State.RESOLVED


def test_a_target_is_where_its_level_begins() -> None:
    assert [target_of(level) for level in (2, 3, 4)] == [1.5, 2.5, 3.5]
    with pytest.raises(BadInput, match="level must be"):
        target_of(5)


def test_false_discoveries_match_the_example_of_benjamini_and_hochberg() -> None:
    """The 15 p values of the thrombolysis trial, Benjamini and Hochberg 1995, section 4.1: at q = .05 four stand."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    p += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    assert false_discoveries(p, 0.05) == (True,) * 4 + (False,) * 11
    assert false_discoveries(p[::-1], 0.05) == (False,) * 11 + (True,) * 4
    assert false_discoveries([], 0.05) == ()
    assert false_discoveries([0.9, 0.8], 0.1) == (False, False)


def test_as_many_findings_stand_as_keep_the_share_expected_wrong() -> None:
    assert standing([0.80, 0.99, 0.95, 0.81], 0.10) == (False, True, True, True)
    assert standing([0.80, 0.80], 0.10) == (False, False)
    assert standing([0.80, 0.80], 0.20) == (True, True)
    assert standing([], 0.10) == ()


def test_a_list_says_how_many_of_it_are_expected_to_be_wrong() -> None:
    assert expected_wrong([0.9, 0.85, 0.95]) == pytest.approx(0.3)
    assert expected_wrong([]) == 0.0


def test_impossible_inputs_are_refused() -> None:
    with pytest.raises(BadInput, match="unknown state"):
        next_state("weak", 0.9, 2.0, **SURE)
    with pytest.raises(BadInput, match="p_below"):
        next_state(State.FINE, math.nan, 2.0, **SURE)
    with pytest.raises(BadInput, match="mean"):
        next_state(State.FINE, 0.9, math.nan, **SURE)
    with pytest.raises(BadInput, match="p value"):
        false_discoveries([1.2], 0.1)
    with pytest.raises(BadInput, match="cannot close"):
        Thresholds(open_at=0.5, close_at=0.5)
