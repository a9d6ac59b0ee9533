"""Take pieces as columns, refuse what means nothing, weigh them, and put members of a group side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coach.measurement.checks import BadInput
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
class Ordered:
    """Hold the pieces' codes and the order in which source, kind and cell follow each other, all of shape (pieces,).

    `key` = (cell kinds + kind) width + source, in `order`; `cell` and `source` are as given.
    """

    cell: Ints
    source: Ints
    order: Ints
    key: Ints
    width: int


def codes(name: str, column: ArrayLike) -> Ints:
    """Return a column of integer codes from 0."""
    found = np.asarray(column)
    if found.ndim != 1 or (found.size and not np.issubdtype(found.dtype, np.integer)):
        raise BadInput(f"{name} must be one column of integer codes")
    if found.size and found.min() < 0:
        raise BadInput(f"{name} holds a code below 0")
    return found.astype(np.int64, copy=False)


def numbers(name: str, column: ArrayLike, length: int, low: float, high: float) -> Floats:
    """Return a column of doubles between low and high, both excluded; a NaN fails the comparison of min and max."""
    values = np.asarray(column, dtype=np.float64)
    if values.shape != (length,):
        raise BadInput(f"{name} must be one column of {length} numbers, as long as the others")
    if length and not (values.min() > low and values.max() < high):
        raise BadInput(f"{name} holds a number that is NaN or not between {low:g} and {high:g}")
    return values


def weigh(settings: Settings, columns: Columns, cell: Ints, now: float) -> tuple[Floats, Floats, Floats]:
    """Return days from now, values and w = 2^(-(now - t)/half_life) rho^(lessons finished in (t, now]) / v."""
    size = len(cell)
    days = numbers("t", columns.t, size, -np.inf, np.nextafter(now, np.inf))
    values = numbers("y", columns.y, size, -np.inf, np.inf)
    since = days - now
    weight = since / settings.half_life
    np.exp2(weight, out=weight)
    weight /= numbers("v", columns.v, size, 0.0, np.inf)
    lesson_cell = codes("lesson_cell", columns.lesson_cell)
    if len(lesson_cell):
        lesson_t = numbers("lesson_t", columns.lesson_t, len(lesson_cell), -np.inf, np.inf)
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


def in_order(settings: Settings, columns: Columns, kinds: list[str]) -> Ordered:
    """Return the order that puts members of a source, of a kind, of a cell side by side: one key, one stable sort."""
    cell, kind, source = (codes(name, getattr(columns, name)) for name in ("cell", "kind", "source"))
    if not len(cell) == len(kind) == len(source):
        raise BadInput("cell, kind and source must be columns of one length")
    if kind.max(initial=-1) >= len(kinds) or not set(kinds) <= set(settings.tau):
        raise BadInput(f"unknown kind of evidence: code {kind.max(initial=-1)} of {kinds}")
    width = int(source.max(initial=0)) + 1
    _must_fit(cell, len(kinds) * width)
    key = cell * len(kinds)
    key += kind
    key *= width
    key += source
    return Ordered(cell, source, *_sorted(key), width)


def _sorted(key: Ints) -> tuple[Ints, Ints]:
    """Return the stable order of the keys, and the keys in it; the key is used up.

    Key and place share one 64-bit number where they fit: equal keys then keep their order, and numpy sorts plain
    numbers with vector instructions, several times as fast as it finds an order.
    """
    bits = max(len(key) - 1, 1).bit_length()
    if int(key.max(initial=0)) >= 2 ** (62 - bits):
        order = np.argsort(key, kind="stable")
        return order, key[order]
    key <<= bits
    key |= np.arange(len(key))
    key.sort()
    order = key & (2**bits - 1)
    key >>= bits
    return order, key


def _must_fit(cell: Ints, width: int) -> None:
    if int(cell.max(initial=0)) + 2 > 2**62 // width:
        raise BadInput("the codes do not fit one 64-bit key")
