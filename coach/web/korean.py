"""Korean particles: one place that picks 은/는, 이/가, 을/를, 과/와, 으로/로 from the last sound."""

from __future__ import annotations

from typing import Final

_PAIRS: Final = {
    "은/는": ("은", "는"),
    "이/가": ("이", "가"),
    "을/를": ("을", "를"),
    "과/와": ("과", "와"),
    "으로/로": ("으로", "로"),
    "이에요/예요": ("이에요", "예요"),
}
# How a digit or a Latin letter ends when it is read aloud in Korean: its final consonant, "" for none.
_DIGITS: Final = dict(zip("0123456789", ("ㅇ", "ㄹ", "", "ㅁ", "", "", "ㄱ", "ㄹ", "ㄹ", ""), strict=True))
_LETTERS: Final = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ"}
_RIEUL: Final = 8
_SYLLABLES: Final = range(0xAC00, 0xD7A4)


def with_particle(word: str, pair: str) -> str:
    """Append the fitting particle of a pair such as "을/를" to a word."""
    closed, open_ = _PAIRS[pair]
    final = final_sound(word)
    if pair == "으로/로" and final == "ㄹ":
        return word + open_
    return word + (closed if final else open_)


def final_sound(word: str) -> str:
    """Give the final consonant of a word's last sound, "" where it ends in a vowel."""
    last = next((c for c in reversed(word) if c.isalnum()), "")
    if last and ord(last) in _SYLLABLES:
        index = (ord(last) - _SYLLABLES.start) % 28
        return "" if index == 0 else "ㄹ" if index == _RIEUL else "ㄱ"
    return _DIGITS.get(last, _LETTERS.get(last.lower(), ""))
