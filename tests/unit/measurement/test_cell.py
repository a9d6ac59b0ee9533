"""Running sums, batch and definition say the same in any order, with retraction; and brute force agrees."""

import math
import random
from collections.abc import Sequence
from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.measurement.estimate import (
    Accumulator,
    BadInput,
    Cell,
    CellState,
    Columns,
    Estimate,
    NeedsRebuild,
    Piece,
    Priors,
    contribution,
    expected_next,
    posterior,
    posterior_batch,
    read_cells,
)
from tests.unit.measurement.example import HAN_LATER, LESSON, PIECES, SETTINGS

SOURCES = [("quiz", "check"), ("quiz", "lesson"), ("observation", "Oh"), ("observation", "Han"), ("self", "self")]
SOURCES += [("kpi", "calls"), ("kpi", "Oh")]
NOW = 2400.0

pieces_seen = st.lists(
    st.builds(
        lambda source, t, y, v: Piece(*source, t, y, v),
        st.sampled_from(SOURCES),
        st.floats(1700, NOW),
        st.floats(-1, 6),
        st.floats(0.02, 2),
    ),
    min_size=1,
    max_size=14,
)
days_of_lessons = st.lists(st.floats(1700, 2450), max_size=3)


def covariance(pieces: Sequence[Piece], lessons: Sequence[float], t: float) -> np.ndarray:
    """Return the joint covariance of the values; only the age comes from the pooled weights, as the model says."""
    fading = [
        2 ** (-(t - p.t) / SETTINGS.half_life) * SETTINGS.rho ** sum(p.t < d <= t for d in lessons) for p in pieces
    ]
    kind = np.array([[p.kind == q.kind for q in pieces] for p in pieces])
    source = np.array([[(p.kind, p.source) == (q.kind, q.source) for q in pieces] for p in pieces])
    tau = np.array([SETTINGS.tau[p.kind] for p in pieces])
    omega = np.array([SETTINGS.omega[p.kind] for p in pieces])
    noise = np.diag([p.v / f for p, f in zip(pieces, fading, strict=True)])
    biased = noise + kind * tau**2 + source * omega**2
    weights = np.linalg.solve(biased, np.ones(len(pieces)))
    age = max(t - weights @ [p.t for p in pieces] / weights.sum(), 0.0)
    return biased + SETTINGS.s0**2 + SETTINGS.drift * age


def by_conditioning(pieces: Sequence[Piece], lessons: Sequence[float], t: float) -> tuple[float, float, np.ndarray]:
    """Condition the level on all values at once: its mean, its SD, and each value's weight in the mean."""
    gain = np.linalg.solve(covariance(pieces, lessons, t), np.full(len(pieces), SETTINGS.s0**2))
    variance = SETTINGS.s0**2 - gain.sum() * SETTINGS.s0**2
    return SETTINGS.mu0 + gain @ news(pieces), math.sqrt(variance), gain


def news(pieces: Sequence[Piece]) -> np.ndarray:
    return np.array([p.y - SETTINGS.severity.get(p.source, 0.0) - SETTINGS.mu0 for p in pieces])


def close(one: Estimate, other: Estimate, within: float = 1e-10) -> bool:
    numbers = [(one.mean, other.mean), (one.sd, other.sd), (one.p_below, other.p_below)]
    numbers += [(one.expected_gap, other.expected_gap), (one.prior_share, other.prior_share)]
    return all(abs((a or 0.0) - (b or 0.0)) <= within for a, b in numbers)


def by_source(pieces: Sequence[Piece], shares: Sequence[float]) -> dict[tuple[str, str], float]:
    total: dict[tuple[str, str], float] = {}
    for piece, share in zip(pieces, shares, strict=True):
        total[piece.kind, piece.source] = total.get((piece.kind, piece.source), 0.0) + share
    return total


def in_columns(cells: Sequence[Sequence[Piece]], lessons: Sequence[Sequence[float]]) -> tuple[Columns, Priors]:
    kinds, sources = list(SETTINGS.tau), [source for _, source in SOURCES]
    rows = [(c, kinds.index(p.kind), sources.index(p.source), p.t, p.y, p.v) for c, ps in enumerate(cells) for p in ps]
    finished = [(c, day) for c, days in enumerate(lessons) for day in days]
    columns = zip(*rows, strict=True) if rows else [[]] * 6
    lesson_cell, lesson_t = zip(*finished, strict=True) if finished else ((), ())
    severity = [SETTINGS.severity.get(source, 0.0) for source in sources]
    return Columns(*columns, lesson_cell=lesson_cell, lesson_t=lesson_t), Priors(severity=severity)


@given(pieces_seen, days_of_lessons)
def test_it_is_the_normal_conditioned_on_everything_seen(pieces: list[Piece], lessons: list[float]) -> None:
    estimate = posterior(SETTINGS, pieces, lessons, NOW)
    mean, sd, gain = by_conditioning(pieces, lessons, NOW)
    assert estimate.mean == pytest.approx(mean, abs=1e-10)
    assert estimate.sd == pytest.approx(sd, abs=1e-10)
    assert list(estimate.shares) == pytest.approx(list(gain), abs=1e-10)


@given(pieces_seen, days_of_lessons, st.sampled_from([*SOURCES, ("observation", "Kim")]))
def test_the_next_value_expected_is_its_conditional_mean(
    pieces: list[Piece], lessons: list[float], source: tuple[str, str]
) -> None:
    kind, name = source
    tau, omega = SETTINGS.tau[kind] ** 2, SETTINGS.omega[kind] ** 2
    shared = [SETTINGS.s0**2 + (p.kind == kind) * (tau + (p.source == name) * omega) for p in pieces]
    expected = SETTINGS.mu0 + np.array(shared) @ np.linalg.solve(covariance(pieces, lessons, NOW), news(pieces))
    expected += SETTINGS.severity.get(name, 0.0)
    assert expected_next(SETTINGS, pieces, lessons, NOW, kind, name) == pytest.approx(expected, abs=1e-10)


@given(pieces_seen, days_of_lessons)
def test_shares_are_positive_and_with_the_prior_add_to_one(pieces: list[Piece], lessons: list[float]) -> None:
    estimate = posterior(SETTINGS, pieces, lessons, NOW)
    assert min(estimate.shares) > 0
    assert math.fsum([*estimate.shares, estimate.prior_share]) == pytest.approx(1.0, abs=1e-12)
    assert SETTINGS.mu0 + math.fsum(estimate.moved) == pytest.approx(estimate.mean, abs=1e-12)


@given(pieces_seen, days_of_lessons, st.data())
def test_a_better_result_never_lowers_the_estimate_nor_raises_the_odds_of_being_below(
    pieces: list[Piece], lessons: list[float], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(pieces) - 1))
    better = [*pieces[:place], replace(pieces[place], y=pieces[place].y + 0.5), *pieces[place + 1 :]]
    before, after = (posterior(SETTINGS, seen, lessons, NOW, 2.5) for seen in (pieces, better))
    assert after.mean > before.mean
    assert after.p_below <= before.p_below
    assert after.expected_gap <= before.expected_gap
    assert after.sd == before.sd


@given(pieces_seen, pieces_seen, days_of_lessons, st.randoms(use_true_random=False))
def test_running_sums_equal_the_definition_in_any_order_with_retraction(
    pieces: list[Piece], mistaken: list[Piece], lessons: list[float], chance: random.Random
) -> None:
    steps = [("add", p) for p in pieces + mistaken] + [("lesson", day) for day in lessons]
    chance.shuffle(steps)
    for piece in mistaken:
        added = len(steps) - steps[::-1].index(("add", piece))
        steps.insert(chance.randint(added, len(steps)), ("retract", piece))
    cell, log, finished = Cell(SETTINGS), [], []
    for what, it in steps:
        {"add": log.append, "retract": log.remove, "lesson": finished.append}[what](it)
        try:
            {"add": cell.add, "retract": cell.retract, "lesson": cell.finish_lesson}[what](it)
        except NeedsRebuild as told:
            if told.source is None:
                cell = Cell.from_log(SETTINGS, log, finished)
            else:
                cell.rebuild(told.kind, told.source, [p for p in log if (p.kind, p.source) == (told.kind, told.source)])
    summed, defined = cell.read(2460, 2.5), posterior(SETTINGS, pieces, lessons, 2460, 2.5)
    assert close(summed, defined)
    shares = {(row.kind, row.source): share for row, share in zip(cell.state.rows, summed.shares, strict=True)}
    assert shares == pytest.approx(by_source(pieces, defined.shares), abs=1e-10)
    assert sum(row.n for row in cell.state.rows) == len(pieces)


@given(st.lists(pieces_seen, max_size=6), st.lists(days_of_lessons, min_size=6, max_size=6), st.randoms())
def test_the_batch_equals_the_definition_in_any_order(
    cells: list[list[Piece]], lessons: list[list[float]], chance: random.Random
) -> None:
    columns, priors = in_columns(cells, lessons[: len(cells)])
    batch = posterior_batch(SETTINGS, columns, 2460, 2.5, priors)
    assert batch.cell.tolist() == list(range(len(cells)))
    assert batch.p_below is not None
    assert batch.expected_gap is not None
    single = [posterior(SETTINGS, pieces, lessons[i], 2460, 2.5) for i, pieces in enumerate(cells)]
    for i, estimate in enumerate(single):
        numbers = [batch.mean[i], batch.sd[i], batch.p_below[i], batch.expected_gap[i]]
        numbers += [batch.reliability[i], batch.prior_share[i]]
        assert numbers == pytest.approx(list(astuple(estimate)[:6]), abs=1e-10)
    assert batch.shares.tolist() == pytest.approx([s for e in single for s in e.shares], abs=1e-10)
    assert batch.moved.tolist() == pytest.approx([m for e in single for m in e.moved], abs=1e-10)
    turned = list(range(len(batch.shares)))
    chance.shuffle(turned)
    arrays = {name: np.asarray(getattr(columns, name))[turned] for name in ("cell", "kind", "source", "t", "y", "v")}
    again = posterior_batch(SETTINGS, replace(columns, **_whole(arrays)), 2460, 2.5, priors)
    assert again.shares.tolist() == pytest.approx(batch.shares[turned].tolist(), abs=1e-10)


def _whole(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: a.astype(np.int64) if name in {"cell", "kind", "source"} else a for name, a in arrays.items()}


def test_codes_too_wide_to_share_a_number_with_their_place_are_sorted_all_the_same() -> None:
    columns, priors = in_columns([PIECES, PIECES[:2], PIECES[2:]], [[], [], []])
    wide = replace(columns, cell=np.asarray(columns.cell)[::-1] + 2**56, **_reversed(columns))
    narrow = replace(columns, cell=np.asarray(columns.cell)[::-1], **_reversed(columns))
    one, other = (posterior_batch(SETTINGS, given_, 280, 3.0, priors) for given_ in (wide, narrow))
    assert (one.cell - 2**56).tolist() == other.cell.tolist() == [0, 1, 2]
    assert one.mean.tolist() == other.mean.tolist()
    assert one.shares.tolist() == other.shares.tolist()


def _reversed(columns: Columns) -> dict[str, np.ndarray]:
    return {name: np.asarray(getattr(columns, name))[::-1] for name in ("kind", "source", "t", "y", "v")}


def test_the_batch_solves_many_blocks_as_it_solves_one_cell() -> None:
    """More pieces than three blocks hold, one cell longer than a block, each compared with the definition."""
    rng, size = np.random.default_rng(8), 250_000
    cell = np.where(rng.random(size) < 0.4, 7, rng.integers(0, 20_000, size))
    kind, source = rng.integers(0, 4, size), rng.integers(0, 9, size)
    t, y, v = rng.uniform(1700, NOW, size), rng.normal(2.2, 0.8, size), rng.uniform(0.1, 0.6, size)
    batch = posterior_batch(SETTINGS, Columns(cell, kind, source, t, y, v), NOW, 2.5)
    kinds = list(SETTINGS.tau)
    assert batch.cell.tolist() == np.unique(cell).tolist()
    for code in (0, 7, 8, *rng.choice(batch.cell, 30), 19_999):
        rows = np.flatnonzero(cell == code)
        pieces = [Piece(kinds[kind[i]], str(source[i]), float(t[i]), float(y[i]), float(v[i])) for i in rows]
        place, estimate = np.searchsorted(batch.cell, code), posterior(SETTINGS, pieces, [], NOW, 2.5)
        assert batch.p_below is not None
        assert [batch.mean[place], batch.p_below[place]] == pytest.approx([estimate.mean, estimate.p_below], abs=1e-10)
        assert batch.shares[rows].tolist() == pytest.approx(list(estimate.shares), abs=1e-10)
        assert batch.moved[rows].tolist() == pytest.approx(list(estimate.moved), abs=1e-10)


def test_priors_and_targets_may_differ_from_cell_to_cell() -> None:
    columns, priors = in_columns([PIECES, PIECES, PIECES], [[], [], []])
    each = Priors(mu0=[2.2, 2.6, 2.0], s0=[0.65, 0.5, 0.8], severity=priors.severity)
    batch = posterior_batch(SETTINGS, columns, 280, [3.0, 2.5, 3.5], each)
    for i, (mu0, s0, target) in enumerate([(2.2, 0.65, 3.0), (2.6, 0.5, 2.5), (2.0, 0.8, 3.5)]):
        estimate = posterior(SETTINGS.calibrated(mu0=mu0, s0=s0), PIECES, [], 280, target)
        assert batch.mean[i] == pytest.approx(estimate.mean, abs=1e-12)
        assert batch.p_below is not None
        assert batch.p_below[i] == pytest.approx(estimate.p_below, abs=1e-12)
        assert batch.moved[5 * i : 5 * i + 5].tolist() == pytest.approx(list(estimate.moved), abs=1e-12)


def test_a_stored_state_goes_on_where_it_ended() -> None:
    cell = Cell.from_log(SETTINGS, PIECES, [LESSON])
    rows = tuple(Accumulator(*astuple(row)) for row in cell.state.rows)
    again = Cell(SETTINGS, CellState(rows, cell.state.lessons))
    for one in (cell, again):
        one.add(HAN_LATER)
    assert again.read(300, 3.0) == cell.read(300, 3.0)
    assert read_cells([(SETTINGS, again.state, 3.0)] * 2, 300) == [cell.read(300, 3.0)] * 2
    added = contribution(SETTINGS, again.state.lessons, HAN_LATER)
    assert rows[2].plus(added) == again.state.rows[2]


def test_the_last_piece_retracted_leaves_no_row() -> None:
    cell = Cell.from_log(SETTINGS, PIECES[:1])
    cell.retract(PIECES[0])
    assert cell.state == CellState()
    assert cell.read(280).mean == 2.2
    with pytest.raises(BadInput, match="no piece to retract"):
        cell.retract(PIECES[0])


def test_retractions_that_would_cancel_step_by_step_ask_for_the_log() -> None:
    """Each weighs less than 2^10 times what it leaves, so a rule that forgets would lose 2^18 of the 2^52 kept."""
    kept, middle, newest = (Piece("observation", "Oh", day, 2.1, 0.3) for day in (0.0, 1070.0, 2140.0))
    cell = Cell.from_log(SETTINGS, [kept, middle, newest])
    cell.retract(newest)
    with pytest.raises(NeedsRebuild, match="would cancel") as told:
        cell.retract(middle)
    assert (told.value.kind, told.value.source) == ("observation", "Oh")
    cell.rebuild("observation", "Oh", [kept])
    assert close(cell.read(2140), posterior(SETTINGS, [kept], [], 2140), 1e-14)


def test_a_lesson_entered_late_asks_for_the_log() -> None:
    cell = Cell.from_log(SETTINGS, PIECES)
    with pytest.raises(NeedsRebuild, match="after later evidence"):
        cell.finish_lesson(270)
    cell.finish_lesson(276)
    assert close(cell.read(280), posterior(SETTINGS, PIECES, [276], 280))


def test_fifty_self_ratings_weigh_at_most_one_over_tau_squared() -> None:
    ratings = [Piece("self", "self", 100, 4.0, 0.11) for _ in range(50)]
    estimate = posterior(SETTINGS, ratings, [], 100, 3.0)
    precision = 1 / estimate.sd**2 - 1 / SETTINGS.s0**2
    assert 0.99 / 1.75**2 < precision < 1 / 1.75**2
    assert estimate.mean < 2.2 + (4.0 - 2.2) * 0.13


def test_evidence_of_another_century_fades_to_nothing_and_breaks_nothing() -> None:
    ancient = [Piece("observation", "Oh", -400_000.0, 4.0, 0.02)]
    assert posterior(SETTINGS, ancient, [], 280).mean == pytest.approx(2.2, abs=1e-12)
    assert min(posterior(SETTINGS, ancient, [], 280).shares) > 0
    with pytest.raises(BadInput, match="halvings"):
        Cell.from_log(SETTINGS, ancient)


def test_sums_refuse_what_they_cannot_answer() -> None:
    cell = Cell.from_log(SETTINGS, PIECES)
    for refused, said in (
        (lambda: cell.read(270), "cannot be read"),
        (lambda: cell.read(math.nan), "finite"),
        (lambda: cell.add(Piece("rumour", "Oh", 1, 2.0, 0.1)), "unknown kind"),
        (lambda: cell.finish_lesson(math.nan), "finite"),
        (lambda: cell.rebuild("observation", "Oh", [PIECES[3]]), "among those of"),
        (lambda: Cell.from_log(SETTINGS, [], [math.inf]), "finished lessons"),
    ):
        with pytest.raises(BadInput, match=said):
            refused()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"t": [math.nan]}, "t holds"),
        ({"t": [300.0]}, "t holds"),
        ({"y": [math.inf]}, "y holds"),
        ({"v": [0.0]}, "v holds"),
        ({"kind": [4]}, "unknown kind"),
        ({"kinds": ["quiz", "rumour"]}, "unknown kind"),
        ({"cell": [-1]}, "below 0"),
        ({"cell": [0.5]}, "integer codes"),
        ({"source": [0, 1]}, "one length"),
        ({"y": [1.0, 2.0]}, "one column of 1"),
        ({"cell": [2**62]}, "64-bit"),
    ],
)
def test_the_batch_refuses_columns_that_mean_nothing(wrong: dict[str, list[float]], said: str) -> None:
    columns = Columns([0], [0], [0], [1.0], [2.0], [0.1])
    with pytest.raises(BadInput, match=said):
        posterior_batch(SETTINGS, replace(columns, **wrong), 280)


def test_the_batch_refuses_priors_that_do_not_fit_and_takes_no_pieces_at_all() -> None:
    wrong = [Priors(mu0=[2.2]), Priors(s0=[0.0, 0.0]), Priors(severity=[]), Priors(severity=[math.nan])]
    for target, priors in ((math.nan, None), ([3.0], None), *((3.0, priors) for priors in wrong)):
        with pytest.raises(BadInput, match="prior, severity or target"):
            posterior_batch(SETTINGS, Columns([1], [0], [0], [1.0], [2.0], [0.1]), 280, target, priors)
    assert posterior_batch(SETTINGS, Columns([], [], [], [], [], []), 280, 3.0).mean.tolist() == []
