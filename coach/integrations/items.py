"""Found questions in the shape of content/items, and published ones in the shape that files of one language have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from coach.content.kinds import ItemUse
from coach.integrations.found import Body, Question

_WORDS: Final = frozenset({"stem", "text", "why", "left", "right", "unit", "title"})
_LISTS: Final = frozenset({"options", "pairs", "sequence"})
_NOT_IN_A_SLUG: Final = re.compile(r"[^a-z0-9]+")
LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True)
class Place:
    """Say where questions go: the skill with the letters its ids begin with, the step, and what they are for."""

    skill: str
    prefix: str
    step: int
    use: ItemUse


def items_of(questions: Sequence[Question], place: Place, taken: Collection[str]) -> list[Mapping[str, Any]]:
    """Give each question an id of its own, its place, and its one text in both languages.

    What a file did not say, as why an option is wrong, stays missing: reading the draft tells it at its line.
    """
    names = _names(questions, place.prefix, taken)
    return [
        {"id": name, "use": str(place.use), "step": place.step, **_plain(_in_both(question.body))}
        for name, question in zip(names, questions, strict=True)
    ]


def lacks_reasons(body: Body) -> bool:
    """Tell a question that has no reason where content wants one."""
    if "options" in body:
        return any("why" not in option for option in body["options"])
    return "guide" not in body if "minutes" in body else "why" not in body


def in_one(kind: str, body: Mapping[str, Any], lang: str) -> Body:
    """Give a published body in one language."""
    return {"kind": kind, **{key: _one(key, value, lang) for key, value in body.items() if value is not None}}


def _names(questions: Sequence[Question], prefix: str, taken: Collection[str]) -> Iterator[str]:
    used = set(taken)
    for question in questions:
        slug = _NOT_IN_A_SLUG.sub("-", question.name.lower()).strip("-")[:LONGEST_NAME].strip("-")
        stem = slug if slug.startswith(f"{prefix}-") else f"{prefix}-{slug or 'brought'}"
        name = next(each for each in _numbered(stem) if each not in used)
        used.add(name)
        yield name


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _in_both(body: Body) -> dict[str, Any]:
    return {key: _both(key, value) for key, value in body.items()}


def _both(key: str, value: Any) -> Any:
    if key in _WORDS and isinstance(value, str):
        return {"en": value, "ko": value}
    if key == "accept":
        return {"en": list(value), "ko": list(value)}
    if key == "guide":
        return [{"en": each, "ko": each} for each in value]
    if key in _LISTS:
        return [_in_both(each) for each in value]
    return value


def _one(key: str, value: Any, lang: str) -> Any:
    if key == "accept":
        return list(value[lang])
    if key == "guide":
        return [each[lang] for each in value]
    if key in _LISTS:
        return [{name: _one(name, inner, lang) for name, inner in each.items()} for each in value]
    return value[lang] if key in _WORDS and isinstance(value, Mapping) else value


def _plain(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, str) else value for key, value in item.items()}
