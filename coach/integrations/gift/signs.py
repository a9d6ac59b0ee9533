"""The signs that mean something in GIFT, and how they are written where they mean themselves."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = "\\~=#{}:"
# Control characters stand in for signs that were escaped; a file that holds any is refused before.
_STANDS_FOR: Final = {sign: chr(at) for at, sign in enumerate(_SIGNS, 1)}
_SIGN_OF: Final = {mark: sign for sign, mark in _STANDS_FOR.items()}
_ESCAPED: Final = re.compile(r"\\([\\~=#{}:n])")
_HIDDEN: Final = re.compile("[\x01-\x08]")
_NEW_LINE: Final = "\x08"


def hidden(text: str) -> str:
    """Put marks in place of escaped signs, so that the others can be looked for."""
    return _ESCAPED.sub(lambda found: _STANDS_FOR.get(found[1], _NEW_LINE), text)


def shown(text: str) -> str:
    """Put the signs back, and join lines that were broken for the writer's sake."""
    return _HIDDEN.sub(lambda found: _SIGN_OF.get(found[0], "\n"), text.replace("\n", " ")).strip()


def escaped(text: str) -> str:
    """Write a text so that its signs mean themselves."""
    return re.sub(r"[\\~=#{}:]", lambda found: f"\\{found[0]}", text).replace("\n", "\\n")
