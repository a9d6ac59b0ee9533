"""Every word of the product has its Korean, with the same holes, in the tone that Didim speaks in."""

from __future__ import annotations

import io
import re
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from coach.web import catalogue

HOLES: Final = re.compile(r"%\((\w+)\)([sdif]|\.\d+f)")
STIFF: Final = re.compile(r"(니다|니까|십시오|시오|습니까)[.?!]?(\s|$)")
# How a sentence in 해요체 ends; a label or a heading has no full stop and is no sentence.
POLITE: Final = re.compile(r"(요|죠)[\"'”’)]*\.$")
SENTENCES: Final = re.compile(r"(?<=[.?])\s+")
HANGUL: Final = re.compile(r"[가-힣]")


def test_every_word_of_the_product_has_its_korean() -> None:
    korean = _korean()
    missing = [
        f"{where} {text!r}" for text, where in sorted(catalogue.used().items(), key=_place) if not korean.get(text)
    ]
    assert not missing, f"write these into coach/translations/ko.d/<slice>.po: {_list(missing)}"


def test_no_word_is_translated_in_two_ways() -> None:
    _, problems = catalogue.gather()
    assert not problems, f"keep one of the two: {_list(problems)}"


def test_no_translation_is_kept_that_nothing_says() -> None:
    used = catalogue.used()
    unused = [
        f"{path.name} {message.id!r}"
        for path in sorted(catalogue.PARTS.glob("*.po"))
        for message in _part(path.read_bytes())
        if message.id and _singular(message.id) not in used
    ]
    assert not unused, f"delete these: {_list(unused)}"


def test_both_languages_leave_the_same_holes() -> None:
    wrong = [
        f"{text!r} leaves {sorted(_holes(text))}, {korean!r} leaves {sorted(_holes(korean))}"
        for text, korean in _korean().items()
        if _holes(text) != _holes(korean)
    ]
    assert not wrong, f"the same values go into both: {_list(wrong)}"


def test_what_is_formatted_is_marked_so_that_it_can_be_formatted() -> None:
    broken = []
    for text, korean in _korean().items():
        for said in (text, korean):
            values = {name: 1 for name, _ in HOLES.findall(said)}
            try:
                said % values if values else None
            except (ValueError, TypeError, KeyError):
                broken.append(said)
    assert not broken, f"a percent sign in a text with values is written %%: {broken}"


def test_korean_is_korean() -> None:
    foreign = [
        f"{text!r}: {korean!r}"
        for text, korean in _korean().items()
        if not HANGUL.search(korean) and re.search(r"[A-Za-z]{2,}", HOLES.sub("", text)) and text not in SAME
    ]
    assert not foreign, f"still in English: {_list(foreign)}"


def test_korean_speaks_politely_and_not_stiffly() -> None:
    stiff = [korean for korean in _korean().values() if STIFF.search(korean)]
    assert not stiff, f"해요체, not 합니다 or 하십시오: {_list(stiff)}"
    blunt = [korean for korean in _korean().values() for sentence in SENTENCES.split(korean) if _is_blunt(sentence)]
    assert not blunt, f"a sentence ends in 해요체: {_list(blunt)}"


# The same in both languages, or joined by a comma where English says "and".
SAME: Final = {"Didim", "CRM", "%(names)s and %(last)s"}


def _is_blunt(sentence: str) -> bool:
    """Tell whether a sentence ends in a word that is not polite; one that ends in a value is a note, not a sentence."""
    last = (sentence.split() or [""])[-1]
    if not sentence.endswith(".") or "%(" in last or not HANGUL.search(last):
        return False
    return not POLITE.search(last)


def _korean() -> dict[str, str]:
    whole, _ = catalogue.gather()
    found = {}
    for message in whole:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
            found[ids[0]] = strings[0]
            assert all(strings), f"{ids[0]!r} has no Korean"
    return found


def _part(text: bytes) -> Catalog:
    return read_po(io.BytesIO(text), locale="ko")


def _singular(message: object) -> str:
    return str(message[0] if isinstance(message, tuple | list) else message)


def _holes(text: str) -> set[str]:
    return {name for name, _ in HOLES.findall(text)}


def _place(entry: tuple[str, str]) -> str:
    return entry[1]


def _list(rows: list[str]) -> str:
    return "".join(f"\n  {row}" for row in rows)
