"""An invented world of people whose true levels are known: what the simulations measure the estimate against.

Levels wander as an Ornstein-Uhlenbeck process with SD s0 and a time constant of 1200 days; each person has a lasting
bias for each kind of evidence and for each source; a bent world breaks one of these.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.measurement.estimate import Piece, Settings

DAYS = 720
VARIANCES = {"quiz": 0.32, "observation": 0.22, "self": 0.11, "kpi": 0.30}
SOURCES = {"quiz": ("check", "lesson"), "observation": ("Oh", "Han", "Kim"), "self": ("self",), "kpi": ("calls",)}
MIX = {"quiz": 0.25, "observation": 0.55, "self": 0.12, "kpi": 0.08}


@dataclass(frozen=True, slots=True)
class World:
    """Hold how a world differs from the assumed one: all defaults are as assumed."""

    time_constant: float = 1200.0
    bias_factor: float = 1.0
    bias_time_constant: float = np.inf
    mean_of_department_sd: float = 0.0
    severity_sd: float = 0.0


@dataclass(frozen=True, slots=True)
class Person:
    """Hold one person's true level on each day and what was seen, by day."""

    levels: NDArray[np.float64]
    pieces: tuple[Piece, ...]


def people(world: World, count: int, pieces: int, rng: np.random.Generator, settings: Settings) -> Iterator[Person]:
    """Invent one department after the other's people; `pieces` a person on average."""
    mean = settings.mu0 + world.mean_of_department_sd * rng.standard_normal()
    severity = {name: world.severity_sd * rng.standard_normal() for name in SOURCES["observation"]}
    for _ in range(count):
        levels = mean + wander(settings.s0, world.time_constant, rng)
        biases: dict[tuple[str, str], NDArray[np.float64]] = {}
        for kind, names in SOURCES.items():
            of_kind = wander(world.bias_factor * settings.tau[kind], world.bias_time_constant, rng)
            for name in names:
                own = wander(world.bias_factor * settings.omega[kind], world.bias_time_constant, rng)
                biases[kind, name] = of_kind + own + severity.get(name, 0.0)
        seen = []
        for day in np.sort(rng.integers(0, DAYS, max(1, rng.poisson(pieces)))):
            kind = str(rng.choice(list(MIX), p=list(MIX.values())))
            name = str(rng.choice(SOURCES[kind]))
            error = np.sqrt(VARIANCES[kind]) * rng.standard_normal()
            seen.append(
                Piece(kind, name, float(day), float(levels[day] + biases[kind, name][day] + error), VARIANCES[kind])
            )
        yield Person(levels, tuple(seen))


def wander(sd: float, time_constant: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return a stationary Ornstein-Uhlenbeck path over the days, in exact steps; infinitely slow is a constant."""
    from scipy.signal import lfilter

    if np.isinf(time_constant):
        return np.full(DAYS, sd * rng.standard_normal())
    keep = np.exp(-1.0 / time_constant)
    steps = np.sqrt(1.0 - keep**2) * rng.standard_normal(DAYS)
    steps[0] = rng.standard_normal()
    return sd * lfilter([1.0], [1.0, -keep], steps)
