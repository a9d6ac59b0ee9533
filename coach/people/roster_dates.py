"""Read dates as rosters write them; which of two numbers is the month is never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from coach.errors import Told
from coach.words import Message

_YEARS: Final = range(1950, 2101)
_PIVOT: Final = 70
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_TIME: Final = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_YEAR_FIRST: Final = re.compile(r"^(\d{4})\s*[-/.년]\s*(\d{1,2})\s*[-/.월]\s*(\d{1,2})\s*[.일]?$")
_COMPACT: Final = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_DOTTED: Final = re.compile(r"^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d{2})\.?$")
_SLASHED: Final = re.compile(r"^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})$")
_DAY_MONTH: Final = re.compile(r"^(\d{1,2})[\s.-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})$")
_MONTH_DAY: Final = re.compile(r"^([A-Za-z]{3,9})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})$")


class Order(StrEnum):
    """Say which number comes first where a date is written with slashes."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class UnreadableDate(Told):
    """Say why a text is not a date."""


class TwoDays(UnreadableDate):
    """Say that a text is one of two days, until somebody says which number comes first."""


def order_shown_by(texts: Iterable[str]) -> Order | None:
    """Find the order that a column shows by itself: a number above 12 can only be a day.

    None where nothing shows it, or where the column shows both.
    """
    shown = set()
    for match in filter(None, (_SLASHED.match(_bare(text)) for text in texts)):
        first, second = int(match[1]), int(match[2])
        if first > 12:
            shown.add(Order.DAY_FIRST)
        if second > 12:
            shown.add(Order.MONTH_FIRST)
    return shown.pop() if len(shown) == 1 else None


def read_date(text: str, order: Order | None = None) -> date:
    """Read one date; raise UnreadableDate where it is none or could be two."""
    bare = _bare(text)
    if match := _YEAR_FIRST.match(bare) or _COMPACT.match(bare):
        return _made(text, match[1], match[2], match[3])
    if match := _DOTTED.match(bare):
        return _made(text, match[3], match[2], match[1])
    if match := _DAY_MONTH.match(bare):
        return _made(text, match[3], _month(text, match[2]), match[1])
    if match := _MONTH_DAY.match(bare):
        return _made(text, match[3], _month(text, match[1]), match[2])
    if match := _SLASHED.match(bare):
        return _slashed(text, match[1], match[2], match[3], order)
    raise UnreadableDate(Message("%(text)s is not a date we can read. Write it as 2026-03-09.", text=text))


def _slashed(text: str, first: str, second: str, year: str, order: Order | None) -> date:
    if order is None and first != second:
        order = order_shown_by([text])
        if order is None:
            raise TwoDays(Message("%(text)s could be two days: say whether day or month comes first.", text=text))
    day, month = (second, first) if order == Order.MONTH_FIRST else (first, second)
    return _made(text, year, month, day)


def _made(text: str, year: str, month: str | int, day: str) -> date:
    full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= _PIVOT else 2000)
    try:
        found = date(full, int(month), int(day))
    except ValueError:
        raise UnreadableDate(Message("%(text)s is not a day of the calendar.", text=text)) from None
    if found.year not in _YEARS:
        raise UnreadableDate(Message("%(text)s is not a day of the calendar.", text=text))
    return found


def _month(text: str, name: str) -> int:
    number = _MONTHS.get(name[:3].lower())
    if number is None:
        raise UnreadableDate(Message("%(text)s is not a date we can read. Write it as 2026-03-09.", text=text))
    return number


def _bare(text: str) -> str:
    return _TIME.sub("", text.strip())
