"""New files begin fit to publish, and leave the rest of their file as it is."""

from __future__ import annotations

from collections import Counter

import pytest

from coach.content.checks import library_problems
from coach.content.documents import read_document
from coach.content.reading import read_sources
from coach.content.rereading import read_again
from coach.errors import Invalid
from coach.publishing.appending import with_entries, with_items
from coach.publishing.blanks import LessonWanted, new_item, new_lesson
from coach.publishing.folder import read_folder
from coach.publishing.unwritten import ENGLISH, problems
from config import HERE
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
def test_a_new_lesson_in_a_module_that_is_there_or_not_lacks_its_words_alone(module: str) -> None:
    base = read_sources(GOOD)
    begun = new_lesson(base, LessonWanted(module, "ask-back", "negotiate", 2))
    again = read_again(base, begun)
    assert [*again.problems, *library_problems(again)] == []
    lacking = Counter(problem.path.rpartition("/")[2] for problem in problems(begun))
    texts, options = {"02-ask-back" if module == "trade" else "01-ask-back": 6}, 2 * 4 * 4
    expected = {f"{name}.{lang}.md": count for name, count in texts.items() for lang in ("en", "ko")}
    assert lacking == {**expected, "negotiate.yml": options, **({} if module == "trade" else {"module.yml": 2})}


def test_what_is_written_is_told_from_what_was_begun_line_by_line() -> None:
    text = ENGLISH.format(first="a", second="b").replace('"What they say."', '"We have a supplier."')
    lines = text.split("\n")
    stands = [lines[(problem.line or 0) - 1] for problem in problems({"a.en.md": text})]
    assert stands == [
        "title: One thing to do",
        "summary: What one can do after this lesson, in one sentence.",
        "A situation that everybody here knows, and what goes wrong in it.",
        "What many do instead, and what it costs.",
        "What to do, and how one knows that it worked.",
    ]
    assert list(problems({"a.yml": 'en: "Answer a good question first"\nko: 보기 하나'})) == []
    assert [problem.line for problem in problems({"a.yml": "text:\n  en: Answer a\n  ko: '보기 a'\r\n"})] == [2, 3]


def test_nothing_that_is_shipped_stands_as_it_was_begun() -> None:
    assert list(problems(read_folder(HERE / "content"))) == []


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
