"""Read GIFT: blocks of text between blank lines, each a question with its answers in braces. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from coach.integrations import shaping
from coach.integrations.found import Body, Found, Question, Unsupported
from coach.integrations.gift.signs import hidden, shown
from coach.integrations.plain_text import without_tags
from coach.integrations.shaping import Choice, Draft
from coach.words import Message

BLANK: Final = "_____"  # where the answer goes in a sentence
_TITLE: Final = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORMAT: Final = re.compile(r"\s*\[(html|markdown|plain|moodle)\]\s*")
_WEIGHT: Final = re.compile(r"\s*%(-?\d+(?:[.,]\d+)?)%")
_CATEGORY: Final = re.compile(r"\s*\$CATEGORY\s*:\s*(.*)")
_TRUTH: Final = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_RANGE: Final = re.compile(r"\s*(\S+?)\s*\.\.\s*(\S+)\s*")
_WITHIN: Final = re.compile(r"\s*([^:\s]+)\s*(?::\s*(\S+)\s*)?")


@dataclass(frozen=True, slots=True)
class _Block:
    line: int
    text: str


def read(text: str) -> Found:
    """Read a whole file; `text` has plain line ends and no control characters."""
    found = Found()
    for block in _blocks(text, found):
        try:
            question = _question(block, found)
        except Unsupported as unsupported:
            found.leave_out(block.line, shown(block.text), unsupported.why)
        else:
            found.questions.append(question)
    return found


def _blocks(text: str, found: Found) -> Iterator[_Block]:
    """Cut the file at blank lines; comments go, a category is told, since here a skill is chosen for the whole file."""
    lines: list[str] = []
    start = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        category = _CATEGORY.fullmatch(line)
        if category:
            found.note(
                number, category[1], Message("Categories are not kept: all questions go to the skill you chose.")
            )
        if line.lstrip().startswith("//"):
            continue
        if line.strip() and not category:
            start = start if lines else number
            lines.append(line)
        elif lines:
            yield _Block(start, hidden("\n".join(lines)))
            lines = []


def _question(block: _Block, found: Found) -> Question:
    title, rest = "", block.text
    named = _TITLE.match(rest)
    if named:
        title, rest = shown(named[1]), rest[named.end() :]
    before, inside, after = _around_braces(rest)
    form = _FORMAT.match(before)
    kind = form[1] if form else "moodle"
    stem = _formatted(before[form.end() :] if form else before, kind)
    if after.strip():
        stem = f"{stem} {BLANK}{'' if after[:1] in '.,;:?!' else ' '}{_formatted(after, kind)}".strip()
    if not stem:
        raise Unsupported(Message("It has no question before the braces."))
    draft = Draft(stem)
    _tell_format(draft, before + after, kind)
    body = _body(draft, inside, title, kind)
    for note in draft.notes:
        found.note(block.line, title or stem, note)
    return Question(block.line, title, body)


def _around_braces(text: str) -> tuple[str, str, str]:
    """Give what stands before, between and after the one pair of braces."""
    before, opened, tail = text.partition("{")
    if not opened:
        raise Unsupported(Message("This is a description, no question: it has no answers in braces."))
    inside, closed, after = tail.partition("}")
    if not closed:
        raise Unsupported(Message("The braces are not closed before the next blank line."))
    if "{" in inside or "{" in after or "}" in after:
        raise Unsupported(Message("It has more than one pair of braces."))
    return before, inside, after


def _formatted(text: str, kind: str) -> str:
    plain = without_tags(shown(text))[0] if kind == "html" else shown(text)
    return plain.strip()


def _tell_format(draft: Draft, text: str, kind: str) -> None:
    if kind == "html" and "<" in text:
        draft.notes.append(Message("The text is taken over without its HTML, pictures and recordings included."))
    elif kind == "markdown":
        draft.notes.append(Message("Markdown is taken over as typed; its marks would be shown."))


def _body(draft: Draft, inside: str, title: str, kind: str) -> Body:
    """Tell the kind by the signs inside the braces, in the order in which Moodle does."""
    answers, _, general = inside.partition("####")
    draft.why = _answer_text(general, kind)
    content = answers.strip()
    if not content:
        return shaping.written(draft, title=title)
    if content.startswith("#"):
        return shaping.number(draft, _numbers(content[1:], kind))
    truth, *whys = content.split("#")
    if truth.strip().upper() in _TRUTH and len(whys) <= 2:
        return shaping.true_false(
            draft, answer=_TRUTH[truth.strip().upper()], whys=[_answer_text(w, kind) for w in whys]
        )
    if content[0] not in "=~":
        raise Unsupported(Message("The answers begin with no known sign (=, ~, #, T or F)."))
    parts = _parts(content)
    if "~" in {sign for sign, _ in parts}:
        choices = [_choice(sign, text, kind) for sign, text in parts]
        return shaping.options(draft, choices, single="=" in {sign for sign, _ in parts})
    if any("->" in text for _, text in parts):
        return shaping.match(draft, [_pair(text, kind) for _, text in parts])
    return shaping.short_text(draft, [_choice(sign, text, kind) for sign, text in parts])


def _parts(content: str) -> list[tuple[str, str]]:
    """Cut the answers at their signs."""
    pieces = re.split(r"([=~])", content)[1:]
    return list(zip(pieces[::2], pieces[1::2], strict=True))


def _choice(sign: str, text: str, kind: str) -> Choice:
    weight = _WEIGHT.match(text)
    share = float(weight[1].replace(",", ".")) / 100 if weight else float(sign == "=")
    said, _, why = (text[weight.end() :] if weight else text).partition("#")
    return Choice(_answer_text(said, kind), share, _answer_text(why, kind))


def _answer_text(text: str, kind: str) -> str:
    form = _FORMAT.match(text)
    return _formatted(text[form.end() :], form[1]) if form else _formatted(text, kind)


def _pair(text: str, kind: str) -> tuple[str, str]:
    left, arrow, right = text.partition("->")
    if not arrow:
        raise Unsupported(Message("An answer lacks the arrow (->) that the others have."))
    if "#" in right:
        raise Unsupported(Message("A pair has a feedback of its own; pairs share one here."))
    return _answer_text(left, kind), _answer_text(right, kind)


def _numbers(content: str, kind: str) -> Sequence[tuple[float, float, Choice]]:
    stripped = content.strip()
    parts = _parts(stripped) if stripped[:1] in ("=", "~") else [("=", stripped)]
    return [_number(choice) for choice in (_choice(sign, text, kind) for sign, text in parts)]


def _number(choice: Choice) -> tuple[float, float, Choice]:
    """Read `3`, `3:0.5` or `1..5`; `*`, or nothing, catches every other number and says something about it."""
    if choice.text == "*" or (not choice.text and choice.share <= 0):
        return 0.0, 0.0, Choice("*", min(choice.share, 0.0), choice.why)
    between = _RANGE.fullmatch(choice.text)
    if between:
        low, high = shaping.figure(between[1]), shaping.figure(between[2])
        return (low + high) / 2, abs(high - low) / 2, choice
    within = _WITHIN.fullmatch(choice.text)
    if not within:
        raise Unsupported(Message("“%(text)s” is no number.", text=choice.text))
    return shaping.figure(within[1]), abs(shaping.figure(within[2])) if within[2] else 0.0, choice
