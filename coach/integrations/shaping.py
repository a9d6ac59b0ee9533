"""One-language questions of each kind, made of what every format says in its own way.

A share is the part of the full marks that an answer brings: 1 for a right one, negative where it costs marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from string import ascii_lowercase
from typing import Any, Final

from coach.content.kinds import ItemKind, ItemUse
from coach.integrations.found import Body, Unsupported
from coach.words import Message

MOST_OPTIONS: Final = 8
FULL: Final = 0.999  # a share that is as good as whole, since files round them
LARGEST: Final = 1e15
_FIGURE: Final = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,2})?")
MINUTES: Final = 10  # what a text to write is given, where the file does not say


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold an answer of a file: its text, its share, what is said to whoever gives it."""

    text: str
    share: float
    why: str = ""


@dataclass(slots=True)
class Draft:
    """Hold what all kinds share while a question is made; `notes` says what of it is not kept."""

    stem: str
    why: str = ""
    notes: list[Message] = field(default_factory=list)


def options(draft: Draft, choices: Sequence[Choice], *, single: bool) -> Body:
    """Make a question with options; one right answer, or all that bring marks."""
    _limit(choices, 2)
    right = [choice.share >= FULL if single else choice.share > 0 for choice in choices]
    if single and sum(right) != 1:
        raise Unsupported(
            Message("%(right)s answers are right by themselves here; exactly one may be.", right=sum(right))
        )
    if not any(right):
        raise Unsupported(Message("No answer is right here."))
    _unlike(choice.text for choice in choices)
    draft.notes += _uneven(choices, right, single=single)
    if draft.why and all(choice.why for choice in choices):
        draft.notes.append(Message("The general feedback is not kept, since every option has its own."))
    rows = [_option(at, choice, right[at], choice.why or draft.why) for at, choice in enumerate(choices)]
    return {"kind": ItemKind.SINGLE if single else ItemKind.MULTIPLE, "stem": draft.stem, "options": rows}


def true_false(draft: Draft, *, answer: bool, whys: Sequence[str]) -> Body:
    """Make a question whether a statement holds; what is said after either answer stands in one reason."""
    said = list(dict.fromkeys(why for why in (draft.why, *whys) if why))
    body: dict[str, Any] = {"kind": ItemKind.TRUE_FALSE, "stem": draft.stem, "answer": answer}
    return _with_why(body, " ".join(said))


def match(draft: Draft, pairs: Sequence[tuple[str, str]]) -> Body:
    """Make a question what belongs to what; a right side without a left one only misleads, and is left out."""
    whole = [(left, right) for left, right in pairs if left]
    draft.notes += [
        Message("“%(text)s” belongs to nothing; such extra answers are not kept.", text=_bare(right))
        for left, right in pairs
        if not left
    ]
    _limit(whole, 2)
    _unlike(left for left, _ in whole)
    _unlike(right for _, right in whole)
    rows = [{"id": f"p{at}", "left": left, "right": right} for at, (left, right) in enumerate(whole, 1)]
    return _with_why({"kind": ItemKind.MATCH, "stem": draft.stem, "pairs": rows}, draft.why)


def short_text(draft: Draft, choices: Sequence[Choice]) -> Body:
    """Make a question for a word or two: every answer with full marks counts, `*` stands for any text."""
    taken = [choice for choice in choices if choice.share >= FULL and "*" not in choice.text]
    for choice in choices:
        if "*" in choice.text:
            draft.notes.append(
                Message("“%(text)s” uses * for any text; wildcards are not kept.", text=_bare(choice.text))
            )
        elif choice.share < FULL:
            draft.notes.append(_partial(choice))
    if not taken:
        raise Unsupported(Message("No answer with full marks is left without a wildcard."))
    accept = list(dict.fromkeys(choice.text for choice in taken))
    why = _one_why(draft, [choice.why for choice in choices])
    return _with_why({"kind": ItemKind.SHORT_TEXT, "stem": draft.stem, "accept": accept}, why)


def number(draft: Draft, choices: Sequence[tuple[float, float, Choice]], *, unit: str = "") -> Body:
    """Make a question for a number from (answer, tolerance, choice); only one may bring full marks."""
    whole = [each for each in choices if each[2].share >= FULL]
    if len(whole) != 1:
        raise Unsupported(Message("%(right)s numbers bring full marks here; exactly one may.", right=len(whole)))
    draft.notes += [_partial(choice) for _, _, choice in choices if choice.share < FULL]
    answer, tolerance, _ = whole[0]
    body: dict[str, Any] = {
        "kind": ItemKind.NUMBER,
        "stem": draft.stem,
        "answer": neat(answer),
        "tolerance": neat(tolerance),
    }
    if unit:
        body["unit"] = unit
    return _with_why(body, _one_why(draft, [choice.why for _, _, choice in choices]))


def written(draft: Draft, *, title: str, guide: Sequence[str] = ()) -> Body:
    """Make a text to write, which people score; its guide is what a good one does."""
    body: dict[str, Any] = {
        "use": ItemUse.PRACTICE,
        "kind": ItemKind.WRITTEN,
        "title": title or draft.stem[:60],
        "stem": draft.stem,
        "minutes": MINUTES,
    }
    if draft.why:
        guide = [*guide, draft.why]
    return {**body, "guide": list(guide)} if guide else body


def figure(text: str) -> float:
    """Read a number with a decimal point; one too large to reckon with is none."""
    value = float(text) if _FIGURE.fullmatch(text.strip()) else inf
    if abs(value) > LARGEST:
        raise Unsupported(Message("“%(text)s” is no number.", text=text))
    return value


def neat(value: float) -> float:
    """Write 20.0 as 20."""
    return int(value) if value == int(value) else value


def _option(at: int, choice: Choice, right: bool, why: str) -> Body:
    mark = {"right": True} if right else {}
    return _with_why({"id": ascii_lowercase[at], **mark, "text": choice.text}, why)


def _with_why(body: dict[str, Any], why: str) -> Body:
    return {**body, "why": why} if why else body


def _one_why(draft: Draft, whys: Sequence[str]) -> str:
    """Gather what is said after each answer into the one reason that such a question has."""
    return " ".join(dict.fromkeys(why for why in (draft.why, *whys) if why))


def _limit(rows: Sequence[Any], least: int) -> None:
    if not least <= len(rows) <= MOST_OPTIONS:
        raise Unsupported(
            Message(
                "It has %(count)s answers; %(least)s to %(most)s may be.",
                count=len(rows),
                least=least,
                most=MOST_OPTIONS,
            )
        )


def _unlike(texts: Iterator[str]) -> None:
    seen: set[str] = set()
    for text in texts:
        if not text:
            raise Unsupported(Message("An answer has no text."))
        if text in seen:
            raise Unsupported(Message("“%(value)s” stands here twice. Give each entry its own.", value=text))
        seen.add(text)


def _uneven(choices: Sequence[Choice], right: Sequence[bool], *, single: bool) -> Iterator[Message]:
    """Tell marks that are given in another way here: part of them for one answer, more for some than for others."""
    if single:
        yield from (_partial(c) for c, is_right in zip(choices, right, strict=True) if not is_right and c.share)
    elif len({round(choice.share, 2) for choice, is_right in zip(choices, right, strict=True) if is_right}) > 1:
        yield Message("Some right options bring more than others; here all count the same.")


def _partial(choice: Choice) -> Message:
    return Message(
        "“%(text)s” brings %(percent).0f %% of the marks; that is not kept.",
        text=_bare(choice.text),
        percent=100 * choice.share,
    )


def _bare(text: str) -> str:
    """Take quotation marks off both ends, since the sentence that names a text has its own."""
    return text.strip("“”\"'")
