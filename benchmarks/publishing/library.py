"""Make a large library out of the real one: the same texts, again and again, with fresh ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, islice
from pathlib import Path

from coach.content.items import ItemSpec
from coach.content.kinds import ItemUse
from coach.content.library import Library
from coach.content.modules import LessonSpec
from coach.content.spec import Lang

A_MODULE = 5  # lessons
FIRST = 8  # modules on each role's path
_ID = re.compile(r"\Aid: \S+")
_ASKED = re.compile(r"(?<=item=)[a-z0-9-]+")


def enlarged(library: Library, *, modules: int, items: int) -> Mapping[str, str]:
    """Give the files of a library with so many modules of five lessons each, and so many items.

    Each lesson keeps questions of its own; what is left to the number of items are check items, shared by copies.
    """
    lessons = list(islice(_copies(library), modules * A_MODULE))
    questions = [(nth, name) for nth, lesson in lessons for name in library.questions_of(lesson.id)]
    checks = [item for item in library.items.values() if item.use is not ItemUse.LESSON]
    copies = (items - len(questions)) // len(checks)  # whole ones
    kept = [(nth, item.id) for nth in range(copies + 1) for item in checks][: items - len(questions)]
    files = {
        path: text for path, text in library.sources.items() if not path.startswith(("items/", "modules/", "paths/"))
    }
    files |= _item_files(library, [*questions, *kept])
    for at in range(modules):
        files |= _module_files(library, at, lessons[at * A_MODULE : (at + 1) * A_MODULE], copies)
    return files | _paths(library)


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write files below a folder."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())


def _copies(library: Library) -> Iterator[tuple[int, LessonSpec]]:
    for nth in count():
        for lesson in library.lessons():
            yield nth, lesson


def _item_files(library: Library, named: Sequence[tuple[int, str]]) -> Mapping[str, str]:
    by_skill: dict[str, list[str]] = {}
    for nth, name in named:
        item = library.items[name]
        by_skill.setdefault(item.skill, []).append(_item(item, nth))
    return {f"items/{skill}.yml": f"skill: {skill}\nitems:\n{''.join(some)}" for skill, some in by_skill.items()}


def _item(item: ItemSpec, nth: int) -> str:
    return f"  - {_ID.sub(f'id: {_fresh(item.id, nth)}', item.origin.source)}\n"


def _fresh(name: str, nth: int) -> str:
    return f"{name}-n{nth}"


def _module_files(
    library: Library, at: int, lessons: Sequence[tuple[int, LessonSpec]], copies: int
) -> Mapping[str, str]:
    folder, files, entries = f"modules/module-{at:04}", {}, []
    for number, (nth, lesson) in enumerate(lessons, 1):
        slug = _fresh(lesson.slug, nth)
        checks = ", ".join(_fresh(name, nth % copies) for name in lesson.check.items)
        entries.append(
            f"  - {{id: {_fresh(lesson.id, nth)}, slug: {slug}, skill: {lesson.skill}, "
            f"from_level: {lesson.from_level}, to_level: {lesson.to_level}, minutes: {lesson.minutes}, "
            f"check: {{id: {_fresh(lesson.check.id, nth)}, items: [{checks}]}}}}\n"
        )
        for lang in Lang:
            text = _ASKED.sub(lambda found: _fresh(found[0], nth), library.text(lesson.id, lang).source)  # noqa: B023
            files[f"{folder}/lessons/{number:02}-{slug}.{lang}.md"] = f"{text.rstrip()} ({nth})\n"
    title = f"title: {{en: Module {at}, ko: 모듈 {at}}}\nsummary: {{en: Many., ko: 많아요.}}"
    head = f"id: module-{at:04}\n{title}\nroles: [all]\n"
    return {f"{folder}/module.yml": f"{head}lessons:\n{''.join(entries)}", **files}


def _paths(library: Library) -> Mapping[str, str]:
    steps = "".join(f"  - {{week: {week}, module: module-{week:04}}}\n" for week in range(1, FIRST + 1))
    return {f"paths/{role.id}.yml": f"role: {role.id}\nsteps:\n{steps}" for role in library.framework.roles}
