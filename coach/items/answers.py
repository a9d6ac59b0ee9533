"""What a form sent, read into an answer; each thing that is missing is said in a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from coach.content.kinds import ItemKind
from coach.errors import Invalid
from coach.items.masks import line_ids, unmask
from coach.words import Message

FIELD: Final = "answer"
LONGEST_TEXT: Final = 200
LONGEST_NUMBER: Final = 30
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_PLAIN: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


class Form(Protocol):
    """Be what a browser sent: several values may have one name."""

    def get(self, key: str, default: str, /) -> str:
        """Give the first value of a name."""

    def getlist(self, key: str, /) -> list[str]:
        """Give all values of a name."""


def read(kind: str, form: Form, *, body: Mapping[str, Any], name: str = FIELD) -> dict[str, Any]:
    """Read the answer to an item from a form: field `name`, or `name-<line>` for lines; raise Invalid for none."""
    return _READERS[ItemKind(kind)](form, body, name)


def _single(form: Form, body: Mapping[str, Any], name: str) -> dict[str, Any]:
    chosen = form.get(name, "")
    if chosen not in line_ids(ItemKind.SINGLE, body):
        raise Invalid(Message("Choose an answer."), field=FIELD)
    return {"choice": chosen}


def _multiple(form: Form, body: Mapping[str, Any], name: str) -> dict[str, Any]:
    chosen = set(form.getlist(name))
    known = [option for option in line_ids(ItemKind.MULTIPLE, body) if option in chosen]
    if not known:
        raise Invalid(Message("Choose at least one answer."), field=FIELD)
    return {"choices": known}


def _true_false(form: Form, _body: Mapping[str, Any], name: str) -> dict[str, Any]:
    chosen = form.get(name, "")
    if chosen not in ("true", "false"):
        raise Invalid(Message("Choose an answer."), field=FIELD)
    return {"value": chosen == "true"}


def _order(form: Form, body: Mapping[str, Any], name: str) -> dict[str, Any]:
    lines = unmask(body, line_ids(ItemKind.ORDER, body))
    places = {form.get(f"{name}-{shown}", ""): line for shown, line in lines.items()}
    wanted = [str(place) for place in range(1, len(lines) + 1)]
    if "" in places or not set(places) <= set(wanted):
        raise Invalid(Message("Give every line a place."), field=FIELD)
    if len(places) < len(wanted):
        raise Invalid(Message("Two lines have the same place. Give each line its own."), field=FIELD)
    return {"order": [places[place] for place in wanted]}


def _match(form: Form, body: Mapping[str, Any], name: str) -> dict[str, Any]:
    lines = line_ids(ItemKind.MATCH, body)
    rights = unmask(body, lines)
    pairs = {line: rights.get(form.get(f"{name}-{line}", "")) for line in lines}
    if None in pairs.values():
        raise Invalid(Message("Choose what belongs to every line."), field=FIELD)
    return {"pairs": pairs}


def _number(form: Form, body: Mapping[str, Any], name: str) -> dict[str, Any]:
    typed = unicodedata.normalize("NFKC", form.get(name, ""))[: LONGEST_NUMBER + 1]
    text = re.sub(r"\s", "", typed).replace("−", "-")
    for unit in (body.get("unit") or {}).values():
        text = text.removesuffix(re.sub(r"\s", "", unicodedata.normalize("NFKC", unit)))
    if len(typed) > LONGEST_NUMBER or not (_PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)):
        raise Invalid(Message("Write a number, such as 1200 or 2.5."), field=FIELD)
    return {"number": float(text.replace(",", ""))}


def _short_text(form: Form, _body: Mapping[str, Any], name: str) -> dict[str, Any]:
    text = " ".join(form.get(name, "").replace("\0", "").split())
    if not text:
        raise Invalid(Message("Write your answer."), field=FIELD)
    if len(text) > LONGEST_TEXT:
        raise Invalid(Message("Keep your answer under %(max)s characters.", max=LONGEST_TEXT), field=FIELD)
    return {"text": text}


_READERS: Final[Mapping[ItemKind, Callable[[Form, Mapping[str, Any], str], dict[str, Any]]]] = {
    ItemKind.SINGLE: _single,
    ItemKind.MULTIPLE: _multiple,
    ItemKind.TRUE_FALSE: _true_false,
    ItemKind.ORDER: _order,
    ItemKind.MATCH: _match,
    ItemKind.NUMBER: _number,
    ItemKind.SHORT_TEXT: _short_text,
}
