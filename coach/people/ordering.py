"""In which order people stand, and by what they are found: their names, as the language they are read in has them.

Two columns are kept with each name, one for each language, so that a list needs no sorting and pages by an index.
Both engines compare them by code point, which is the order of the Korean syllables and of the letters a to z.
"""

from __future__ import annotations

import unicodedata
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from coach.people import ports
from coach.people.models import Person
from coach.words import Text

_LONGEST: Final = 200
_SYLLABLES: Final = ("가", "힣")


def by_name(of: Any = Person, language: str | None = None) -> tuple[InstrumentedAttribute[str], Any]:
    """Give what lists of people are ordered by: the name in the reader's language, then the id, since names repeat."""
    is_korean = (language or ports.language()) == "ko"
    return of.sort_name_ko if is_korean else of.sort_name, of.id


def sort_names(name: Text) -> dict[str, str]:
    """Make what both columns hold; each has both spellings.

    In Korean a name in Hangul stands before one in Latin letters, as in a Korean address book: 0 and 1 see to it.
    """
    english, korean = folded(name.en), folded(name.ko)
    first = "0" if _SYLLABLES[0] <= korean[:1] <= _SYLLABLES[1] else "1"
    return {
        "sort_name": _both(english, korean)[:_LONGEST],
        "sort_name_ko": f"{first}{_both(korean, english)}"[:_LONGEST],
    }


def named_like(text: str) -> sa.ColumnElement[bool]:
    """Say that each word of a text stands in the name, in either spelling and whatever the order or the accents."""
    return sa.and_(sa.true(), *(Person.sort_name.contains(word, autoescape=True) for word in folded(text).split()))


def folded(text: str) -> str:
    """Write a text as it is compared: lower case, no accents, Korean syllables whole, single spaces."""
    bare = (mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(unicodedata.normalize("NFC", "".join(bare)).lower().split())


def _both(first: str, second: str) -> str:
    return first if first == second else f"{first} {second}"
