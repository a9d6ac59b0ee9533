"""A table of questions, as a spreadsheet saves it."""

from __future__ import annotations

import pytest

from coach.integrations.found import Unreadable
from coach.integrations.plain_text import decode
from coach.integrations.question_csv.reading import read

HEAD = "kind,name,question,option_1,option_2,option_3,why_1,right,why,tolerance,unit\n"


def test_every_kind_has_its_row() -> None:
    rows = (
        "single,q1,Who?,Ara,Bom,,Her.,1,General.,,\n"
        "multiple,,Which?,a,b,c,,1;3,,,\n"
        "true_false,,So?,,,,,참,,,\n"
        "number,,How many?,,,,,20,,0.5,%\n"
        "short_text,,Word?,,,,,trade|swap,Both.,,\n"
        "match,,Pairs?,a -> 1,b -> 2,,,,,,\n"
        "written,Mail,Write.,,,,,,,,\n"
    )
    found = read(HEAD + rows)
    assert found.notes == []
    assert [(q.line, str(q.body["kind"])) for q in found.questions] == [
        (2, "single"), (3, "multiple"), (4, "true_false"), (5, "number"), (6, "short_text"), (7, "match"),
        (8, "written"),
    ]  # fmt: skip
    single, multiple, truth, number, word, *_ = (q.body for q in found.questions)
    assert [o["why"] for o in single["options"]] == ["Her.", "General."]
    assert [o.get("right", False) for o in multiple["options"]] == [True, False, True]
    assert truth["answer"] is True
    assert (number["answer"], number["tolerance"], number["unit"]) == (20, 0.5, "%")
    assert (word["accept"], word["why"]) == (["trade", "swap"], "Both.")


@pytest.mark.parametrize(
    "data",
    [
        "﻿question;option_1;option_2;right\n누구예요?;아라;봄;1\n".encode(),
        "question\toption_1\toption_2\tright\r\n누구예요?\t아라\t봄\t1\r\n".encode("cp949"),
        'question,option_1,option_2,right\n"누구예요?",아라,봄,1\n'.encode("utf-16"),
    ],
    ids=["bom and semicolons", "cp949 and tabs", "utf-16"],
)
def test_any_usual_encoding_and_delimiter_is_read(data: bytes) -> None:
    (question,) = read(decode(data)).questions
    assert (question.body["stem"], question.body["options"][0]["text"]) == ("누구예요?", "아라")


def test_a_question_over_several_lines_keeps_its_first_line() -> None:
    found = read('question,option_1,option_2,right\n"Who\nis it?",a,b,1\nSo?,a,b,9\n')
    assert found.questions[0].line == 2
    assert [(note.line, note.lost) for note in found.notes] == [(4, True)]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("essay,,Write.,,,,,,,,\n", "The kind “essay” is not known"),
        ("single,,Who?,a,b,,,4,,,\n", "it says “4”"),
        ("single,,,a,b,,,1,,,\n", "no question text"),
        ("number,,How?,,,,,many,,,\n", "“many” is no number"),
        (f"number,,How?,,,,,{'9' * 400},,,\n", "is no number"),
        ("number,,How?,,,,,,,,\n", "“” is no number"),
        ("true_false,,So?,,,,,maybe,,,\n", "true or false"),
        ("match,,Pairs?,a,b,,,,,,\n", "lacks the arrow"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(row: str, words: str) -> None:
    found = read(HEAD + row)
    assert found.questions == []
    assert [(note.line, words in str(note.why)) for note in found.notes] == [(2, True)], found.notes


def test_columns_that_mean_nothing_are_told() -> None:
    found = read("question,right,option_1,option_2,points,unit\nWho?,1,a,b,5,kg\n")
    assert [(note.line, note.what) for note in found.notes] == [(1, "points"), (2, "Who?")]


def test_a_file_without_its_columns_is_refused() -> None:
    with pytest.raises(Unreadable, match="a column “right”"):
        read("question,answer\nWho?,a\n")


@pytest.mark.parametrize(
    ("data", "words"), [(b"x" * 700_001, "700 KB"), (b"\x81\x00\xff\xff", "UTF-8 or CP949"), (b"a\nb\x07", "Line 2")]
)
def test_bytes_that_are_no_text_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(data)
    assert words in str(caught.value)
