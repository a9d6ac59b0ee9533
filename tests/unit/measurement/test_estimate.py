"""The definition of the estimate: the contract's example, and what "why" and "what if" answer."""

import math
import subprocess
import sys
from dataclasses import replace

import pytest

from coach.measurement.convert import quiz_evidence, rubric_evidence
from coach.measurement.estimate import BadInput, Cell, Piece, Settings, expected_next, posterior, without, would_take
from tests.unit.measurement.example import HAN_LATER, LESSON, MOVED, OH_LATER, PIECES, SETTINGS, SHARES


def four(*values: float | None) -> list[float]:
    return [round(value or 0.0, 4) for value in values]


def test_the_worked_example_holds_to_four_digits() -> None:
    estimate = posterior(SETTINGS, PIECES, [], 280, 3.0)
    assert four(estimate.mean, estimate.sd, estimate.prior_share) == [2.1512, 0.3760, 0.3346]
    assert four(estimate.p_below, estimate.expected_gap, estimate.reliability) == [0.9880, 0.8504, 0.6654]
    assert four(*estimate.shares) == list(SHARES)
    assert four(*estimate.moved) == list(MOVED)


@pytest.mark.parametrize(
    ("later", "day", "mean", "sd", "p_below"),
    [
        ((), 290, 2.1599, 0.4097, None),
        ((HAN_LATER,), 300, 2.3907, 0.3880, 0.9418),
        ((HAN_LATER, OH_LATER), 312, 2.5346, 0.3764, 0.8919),
    ],
)
def test_the_worked_example_goes_on_after_a_lesson(
    later: tuple[Piece, ...], day: float, mean: float, sd: float, p_below: float | None
) -> None:
    cell = Cell.from_log(SETTINGS, PIECES)
    cell.finish_lesson(LESSON)
    for piece in later:
        cell.add(piece)
    for estimate in (posterior(SETTINGS, [*PIECES, *later], [LESSON], day, 3.0), cell.read(day, 3.0)):
        assert four(estimate.mean, estimate.sd) == [mean, sd]
        if p_below is not None:
            assert four(estimate.p_below) == [p_below]


def test_the_quiz_of_the_worked_example_comes_from_its_answers() -> None:
    y, v = quiz_evidence([1.85] * 6, [1.5, 1.5, 2.5, 2.5, 3.5, 3.5], [1, 1, 1, 0, 0, 0])
    assert four(y, v) == [2.5001, 0.3167]
    assert [rubric_evidence([2.0] * n)[1] for n in (1, 2, 3, 4)] == pytest.approx([0.355, 0.22, 0.175, 0.1525])


def test_no_evidence_leaves_the_prior() -> None:
    estimate = posterior(SETTINGS, [], [100.0], 280)
    assert (estimate.mean, estimate.reliability, estimate.prior_share) == (2.2, 0.0, 1.0)
    assert estimate.sd == pytest.approx(0.65, abs=1e-15)
    assert (estimate.shares, estimate.moved) == ((), ())
    assert estimate.p_below is None
    assert estimate.expected_gap is None


def test_what_one_more_piece_would_take_brings_p_to_where_it_was_asked_for() -> None:
    for p in (0.5, 0.8):
        y = would_take(SETTINGS, PIECES, [LESSON], 300, "observation", "Oh", 0.1525, 2.5, p)
        after = posterior(SETTINGS, [*PIECES, Piece("observation", "Oh", 300, y, 0.1525)], [LESSON], 300, 2.5)
        assert after.p_below == pytest.approx(p, abs=1e-12)


def test_without_a_piece_is_the_estimate_that_never_saw_it() -> None:
    left = posterior(SETTINGS, PIECES[1:], [], 280, 3.0)
    assert without(SETTINGS, PIECES, [], 280, PIECES[0], 3.0) == left
    assert without(SETTINGS, PIECES, [], 280, 0, 3.0) == left


def test_an_unknown_source_is_expected_to_write_the_mean_and_an_unknown_kind_too() -> None:
    mean = posterior(SETTINGS, PIECES, [], 280).mean
    assert expected_next(SETTINGS, PIECES, [], 280, "kpi", "calls") == pytest.approx(mean, abs=1e-12)
    assert expected_next(SETTINGS, [], [], 280, "observation", "Oh") == pytest.approx(2.2 + 0.2, abs=1e-12)


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_none_are_refused(wrong: float) -> None:
    for field in ("t", "y", "v"):
        with pytest.raises(BadInput, match=field):
            replace(PIECES[0], **{field: wrong})
    for refused in (lambda: posterior(SETTINGS, PIECES, [], wrong), lambda: posterior(SETTINGS, PIECES, [wrong], 280)):
        with pytest.raises(BadInput, match="finite"):
            refused()
    with pytest.raises(BadInput, match="target"):
        posterior(SETTINGS, PIECES, [], 280, wrong)


def test_impossible_pieces_are_refused() -> None:
    with pytest.raises(BadInput, match="above 0"):
        Piece("quiz", "check", 1, 2.0, 0.0)
    with pytest.raises(BadInput, match="unknown kind"):
        posterior(SETTINGS, [Piece("rumour", "Oh", 1, 2.0, 0.1)], [], 2)
    with pytest.raises(BadInput, match="unknown kind"):
        expected_next(SETTINGS, PIECES, [], 280, "rumour", "Oh")
    with pytest.raises(BadInput, match="not known on day"):
        posterior(SETTINGS, PIECES, [], 270)
    with pytest.raises(BadInput, match="no piece number"):
        without(SETTINGS, PIECES, [], 280, 5)
    with pytest.raises(BadInput, match="not among"):
        without(SETTINGS, PIECES, [], 280, HAN_LATER)


@pytest.mark.parametrize(
    "wrong",
    [
        {"s0": 0.0},
        {"rho": 0.0},
        {"rho": 1.5},
        {"half_life": -1.0},
        {"mu0": math.nan},
        {"drift": -1.0},
        {"tau": {"quiz": 1}},
    ],
)
def test_impossible_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        Settings(**wrong)  # type: ignore[arg-type]


def test_calibration_changes_neither_drift_nor_choices() -> None:
    again = SETTINGS.calibrated(mu0=2.5, s0=0.5, severity={"Oh": 0.1})
    assert (again.mu0, again.s0, again.severity) == (2.5, 0.5, {"Oh": 0.1})
    assert (again.drift, again.tau, again.half_life) == (SETTINGS.drift, SETTINGS.tau, SETTINGS.half_life)


def test_a_knowledge_skill_trusts_a_quiz_more_than_a_behaviour_skill_does() -> None:
    quiz = [Piece("quiz", "check", 0, 3.2, 0.3)]
    knowledge, behaviour = (posterior(Settings.for_skill(kind), quiz, [], 0) for kind in ("knowledge", "behaviour"))
    assert knowledge.shares[0] > 1.5 * behaviour.shares[0]
    with pytest.raises(BadInput, match="unknown kind of skill"):
        Settings.for_skill("attitude")


def test_reading_one_cell_imports_neither_numpy_nor_scipy() -> None:
    code = "import coach.measurement.estimate, coach.measurement.findings, coach.measurement.convert, sys"
    told = "print([name for name in ('numpy', 'scipy') if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", f"{code}; {told}"], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
