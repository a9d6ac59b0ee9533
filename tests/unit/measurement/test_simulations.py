"""What the estimate and the findings do in invented worlds where the truth is known; fixed seeds, figures printed."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest

from coach.measurement.estimate import Cell, Estimate, Settings, posterior
from coach.measurement.findings import State, expected_wrong, false_discoveries, next_state, standing
from tests.unit.measurement.world import DAYS, Person, World, people

pytestmark = pytest.mark.slow

SETTINGS = Settings()
TARGET = 2.5
INTERVAL_90 = 1.6449
ASSUMED = World()
BENT = {
    "skills twice as fast": World(time_constant=600.0),
    "biases that drift": World(bias_time_constant=300.0),
    "tau and omega wrong by 1.5": World(bias_factor=1.5),
}
SMALL = World(mean_of_department_sd=0.3, severity_sd=0.2)


@dataclass(frozen=True, slots=True)
class Step:
    """Hold what followed from one piece: the state with and without hysteresis, estimate and true level that day."""

    state: State
    plain: State
    estimate: Estimate
    level: float


def report(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def covered(person: Person) -> bool:
    estimate = posterior(SETTINGS, person.pieces, [], DAYS - 1)
    return abs(estimate.mean - person.levels[-1]) <= INTERVAL_90 * estimate.sd


def coverage(name: str, world: World, seed: int) -> float:
    """Return the share of 90 % intervals that hold the true level, over thin, usual and thick evidence in two years."""
    rng = np.random.default_rng(seed)
    shares = [np.mean([covered(p) for p in people(world, 2000, pieces, rng, SETTINGS)]) for pieces in (6, 12, 24)]
    report(f"coverage, {name}: {np.mean(shares):.3f} (6, 12, 24 pieces: {', '.join(f'{s:.3f}' for s in shares)})")
    return float(np.mean(shares))


def judged(person: Person) -> Iterator[Step]:
    """Judge after each piece, once from the state before (hysteresis) and once as if nothing had been said before."""
    cell, state, only_self = Cell(SETTINGS), State.UNKNOWN, True
    for n, piece in enumerate(person.pieces, start=1):
        cell.add(piece)
        only_self = only_self and piece.kind == "self"
        e = cell.read(piece.t, TARGET)
        assert e.p_below is not None
        state, plain = (
            next_state(before, e.p_below, e.mean, TARGET, e.reliability, n, only_self=only_self)
            for before in (state, State.FINE)
        )
        yield Step(state, plain, e, float(person.levels[int(piece.t)]))


def openings(steps: list[Step]) -> list[Step]:
    before = [State.UNKNOWN, *(step.state for step in steps[:-1])]
    return [s for s, was in zip(steps, before, strict=True) if s.state is State.FINDING and was is not State.FINDING]


def changes(states: list[State]) -> int:
    """Count how often a finding appears or goes."""
    open_ = [False, *(state is State.FINDING for state in states)]
    return sum(one is not other for one, other in pairwise(open_))


def test_ninety_percent_intervals_hold_the_truth_nine_times_in_ten() -> None:
    assert 0.88 <= coverage("world as assumed", ASSUMED, 1) <= 0.92


@pytest.mark.parametrize("name", BENT)
def test_ninety_percent_intervals_hold_up_in_a_bent_world(name: str) -> None:
    assert coverage(name, BENT[name], 2) >= 0.85


@pytest.mark.parametrize(("name", "most"), [("world as assumed", 0.12), *((name, 0.20) for name in BENT)])
def test_few_findings_are_wrong_and_their_number_is_foretold(name: str, most: float) -> None:
    rng = np.random.default_rng(3)
    world = BENT.get(name, ASSUMED)
    opened = [s for p in people(world, 2000, 12, rng, SETTINGS) for s in openings(list(judged(p)))]
    wrong = sum(step.level >= TARGET for step in opened) / len(opened)
    foretold = expected_wrong([step.estimate.p_below or 0.0 for step in opened]) / len(opened)
    report(f"false findings, {name}: {wrong:.3f} of {len(opened)}, foretold {foretold:.3f}")
    assert wrong <= most
    if world == ASSUMED:
        assert wrong <= foretold + 0.01


def test_what_stands_on_a_page_is_wrong_at_most_as_often_as_promised() -> None:
    """Pages of forty people; the odds of a finding, read as p values, would let hardly any stand: both are printed."""
    rng = np.random.default_rng(4)
    kept: list[Step] = []
    opened, as_p_values = 0, 0
    for _ in range(60):
        last = [list(judged(p))[-1] for p in people(ASSUMED, 40, 12, rng, SETTINGS)]
        page = [step for step in last if step.plain is State.FINDING]
        odds = [step.estimate.p_below or 0.0 for step in page]
        kept += [step for step, stands in zip(page, standing(odds, 0.05), strict=True) if stands]
        opened += len(page)
        as_p_values += sum(false_discoveries([1.0 - p for p in odds], 0.05))
    wrong = sum(step.level >= TARGET for step in kept) / len(kept)
    report(
        f"page rule at q = .05: {len(kept)} of {opened} findings stand, {wrong:.3f} wrong; as p values {as_p_values}"
    )
    assert wrong <= 0.05
    assert len(kept) >= 0.4 * opened


def test_findings_flap_at_most_half_as_much_as_without_hysteresis() -> None:
    rng = np.random.default_rng(5)
    with_, without, first = 0, 0, 0
    for person in people(ASSUMED, 1500, 20, rng, SETTINGS):
        steps = list(judged(person))
        counts = changes([step.state for step in steps]), changes([step.plain for step in steps])
        first += counts[0] > 0
        with_ += max(counts[0] - 1, 0)
        without += max(counts[1] - 1, 0)
    report(f"changes after a finding's first opening: {with_}, without hysteresis {without}; {first} first openings")
    assert with_ <= 0.5 * without


def test_small_departments_keep_their_intervals_and_their_findings() -> None:
    """Twelve people, a department mean off by SD .3, three raters of uncorrected severity SD .2, the fallback prior."""
    rng = np.random.default_rng(6)
    inside, opened = [], []
    for _ in range(150):
        for person in people(SMALL, 12, 10, rng, SETTINGS):
            inside.append(covered(person))
            opened += openings(list(judged(person)))
    wrong = sum(step.level >= TARGET for step in opened) / len(opened)
    report(f"departments of twelve: coverage {np.mean(inside):.3f}, {wrong:.3f} of {len(opened)} findings false")
    assert np.mean(inside) >= 0.85
    assert wrong <= 0.20
