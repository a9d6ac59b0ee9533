"""Every sign of GIFT means what it means in Moodle, and what cannot be kept is told."""

from __future__ import annotations

import pytest

from coach.integrations.found import Body, Found
from coach.integrations.gift.reading import read


def one(text: str) -> Body:
    found = read(text)
    assert [note for note in found.notes if note.lost] == []
    (question,) = found.questions
    return question.body


def told(text: str) -> list[tuple[int, str, bool]]:
    return [(note.line, str(note.why), note.lost) for note in read(text).notes]


def test_one_right_answer_among_wrong_ones_with_what_is_said_to_each() -> None:
    assert one("::Paper:: Who uses most? {\n =The school # Forty boxes.\n ~The clinic # Four.\n ~The studio\n}") == {
        "kind": "single", "stem": "Who uses most?",
        "options": [
            {"id": "a", "right": True, "text": "The school", "why": "Forty boxes."},
            {"id": "b", "text": "The clinic", "why": "Four."},
            {"id": "c", "text": "The studio"},
        ],
    }  # fmt: skip


def test_weights_without_an_equals_sign_make_all_that_bring_marks_right() -> None:
    body = one("Which two? {~%50%Toner ~%50%Paper ~%-100%Tea ####Look at the order.}")
    assert body["kind"] == "multiple"
    assert [(o["text"], o.get("right", False), o["why"]) for o in body["options"]] == [
        ("Toner", True, "Look at the order."),
        ("Paper", True, "Look at the order."),
        ("Tea", False, "Look at the order."),
    ]


@pytest.mark.parametrize(("word", "answer"), [("T", True), ("TRUE", True), ("f", False), ("FALSE", False)])
def test_true_and_false_in_all_their_spellings(word: str, answer: bool) -> None:
    assert one(f"Ink is dear.{{{word}#No.#Yes.}}") == {
        "kind": "true_false", "stem": "Ink is dear.", "answer": answer, "why": "No. Yes.",
    }  # fmt: skip


def test_answers_that_all_count_are_a_short_text() -> None:
    assert one("One word? {=trade =a trade ####Give and take.}") == {
        "kind": "short_text", "stem": "One word?", "accept": ["trade", "a trade"], "why": "Give and take.",
    }  # fmt: skip


def test_arrows_make_pairs() -> None:
    body = one("What to whom? {=chairs -> the studio =gloves -> the clinic}")
    assert [(pair["left"], pair["right"]) for pair in body["pairs"]] == [
        ("chairs", "the studio"),
        ("gloves", "the clinic"),
    ]


@pytest.mark.parametrize(
    ("answer", "value", "tolerance"),
    [
        ("#20", 20, 0),
        ("#20:0.5", 20, 0.5),
        ("#19.5..20.5", 20, 0.5),
        ("#=20:2 =%50%20:5 ~#Far off.", 20, 2),
        ("#-3e2", -300, 0),
    ],
)  # fmt: skip
def test_numbers_with_a_tolerance_a_range_or_several_answers(answer: str, value: float, tolerance: float) -> None:
    body = one(f"How many? {{{answer}}}")
    assert (body["answer"], body["tolerance"]) == (value, tolerance)


def test_words_after_the_braces_leave_a_gap_in_the_sentence() -> None:
    assert one("Paper is {=heavy ~light}, so we deliver.")["stem"] == "Paper is _____, so we deliver."


def test_empty_braces_ask_for_a_text() -> None:
    body = one("::Mail:: Write to the school. {}")
    assert (body["kind"], body["use"], body["title"]) == ("written", "practice", "Mail")


def test_escaped_signs_mean_themselves() -> None:
    body = one(r"A\: \{2 \= 2\}?\nReally\~ {=yes\#1 # \\o/ ~no}")
    assert body["stem"] == "A: {2 = 2}?\nReally~"
    assert (body["options"][0]["text"], body["options"][0]["why"]) == ("yes#1", "\\o/")


def test_html_becomes_text_and_says_so() -> None:
    text = "[html]<p>Two <b>boxes</b></p><script>x</script>{=yes ~no}"
    assert one(text)["stem"] == "Two boxes"
    assert "without its HTML" in told(text)[0][1]


def test_comments_go_and_lines_belong_together_until_a_blank_one() -> None:
    found = read("// first\nIs it\n// in the middle\nso? {T}\n\n\nAnd this? {F}\n")
    assert [(question.line, question.body["stem"]) for question in found.questions] == [
        (2, "Is it so?"),
        (7, "And this?"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("$CATEGORY: Sales/Paper", "Categories are not kept"),
        ("Who? {=Ara ~%50%Bom ~Dora}", "“Bom” brings 50 %"),
        ("Which? {~%70%a ~%30%b ~c}", "Some right options bring more"),
        ("Word? {=trade =%50%swap =tr*e}", "“swap” brings 50 %"),
        ("Word? {=trade =tr*e}", "wildcards are not kept"),
        ("Pairs? {=a -> 1 =b -> 2 = -> 3}", "“3” belongs to nothing"),
        ("[markdown]**So**? {T}", "Markdown is taken over as typed"),
        ("Who? {=Ara#y ~Bom#n ####general}", "The general feedback is not kept"),
    ],
)
def test_what_is_not_kept_of_a_question_is_told(text: str, words: str) -> None:
    (line, why, lost), *_ = told(text)
    assert (line, lost, words in why) == (1, False, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Only a text.", "a description, no question"),
        ("Two {=right =ones ~here}", "2 answers are right by themselves"),
        ("None {~a ~b}", "No answer is right"),
        ("Open {=a ~b", "braces are not closed"),
        ("Two {=a ~b} gaps {=c ~d}", "more than one pair of braces"),
        ("Same {=a ~a}", "“a” stands here twice"),
        ("Number {#many}", "“many” is no number"),
        (f"Number {{#{'9' * 400}}}", "is no number"),
        (f"Number {{#1..{'9' * 308}}}", "is no number"),
        ("Number {#1,000}", "“1,000” is no number"),
        ("Odd {hello}", "no known sign"),
        ("Arrow {=a -> 1 =b}", "lacks the arrow"),
        ("{=a ~b}", "no question before the braces"),
        ("Many {=a ~b ~c ~d ~e ~f ~g ~h ~i}", "9 answers"),
        ("Two {#=1 =2}", "2 numbers bring full marks"),
    ],
)
def test_a_question_that_cannot_be_taken_over_is_named_with_its_line(text: str, words: str) -> None:
    found = read(f"\n{text}\n")
    assert found.questions == []
    ((line, why, lost),) = told(f"\n{text}\n")
    assert (line, lost, words in why) == (2, True, True), why


def test_nothing_vanishes() -> None:
    blocks = ["Good {T}", "Text", "Two {=a =b ~c}", "Open {", "Fine {=a ~b}"]
    found: Found = read("\n\n".join(blocks))
    assert len(found.questions) + found.left_out == len(blocks)
