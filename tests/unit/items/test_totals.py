"""A total over questions of every kind: it grows with each better answer, and shuffling what is shown changes none."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from coach.content.library import read_library
from coach.demo.answers import right_answer, wrong_answer
from coach.items.marking import mark
from coach.items.models import ItemRevision
from coach.items.queries import explained
from tests.unit.content.small_library import GOOD

KINDS = ("single", "multiple", "true_false", "order", "match", "number", "short_text")
REVISIONS = [
    ItemRevision(
        item_id=name,
        kind=str(spec.kind),
        body=spec.model_dump(mode="json", exclude={"id", "skill", "use", "step", "kind"}),
    )
    for name, spec in sorted(read_library(GOOD).items.items())
    if str(spec.kind) in KINDS
]
KNOWN = st.lists(st.booleans(), min_size=len(REVISIONS), max_size=len(REVISIONS))


def total(known: list[bool], seed: int) -> float:
    """Add what somebody earns who knows some of the questions, and answers the others as the seed has it."""
    chance = random.Random(seed)
    pairs = [(one, right_answer(one), wrong_answer(one, chance)) for one in REVISIONS]
    return sum(
        mark(one.kind, one.body, right if knows else wrong)
        for knows, (one, right, wrong) in zip(known, pairs, strict=True)
    )


@given(KNOWN, st.integers(0, 2**31), st.integers(0, len(REVISIONS) - 1))
def test_one_question_more_known_never_lowers_a_total(known: list[bool], seed: int, place: int) -> None:
    better = [knows or n == place for n, knows in enumerate(known)]
    assert 0 <= total(known, seed) <= total(better, seed) <= len(REVISIONS)


@given(st.integers(0, 2**31), st.integers(0, 2**31), st.integers(0, 2**31))
def test_the_seed_of_the_shuffle_never_changes_a_score(seed: int, one: int, other: int) -> None:
    chance = random.Random(seed)
    for revision in REVISIONS:
        answer = wrong_answer(revision, chance)
        scores = {explained(revision, answer, shuffle).score for shuffle in (one, other)}
        assert scores == {mark(revision.kind, revision.body, answer)}
