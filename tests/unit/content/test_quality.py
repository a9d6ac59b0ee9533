"""A library that gives its keys away, or says less in one language, is told so."""

from __future__ import annotations

import pytest

from coach.content.library import read_library
from coach.content.problems import Problem
from coach.content.quality import reading_problems
from tests.unit.content.small_library import GOOD, ITEMS, LESSON_KO

KO = "modules/trade/lessons/01-trade-once.ko.md"


def option(name: str, right: bool, words: str, korean: str) -> str:
    mark = "right: true, " if right else ""
    return f"      - {{id: {name}, {mark}text: {{en: {words}, ko: {korean}}}, why: {{en: Yes., ko: 네.}}}}\n"


def single(number: int, key: int, *, words: str = "", korean: str = "") -> str:
    """Write an item of four options; `words` and `korean` make its key longer than the others."""
    options = "".join(
        option(name, at == key, f"{name} {words if at == key else ''}", f"{name} {korean if at == key else ''}")
        for at, name in enumerate("abcd")
    )
    head = f"  - id: ne-x-{number}\n    use: check\n    step: 3\n    kind: single\n    stem: {{en: Q?, ko: 뭐요?}}\n"
    return f"{head}    options:\n{options}"


def problems_with(items: list[str]) -> tuple[Problem, ...]:
    return reading_problems(read_library({**GOOD, "items/negotiate.yml": ITEMS + "".join(items)}))


def test_a_balanced_library_has_nothing_to_say() -> None:
    assert problems_with([single(number, number % 4) for number in range(40)]) == ()


def test_a_position_that_holds_most_keys_is_told() -> None:
    told = problems_with([single(number, 1 if number % 2 else number // 2 % 4) for number in range(40)])
    assert len(told) == 1
    assert "25 have the key at position 2" in str(told[0])


def test_a_few_items_prove_no_imbalance() -> None:
    assert problems_with([single(number, 0) for number in range(2)]) == ()


@pytest.mark.parametrize(("words", "korean", "lang"), [("and longer", "", "en"), ("", "더 길게요", "ko")])
def test_keys_that_are_the_longest_more_often_than_by_chance_are_named(words: str, korean: str, lang: str) -> None:
    items = [single(n, n % 4, words=words if n < 12 else "", korean=korean if n < 12 else "") for n in range(40)]
    told = [str(problem) for problem in problems_with(items)]
    assert len(told) == 1
    assert f"In {lang} the key is the longest option of 12 items" in told[0]
    assert "ne-x-11." in told[0]


def test_keys_that_are_the_longest_as_often_as_by_chance_are_let_be() -> None:
    items = [single(n, n % 4, words="and longer" if n < 10 else "") for n in range(40)]
    assert problems_with(items) == ()


def test_a_lesson_much_longer_in_korean_is_told_with_the_part() -> None:
    told = reading_problems(read_library({**GOOD, KO: LESSON_KO.replace("다음에 또", "다음에 또 " * 40)}))
    assert [(problem.path, problem.line) for problem in told] == [(KO, None), (KO, 5)]


def test_an_item_that_leaves_words_out_in_korean_is_told_at_its_line() -> None:
    stem = "What do you ask first when a customer wants a better price than last year and why now?"
    told = reading_problems(read_library({**GOOD, "items/negotiate.yml": ITEMS.replace("What first?", stem)}))
    assert [(problem.path, problem.line) for problem in told] == [("items/negotiate.yml", 3)]
