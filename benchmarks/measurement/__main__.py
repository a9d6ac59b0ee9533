"""Measure the batch against the least numpy can do with the same arrays, one cell by itself, and writes of evidence.

The floor is one stable argsort of the very key, then the sums of three columns over the same three levels of groups:
the columns lie in order already and the groups are known, so nothing in it can be left out.
"""

import os
import platform
import sys
import timeit
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.measurement import writes
from coach.measurement.estimate import Cell, Columns, Piece, Priors, Settings, posterior_batch

PEOPLE, SKILLS, PIECES, SOURCES = 100_000, 20, 2_000_000, 500
NOW, RUNS, AT_MOST = 2400.0, 7, 2.5


@dataclass(frozen=True, slots=True)
class Floor:
    """Hold what the floor works on: the key, three columns in order, and where the groups of each level start."""

    key: NDArray[np.int64]
    columns: list[NDArray[np.float64]]
    starts: list[NDArray[np.int64]]

    def run(self) -> None:
        """Sort once and sum three columns up three levels."""
        np.argsort(self.key, kind="stable")
        sums = self.columns
        for starts in self.starts:
            sums = [np.add.reduceat(column, starts) for column in sums]


def invent(rng: np.random.Generator) -> Columns:
    """Invent pieces of people and skills drawn at random, in the order of a log: by no order at all."""
    cell = rng.integers(0, PEOPLE * SKILLS, PIECES)
    kind = rng.choice(4, PIECES, p=[0.3, 0.45, 0.15, 0.1])
    day = rng.uniform(1700, NOW, PIECES)
    source = rng.integers(0, SOURCES, PIECES)
    return Columns(cell, kind, source, day, rng.normal(2.2, 0.8, PIECES), rng.uniform(0.1, 0.6, PIECES))


def floor_of(columns: Columns) -> Floor:
    """Prepare the floor from the same columns."""
    cell, kind, source = (np.asarray(column) for column in (columns.cell, columns.kind, columns.source))
    key = (cell * 4 + kind) * SOURCES + source
    groups, starts = np.sort(key), []
    for width in (1, SOURCES, 4):
        groups = groups // width
        first = np.concatenate([[0], np.flatnonzero(np.diff(groups)) + 1])
        starts.append(first)
        groups = groups[first]
    return Floor(key, [np.asarray(column) for column in (columns.t, columns.y, columns.v)], starts)


def seconds(work: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Return how long each of several runs took."""
    return timeit.repeat(work, number=1, repeat=runs)


def alternately(*works: Callable[[], object]) -> list[float]:
    """Return each one's least seconds over runs taken in turns: what it takes where nothing else disturbs it."""
    for work in works:
        work()
    rounds = [[seconds(work, 1)[0] for work in works] for _ in range(RUNS)]
    return [min(column) for column in zip(*rounds, strict=True)]


def peak_memory(work: Callable[[], object]) -> float:
    """Return the peak of what one run allocates beyond its inputs, in MB; numpy tells tracemalloc."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def one_cell() -> tuple[float, float]:
    """Return microseconds to add a piece to, and to read, a cell of five sources."""
    sources = [("quiz", "check"), ("observation", "Oh"), ("observation", "Han"), ("self", "self"), ("kpi", "calls")]
    cell = Cell(Settings())
    for i in range(12):
        cell.add(Piece(*sources[i % 5], 2300.0 + i, 2.0 + 0.1 * i, 0.2))
    piece = Piece("observation", "Oh", 2350.0, 2.5, 0.2)
    add = min(timeit.repeat(lambda: cell.add(piece), number=20_000, repeat=5)) / 20_000
    read = min(timeit.repeat(lambda: cell.read(NOW, 2.5), number=20_000, repeat=5)) / 20_000
    return add * 1e6, read * 1e6


def main() -> int:
    """Print the figures; fail when the batch takes more than its share of the floor."""
    settings, columns = Settings(), invent(np.random.default_rng(4))
    priors = Priors(severity=np.random.default_rng(5).normal(0, 0.2, SOURCES))

    def batch() -> object:
        return posterior_batch(settings, columns, NOW, 2.5, priors)

    took, least = alternately(batch, floor_of(columns).run)
    cells = len(posterior_batch(settings, columns, NOW, 2.5, priors).cell)
    add, read = one_cell()
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {os.cpu_count()} cores, best of {RUNS} turns")
    print(f"batch        {PIECES:,} pieces, {PEOPLE:,} people x {SKILLS} skills, {cells:,} cells with evidence")
    print(f"  time       {took:.3f} s, {took / PIECES * 1e9:.0f} ns a piece, with every share and move, p and gap")
    print(f"  floor      {least:.3f} s (one stable argsort, three levels of reduceat over three columns)")
    print(f"  ratio      {took / least:.2f} (at most {AT_MOST})")
    print(f"  memory     {peak_memory(batch):.0f} MB at the peak, beside {PIECES * 48 / 1e6:.0f} MB of columns")
    print(f"one cell     add {add:.1f} us, read {read:.1f} us (five sources, with p and gap)")
    for found in writes.measured():
        print(
            f"writes       {found.database}: {found.service:.0f} a second through the service, "
            f"{found.bare:.0f} bare INSERTs, ratio {found.ratio:.1f}; each committed"
        )
    return 0 if took / least <= AT_MOST else 1


if __name__ == "__main__":
    sys.exit(main())
