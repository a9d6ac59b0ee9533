"""A question shows no key; a form is read into the item's own ids; an explanation gives every reason."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from coach.content.library import read_library
from coach.errors import Invalid
from coach.items.answers import read
from coach.items.marking import mark
from coach.items.models import ItemRevision
from coach.items.queries import explained, question, seed_of
from coach.words import Message, Text
from tests.unit.content.small_library import GOOD

SPECS = read_library(GOOD).items
KINDS = sorted(SPECS)


def _revision(name: str) -> ItemRevision:
    spec = SPECS[name]
    body = spec.model_dump(mode="json", exclude={"id", "skill", "use", "step", "kind"})
    return ItemRevision(item_id=name, kind=str(spec.kind), body=body)


def _words(value: Any) -> str:
    return json.dumps(asdict(value), default=str, ensure_ascii=False)


@pytest.mark.parametrize("name", KINDS)
@given(seed=st.integers(0, 2**32))
def test_a_question_holds_no_key_and_no_reason(name: str, seed: int) -> None:
    revision = _revision(name)
    shown = _words(question(revision, seed))
    body = revision.body
    reasons = [body.get("why"), *(option["why"] for option in body.get("options", ()))]
    assert not [why for why in reasons if why and (f'"{why["en"]}"' in shown or f'"{why["ko"]}"' in shown)]
    assert '"right"' not in shown
    assert "accept" not in shown
    assert "tolerance" not in shown
    for line in body.get("sequence", ()):
        assert f'"{line["id"]}"' not in shown


def test_a_match_names_its_two_sides_differently() -> None:
    shown = question(_revision("ne-c-match"), 3)
    assert {left.id for left in shown.options} == {"one", "two"}
    assert not {left.id for left in shown.options} & {right.id for right in shown.rights}


@pytest.mark.parametrize("name", KINDS)
@given(seed=st.integers(0, 2**32), other=st.integers(0, 2**32))
def test_the_right_answer_earns_everything_whatever_the_shuffle(name: str, seed: int, other: int) -> None:
    revision = _revision(name)
    for one in (seed, other):
        answer = read(revision.kind, _right_form(revision, one), body=revision.body)
        assert mark(revision.kind, revision.body, answer) == 1.0
        assert explained(revision, answer, one).is_right


@given(st.uuids())
def test_a_person_sees_the_same_order_again(person: uuid.UUID) -> None:
    revision = _revision("ne-c-many")
    assert question(revision, seed_of(person, "ne-c-many")) == question(revision, seed_of(person, "ne-c-many"))


def test_people_see_options_in_different_orders() -> None:
    orders = {question(_revision("ne-c-many"), seed_of(uuid.UUID(int=n), "ne-c-many")).options for n in range(40)}
    assert len(orders) == 6


EMPTY = {
    "ne-first": "Choose an answer.",
    "ne-second": "Choose an answer.",
    "ne-c-many": "Choose at least one answer.",
    "ne-c-order": "Give every line a place.",
    "ne-c-match": "Choose what belongs to every line.",
    "ne-c-number": "Write a number, such as 1200 or 2.5.",
    "ne-c-word": "Write your answer.",
}


@pytest.mark.parametrize("name", KINDS)
def test_an_empty_form_is_told_what_is_missing(name: str) -> None:
    revision = _revision(name)
    with pytest.raises(Invalid) as told:
        read(revision.kind, MultiDict(), body=revision.body)
    assert str(told.value) == EMPTY[name]


@pytest.mark.parametrize("name", KINDS)
@given(st.dictionaries(st.sampled_from(["answer", "answer-one", "answer-two"]), st.text(max_size=40)))
def test_whatever_is_sent_is_an_answer_or_a_sentence(name: str, sent: dict[str, str]) -> None:
    revision = _revision(name)
    try:
        answer = read(revision.kind, MultiDict(sent), body=revision.body)
    except Invalid:
        return
    assert 0.0 <= mark(revision.kind, revision.body, answer) <= 1.0
    json.dumps(answer)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("20", 20.0),
        (" 20 % ", 20.0),
        ("1,200", 1200.0),
        ("２０", 20.0),
        ("−3.5", -3.5),
        (".5", 0.5),
        ("1,234,567.8", 1234567.8),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, number: float) -> None:
    body = _revision("ne-c-number").body
    assert read("number", MultiDict({"answer": typed}), body=body) == {"number": number}


@pytest.mark.parametrize("typed", ["", "many", "1,2", "2,5", "1e5", "nan", "inf", "1 2 x", "9" * 31, "--1"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        read("number", MultiDict({"answer": typed}), body=_revision("ne-c-number").body)


def test_two_lines_may_not_share_a_place() -> None:
    revision = _revision("ne-c-order")
    sent = {f"answer-{line.id}": "1" for line in question(revision, 0).options}
    with pytest.raises(Invalid, match="same place"):
        read("order", MultiDict(sent), body=revision.body)


def test_a_wrong_choice_is_told_its_reason_that_of_the_right_one_and_the_others() -> None:
    told = explained(_revision("ne-first"), {"choice": "b"})
    assert (told.score, str(told.verdict)) == (0.0, "Not quite.")
    assert (told.why, told.right_why) == (Text("Too soon.", "일러요."), Text("Yes.", "맞아요."))
    assert told.others == ()


def test_part_of_several_choices_is_told_with_every_reason() -> None:
    told = explained(_revision("ne-c-many"), {"choices": ["a"]}, seed=5)
    assert (told.score, str(told.verdict)) == (0.5, "Partly right.")
    assert {str(text) for text, _ in told.reasons} == {str(Text("Term", "기간")), str(Text("Amount", "수량"))}
    assert [why for _, why in told.others] == [Text("No.", "아니요.")]


def test_lines_say_where_they_were_put_and_where_they_belong() -> None:
    told = explained(_revision("ne-c-order"), {"order": ["two", "one", "three"]})
    assert [line.is_right for line in told.lines] == [False, False, True]
    assert str(told.lines[0].given) == "You gave it place 2"
    assert str(told.lines[0].right) == "Place 1"


def test_a_typed_answer_stands_beside_the_right_one() -> None:
    told = explained(_revision("ne-c-number"), {"number": 1200.0})
    assert [(line.given, line.right) for line in told.lines] == [(Text.same("1,200%"), Text.same("20%"))]
    assert told.why == Text("20 of 100.", "100에서 20이에요.")
    word = explained(_revision("ne-c-word"), {"text": "deal"})
    assert (word.lines[0].given, word.lines[0].right) == (Text.same("deal"), Text("trade", "교환"))


@pytest.mark.parametrize("name", ["ne-c-many", "ne-c-order", "ne-c-match"])
def test_a_kind_with_partial_credit_says_its_rule_before(name: str) -> None:
    assert isinstance(question(_revision(name), 1).rule, Message)


def _right_form(revision: ItemRevision, seed: int) -> MultiDict[str, str]:
    """Fill the form as somebody who knows the texts but sees only the question."""
    body, shown = revision.body, question(revision, seed)
    by_text = {choice.text: choice.id for choice in shown.options}
    if revision.kind in ("single", "multiple"):
        right = [option for option in body["options"] if option["right"]]
        return MultiDict([("answer", by_text[Text(**option["text"])]) for option in right])
    if revision.kind == "true_false":
        return MultiDict({"answer": str(body["answer"]).lower()})
    if revision.kind == "order":
        return MultiDict(
            {f"answer-{by_text[Text(**line['text'])]}": str(at) for at, line in enumerate(body["sequence"], 1)}
        )
    if revision.kind == "match":
        rights = {choice.text: choice.id for choice in shown.rights}
        return MultiDict(
            {f"answer-{by_text[Text(**pair['left'])]}": rights[Text(**pair["right"])] for pair in body["pairs"]}
        )
    return MultiDict({"answer": str(body["answer"]) if revision.kind == "number" else body["accept"]["ko"][0]})
