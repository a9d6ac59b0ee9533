"""Estimate millions of cells at once, each piece with its share: one sort, three levels of sums, no loop over groups.

The formulas are those of `pooling` (MEASUREMENT 1, "Batch at scale"). Reached through `estimate`, which imports this
module, and numpy with it, only when it is used.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coach.measurement.checks import BadInput, finite
from coach.measurement.pooling import FAINTEST
from coach.measurement.settings import Settings

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Columns:
    """Hold pieces as columns of shape (pieces,), in any order, and lessons as columns of shape (lessons,).

    `cell`, `kind`, `source` are integer codes from 0; a kind's code is its place in `kinds` (left out: the order of
    settings.tau). `t`, `y`, `v` as in `Piece`. A row of the lessons is one finished for that cell's skill on that day.
    """

    cell: ArrayLike
    kind: ArrayLike
    source: ArrayLike
    t: ArrayLike
    y: ArrayLike
    v: ArrayLike
    kinds: Sequence[str] = ()
    lesson_cell: ArrayLike = ()
    lesson_t: ArrayLike = ()


@dataclass(frozen=True, slots=True)
class Priors:
    """Hold a calibration in arrays: `mu0`, `s0` one number or (cells,) by cell code; `severity` (sources,) by code.

    What is left out comes from the settings; their severity goes by name, so here it is 0.
    """

    mu0: ArrayLike | None = None
    s0: ArrayLike | None = None
    severity: ArrayLike | None = None


@dataclass(frozen=True, slots=True)
class BatchEstimate:
    """Hold arrays: the first seven by cell that has a piece, ascending in `cell`; the last two by piece, as given.

    `p_below` and `expected_gap` are None without targets. A cell without a piece is at mu0 with SD s0 and has no row
    here.
    """

    cell: Ints
    mean: Floats
    sd: Floats
    p_below: Floats | None
    expected_gap: Floats | None
    reliability: Floats
    prior_share: Floats
    shares: Floats
    moved: Floats


@dataclass(frozen=True, slots=True)
class _Level:
    """Hold the groups of one level: where each begins, how many members it has, variance of the bias they share."""

    starts: Ints
    counts: Ints
    bias: Floats


def posterior_batch(
    settings: Settings, columns: Columns, now: float, target: ArrayLike | None = None, priors: Priors | None = None
) -> BatchEstimate:
    """Estimate every cell at day `now` exactly as `posterior` does.

    `target`: one number, or shape (cells,) by cell code. No loop over groups.
    """
    priors = priors or Priors()
    cell, kind, source = (_codes(name, getattr(columns, name)) for name in ("cell", "kind", "source"))
    days, values, weight = _weigh(settings, columns, cell, finite("now", now))
    if priors.severity is not None:
        values = values - _at(priors.severity, source)
    order, levels, cells = _group(settings, list(columns.kinds or settings.tau), cell, kind, source)
    mu0 = settings.mu0 if priors.mu0 is None else np.asarray(priors.mu0, dtype=np.float64)
    s0 = _at(settings.s0 if priors.s0 is None else priors.s0, cells, above=0.0)
    weight = weight[order]
    damping, precision, value, day = _pool(levels, weight, values[order], days[order])
    aged = precision / (1.0 + settings.drift * np.maximum(-day, 0.0) * precision)
    total = s0**-2 + aged
    mean, sd = _at(mu0, cells) + aged / total * (value - _at(mu0, cells)), 1.0 / np.sqrt(total)
    weight *= _hand_down(levels, damping, aged / precision / total)
    shares = _back(weight, order)
    moved = shares * (values - _at(mu0, cell))
    p_below, gap = (None, None) if target is None else _below(mean, sd, _at(target, cells))
    return BatchEstimate(cells, mean, sd, p_below, gap, aged / total, s0**-2 / total, shares, moved)


def _codes(name: str, column: ArrayLike) -> Ints:
    codes = np.asarray(column)
    if codes.ndim != 1 or (codes.size and not np.issubdtype(codes.dtype, np.integer)):
        raise BadInput(f"{name} must be one column of integer codes")
    if codes.size and codes.min() < 0:
        raise BadInput(f"{name} holds a code below 0")
    return codes.astype(np.int64, copy=False)


def _values(name: str, column: ArrayLike, length: int, low: float, high: float) -> Floats:
    """Return a column of doubles between low and high, both excluded; a NaN fails the comparison of min and max."""
    values = np.asarray(column, dtype=np.float64)
    if values.shape != (length,):
        raise BadInput(f"{name} must be one column of {length} numbers, as long as the others")
    if length and not (values.min() > low and values.max() < high):
        raise BadInput(f"{name} holds a number that is NaN or not between {low:g} and {high:g}")
    return values


def _weigh(settings: Settings, columns: Columns, cell: Ints, now: float) -> tuple[Floats, Floats, Floats]:
    """Return days from now, values and w = 2^(-(now - t)/half_life) rho^(lessons finished in (t, now]) / v."""
    size = len(cell)
    days = _values("t", columns.t, size, -np.inf, np.nextafter(now, np.inf))
    values = _values("y", columns.y, size, -np.inf, np.inf)
    since = days - now
    weight = since / settings.half_life
    np.exp2(weight, out=weight)
    weight /= _values("v", columns.v, size, 0.0, np.inf)
    lesson_cell = _codes("lesson_cell", columns.lesson_cell)
    if len(lesson_cell):
        lesson_t = _values("lesson_t", columns.lesson_t, len(lesson_cell), -np.inf, np.inf)
        weight *= settings.rho ** _lessons_since(cell, days, lesson_cell, lesson_t, now)
    return since, values, np.maximum(weight, FAINTEST, out=weight)


def _lessons_since(cell: Ints, days: Floats, lesson_cell: Ints, lesson_t: Floats, now: float) -> Ints:
    """Count for each piece the lessons of its cell finished after it, up to now: ranks of days make one integer key."""
    known = lesson_t <= now
    ranks, place = np.unique(lesson_t[known], return_inverse=True)
    width = len(ranks) + 1
    _must_fit(cell, width)
    finished = np.sort(lesson_cell[known] * width + place + 1)
    seen = cell * width + np.searchsorted(ranks, days, side="right")
    return np.searchsorted(finished, (cell + 1) * width) - np.searchsorted(finished, seen, side="right")


def _group(
    settings: Settings, kinds: list[str], cell: Ints, kind: Ints, source: Ints
) -> tuple[Ints, list[_Level], Ints]:
    """Return the order that puts members side by side, the levels source, kind and cell, and the cells' codes."""
    if not len(cell) == len(kind) == len(source):
        raise BadInput("cell, kind and source must be columns of one length")
    if kind.max(initial=-1) >= len(kinds) or not set(kinds) <= set(settings.tau):
        raise BadInput(f"unknown kind of evidence: code {kind.max(initial=-1)} of {kinds}")
    width = int(source.max(initial=0)) + 1
    _must_fit(cell, len(kinds) * width)
    order, ordered = _sorted((cell * len(kinds) + kind) * width + source)
    starts, counts, keys = _runs(ordered)
    keys //= width
    omega, tau = (np.array([spread[name] ** 2 for name in kinds]) for spread in (settings.omega, settings.tau))
    by_source = _Level(starts, counts, omega[keys % len(kinds)])
    starts, counts, keys = _runs(keys)
    by_kind = _Level(starts, counts, tau[keys % len(kinds)])
    starts, counts, keys = _runs(keys // len(kinds))
    return order, [by_source, by_kind, _Level(starts, counts, np.zeros(len(starts)))], keys


def _sorted(key: Ints) -> tuple[Ints, Ints]:
    """Return the stable order of the keys, and the keys in it.

    Key and place share one 64-bit number where they fit: equal keys then keep their order, and numpy sorts plain
    numbers with vector instructions, several times as fast as it finds an order.
    """
    bits = max(len(key) - 1, 1).bit_length()
    if int(key.max(initial=0)) >= 2 ** (62 - bits):
        order = np.argsort(key, kind="stable")
        return order, key[order]
    packed = (key << bits) | np.arange(len(key))
    packed.sort()
    return packed & (2**bits - 1), packed >> bits


def _must_fit(cell: Ints, width: int) -> None:
    if int(cell.max(initial=0)) + 2 > 2**62 // width:
        raise BadInput("the codes do not fit one 64-bit key")


def _runs(keys: Ints) -> tuple[Ints, Ints, Ints]:
    """Return where each run of equal keys starts, how long it is, and its key."""
    first = np.empty(len(keys), dtype=bool)
    first[:1] = True
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    starts = np.flatnonzero(first)
    return starts, np.diff(starts, append=len(keys)), keys[starts]


def _pool(
    levels: list[_Level], weight: Floats, value: Floats, day: Floats
) -> tuple[list[Floats], Floats, Floats, Floats]:
    """Sum w, w y, w t up the levels, damping each sum by 1/(1 + bias w); return these and P, ybar, tbar a cell.

    `value` and `day` are used up: fresh memory costs as much here as the arithmetic.
    """
    sums = [weight, np.multiply(value, weight, out=value), np.multiply(day, weight, out=day)]
    damping: list[Floats] = []
    for level in levels:
        sums = [np.add.reduceat(part, level.starts) for part in sums]
        damp = level.bias * sums[0]
        damp += 1.0
        damping.append(np.divide(1.0, damp, out=damp))
        sums = [np.multiply(part, damping[-1], out=part) for part in sums]
    return damping, sums[0], sums[1] / sums[0], sums[2] / sums[0]


def _hand_down(levels: list[_Level], damping: list[Floats], factor: Floats) -> Floats:
    """Carry a factor of each cell down to its pieces, through the damping of its kinds and sources."""
    for level, damp in zip(reversed(levels), reversed(damping), strict=True):
        factor = np.repeat(np.multiply(factor, damp, out=damp), level.counts)
    return factor


def _back(ordered: Floats, order: Ints) -> Floats:
    given = np.empty_like(ordered)
    given[order] = ordered
    return given


def _at(given: ArrayLike, codes: Ints, above: float = -np.inf) -> Floats:
    """Return one number as it is, or an array's value for each code."""
    values = np.asarray(given, dtype=np.float64)
    if not (np.isfinite(values) & (values > above)).all():
        raise BadInput(f"a prior, severity or target is NaN, infinite or not above {above:g}")
    if values.ndim and codes.max(initial=-1) >= len(values):
        raise BadInput(f"no prior, severity or target is given for code {codes.max()}")
    return values[codes] if values.ndim else values


def _below(mean: Floats, sd: Floats, target: Floats) -> tuple[Floats, Floats]:
    from scipy.special import ndtr

    gap = target - mean
    z = gap / sd
    p: Floats = ndtr(z)
    gap *= p
    z *= z
    z *= -0.5
    np.exp(z, out=z)
    z *= sd / np.sqrt(2.0 * np.pi)
    gap += z
    return p, np.maximum(gap, 0.0, out=gap)
