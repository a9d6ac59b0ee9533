"""Turn what callers pass into checked float arrays, so that every function here may trust its input."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coach.measurement.checks import BadInput

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Numbers = Sequence[float] | NDArray[np.float64] | NDArray[np.int64]
Table = Sequence[Sequence[float]] | NDArray[np.float64] | NDArray[np.int64]


def vector(values: Numbers, name: str) -> Vector:
    """Return the values as a one-dimensional float array without NaN or infinity, or raise BadInput."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise BadInput(f"{name} must be one-dimensional, not {array.ndim}-dimensional")
    if not np.isfinite(array).all():
        raise BadInput(f"{name} must be finite numbers")
    return array


def same_length(**vectors: Vector) -> int:
    """Return the common length of the named vectors, or raise BadInput."""
    lengths = {name: len(values) for name, values in vectors.items()}
    if len(set(lengths.values())) > 1:
        raise BadInput("lengths differ: " + ", ".join(f"{name} {n}" for name, n in lengths.items()))
    return next(iter(lengths.values()))


def table_with_gaps(values: Table, name: str) -> Matrix:
    """Return the values as a two-dimensional float array in which NaN means "not there", or raise BadInput."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 2 or array.size == 0:
        raise BadInput(f"{name} must be a table with at least one row and one column")
    if np.isinf(array).any():
        raise BadInput(f"{name} must not hold infinite values")
    return array


def open_share(value: float, name: str) -> float:
    """Return a number strictly between 0 and 1, or raise BadInput."""
    if not 0 < value < 1:
        raise BadInput(f"{name} must lie between 0 and 1, not {value}")
    return float(value)
