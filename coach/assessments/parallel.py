"""Draw two parallel forms from one bank: alike in skills and steps, with no question in common. Pure."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Final

SIZE: Final = 6
"""So many questions has a form: three on each of two skills still are evidence of both."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Hold a question with its place: the skill it is about, the level it leads to."""

    item_id: str
    skill_id: str
    step: int


@dataclass(frozen=True, slots=True)
class Forms:
    """Hold the questions of both forms in the order asked; the n-th of one stands where the n-th of the other does."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def draw(bank: Iterable[Placed], *, seed: int, size: int = SIZE) -> Forms:
    """Draw both forms: pairs of one skill and step, skills in turn, steps in turn; chance says which half goes where.

    One bank and seed always give the same forms. Shorter than `size` where there are too few pairs.
    """
    chance = random.Random(seed)  # noqa: S311 -- a draw that can be repeated, nothing secret
    pairs = list(chain.from_iterable(zip_longest(*_pairs_by_skill(bank, chance))))
    chosen = [pair for pair in pairs if pair is not None][:size]
    turned = [pair if chance.random() < 0.5 else pair[::-1] for pair in chosen]
    chance.shuffle(turned)
    return Forms(tuple(pair[0] for pair in turned), tuple(pair[1] for pair in turned))


def _pairs_by_skill(bank: Iterable[Placed], chance: random.Random) -> Iterator[Sequence[tuple[str, str]]]:
    """Give the pairs of each skill, its steps in turn, beginning at a step of chance."""
    places: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(bank, key=lambda one: one.item_id):
        places[one.skill_id][one.step].append(one.item_id)
    for _, steps in sorted(places.items()):
        columns = []
        for _, names in sorted(steps.items()):
            chance.shuffle(names)
            columns.append(list(zip(names[::2], names[1::2], strict=False)))
        chance.shuffle(columns)
        turns = chain.from_iterable(zip_longest(*columns))
        yield [pair for pair in turns if pair is not None]
