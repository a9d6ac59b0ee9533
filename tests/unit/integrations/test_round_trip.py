"""What is written in a format is read back as it was, whatever signs its words hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.integrations.gift import reading as gift_reading
from coach.integrations.gift import writing as gift_writing
from coach.integrations.moodle_xml import reading as xml_reading
from coach.integrations.moodle_xml import writing as xml_writing

FORMATS = {"gift": (gift_writing.write, gift_reading.read), "xml": (xml_writing.write, xml_reading.read)}
LETTERS = st.sampled_from("abcAB 가나다라 \\~=#{}:%&<>\"'[]/-.0123")
WORDS = st.text(LETTERS, min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
SIMPLE = WORDS.filter(lambda text: "*" not in text and "->" not in text)
NO_ARROW = WORDS.filter(lambda text: "->" not in text)
FLOATS = st.integers(-10_000, 10_000).map(lambda n: n / 4)


def whys(body: dict[str, Any], why: str | None) -> dict[str, Any]:
    return {**body, "why": why} if why else body


@st.composite
def with_options(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    texts = draw(st.lists(WORDS, min_size=2, max_size=8, unique=True))
    right = {draw(st.integers(0, len(texts) - 1))}
    if kind == "multiple":
        right |= draw(st.sets(st.integers(0, len(texts) - 1)))
    rows = [
        whys({"id": "abcdefgh"[at], **({"right": True} if at in right else {}), "text": text}, draw(st.none() | WORDS))
        for at, text in enumerate(texts)
    ]
    return {"kind": kind, "stem": draw(WORDS), "options": rows}


@st.composite
def others(draw: st.DrawFn) -> dict[str, Any]:
    stem, why = draw(WORDS), draw(st.none() | WORDS)
    kind = draw(st.sampled_from(["true_false", "match", "number", "short_text"]))
    if kind == "true_false":
        more: dict[str, Any] = {"answer": draw(st.booleans())}
    elif kind == "match":
        left, right = (draw(st.lists(NO_ARROW, min_size=3, max_size=6, unique=True)) for _ in range(2))
        both = zip(left, right, strict=False)
        more = {"pairs": [{"id": f"p{at}", "left": one, "right": two} for at, (one, two) in enumerate(both, 1)]}
    elif kind == "number":
        more = {"answer": draw(FLOATS), "tolerance": abs(draw(FLOATS))}
    else:
        more = {"accept": draw(st.lists(SIMPLE, min_size=1, max_size=4, unique=True))}
    return whys({"kind": kind, "stem": stem, **more}, why)


QUESTIONS = st.one_of(with_options("single"), with_options("multiple"), others())


@pytest.mark.parametrize("name", FORMATS)
@example(
    bodies=[
        {
            "kind": "match",
            "stem": "0",
            "pairs": [{"id": f"p{n}", "left": "0" * n, "right": "<A>" if n == 3 else "0" * n} for n in (1, 2, 3)],
        }
    ]
)
@settings(max_examples=150)
@given(bodies=st.lists(QUESTIONS, min_size=1, max_size=3))
def test_questions_come_back_as_they_went(name: str, bodies: list[dict[str, Any]]) -> None:
    write, read = FORMATS[name]
    found = read(write([(f"ab-{at}", body) for at, body in enumerate(bodies)]))
    assert found.notes == []
    assert [(question.name, question.body) for question in found.questions] == [
        (f"ab-{at}", body) for at, body in enumerate(bodies)
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_a_kind_that_the_format_lacks_is_named_in_a_comment(name: str) -> None:
    write, read = FORMATS[name]
    text = write([("ab-order", {"kind": "order", "stem": "In which order?", "sequence": []})])
    assert "ab-order" in text
    assert read(text).questions == []


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "short_text", "stem": "Which key?", "accept": ["right", "->"]},
        {"kind": "match", "stem": "Which?", "pairs": [{"id": "p1", "left": "a -> b", "right": "c"}] * 3},
    ],
    ids=["short_text", "match"],
)
def test_an_arrow_that_gift_would_take_for_a_pair_is_named_and_left_out(body: dict[str, Any]) -> None:
    plain = {"kind": "short_text", "stem": "Which key?", "accept": ["right"]}
    text = gift_writing.write([("ab-arrow", body), ("ab-plain", plain)])
    assert "// ab-arrow: GIFT takes ->" in text
    assert [question.name for question in gift_reading.read(text).questions] == ["ab-plain"]
