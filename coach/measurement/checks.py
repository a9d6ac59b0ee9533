"""Refuse numbers that no formula of this package can use."""

import math
from collections.abc import Iterable


class BadInput(ValueError):
    """Say which input cannot be measured with, instead of answering a number that looks right."""


def finite(name: str, value: float) -> float:
    """Return the value, or raise BadInput when it is NaN or infinite."""
    if not math.isfinite(value):
        raise BadInput(f"{name} must be a finite number, not {value!r}")
    return value


def positive(name: str, value: float) -> float:
    """Return the value, or raise BadInput unless it is finite and above 0."""
    if not 0 < value < math.inf:
        raise BadInput(f"{name} must be a finite number above 0, not {value!r}")
    return value


def within(name: str, value: float, low: float, high: float) -> float:
    """Return the value, or raise BadInput unless low <= value <= high."""
    if not low <= value <= high:
        raise BadInput(f"{name} must lie between {low:g} and {high:g}, not {value!r}")
    return value


def not_negative(name: str, values: Iterable[float]) -> None:
    """Raise BadInput unless every value is finite and 0 or more."""
    for value in values:
        if not 0 <= value < math.inf:
            raise BadInput(f"{name} must hold finite numbers of 0 or more, not {value!r}")
