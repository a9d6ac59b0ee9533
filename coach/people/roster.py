"""Read a roster file as HR systems export it: any encoding and delimiter, title lines above, totals below. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from coach.errors import Told
from coach.people.addresses import is_address
from coach.people.roster_columns import Columns, Field, Mapped, NoHeadings, UnknownColumn, find_columns, score
from coach.people.roster_dates import Order, TwoDays, UnreadableDate, order_shown_by, read_date
from coach.words import Message

Line = tuple[int, list[str]]
_DELIMITERS: Final = (",", ";", "\t")
_HEADER_WITHIN: Final = 25
_FOOT: Final = re.compile(
    r"^(?:grand )?total|^count\b|^sum\b|^report\b|^generated|^printed|^confidential|^page \d|^합계|^총계|^총 ",
    re.IGNORECASE,
)
_LONGEST: Final = {Field.NAME: 120, Field.EMAIL: 254, Field.EMPLOYEE_NO: 60, Field.DEPARTMENT: 80}
_APART: Final = re.compile(r"^(.*\S)\s*[(\[]([^()\[\]]+)[)\]]$")
_NO_NAME: Final = re.compile(r"on leave|leave|loa|c|\S*\d\S*|휴직|육아휴직", re.IGNORECASE)
_GONE: Final = re.compile(r"terminated|inactive|former|left\b|resigned|퇴사|퇴직", re.IGNORECASE)
_NOT_TEXT: Final = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_HANGUL: Final = re.compile(r"^[가-힣]+$")


@dataclass(frozen=True, slots=True)
class Problem:
    """Hold what is wrong and where: the line of the file and the heading of the column, 0 and "" for the whole file.

    `open` names what somebody can say here to put it right: a title's role, the order of days, the column of names.
    """

    line: int
    column: str
    message: Message
    open: Field | None = None


class Unreadable(Told):
    """Say why a file cannot be read at all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one person as the roster has them; an empty text or None is a cell that says nothing."""

    line: int
    name: str
    email: str
    employee_no: str
    title: str
    department: str
    hired_on: date | None
    manager: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Hold what was read: the people, the columns, the lines left out, who left by their status, and what is wrong."""

    entries: tuple[Entry, ...]
    columns: Columns
    left_out: tuple[tuple[int, str], ...]
    problems: tuple[Problem, ...]
    gone: tuple[tuple[int, str], ...] = ()


def read_roster(raw: bytes, mapped: Sequence[Mapped] = ()) -> Roster:
    """Read a file; everything that is wrong with it is told at once."""
    nothing = Columns({}, (), ())
    try:
        lines = _lines(_decoded(raw), mapped)
        header = _header(lines, mapped)
        columns = find_columns(lines[header][1], mapped)
    except (Unreadable, UnknownColumn, NoHeadings) as error:
        wanted = Field.NAME if isinstance(error, NoHeadings) else None
        return Roster((), nothing, (), (Problem(0, "", error.message, wanted),))
    body = [(line, _padded(cells, len(columns.headings))) for line, cells in lines[header + 1 :] if any(cells)]
    people, foot = _without_foot(body)
    people, gone = _without_gone(people, columns)
    above = [(line, " ".join(filter(None, cells))) for line, cells in lines[:header] if any(cells)]
    left_out = tuple((line, text[:60]) for line, text in (*above, *foot))
    order = columns.date_order or order_shown_by(_column(people, columns, Field.HIRED_ON))
    read = [_entry(line, cells, columns, order) for line, cells in people]
    problems = [problem for _, wrong in read for problem in wrong]
    if not people:
        problems.append(Problem(0, "", Message("The file has headings but no people.")))
    return Roster(tuple(entry for entry, _ in read), columns, left_out, tuple(problems), tuple(gone))


def display_name(name: str) -> str:
    """Turn `Ruiz, Ana` into `Ana Ruiz`; a name without a comma stays as it is."""
    family, comma, given = name.partition(",")
    return re.sub(r"\s+", " ", f"{given.strip()} {family.strip()}" if comma and given.strip() else family).strip()


def apart(text: str) -> tuple[str, str]:
    """Split `Ana Ruiz (20001)`, as Workday writes it, into what stands before the brackets and in them."""
    match = _APART.match(text)
    return (match[1], match[2].strip()) if match else (text, "")


def _decoded(raw: bytes) -> str:
    if not raw.strip():
        raise Unreadable(Message("The file is empty."))
    if raw.startswith(_NOT_TEXT):
        raise Unreadable(Message("The file is not text we can read. Save it as CSV in UTF-8."))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    if raw[:200].count(0) > len(raw[:200]) // 4:
        return raw.decode("utf-16-le" if raw[1:2] == b"\0" else "utf-16-be", errors="replace")
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(Message("The file is not text we can read. Save it as CSV in UTF-8."))


def _lines(text: str, mapped: Sequence[Mapped]) -> list[Line]:
    """Split into cells with the delimiter that makes the best header; number the lines as an editor does."""
    ways = {delimiter: _split(text, delimiter) for delimiter in _DELIMITERS}
    best = max(ways, key=lambda way: max((score(cells, mapped) for _, cells in ways[way][:_HEADER_WITHIN]), default=0))
    if ways[best] and _is_open(text, best, ways[best][-1][0]):
        words = Message("A quotation mark in line %(line)d is never closed.", line=ways[best][-1][0])
        raise Unreadable(words)
    return ways[best]


def _split(text: str, delimiter: str) -> list[Line]:
    reader, lines, begins = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [], 1
    try:
        for cells in reader:
            lines.append((begins, [re.sub(r"\s+", " ", cell).strip() for cell in cells]))
            begins = reader.line_num + 1
    except csv.Error:
        return []
    return lines


def _is_open(text: str, delimiter: str, line: int) -> bool:
    """Tell whether a quotation mark that opens in the last line swallowed everything below it."""
    rest = "".join(io.StringIO(text, newline="").readlines()[line - 1 :])
    try:
        list(csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _header(lines: list[Line], mapped: Sequence[Mapped]) -> int:
    scores = [score(cells, mapped) for _, cells in lines[:_HEADER_WITHIN]]
    best = max(range(len(scores)), key=lambda i: scores[i], default=-1)
    places = find_columns(lines[best][1]).places.keys() | {m.field for m in mapped} if best >= 0 else set()
    if best < 0 or scores[best] < 2 or not (Field.NAME in places or {Field.FIRST_NAME, Field.LAST_NAME} <= places):
        raise NoHeadings(Message("We found no headings with a name in the first lines of the file."))
    return best


def _without_foot(body: list[Line]) -> tuple[list[Line], list[tuple[int, str]]]:
    """Take totals and remarks off the end; only the end, so that a broken line in between is told."""
    people, has_more = list(body), any(len([*filter(None, cells)]) > 1 for _, cells in body)
    while people and _is_foot(people[-1][1], has_more=has_more):
        people.pop()
    return people, [(line, " ".join(filter(None, cells))) for line, cells in body[len(people) :]]


def _without_gone(body: list[Line], columns: Columns) -> tuple[list[Line], list[tuple[int, str]]]:
    """Leave out who does not work there any more, by a column of their status; name them."""
    said = _column(body, columns, Field.STATUS) or [""] * len(body)
    people = [line for line, status in zip(body, said, strict=True) if not _GONE.match(status)]
    gone = [line for line, status in zip(body, said, strict=True) if _GONE.match(status)]
    return people, [(line, _entry(line, cells, columns, None)[0].name or cells[0]) for line, cells in gone]


def _is_foot(cells: list[str], *, has_more: bool) -> bool:
    """Know a total by its word, a remark by standing alone in the first cell below lines that say more."""
    filled = [cell for cell in cells if cell]
    return bool(_FOOT.match(filled[0])) or (has_more and filled == cells[:1])


def _entry(line: int, cells: list[str], columns: Columns, order: Order | None) -> tuple[Entry, list[Problem]]:
    def cell(field: Field) -> str:
        place = columns.places.get(field)
        return cells[place] if place is not None else ""

    problems: list[Problem] = []
    if any(cells[len(columns.headings) :]):
        problems.append(Problem(line, "", Message("This line has more cells than there are headings.")))
    name = _name(cell(Field.NAME), cell(Field.FIRST_NAME), cell(Field.LAST_NAME))
    if not name:
        column = Field.NAME if Field.NAME in columns.places else Field.LAST_NAME
        problems.append(Problem(line, columns.heading(column), Message("The name is missing.")))
    email = cell(Field.EMAIL).lower()
    if email and not is_address(email):
        problems.append(
            Problem(line, columns.heading(Field.EMAIL), Message("%(text)s is not an e-mail address.", text=email))
        )
    hired_on = _day(cell(Field.HIRED_ON), order)
    if isinstance(hired_on, UnreadableDate):
        wanted = Field.HIRED_ON if isinstance(hired_on, TwoDays) else None
        problems.append(Problem(line, columns.heading(Field.HIRED_ON), hired_on.message, wanted))
        hired_on = None
    number, title, department = (cell(f) for f in (Field.EMPLOYEE_NO, Field.TITLE, Field.DEPARTMENT))
    entry = Entry(line, name, email, number, title, department, hired_on, cell(Field.MANAGER))
    return entry, [*problems, *_too_long(entry, columns)]


def _day(text: str, order: Order | None) -> date | UnreadableDate | None:
    try:
        return read_date(text, order) if text else None
    except UnreadableDate as error:
        return error


def _too_long(entry: Entry, columns: Columns) -> list[Problem]:
    problems = []
    for field, longest in _LONGEST.items():
        if len(getattr(entry, field.value)) > longest:
            told = Field.LAST_NAME if field is Field.NAME and Field.NAME not in columns.places else field
            words = Message("Keep this under %(max)d characters.", max=longest)
            problems.append(Problem(entry.line, columns.heading(told), words))
    return problems


def _name(whole: str, given: str, family: str) -> str:
    if whole and family and not given:
        given, family = whole, "" if family in whole else family
    if given and family:
        is_korean = _HANGUL.match(given) and _HANGUL.match(family)
        return f"{family}{given}" if is_korean else f"{given} {family}"
    bare, inside = apart(given or family or whole)
    return display_name(bare if _NO_NAME.fullmatch(inside) else given or family or whole)


def _padded(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _column(body: list[Line], columns: Columns, field: Field) -> list[str]:
    place = columns.places.get(field)
    return [] if place is None else [cells[place] for _, cells in body]
