"""Pool what was seen of the people in a role into the prior that each of them starts from.

A group is a job role and a skill, never an age, a sex or an origin. Its prior leans on the whole organisation, and that
on the fallback, by `strength` people each: mu0 = (n mean + 10 mu_org)/(n + 10), and s0^2 likewise.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from coach.measurement.checks import BadInput, finite, positive
from coach.measurement.estimate import Piece, Settings, posterior

G = TypeVar("G", bound=Hashable)
P = TypeVar("P", bound=Hashable)
_NEVER = 1e12


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold the level that a person's evidence alone shows, and the variance of its error; no prior is in it."""

    value: float
    variance: float


@dataclass(frozen=True, slots=True)
class Fallback:
    """Hold what is assumed of people where nobody was seen, by how many people that weighs, and the limits of s0."""

    mu0: float = 2.2
    s0: float = 0.65
    strength: float = 10.0
    few: int = 5
    least: float = 0.35
    most: float = 0.85


@dataclass(frozen=True, slots=True)
class PooledPrior(Generic[P]):
    """Hold mean and SD of a role in a skill, from how many people, in levels.

    `without`: where those are fewer than five, the prior of each of them, pooled as if their own cell were not there:
    what was seen of a person would count twice for them, and a stored prior cannot know who will read it.
    """

    mu0: float
    s0: float
    people: int
    without: Mapping[P, tuple[float, float]] = field(default_factory=dict)


def seen_alone(settings: Settings, pieces: Sequence[Piece]) -> Seen:
    """Return what the pieces of one cell say by themselves, none of them faded.

    Fading makes an estimate cautious by calling old evidence noisier than it was. Spread is counted here, and that
    caution would be taken off it: a prior pooled from estimates narrows night after night, and its intervals with it.
    """
    if not pieces:
        raise BadInput("nothing was seen")
    plain = replace(settings, half_life=_NEVER, drift=0.0)
    read = posterior(plain, pieces, (), max(piece.t for piece in pieces))
    weight = 1.0 / read.sd**2 - 1.0 / plain.s0**2
    return Seen((read.mean / read.sd**2 - plain.mu0 / plain.s0**2) / weight, 1.0 / weight)


def pool_priors(groups: Mapping[G, Mapping[P, Seen]], fallback: Fallback | None = None) -> dict[G, PooledPrior[P]]:
    """Pool what was seen in each group, by person; a group without people gets the organisation's prior.

    By moments, as DerSimonian and Laird (1986), Controlled Clinical Trials 7, 177-188: the squares of the distances
    from mu0 less the variances of their errors add up to n s0^2. s0 is held within .35 to .85.
    """
    rules = fallback or Fallback()
    positive("s0 of the fallback", rules.s0)
    for people in groups.values():
        for seen in people.values():
            finite("value", seen.value)
            positive("variance", seen.variance)
    return {
        group: PooledPrior(mu0, s0, len(groups[group]), _without(groups, group, rules))
        for group, (mu0, s0) in _pooled(groups, rules).items()
    }


def _without(groups: Mapping[G, Mapping[P, Seen]], group: G, rules: Fallback) -> dict[P, tuple[float, float]]:
    people = groups[group]
    if len(people) >= rules.few:
        return {}
    rest = {person: {p: seen for p, seen in people.items() if p != person} for person in people}
    return {person: _pooled({**groups, group: left}, rules)[group] for person, left in rest.items()}


def _pooled(groups: Mapping[G, Mapping[P, Seen]], rules: Fallback) -> dict[G, tuple[float, float]]:
    """Return mu0 and s0 by group."""
    count = sum(len(people) for people in groups.values())
    sums = {group: sum(seen.value for seen in people.values()) for group, people in groups.items()}
    organisation = _lean(sum(sums.values()), count, rules.mu0, rules)
    mu0 = {group: _lean(sums[group], len(people), organisation, rules) for group, people in groups.items()}
    squares = {
        group: sum((seen.value - mu0[group]) ** 2 - seen.variance for seen in people.values())
        for group, people in groups.items()
    }
    spread = _lean(sum(squares.values()), count, rules.s0**2, rules)
    return {
        group: (mu0[group], _held(_lean(squares[group], len(people), spread, rules), rules))
        for group, people in groups.items()
    }


def _lean(total: float, n: int, towards: float, rules: Fallback) -> float:
    return (total + rules.strength * towards) / (n + rules.strength)


def _held(square: float, rules: Fallback) -> float:
    return min(max(math.sqrt(max(square, 0.0)), rules.least), rules.most)
