"""Explain an answer: what was given, what is right, and the reason of every option."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from coach.content.kinds import ItemKind
from coach.items.marking import is_whole, mark
from coach.items.questions import NOT_QUITE, PARTLY, RIGHT, Explanation, MarkedChoice, MarkedLine
from coach.words import LANGUAGES, Message, Text

_CHOICES: Final = frozenset({ItemKind.SINGLE, ItemKind.MULTIPLE})
Body = Mapping[str, Any]
Answer = Mapping[str, Any]


def explain(kind: str, body: Body, answer: Answer, order: Sequence[str]) -> Explanation:
    """Explain an answer; `order` lists the ids of the options as they were shown."""
    score = mark(kind, body, answer)
    verdict = RIGHT if is_whole(score) else PARTLY if score > 0 else NOT_QUITE
    stem = Text(**body["stem"])
    if kind in _CHOICES:
        options = _marked(body, order)
        if kind == ItemKind.SINGLE:
            return _of_one(score, verdict, stem, options, answer["choice"])
        return _of_several(score, verdict, stem, options, tuple(answer["choices"]))
    why = Text(**body["why"])
    if kind == ItemKind.TRUE_FALSE:
        options = _true_or_false(right=body["answer"])
        return Explanation(score, verdict, stem, options, (str(answer.get("value")).lower(),), why=why)
    return Explanation(score, verdict, stem, lines=_lines(ItemKind(kind), body, answer, is_right=score > 0), why=why)


def _of_one(score: float, verdict: Message, stem: Text, options: tuple[MarkedChoice, ...], chosen: str) -> Explanation:
    picked = next(option for option in options if option.id == chosen)
    right = next(option for option in options if option.right)
    rest = _reasons(option for option in options if option not in (picked, right))
    return Explanation(
        score,
        verdict,
        stem,
        options,
        (chosen,),
        why=picked.why,
        right_why=None if picked == right else right.why,
        others=rest,
    )


def _of_several(
    score: float, verdict: Message, stem: Text, options: tuple[MarkedChoice, ...], chosen: tuple[str, ...]
) -> Explanation:
    told = _reasons(option for option in options if option.id in chosen or option.right)
    rest = _reasons(option for option in options if not (option.id in chosen or option.right))
    return Explanation(score, verdict, stem, options, chosen, reasons=told, others=rest)


def _reasons(options: Iterable[MarkedChoice]) -> tuple[tuple[Text | Message, Text], ...]:
    return tuple((option.text, option.why) for option in options if option.why)


def _marked(body: Body, order: Sequence[str]) -> tuple[MarkedChoice, ...]:
    options = {option["id"]: option for option in body["options"]}
    return tuple(
        MarkedChoice(name, Text(**options[name]["text"]), options[name]["right"], Text(**options[name]["why"]))
        for name in order
    )


def _true_or_false(*, right: bool) -> tuple[MarkedChoice, ...]:
    return (MarkedChoice("true", Message("True"), right), MarkedChoice("false", Message("False"), not right))


def _lines(kind: ItemKind, body: Body, answer: Answer, *, is_right: bool) -> tuple[MarkedLine, ...]:
    if kind == ItemKind.ORDER:
        return tuple(_placed(entry, place, answer["order"]) for place, entry in enumerate(body["sequence"]))
    if kind == ItemKind.MATCH:
        rights = {pair["id"]: Text(**pair["right"]) for pair in body["pairs"]}
        return tuple(_paired(pair, rights, answer["pairs"]) for pair in body["pairs"])
    if kind == ItemKind.NUMBER:
        unit = body.get("unit") or {"en": "", "ko": ""}
        return (MarkedLine(None, _number(answer["number"], unit), _number(body["answer"], unit), is_right),)
    accepted = Text(en=body["accept"]["en"][0], ko=body["accept"]["ko"][0])
    return (MarkedLine(None, Text.same(answer["text"]), accepted, is_right),)


def _placed(entry: Body, place: int, given: Sequence[str]) -> MarkedLine:
    where = given.index(entry["id"]) if entry["id"] in given else -1
    said = Message("You gave it place %(place)s", place=where + 1)
    return MarkedLine(Text(**entry["text"]), said, Message("Place %(place)s", place=place + 1), where == place)


def _paired(pair: Body, rights: Mapping[str, Text], given: Mapping[str, str]) -> MarkedLine:
    chosen = given.get(pair["id"], "")
    said = Message("You chose: %(answer)s", answer=rights[chosen])
    return MarkedLine(Text(**pair["left"]), said, rights[pair["id"]], chosen == pair["id"])


def _number(value: float, unit: Mapping[str, str]) -> Text:
    return Text(*(_with_unit(f"{value:,.10g}", unit[code]) for code in LANGUAGES))


def _with_unit(number: str, unit: str) -> str:
    return number + unit if unit in ("", "%") else f"{number} {unit}"
