"""Scores lie in 0..1, a better answer never lowers one, and how options are shown changes nothing."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.items.marking import mark, normalised

NAMES = [f"x{n}" for n in range(8)]


def _text(words: str) -> dict[str, str]:
    return {"en": words, "ko": words}


def _option(name: str, *, right: bool) -> dict[str, Any]:
    return {"id": name, "right": right, "text": _text(name), "why": _text(f"why {name}")}


@st.composite
def choices(draw: st.DrawFn) -> tuple[dict[str, Any], set[str], set[str]]:
    """Draw a multiple choice, its right options and a choice."""
    names = NAMES[: draw(st.integers(2, 8))]
    right = draw(st.sets(st.sampled_from(names), min_size=1))
    chosen = draw(st.sets(st.sampled_from(names)))
    return {"options": [_option(name, right=name in right) for name in names]}, right, chosen


@given(choices())
def test_adding_a_right_option_or_dropping_a_wrong_one_never_lowers_the_score(drawn: Any) -> None:
    body, right, chosen = drawn
    before = mark("multiple", body, {"choices": sorted(chosen)})
    assert 0.0 <= before <= 1.0
    for better in [chosen | {name} for name in right] + [chosen - {name} for name in chosen - right]:
        assert mark("multiple", body, {"choices": sorted(better)}) >= before
    assert mark("multiple", body, {"choices": sorted(right)}) == 1.0


@given(choices(), st.randoms(use_true_random=False))
def test_the_order_of_options_and_of_choices_does_not_matter(drawn: Any, chance: random.Random) -> None:
    body, _, chosen = drawn
    mixed = {"options": chance.sample(body["options"], len(body["options"]))}
    backwards = sorted(chosen, reverse=True)
    assert mark("multiple", mixed, {"choices": backwards}) == mark("multiple", body, {"choices": sorted(chosen)})


def test_choosing_everything_earns_only_what_it_is_worth() -> None:
    body = {"options": [_option("a", right=True), _option("b", right=True), _option("c", right=False)]}
    assert mark("multiple", body, {"choices": ["a", "b", "c"]}) == 0.5
    assert mark("multiple", body, {"choices": ["c"]}) == 0.0
    assert mark("multiple", body, {"choices": ["a"]}) == 0.5


@given(st.permutations(NAMES[:6]), st.integers(0, 5))
def test_moving_a_line_to_its_place_never_lowers_the_score(given_order: list[str], place: int) -> None:
    right = NAMES[:6]
    body = {"sequence": [{"id": name, "text": _text(name)} for name in right]}
    before = mark("order", body, {"order": given_order})
    better = list(given_order)
    at = better.index(right[place])
    better[at], better[place] = better[place], better[at]
    assert 0.0 <= before <= mark("order", body, {"order": better}) <= 1.0
    assert mark("order", body, {"order": right}) == 1.0


@given(st.dictionaries(st.sampled_from(NAMES[:5]), st.sampled_from(NAMES[:5])), st.sampled_from(NAMES[:5]))
def test_matching_one_more_line_right_never_lowers_the_score(pairs: dict[str, str], line: str) -> None:
    body = {"pairs": [{"id": name, "left": _text(name), "right": _text(name)} for name in NAMES[:5]]}
    before = mark("match", body, {"pairs": pairs})
    assert 0.0 <= before <= mark("match", body, {"pairs": {**pairs, line: line}}) <= 1.0


@given(
    st.floats(-1e6, 1e6), st.floats(0, 1e3), st.floats(-1e6, 1e6), st.floats(0, 1),
)  # fmt: skip
def test_a_nearer_number_never_scores_less(right: float, tolerance: float, answer: float, share: float) -> None:
    body = {"answer": right, "tolerance": tolerance}
    nearer = right + (answer - right) * share
    assert mark("number", body, {"number": nearer}) >= mark("number", body, {"number": answer})
    assert mark("number", body, {"number": right}) == 1.0


@pytest.mark.parametrize(("number", "score"), [(20.5, 1.0), (19.5, 1.0), (20.51, 0.0), (-20.0, 0.0)])
def test_a_number_counts_up_to_its_tolerance(number: float, score: float) -> None:
    assert mark("number", {"answer": 20.0, "tolerance": 0.5}, {"number": number}) == score


@pytest.mark.parametrize("typed", ["Trade", " a   TRADE ", "ＴＲＡＤＥ", "교환"])
def test_a_short_text_counts_however_it_is_written_and_in_either_language(typed: str) -> None:
    body = {"accept": {"en": ["trade", "a trade"], "ko": ["교환"]}}
    assert mark("short_text", body, {"text": typed}) == 1.0
    assert mark("short_text", body, {"text": typed + " not"}) == 0.0


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


def test_a_single_choice_and_a_statement_are_right_or_wrong() -> None:
    body = {"options": [_option("a", right=False), _option("b", right=True)]}
    assert [mark("single", body, {"choice": name}) for name in ("a", "b", "c")] == [0.0, 1.0, 0.0]
    assert [mark("true_false", {"answer": True}, {"value": value}) for value in (True, False)] == [1.0, 0.0]


@pytest.mark.parametrize("kind", ["single", "multiple", "true_false", "order", "match", "number", "short_text"])
def test_no_answer_earns_nothing(kind: str) -> None:
    body = {
        "options": [_option("a", right=True), _option("b", right=False)], "answer": 1, "tolerance": 0,
        "sequence": [{"id": "a"}], "pairs": [{"id": "a"}], "accept": {"en": ["a"], "ko": ["a"]},
    }  # fmt: skip
    assert mark(kind, body, {}) == 0.0
