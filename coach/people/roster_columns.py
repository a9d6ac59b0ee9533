"""Which column of a roster says what: by the words that BambooHR and Workday use, or as told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from coach.errors import Told
from coach.people.roster_dates import Order
from coach.words import Message


class Field(StrEnum):
    """Name what a column can say of a person."""

    EMPLOYEE_NO = "employee_no"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    TITLE = "title"
    DEPARTMENT = "department"
    HIRED_ON = "hired_on"
    MANAGER = "manager"
    STATUS = "status"


_WORDS: Final[Mapping[Field, str]] = {
    Field.EMPLOYEE_NO: """
        employee #, employee no, employee number, employee id, emp id, emp #, worker id, personnel number,
        사번, 사원번호
    """,
    Field.NAME: """
        name, full name, employee name, employee, worker, worker name, legal name, preferred name,
        display name, last name first name, 이름, 성명
    """,
    Field.FIRST_NAME: """
        first name, given name, forename, legal first name
    """,
    Field.LAST_NAME: """
        last name, surname, family name, legal last name, 성
    """,
    Field.EMAIL: """
        work email, work e-mail, email, e-mail, email address, primary work email, email - work,
        email - primary work, work email address, business email, 이메일, 이메일 주소, 회사 이메일, 업무 이메일
    """,
    Field.TITLE: """
        job title, title, position, job profile, business title, position title, role, 직책, 직무, 직함
    """,
    Field.DEPARTMENT: """
        department, team, division, supervisory organization, org unit, organization, 부서, 팀, 소속
    """,
    Field.HIRED_ON: """
        hire date, date of hire, start date, original hire date, hired, date hired, 입사일, 입사일자
    """,
    Field.MANAGER: """
        reports to, manager, supervisor, line manager, manager name, worker's manager, reporting to,
        direct manager, supervisor name, manager id, manager employee id, worker's manager employee id,
        supervisor id, supervisor eid, manager email, 상사, 직속 상사, 직속 상관, 직속 팀장, 관리자, 보고 대상
    """,
    Field.STATUS: """
        status, employment status, employee status, worker status, 재직 상태, 재직 여부, 재직 구분
    """,
}
_KNOWN: Final = {word.strip(): field for field, words in _WORDS.items() for word in words.split(",")}


class UnknownColumn(Told):
    """Say which column or field of a mapping is not there."""


class NoHeadings(Told):
    """Say that no line looks like headings."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """Hold what somebody said about a column: its field, and for dates the order."""

    column: str
    field: Field
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Hold where each field stands, what the columns are called, and which are not used."""

    places: Mapping[Field, int]
    headings: tuple[str, ...]
    unused: tuple[str, ...]
    date_order: Order | None = None

    def heading(self, field: Field) -> str:
        """Give the heading of a field's column, as the file writes it."""
        place = self.places.get(field)
        return self.headings[place] if place is not None else field.value


def read_mapping(text: str) -> Mapped:
    """Read `COLUMN=FIELD` or `COLUMN=hired_on:dmy`; raise UnknownColumn where it is neither."""
    column, sign, rest = text.rpartition("=")
    name, _, order = rest.strip().partition(":")
    if not sign or not column.strip() or name not in list(Field) or order not in ("", *Order):
        fields = ", ".join(Field)
        raise UnknownColumn(
            Message(
                "%(text)s is not COLUMN=FIELD. Fields: %(fields)s; dates hired_on:dmy or :mdy.",
                text=text,
                fields=fields,
            )
        )
    return Mapped(column.strip(), Field(name), Order(order) if order else None)


def score(cells: Sequence[str], mapped: Sequence[Mapped] = ()) -> int:
    """Count how many cells of a line look like headings: the line with most of them is the header."""
    told = {_plain(m.column) for m in mapped}
    return sum(_plain(cell) in _KNOWN or _plain(cell) in told for cell in cells)


def find_columns(headings: Sequence[str], mapped: Sequence[Mapped] = ()) -> Columns:
    """Say which column is which; what was told wins, and of two columns for one field the first."""
    plain = [_plain(heading) for heading in headings]
    places: dict[Field, int] = {}
    for told in mapped:
        if _plain(told.column) not in plain:
            raise UnknownColumn(Message("The file has no column %(column)s.", column=told.column))
        places[told.field] = plain.index(_plain(told.column))
    taken = set(places.values())
    for place, word in enumerate(plain):
        field = _KNOWN.get(word)
        if field is not None and place not in taken:
            places.setdefault(field, place)
    used = set(places.values())
    unused = tuple(h.strip() for place, h in enumerate(headings) if place not in used and h.strip())
    order = next((told.order for told in mapped if told.order), None)
    return Columns(places, tuple(h.strip() for h in headings), unused, order)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[_,]", " ", text).strip(" \t*:\"'\ufeff")).lower()
