"""Estimate millions of cells at once, each piece with its share: one sort, three levels of sums, no loop over groups.

The formulas are those of `pooling`. Reached through `estimate`, which imports this
module, and numpy with it, only when it is used.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coach.measurement.checks import BadInput, finite
from coach.measurement.columns import Columns, Floats, Ints, Ordered, in_order, weigh
from coach.measurement.settings import Settings

BLOCK = 2**16


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

    `target`: one number, or shape (cells,) by cell code. No loop over groups; blocks of whole cells, some 65,000 pieces
    each, keep what is worked on in the processor's cache.
    """
    priors, kinds = priors or Priors(), list(columns.kinds or settings.tau)
    ordered = in_order(settings, columns, kinds)
    since, values, weight = weigh(settings, columns, ordered.cell, finite("now", now))
    severity = _given(0.0 if priors.severity is None else priors.severity, ordered.source)
    values = values - _at(severity, ordered.source)
    mu0 = _given(settings.mu0 if priors.mu0 is None else priors.mu0, ordered.cell)
    s0 = _given(settings.s0 if priors.s0 is None else priors.s0, ordered.cell, above=0.0)
    targets = None if target is None else _given(target, ordered.cell)
    solver = _Solver(settings, kinds, ordered, weight, values, since, mu0, s0, targets, np.empty_like(weight))
    found = [solver.solve(block) for block in solver.blocks()]
    cells, mean, sd, reliability, prior_share, p, gap = (np.concatenate(parts) for parts in zip(*found, strict=True))
    moved = values - _at(mu0, ordered.cell)
    moved *= solver.shares
    below, gaps = (None, None) if target is None else (p, gap)
    return BatchEstimate(cells, mean, sd, below, gaps, reliability, prior_share, solver.shares, moved)


@dataclass(frozen=True, slots=True)
class _Solver:
    """Hold what all blocks are solved from, and the shares, which each block fills in."""

    settings: Settings
    kinds: list[str]
    ordered: Ordered
    weight: Floats
    values: Floats
    since: Floats
    mu0: Floats
    s0: Floats
    target: Floats | None
    shares: Floats

    def blocks(self) -> Iterator[slice]:
        """Cut the ordered pieces into runs of about BLOCK that end where a cell ends; no pieces are one empty run."""
        key, start, stop, span = self.ordered.key, 0, 0, self.ordered.width * len(self.kinds)
        while stop < len(key):
            last = key[min(start + BLOCK, len(key)) - 1] // span
            stop = int(np.searchsorted(key, (last + 1) * span))
            yield slice(start, stop)
            start = stop
        if not len(key):
            yield slice(0, 0)

    def solve(self, block: slice) -> tuple[Ints, Floats, Floats, Floats, Floats, Floats, Floats]:
        """Return the block's cells with mean, SD, reliability, share of the prior, p and gap; fill in its shares."""
        order = self.ordered.order[block]
        levels, cells = self.levels(self.ordered.key[block])
        mu0, prior = _at(self.mu0, cells), _at(self.s0, cells) ** -2
        weight = self.weight[order]
        damping, precision, value, day = _pool(levels, weight, self.values[order], self.since[order])
        aged = precision / (1.0 + self.settings.drift * np.maximum(-day, 0.0) * precision)
        total = prior + aged
        mean, sd = mu0 + aged / total * (value - mu0), 1.0 / np.sqrt(total)
        weight *= _hand_down(levels, damping, aged / precision / total)
        self.shares[order] = weight
        p, gap = (mean, mean) if self.target is None else _below(mean, sd, _at(self.target, cells))
        return cells, mean, sd, aged / total, prior / total, p, gap

    def levels(self, key: Ints) -> tuple[list[_Level], Ints]:
        """Return the groups of one source, of one kind and of one cell, and the cells' codes."""
        width, kinds = self.ordered.width, len(self.kinds)
        omega, tau = (
            np.array([spread[name] ** 2 for name in self.kinds]) for spread in (self.settings.omega, self.settings.tau)
        )
        starts, counts, key = _runs(key)
        key //= width
        by_source = _Level(starts, counts, omega[key % kinds])
        starts, counts, key = _runs(key)
        by_kind = _Level(starts, counts, tau[key % kinds])
        starts, counts, key = _runs(key // kinds)
        return [by_source, by_kind, _Level(starts, counts, np.zeros(len(starts)))], key


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


def _given(given: ArrayLike, codes: Ints, above: float = -np.inf) -> Floats:
    """Return one number, or one for each code, as doubles."""
    values = np.asarray(given, dtype=np.float64)
    if not (np.isfinite(values) & (values > above)).all():
        raise BadInput(f"a prior, severity or target is NaN, infinite or not above {above:g}")
    if values.ndim and codes.max(initial=-1) >= len(values):
        raise BadInput(f"no prior, severity or target is given for code {codes.max()}")
    return values


def _at(values: Floats, codes: Ints) -> Floats:
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
