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
from coach.publishing.unwritten import ENGLISH, KOREAN, LETTERS, MODULE, option
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
        f"{name}.en.md": ENGLISH.format(first=asked[0], second=asked[1]),
        f"{name}.ko.md": KOREAN.format(first=asked[0], second=asked[1]),
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
    words = "".join(f'  {lang}: "{text}"\n' for lang, text in MODULE.items())
    lessons = "".join(f"  {line}" for line in yaml_of(entry).splitlines(keepends=True))
    return f"{head}{words}roles: [{EVERY_ROLE}]\nlessons:\n{lessons}"


def _item(name: str, step: int, *, use: ItemUse = ItemUse.LESSON) -> Mapping[str, Any]:
    options = [option(letter, right=letter == "b") for letter in LETTERS]
    stem = {"en": "What do you say?", "ko": "뭐라고 할까요?"}
    return {"id": name, "use": str(use), "step": step, "kind": "single", "stem": stem, "options": options}
