"""New files begin fit to publish, and leave the rest of their file as it is."""

from __future__ import annotations

import pytest

from coach.content.checks import library_problems
from coach.content.documents import read_document
from coach.content.reading import read_sources
from coach.content.rereading import read_again
from coach.errors import Invalid
from coach.publishing.appending import with_entries, with_items
from coach.publishing.blanks import LessonWanted, new_item, new_lesson
from tests.unit.content.small_library import GOOD

ODD = (
    "no",
    "12",
    "a: b",
    "# not a remark",
    "“quoted”",
    "- dash",
    "back\\slash",
    "한국어: 글",
    "",
    " space ",
    "true",
    "null",
)


@pytest.mark.parametrize("module", ["trade", "a-new-one"])
def test_a_new_lesson_in_a_module_that_is_there_or_not_is_fit(module: str) -> None:
    base = read_sources(GOOD)
    begun = new_lesson(base, LessonWanted(module, "ask-back", "negotiate", 2))
    again = read_again(base, begun)
    assert [*again.problems, *library_problems(again)] == []


def test_a_new_question_takes_an_id_that_is_free() -> None:
    base = read_sources(GOOD)
    once = read_again(base, new_item(base, "negotiate", 2))
    twice = read_again(once, new_item(once, "negotiate", 2))
    assert {"ne-new-1", "ne-new-2"} <= set(twice.items)


@pytest.mark.parametrize("word", ODD)
def test_every_text_comes_back_as_it_was_written(word: str) -> None:
    text = with_items(GOOD["items/negotiate.yml"], "negotiate", [{"id": "ne-odd", "stem": {"en": word, "ko": word}}])
    document, problems = read_document("items", text)
    assert document is not None
    assert problems == []
    assert document.value["items"][-1]["stem"] == {"en": word, "ko": word}


def test_entries_go_below_the_list_and_the_rest_stays() -> None:
    before, after = "a: 1\nlist:\n  - id: one\n    text: |\n      two\n      lines\n", "last: here  # a remark\n"
    found = with_entries(before + after, "list", [{"id": "two"}])
    assert found == before + "  - id: two\n" + after


def test_a_file_that_is_no_list_is_left_alone() -> None:
    with pytest.raises(Invalid, match="no list"):
        with_entries("skill: negotiate\n", "items", [{"id": "a"}])
