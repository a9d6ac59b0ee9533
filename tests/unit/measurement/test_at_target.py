"""Whoever is seen at the target's own level is never found to be below it."""

from __future__ import annotations

from itertools import cycle, islice

import pytest

from coach.measurement.convert import rubric_evidence
from coach.measurement.estimate import Piece, Settings, posterior
from coach.measurement.findings import State, next_state, seen_mean, target_of


@pytest.mark.parametrize("kind", ["behaviour", "knowledge"])
@pytest.mark.parametrize("level", [2, 3, 4])
@pytest.mark.parametrize("raters", [1, 2, 3])
def test_logs_at_the_own_level_of_a_target_never_open_a_finding(kind: str, level: int, raters: int) -> None:
    settings, target = Settings.for_skill(kind), target_of(level)
    y, v = rubric_evidence([float(level)])
    names = cycle([f"rater:{n}" for n in range(raters)])
    pieces = [Piece("observation", name, 7.0 * day, y, v) for day, name in enumerate(islice(names, 12))]
    for seen in range(3, 13):
        read = posterior(settings, pieces[:seen], (), 7.0 * seen, target)
        assert read.p_below is not None
        alone = seen_mean(read.mean, read.sd, settings.mu0, settings.s0)
        assert alone == pytest.approx(level)
        state = next_state(State.UNKNOWN, read.p_below, read.mean, target, read.reliability, seen, seen=alone)
        assert state is State.FINE, (kind, level, raters, seen)


def test_one_mark_below_among_three_can_still_open_one() -> None:
    settings, target = Settings.for_skill("knowledge"), target_of(4)
    marks = [rubric_evidence([level]) for level in (3.0, 3.0, 4.0)]
    pieces = [Piece("observation", "rater:1", float(day), y, v) for day, (y, v) in enumerate(marks)]
    read = posterior(settings, pieces, (), 3.0, target)
    assert read.p_below is not None
    alone = seen_mean(read.mean, read.sd, settings.mu0, settings.s0)
    state = next_state(State.UNKNOWN, read.p_below, read.mean, target, read.reliability, 3, seen=alone)
    assert state is State.FINDING


def test_nothing_seen_has_no_mean_of_its_own() -> None:
    assert seen_mean(2.2, 0.65, 2.2, 0.65) is None
