"""Estimate one person's one skill from what was seen, with its range and its reasons, as docs/measurement.md tells.

`posterior` is the definition, from the pieces themselves; `Cell` keeps the same in running sums; `posterior_batch` does
it for millions of pieces; `without`, `would_take` and `expected_next` answer "why" and "what if".
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from coach.measurement.cell import Accumulator, Cell, CellState, NeedsRebuild, contribution, read_cells
from coach.measurement.checks import BadInput, finite, positive
from coach.measurement.pooling import FAINTEST, Pooled, Reading, conclude, pool
from coach.measurement.settings import Estimate, Kind, Piece, Settings, SkillKind

if TYPE_CHECKING:
    from coach.measurement.batch import BatchEstimate, Priors, posterior_batch
    from coach.measurement.columns import Columns

__all__ = [
    "Accumulator",
    "BadInput",
    "BatchEstimate",
    "Cell",
    "CellState",
    "Columns",
    "Estimate",
    "Kind",
    "NeedsRebuild",
    "Piece",
    "Priors",
    "Settings",
    "SkillKind",
    "contribution",
    "expected_next",
    "posterior",
    "posterior_batch",
    "read_cells",
    "without",
    "would_take",
]


_ARRAYS = {"BatchEstimate", "Columns", "Priors", "posterior_batch"}


def __getattr__(name: str) -> Any:
    """Import the batch form, and numpy with it, at its first use: a page that reads one cell needs neither."""
    if name in _ARRAYS:
        from coach.measurement import batch

        return getattr(batch, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def posterior(
    settings: Settings,
    pieces: Sequence[Piece],
    finished_lessons: Iterable[float],
    t: float,
    target: float | None = None,
) -> Estimate:
    """Estimate the level at day t from the pieces; shares and moves in their order; no pieces give mu0 and s0.

    Exact for level_now ~ N(mu0, s0^2), level_then = level_now + N(0, drift age), y = level_then + bias of the kind
    N(0, tau^2) + bias of the source N(0, omega^2) + severity + N(0, v/f), with f = 2^(-(t - t_i)/half_life)
    rho^(lessons finished in (t_i, t]). A piece later than t is refused: it was not known then.
    """
    pooled, weights = _pool_pieces(settings, pieces, finished_lessons, t)
    return conclude(settings, pooled, target, weights)


def without(
    settings: Settings,
    pieces: Sequence[Piece],
    finished_lessons: Iterable[float],
    t: float,
    left_out: Piece | int,
    target: float | None = None,
) -> Estimate:
    """Estimate as `posterior` does, as if one piece (itself, or its place in the list) had never been seen."""
    place = left_out if isinstance(left_out, int) else _place(pieces, left_out)
    if not 0 <= place < len(pieces):
        raise BadInput(f"there is no piece number {place} among {len(pieces)}")
    return posterior(settings, [*pieces[:place], *pieces[place + 1 :]], finished_lessons, t, target)


def would_take(
    settings: Settings,
    pieces: Sequence[Piece],
    finished_lessons: Iterable[float],
    t: float,
    kind: str,
    source: str,
    v: float,
    target: float,
    p: float = 0.50,
) -> float:
    """Return the value, as written, that one more piece of variance v at day t needs for P(level < target) to become p.

    The mean is linear in one more value and the SD does not depend on it, so two readings give the line: mean =
    target - sd Phi^-1(p). p = .50 asks what closes a finding. Outside 1 to 4 it says that one more piece cannot do
    it.
    """
    finite("target", target)
    positive("p", min(p, 1.0 - p))
    lessons = tuple(finished_lessons)
    at_zero, at_one = (posterior(settings, [*pieces, Piece(kind, source, t, y, v)], lessons, t) for y in (0.0, 1.0))
    wanted = target - at_zero.sd * NormalDist().inv_cdf(p)
    return (wanted - at_zero.mean) / (at_one.mean - at_zero.mean)


def expected_next(
    settings: Settings, pieces: Sequence[Piece], finished_lessons: Iterable[float], t: float, kind: str, source: str
) -> float:
    """Return the value, as written, to be expected of the next piece of a source at day t.

    m + bias of the kind + bias of the source + severity, biases as far as the pieces tell them: an unknown source has
    bias 0, an unknown kind has none of both. What a new piece differs from this is news; a raw difference is not.
    """
    if kind not in settings.tau:
        raise BadInput(f"unknown kind of evidence: {kind!r}")
    pooled, _ = _pool_pieces(settings, pieces, finished_lessons, t)
    mean = conclude(settings, pooled, None).mean
    expected = mean + settings.severity.get(source, 0.0)
    if kind not in pooled.kinds:
        return expected
    spread = settings.s0**2 + settings.drift * pooled.age
    then = settings.mu0 + spread / (spread + 1.0 / pooled.precision) * (pooled.value - settings.mu0)
    q, y_kind = pooled.kinds[kind]
    bias_kind = _shrink(settings.tau[kind], q) * (y_kind - then)
    bias_source = sum(
        _shrink(settings.omega[kind], weight) * (y - then - bias_kind)
        for its_kind, its_source, weight, y, _ in pooled.readings
        if (its_kind, its_source) == (kind, source)
    )
    return expected + bias_kind + bias_source


def _shrink(sd: float, precision: float) -> float:
    return sd * sd * precision / (1.0 + sd * sd * precision)


def _place(pieces: Sequence[Piece], piece: Piece) -> int:
    if piece not in pieces:
        raise BadInput("the piece to leave out is not among the pieces")
    return pieces.index(piece)


def _pool_pieces(
    settings: Settings, pieces: Sequence[Piece], finished_lessons: Iterable[float], t: float
) -> tuple[Pooled, list[tuple[int, float, float]]]:
    """Pool pieces; return with them each piece's (index of its source, weight, value without severity)."""
    finite("t", t)
    lessons = sorted(finite("day of a lesson", day) for day in finished_lessons)
    now = settings.clock(t, bisect_right(lessons, t))
    places: dict[tuple[str, str], int] = {}
    sums: list[list[float]] = []
    weights: list[tuple[int, float, float]] = []
    for piece in pieces:
        if piece.t > t:
            raise BadInput(f"a piece of day {piece.t:g} was not known on day {t:g}")
        place = places.setdefault((piece.kind, piece.source), len(sums))
        if place == len(sums):
            sums.append([0.0, 0.0, 0.0])
        halvings = now - settings.clock(piece.t, bisect_right(lessons, piece.t))
        weight = max(2.0**-halvings / piece.v, FAINTEST)
        y = piece.y - settings.severity.get(piece.source, 0.0)
        weights.append((place, weight, y))
        for i, part in enumerate((weight, weight * y, weight * piece.t)):
            sums[place][i] += part
    return pool(settings, [_reading(key, sums[place]) for key, place in places.items()], t), weights


def _reading(key: tuple[str, str], sums: list[float]) -> Reading:
    weight, y, day = sums
    return (*key, weight, y / weight, day / weight)
