"""New files to begin from: a lesson in both languages, a question, a module, each with its ids filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from coach.content.kinds import EVERY_ROLE, ItemUse
from coach.content.reading import Reading
from coach.errors import Invalid
from coach.publishing.appending import with_entries, with_items, yaml_of
from coach.words import Message

CHECK_ITEMS: Final = 6
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class LessonWanted:
    """Say which lesson to begin: the module by its folder, its file name, the skill and the level it leads to."""

    module: str
    slug: str
    skill: str
    to_level: int
    minutes: int = 8


def new_lesson(reading: Reading, wanted: LessonWanted) -> Texts:
    """Begin a lesson: its entry in module.yml, its text in both languages, and two questions of its own."""
    _check(wanted.slug)
    folder = f"modules/{wanted.module}"
    prefix = item_prefix(reading, wanted.skill)
    asked = [f"{prefix}-{wanted.slug}-{nth}" for nth in (1, 2)]
    number = len([path for path in reading.sources if path.startswith(f"{folder}/lessons/")]) // 2 + 1
    name = f"{folder}/lessons/{number:02}-{wanted.slug}"
    bank, entry = f"items/{wanted.skill}.yml", _lesson_entry(reading, wanted, f"{prefix}-{wanted.slug}")
    items = [_item(each, wanted.to_level) for each in asked]
    module = reading.sources.get(f"{folder}/module.yml")
    return {
        f"{folder}/module.yml": with_entries(module, "lessons", [entry]) if module else _module(wanted.module, entry),
        f"{name}.en.md": _ENGLISH.format(first=asked[0], second=asked[1]),
        f"{name}.ko.md": _KOREAN.format(first=asked[0], second=asked[1]),
        bank: with_items(reading.sources.get(bank), wanted.skill, items),
    }


def new_item(reading: Reading, skill: str, step: int) -> Texts:
    """Begin a check question of a skill."""
    stem = f"{item_prefix(reading, skill)}-new"
    name = next(f"{stem}-{nth}" for nth in range(1, len(reading.items) + 2) if f"{stem}-{nth}" not in reading.items)
    bank = f"items/{skill}.yml"
    return {bank: with_items(reading.sources.get(bank), skill, [_item(name, step, use=ItemUse.CHECK)])}


def item_prefix(reading: Reading, skill: str) -> str:
    """Give the two letters with which the ids of a skill's items begin."""
    found = next((name for name, item in reading.items.items() if item.skill == skill and "-" in name), None)
    words = skill.split("-")
    return found.split("-")[0] if found else "".join(word[0] for word in words[:2]) if words[1:] else skill[:2]


def _check(slug: str) -> None:
    if not _SLUG.fullmatch(slug) or len(slug) > 60:
        raise Invalid(
            Message("Use lower-case letters, digits and single hyphens, such as ask-why-first."), field="slug"
        )


def _lesson_entry(reading: Reading, wanted: LessonWanted, name: str) -> Mapping[str, Any]:
    return {
        "id": name,
        "slug": wanted.slug,
        "skill": wanted.skill,
        "from_level": wanted.to_level - 1,
        "to_level": wanted.to_level,
        "minutes": wanted.minutes,
        "check": {"id": f"{name}-check", "items": list(_check_items(reading, wanted))},
    }


def _check_items(reading: Reading, wanted: LessonWanted) -> Iterator[str]:
    """Take check items of the skill, those of the lesson's own step first."""
    fit = [item for item in reading.items.values() if item.skill == wanted.skill and item.use == ItemUse.CHECK]
    fit = [item for item in fit if abs(item.step - wanted.to_level) <= 1]
    yield from (item.id for item in sorted(fit, key=lambda item: item.step != wanted.to_level)[:CHECK_ITEMS])


def _module(slug: str, entry: Mapping[str, Any]) -> str:
    _check(slug)
    title = slug.replace("-", " ").capitalize()
    head = f"id: {slug}\ntitle: {{en: {title}, ko: {title}}}\nsummary:\n"
    words = '  en: "What this module is about."\n  ko: "이 모듈에서 배우는 것을 써 주세요."\n'
    lessons = "".join(f"  {line}" for line in yaml_of(entry).splitlines(keepends=True))
    return f"{head}{words}roles: [{EVERY_ROLE}]\nlessons:\n{lessons}"


def _item(name: str, step: int, *, use: ItemUse = ItemUse.LESSON) -> Mapping[str, Any]:
    options = [_option(letter, right=letter == "b") for letter in "abcd"]
    stem = {"en": "What do you say?", "ko": "뭐라고 할까요?"}
    return {"id": name, "use": str(use), "step": step, "kind": "single", "stem": stem, "options": options}


def _option(letter: str, *, right: bool) -> Mapping[str, Any]:
    text = {"en": f"Answer {letter}", "ko": f"보기 {letter}"}
    why = {
        "en": "Why somebody would choose this, and what happens then.",
        "ko": "왜 고르게 되는지, 고르면 어떻게 되는지 써 주세요.",
    }
    return {"id": letter, **({"right": True} if right else {}), "text": text, "why": why}


_ENGLISH: Final = """\
---
title: One thing to do
summary: What one can do after this lesson, in one sentence.
---
## Why it matters {{#why}}
A situation that everybody here knows, and what goes wrong in it.

> **Customer:** "What they say."

## The first question {{#first item={first}}}

## A common mistake {{#mistake}}
What many do instead, and what it costs.

## The second question {{#second item={second}}}

## Try it on your next call {{#try task}}
What to do, and how one knows that it worked.
"""

_KOREAN: Final = """\
---
title: 해 볼 한 가지
summary: 이 학습을 마치면 무엇을 할 수 있는지 한 문장으로 써 주세요.
---
## 왜 중요할까요 {{#why}}
누구나 겪어 본 상황과 거기서 어긋나는 점을 써 주세요.

> **고객:** "고객이 하는 말."

## 첫 번째 문제 {{#first item={first}}}

## 흔한 실수 {{#mistake}}
많은 사람이 대신 하는 일과 그 결과를 써 주세요.

## 두 번째 문제 {{#second item={second}}}

## 다음 통화에서 해 보세요 {{#try task}}
무엇을 하고, 잘됐는지 어떻게 아는지 써 주세요.
"""
