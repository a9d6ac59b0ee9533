"""Write Moodle XML. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from coach.content.kinds import ItemKind
from coach.integrations.found import Body
from coach.integrations.shaping import neat

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'


def write(questions: Iterable[tuple[str, Body]]) -> str:
    """Write questions in one language under their ids; name in a comment what Moodle XML cannot say."""
    return f"{_HEAD}{''.join(_question(name, body) for name, body in questions)}</quiz>\n"


def _question(name: str, body: Body) -> str:
    kind = ItemKind(body["kind"])
    if kind not in _KINDS:
        return f"  <!-- {name}: no type of question for the kind {kind} -->\n"
    moodle, make = _KINDS[kind]
    return (
        f'  <question type="{moodle}">\n    <name>{_text(name)}</name>\n'
        f'    <questiontext format="plain_text">{_text(body["stem"])}</questiontext>\n'
        f'    <generalfeedback format="plain_text">{_text(body.get("why", ""))}</generalfeedback>\n'
        f"{make(body)}  </question>\n"
    )


def _text(text: str) -> str:
    return f"<text>{escape(text)}</text>"


def _answer(text: str, percent: float, why: str = "", more: str = "") -> str:
    worth = f"{percent:.5f}".rstrip("0").rstrip(".")
    feedback = f'<feedback format="plain_text">{_text(why)}</feedback>'
    return f'    <answer fraction={quoteattr(worth)} format="plain_text">{_text(text)}{feedback}{more}</answer>\n'


def _single(body: Body) -> str:
    options = (_answer(o["text"], 100 if o.get("right") else 0, o.get("why", "")) for o in body["options"])
    return f"    <single>true</single>\n{''.join(options)}"


def _multiple(body: Body) -> str:
    """Share the marks among the right options; a wrong one takes as much as a right one brings."""
    share = 100 / sum(bool(option.get("right")) for option in body["options"])
    options = (_answer(o["text"], share if o.get("right") else -share, o.get("why", "")) for o in body["options"])
    return f"    <single>false</single>\n{''.join(options)}"


def _true_false(body: Body) -> str:
    return "".join(_answer(word, 100 * (body["answer"] == (word == "true"))) for word in ("true", "false"))


def _match(body: Body) -> str:
    return "".join(_pair(pair) for pair in body["pairs"])


def _pair(pair: Mapping[str, Any]) -> str:
    answer = f'<answer format="plain_text">{_text(pair["right"])}</answer>'  # else what looks like a tag is read as one
    return f'    <subquestion format="plain_text">{_text(pair["left"])}{answer}</subquestion>\n'


def _number(body: Body) -> str:
    tolerance = f"<tolerance>{neat(body.get('tolerance', 0))}</tolerance>"
    unit = (
        f"<unit><multiplier>1</multiplier><unit_name>{escape(body['unit'])}</unit_name></unit>"
        if body.get("unit")
        else ""
    )
    units = f"    <units>{unit}</units>\n" if unit else ""
    return _answer(str(neat(body["answer"])), 100, more=tolerance) + units


def _short_text(body: Body) -> str:
    return "    <usecase>0</usecase>\n" + "".join(_answer(word, 100) for word in body["accept"])


def _written(body: Body) -> str:
    return f'    <graderinfo format="plain_text">{_text(chr(10).join(body.get("guide", ())))}</graderinfo>\n'


_KINDS: Final[Mapping[ItemKind, tuple[str, Callable[[Body], str]]]] = {
    ItemKind.SINGLE: ("multichoice", _single),
    ItemKind.MULTIPLE: ("multichoice", _multiple),
    ItemKind.TRUE_FALSE: ("truefalse", _true_false),
    ItemKind.MATCH: ("matching", _match),
    ItemKind.NUMBER: ("numerical", _number),
    ItemKind.SHORT_TEXT: ("shortanswer", _short_text),
    ItemKind.WRITTEN: ("essay", _written),
}
