"""Questions of Moodle XML come in whole, or are named with their line; hostile files are refused."""

from __future__ import annotations

import pytest

from coach.integrations.found import Body, Unreadable
from coach.integrations.moodle_xml.reading import read


def quiz(*questions: str) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(questions) + "\n</quiz>\n"


def question(kind: str, inner: str, text: str = "<p>How?</p>") -> str:
    return (
        f'<question type="{kind}"><name><text>q-1</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>{inner}</question>'
    )


def answer(text: str, fraction: str, why: str = "", more: str = "") -> str:
    feedback = f"<feedback format='html'><text>{why}</text></feedback>"
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text>{feedback}{more}</answer>'


def one(kind: str, inner: str) -> Body:
    found = read(quiz(question(kind, inner)))
    assert found.notes == []
    return found.questions[0].body


def test_one_of_several_and_all_of_several() -> None:
    single = one("multichoice", "<single>true</single>" + answer("Ask", "100", "Yes.") + answer("Wait", "0", "No."))
    assert (single["kind"], single["stem"], [o["why"] for o in single["options"]]) == (
        "single",
        "How?",
        ["Yes.", "No."],
    )
    inner = "<single>false</single>" + answer("a", "50") + answer("b", "50") + answer("c", "-100")
    assert [o.get("right", False) for o in one("multichoice", inner)["options"]] == [True, True, False]


def test_true_or_false() -> None:
    assert one("truefalse", answer("true", "0", "No.") + answer("false", "100", "Yes."))["answer"] is False


def test_words_numbers_and_pairs() -> None:
    assert one("shortanswer", "<usecase>0</usecase>" + answer("trade", "100") + answer("swap", "100"))["accept"] == [
        "trade",
        "swap",
    ]
    unit = "<units><unit><multiplier>1</multiplier><unit_name>%</unit_name></unit></units>"
    number = one("numerical", answer("20", "100", more="<tolerance>0.5</tolerance>") + unit)
    assert (number["answer"], number["tolerance"], number["unit"]) == (20, 0.5, "%")
    pairs = "".join(f"<subquestion><text>{n}</text><answer><text>{n}{n}</text></answer></subquestion>" for n in "ab")
    assert [(pair["left"], pair["right"]) for pair in one("matching", pairs)["pairs"]] == [("a", "aa"), ("b", "bb")]


def test_an_essay_is_a_text_to_write_with_what_its_graders_look_for() -> None:
    body = one(
        "essay",
        "<graderinfo format='html'><text>&lt;p&gt;A date.&lt;/p&gt;&lt;p&gt;A name.&lt;/p&gt;</text></graderinfo>",
    )
    assert (body["kind"], body["use"], body["guide"]) == ("written", "practice", ["A date.", "A name."])


@pytest.mark.parametrize("kind", ["ddwtos", "cloze", "calculated", "gapselect", "ddmarker"])
def test_other_types_are_named_with_their_line(kind: str) -> None:
    found = read(quiz(question("truefalse", answer("true", "100") + answer("false", "0")), question(kind, "")))
    (note,) = found.notes
    assert (note.line, note.what, note.lost) == (4, "q-1", True)
    assert kind in str(note.why)
    assert len(found.questions) == 1


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("<single>true</single>" + answer("a", "100") + answer("b", "50"), "“b” brings 50 %"),
        ("<hint><text>Think.</text></hint>" + answer("a", "100") + answer("b", "0"), "“hint” is not kept"),
        ("<defaultgrade>2</defaultgrade>" + answer("a", "100") + answer("b", "0"), "Points, penalties"),
        (answer("<![CDATA[<img src='x.png' alt='a box'>]]>", "100") + answer("b", "0"), "without its HTML"),
        ("<tags><tag><text>may</text></tag></tags>" + answer("a", "100") + answer("b", "0"), "“tags” is not kept"),
    ],
)
def test_what_is_not_kept_of_a_question_is_told(inner: str, words: str) -> None:
    found = read(quiz(question("multichoice", inner)))
    assert len(found.questions) == 1
    assert [words in str(note.why) for note in found.notes] == [True], found.notes


HOSTILE = [
    ('<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', "document type"),
    ('<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>', "document type"),
    ("<quiz>&undefined;</quiz>", "cannot be read as XML"),
    ("<quiz>" + "<a>" * 60 + "</a>" * 60 + "</quiz>", "nested too deeply"),
    ("<quiz><question></quiz>", "Line 1 cannot be read as XML"),
    ("<html/>", "no Moodle XML"),
    ("", "cannot be read as XML"),
]


@pytest.mark.parametrize(("text", "words"), HOSTILE)
def test_hostile_or_broken_files_are_refused(text: str, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert words in str(caught.value)
