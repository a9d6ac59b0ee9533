"""Read questions from a table, one a row. Pure.

Columns, in any order, by their heading: `question` and `right` must be there; `kind` (single unless told: single,
multiple, true_false, match, number, short_text, written), `name`, `option_1` to `option_8`, `why_1` to `why_8`, `why`,
`tolerance`, `unit`, `guide`. In `right` stand the numbers of the right options (`2`, or `1;3`), true or false, the
number, or the accepted words with `|` between them; for match it stays empty and each option is `left -> right`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from typing import Final

from coach.content.kinds import ItemKind
from coach.integrations import shaping
from coach.integrations.found import Body, Found, Question, Unreadable, Unsupported
from coach.integrations.shaping import MOST_OPTIONS, Choice, Draft
from coach.words import Message

_NUMBERED: Final = tuple(f"{name}_{at}" for name in ("option", "why") for at in range(1, MOST_OPTIONS + 1))
COLUMNS: Final = ("kind", "name", "question", *_NUMBERED, "right", "why", "tolerance", "unit", "guide")
_TRUTH: Final = {"true": True, "t": True, "o": True, "참": True, "false": False, "f": False, "x": False, "거짓": False}
Row = Mapping[str, str]


def read(text: str) -> Found:
    """Read a whole file with commas, semicolons or tabs; raises Unreadable where a heading is missing."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    found = Found()
    try:
        heads = [head.strip().lower().replace(" ", "_") for head in next(reader, [])]
        _check(heads, found)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                _read(line, heads, cells, found)
    except csv.Error as error:
        message = Message("Line %(line)s cannot be read as CSV: %(reason)s.", line=reader.line_num, reason=str(error))
        raise Unreadable(message) from None
    return found


def _check(heads: list[str], found: Found) -> None:
    for name in ("question", "right"):
        if name not in heads:
            raise Unreadable(Message("The first line needs a column “%(name)s”.", name=name))
    for head in dict.fromkeys(heads):
        if head and head not in COLUMNS:
            found.note(1, head, Message("This column is not known and is left out."))
        elif head and heads.count(head) > 1:
            raise Unreadable(Message("The column “%(name)s” stands there twice.", name=head))


def _read(line: int, heads: list[str], cells: list[str], found: Found) -> None:
    row = {head: cell.strip() for head, cell in zip(heads, cells, strict=False)}
    draft = Draft(row.get("question", ""), row.get("why", ""))
    what = row.get("name") or draft.stem
    if any(cell.strip() for cell in cells[len(heads) :]):
        found.note(line, what, Message("Cells after the last heading are left out."))
    kind = row.get("kind", "").lower() or ItemKind.SINGLE
    try:
        body = _body(kind, row, draft)
    except Unsupported as unsupported:
        found.leave_out(line, what, unsupported.why)
        return
    unused = [name for name in row if row[name] and name in COLUMNS and name not in _used(kind)]
    draft.notes += [Message("“%(name)s” has no meaning for this kind and is left out.", name=name) for name in unused]
    for note in draft.notes:
        found.note(line, what, note)
    found.questions.append(Question(line, row.get("name", ""), body))


def _body(kind: str, row: Row, draft: Draft) -> Body:
    make = _KINDS.get(kind)
    if make is None:
        raise Unsupported(Message("The kind “%(kind)s” is not known.", kind=kind))
    if not draft.stem:
        raise Unsupported(Message("It has no question text."))
    return make(row, draft)


def _used(kind: str) -> set[str]:
    """Name the columns that a kind reads."""
    common = {"kind", "name", "question", "why"}
    more: Mapping[str, set[str]] = {
        "single": {"right", *_NUMBERED},
        "multiple": {"right", *_NUMBERED},
        "written": {"guide"},
        "match": {name for name in _NUMBERED if name.startswith("option")},
        "number": {"right", "tolerance", "unit"},
        "short_text": {"right"},
        "true_false": {"right"},
    }
    return common | more[kind]


def _options(row: Row) -> list[Choice]:
    right = {part.strip() for part in re.split(r"[;,/ ]+", row.get("right", "")) if part.strip()}
    numbers = {str(at) for at in range(1, MOST_OPTIONS + 1) if row.get(f"option_{at}")}
    if not right or not right <= numbers:
        raise Unsupported(
            Message("“right” must name an option by its number; it says “%(text)s”.", text=row.get("right", ""))
        )
    return [
        Choice(row[f"option_{at}"], float(str(at) in right), row.get(f"why_{at}", ""))
        for at in range(1, MOST_OPTIONS + 1)
        if row.get(f"option_{at}")
    ]


def _true_false(row: Row, draft: Draft) -> Body:
    said = row.get("right", "").lower()
    if said not in _TRUTH:
        raise Unsupported(Message("“right” must be true or false; it says “%(text)s”.", text=said))
    return shaping.true_false(draft, answer=_TRUTH[said], whys=())


def _match(row: Row, draft: Draft) -> Body:
    pairs = []
    for at in range(1, MOST_OPTIONS + 1):
        left, arrow, right = row.get(f"option_{at}", "").partition("->")
        if left and not arrow:
            raise Unsupported(Message("“%(text)s” lacks the arrow (->) between its two sides.", text=left))
        if arrow:
            pairs.append((left.strip(), right.strip()))
    return shaping.match(draft, pairs)


def _number(row: Row, draft: Draft) -> Body:
    answer, tolerance = (row.get(name, "").replace(",", ".") for name in ("right", "tolerance"))
    known = shaping.figure(answer), abs(shaping.figure(tolerance or "0")), Choice(answer, 1.0)
    return shaping.number(draft, [known], unit=row.get("unit", ""))


def _short_text(row: Row, draft: Draft) -> Body:
    words = [word.strip() for word in row.get("right", "").split("|") if word.strip()]
    return shaping.short_text(draft, [Choice(word, 1.0) for word in words])


def _written(row: Row, draft: Draft) -> Body:
    guide = [part.strip() for part in row.get("guide", "").split("|") if part.strip()]
    return shaping.written(draft, title=row.get("name", ""), guide=guide)


_KINDS: Final[Mapping[str, Callable[[Row, Draft], Body]]] = {
    "single": lambda row, draft: shaping.options(draft, _options(row), single=True),
    "multiple": lambda row, draft: shaping.options(draft, _options(row), single=False),
    "true_false": _true_false,
    "match": _match,
    "number": _number,
    "short_text": _short_text,
    "written": _written,
}
