"""Write GIFT. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from coach.content.kinds import ItemKind
from coach.integrations.found import Body
from coach.integrations.gift.signs import escaped
from coach.integrations.shaping import neat

_LOOKS_LIKE_MARKUP: Final = re.compile(r"\s*(\[(html|markdown|plain|moodle)\]|%)")


def write(questions: Iterable[tuple[str, Body]]) -> str:
    """Write questions in one language under their ids; name in a comment what GIFT cannot say."""
    return "\n".join(_question(name, body) for name, body in questions)


def _question(name: str, body: Body) -> str:
    make = _KINDS.get(ItemKind(body["kind"]))
    if make is None:
        return f"// {name}: GIFT has no questions of the kind {body['kind']}\n"
    if any("->" in words for words in (*body.get("accept", ()), *(pair["left"] for pair in body.get("pairs", ())))):
        return f"// {name}: GIFT takes -> in an answer for the arrow of a pair, and has no way to write another\n"
    stem = f"{body['stem']} ({body['unit']})" if body.get("unit") else body["stem"]
    return f"::{escaped(name)}::[plain]{escaped(stem)} {{{make(body)}\n}}\n"


def _why(body: Body) -> str:
    return f"\n####{_text(body['why'])}" if body.get("why") else ""


def _text(text: str) -> str:
    """Write an answer so that its beginning is taken for no format or weight."""
    return f"[plain]{escaped(text)}" if _LOOKS_LIKE_MARKUP.match(text) else escaped(text)


def _single(body: Body) -> str:
    return "".join(_option("=" if option.get("right") else "~", option) for option in body["options"])


def _multiple(body: Body) -> str:
    """Share the marks among the right options; a wrong one takes as much as a right one brings."""
    share = 100 / sum(bool(option.get("right")) for option in body["options"])
    signed = ((share if option.get("right") else -share, option) for option in body["options"])
    return "".join(_option(f"~%{worth:.5f}".rstrip("0").rstrip(".") + "%", option) for worth, option in signed)


def _option(sign: str, option: Mapping[str, Any]) -> str:
    why = f" #{_text(option['why'])}" if option.get("why") else ""
    return f"\n  {sign}{_text(option['text'])}{why}"


def _true_false(body: Body) -> str:
    return ("TRUE" if body["answer"] else "FALSE") + _why(body)


def _match(body: Body) -> str:
    pairs = "".join(f"\n  ={_text(pair['left'])} -> {_text(pair['right'])}" for pair in body["pairs"])
    return pairs + _why(body)


def _number(body: Body) -> str:
    return f"#{neat(body['answer'])}:{neat(body.get('tolerance', 0))}{_why(body)}"


def _short_text(body: Body) -> str:
    return "".join(f"\n  ={_text(word)}" for word in body["accept"]) + _why(body)


_KINDS: Final[Mapping[ItemKind, Callable[[Body], str]]] = {
    ItemKind.SINGLE: _single,
    ItemKind.MULTIPLE: _multiple,
    ItemKind.TRUE_FALSE: _true_false,
    ItemKind.MATCH: _match,
    ItemKind.NUMBER: _number,
    ItemKind.SHORT_TEXT: _short_text,
    ItemKind.WRITTEN: _why,
}
