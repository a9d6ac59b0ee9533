"""The formats that questions come and go in, and which of them a file is in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from coach.integrations.found import Body, Found, Unreadable
from coach.integrations.gift import reading as gift_reading
from coach.integrations.gift import writing as gift_writing
from coach.integrations.moodle_xml import reading as xml_reading
from coach.integrations.moodle_xml import writing as xml_writing
from coach.integrations.plain_text import decode
from coach.integrations.question_csv import reading as csv_reading
from coach.words import Message

MOST: Final = 500  # questions of a file: a draft is read by people


class Format(StrEnum):
    """Name what a file is."""

    GIFT = "gift"
    MOODLE_XML = "moodle_xml"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Written:
    """Say how questions are written: by which function, under which ending, as which type."""

    write: Callable[[Iterable[tuple[str, Body]]], str]
    ending: str
    content_type: str


WRITERS: Final[Mapping[Format, Written]] = {
    Format.MOODLE_XML: Written(xml_writing.write, "xml", "application/xml; charset=utf-8"),
    Format.GIFT: Written(gift_writing.write, "gift.txt", "text/plain; charset=utf-8"),
}
_READERS: Final[Mapping[Format, Callable[[str], Found]]] = {
    Format.GIFT: gift_reading.read,
    Format.MOODLE_XML: xml_reading.read,
    Format.CSV: csv_reading.read,
}


def read_file(name: str, data: bytes) -> Found:
    """Read a file of questions in whichever format it is; raises Unreadable where it is none or too much."""
    text = decode(data)
    found = _READERS[_format_of(name, text)](text)
    if len(found.questions) > MOST:
        raise Unreadable(
            Message(
                "This file has %(count)s questions. Divide it: %(most)s at most.", count=len(found.questions), most=MOST
            )
        )
    if not found.questions and not found.notes:
        raise Unreadable(Message("This file holds no questions."))
    return found


def _format_of(name: str, text: str) -> Format:
    if text.lstrip().startswith("<"):
        return Format.MOODLE_XML
    if name.lower().endswith((".csv", ".tsv")):
        return Format.CSV
    return Format.GIFT
