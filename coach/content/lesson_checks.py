"""What must agree between a lesson's entry, its two texts and the items it asks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from coach.content.documents import Key
from coach.content.items import ItemSpec
from coach.content.kinds import ItemUse
from coach.content.lessons import LessonText, PartSpec
from coach.content.modules import LessonSpec
from coach.content.problems import Problem
from coach.content.reading import Reading, item_places
from coach.content.spec import Lang
from coach.words import Message

_FILE: Final = re.compile(r"(?P<folder>modules/[^/]+)/lessons/(?P<number>[0-9]{2})-(?P<slug>.+)\.(?P<lang>en|ko)\.md")


@dataclass(frozen=True, slots=True)
class LessonFiles:
    """Bring a lesson's entry together with the paths of its texts."""

    module_path: str
    place: tuple[Key, ...]
    lesson: LessonSpec
    paths: Mapping[Lang, list[str]]


def lessons_with_files(reading: Reading) -> Iterator[LessonFiles]:
    """Pair every lesson of every module with its files by folder and slug."""
    files = _lesson_files(reading)
    for path, module in reading.modules.items():
        folder = path.removesuffix("/module.yml")
        for at, lesson in enumerate(module.lessons):
            paths = {lang: files[folder, lesson.slug, lang] for lang in Lang}
            yield LessonFiles(path, ("lessons", at), lesson, paths)


def lesson_problems(reading: Reading) -> Iterator[Problem]:
    """Find what does not agree in all lessons."""
    written = frozenset(name for _, _, name in item_places(reading))
    asked: dict[str, str] = {}
    for found in lessons_with_files(reading):
        yield from _file_problems(reading, found)
        yield from _check_problems(reading, found, written)
        yield from _language_problems(reading, found)
        for paths in found.paths.values():
            for path in paths:
                if path in reading.texts:
                    yield from _question_problems(reading, found.lesson, reading.texts[path], written)
        yield from _asked_elsewhere(reading, found, asked)
    yield from _files_of_no_lesson(reading)


def _lesson_files(reading: Reading) -> defaultdict[tuple[str, str, str], list[str]]:
    files: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for path in sorted(reading.sources):
        found = _FILE.fullmatch(path)
        if found:
            files[found["folder"], found["slug"], found["lang"]].append(path)
    return files


def _file_problems(reading: Reading, found: LessonFiles) -> Iterator[Problem]:
    for lang, paths in found.paths.items():
        if not paths:
            message = Message(
                "The lesson “%(name)s” has no text. Add lessons/01-%(slug)s.%(lang)s.md.",
                name=found.lesson.id,
                slug=found.lesson.slug,
                lang=str(lang),
            )
            yield reading.problem(found.module_path, found.place, message)
        for path in paths[1:]:
            message = Message("This lesson's text also stands in %(path)s. Keep one of them.", path=paths[0])
            yield Problem(path, None, message)


def _files_of_no_lesson(reading: Reading) -> Iterator[Problem]:
    used = {path for found in lessons_with_files(reading) for paths in found.paths.values() for path in paths}
    for (folder, slug, _), paths in _lesson_files(reading).items():
        module_path = f"{folder}/module.yml"
        unread = module_path in reading.sources and module_path not in reading.modules
        for path in paths:
            if path not in used and not unread:
                message = Message(
                    "No lesson has the slug “%(slug)s”. Add it to module.yml or rename this file.", slug=slug
                )
                yield Problem(path, None, message)


def _check_problems(reading: Reading, found: LessonFiles, written: frozenset[str]) -> Iterator[Problem]:
    lesson = found.lesson
    steps = []
    for at, name in enumerate(lesson.check.items):
        place = (*found.place, "check", "items", at)
        item = reading.items.get(name)
        message = _unknown_item(name, written) if item is None else _unfit_for_check(item, lesson)
        if message is not None:
            yield reading.problem(found.module_path, place, message)
        if item is not None:
            steps.append(item.step)
    if len(steps) == len(lesson.check.items) and 2 * steps.count(lesson.to_level) < len(steps):
        message = Message(
            "Fewer than half of these items lead to level %(level)s. Take more of that step.", level=lesson.to_level
        )
        yield reading.problem(found.module_path, (*found.place, "check", "items"), message)


def _unknown_item(name: str, written: frozenset[str]) -> Message | None:
    if name in written:
        return None  # its own file says what is wrong with it
    return Message("There is no item “%(name)s”. Correct its id or add the item.", name=name)


def _unfit_for_check(item: ItemSpec, lesson: LessonSpec) -> Message | None:
    if item.use is not ItemUse.CHECK:
        return Message("“%(name)s” is not for checks. Take an item with “use: check”.", name=item.id)
    if item.skill != lesson.skill:
        return Message(
            "“%(name)s” asks about another skill, %(skill)s. Take one of this lesson's.", name=item.id, skill=item.skill
        )
    if abs(item.step - lesson.to_level) > 1:
        return Message(
            "“%(name)s” leads to level %(level)s, too far from this lesson's.", name=item.id, level=item.step
        )
    return None


def _question_problems(
    reading: Reading, lesson: LessonSpec, text: LessonText, written: frozenset[str]
) -> Iterator[Problem]:
    seen: set[str] = set()
    for part in text.questions:
        name = part.item_id or ""
        item = reading.items.get(name)
        message = _unknown_item(name, written) if item is None else _unfit_for_lesson(item, lesson)
        if name in seen:
            message = Message("This lesson asks “%(name)s” twice. Ask something else here.", name=name)
        seen.add(name)
        if message is not None:
            yield Problem(text.path, part.line, message)


def _unfit_for_lesson(item: ItemSpec, lesson: LessonSpec) -> Message | None:
    if item.use is not ItemUse.LESSON:
        return Message("“%(name)s” is not for lessons. Ask an item with “use: lesson”.", name=item.id)
    if item.skill != lesson.skill:
        return Message(
            "“%(name)s” asks about another skill, %(skill)s. Ask one of this lesson's.", name=item.id, skill=item.skill
        )
    if item.step != lesson.to_level:
        return Message(
            "“%(name)s” leads to level %(step)s, this lesson to %(level)s. Ask an item of this step.",
            name=item.id,
            step=item.step,
            level=lesson.to_level,
        )
    return None


def _asked_elsewhere(reading: Reading, found: LessonFiles, asked: dict[str, str]) -> Iterator[Problem]:
    """Keep a lesson's questions its own: the first lesson that asks an item has it."""
    for paths in found.paths.values():
        text = reading.texts.get(paths[0]) if paths else None
        for part in text.questions if text else ():
            owner = asked.setdefault(part.item_id or "", found.lesson.id)
            if text and owner != found.lesson.id:
                message = Message("The lesson “%(name)s” asks this item already. Each lesson has its own.", name=owner)
                yield Problem(text.path, part.line, message)


def _language_problems(reading: Reading, found: LessonFiles) -> Iterator[Problem]:
    texts = [reading.texts.get(paths[0]) for paths in found.paths.values() if paths]
    english, korean = texts if len(texts) == len(Lang) else (None, None)
    if english is None or korean is None:
        return
    for one, other in zip_longest(english.parts, korean.parts):
        if _same_part(one, other):
            continue
        if other is None:
            message = Message("The part “%(name)s” is missing at the end. Write it here too.", name=one.id)
            yield Problem(korean.path, None, message)
        elif one is None:
            message = Message(
                "The English text has no part “%(name)s”. Add it there or take this one out.", name=other.id
            )
            yield Problem(korean.path, other.line, message)
        else:
            message = Message(
                "Here the English text has “%(heading)s”. Make the parts the same, in one order.", heading=_heading(one)
            )
            yield Problem(korean.path, other.line, message)
        return


def _same_part(one: PartSpec | None, other: PartSpec | None) -> bool:
    if one is None or other is None:
        return False
    return (one.id, one.kind, one.item_id) == (other.id, other.kind, other.item_id)


def _heading(part: PartSpec) -> str:
    mark = f" item={part.item_id}" if part.item_id else " task" if part.kind == "task" else ""
    return f"{{#{part.id}{mark}}}"
