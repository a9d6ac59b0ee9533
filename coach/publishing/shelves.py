"""The library's files as an editor looks for them: by module, by skill, by role, by a part of the path."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from coach.content.kinds import EVERY_ROLE
from coach.content.reading import FRAMEWORK_PATH, Reading
from coach.words import Message, Text

Title = Text | Message | str


@dataclass(frozen=True, slots=True)
class FileRow:
    """Hold one file: its path, and what it is called."""

    path: str
    title: Title
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Hold files that belong together, with the skills they teach and the roles they are for (none: all)."""

    title: Title
    files: tuple[FileRow, ...]
    skills: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()


def shelves(reading: Reading, *, text: str = "", skill: str = "", role: str = "") -> list[tuple[Message, list[Shelf]]]:
    """Put every file on its shelf, the shelves under a title each; only those that fit what was asked for."""
    found = (
        (Message("Modules"), _modules(reading)),
        (Message("Questions and rubrics"), _skills(reading)),
        (Message("Framework, paths and conversations"), [_rest(reading)]),
    )
    named = [
        (title, [_narrowed(each, text.lower()) for each in row if _fits(each, skill, role)]) for title, row in found
    ]
    return [
        (title, [shelf for shelf in row if shelf.files]) for title, row in named if any(shelf.files for shelf in row)
    ]


def title_of(reading: Reading, path: str) -> Title:
    """Name a file by what stands in it, else by its path."""
    text, module = reading.texts.get(path), reading.modules.get(path)
    if text is not None:
        return text.title
    if module is not None:
        return module.title
    return path


def _fits(shelf: Shelf, skill: str, role: str) -> bool:
    return (not skill or skill in shelf.skills) and (not role or role in shelf.roles or EVERY_ROLE in shelf.roles)


def _narrowed(shelf: Shelf, text: str) -> Shelf:
    return Shelf(shelf.title, _with(shelf.files, text), shelf.skills, shelf.roles)


def _with(files: tuple[FileRow, ...], text: str) -> tuple[FileRow, ...]:
    return tuple(
        file for file in files if text in file.path or (isinstance(file.title, str) and text in file.title.lower())
    )


def _modules(reading: Reading) -> list[Shelf]:
    found: defaultdict[str, list[FileRow]] = defaultdict(list)
    for path in sorted(reading.sources):
        if path.startswith("modules/"):
            row = _lesson(reading, path) if path.endswith(".md") else FileRow(path, Message("Module"))
            found[path.split("/")[1]].append(row)
    return [_module(reading, folder, files) for folder, files in found.items()]


def _module(reading: Reading, folder: str, files: list[FileRow]) -> Shelf:
    module = reading.modules.get(f"modules/{folder}/module.yml")
    files = sorted(files, key=lambda row: row.path.endswith(".md"))
    if module is None:
        return Shelf(folder, tuple(files))
    skills = frozenset(lesson.skill for lesson in module.lessons)
    return Shelf(module.title, tuple(files), skills, frozenset(module.roles))


def _lesson(reading: Reading, path: str) -> FileRow:
    return FileRow(path, title_of(reading, path), path.rsplit(".", 2)[1])


def _skills(reading: Reading) -> list[Shelf]:
    skills = reading.framework.skills if reading.framework else ()
    roles: defaultdict[str, set[str]] = defaultdict(set)
    for role in reading.framework.roles if reading.framework else ():
        for target in role.targets:
            roles[target.skill].add(role.id)
    named = (
        (skill, ((f"items/{skill.id}.yml", Message("Questions")), (f"rubrics/{skill.id}.yml", Message("Rubric"))))
        for skill in skills
    )
    return [
        Shelf(
            skill.name,
            tuple(FileRow(path, title) for path, title in files if path in reading.sources),
            frozenset({skill.id}),
            frozenset(roles[skill.id]),
        )
        for skill, files in named
    ]


def _rest(reading: Reading) -> Shelf:
    """Gather the framework, the paths and what else belongs to no module and no skill."""
    skills = {skill.id for skill in reading.framework.skills} if reading.framework else set()
    of_skills = {f"{kind}/{skill}.yml" for kind in ("items", "rubrics") for skill in skills}
    left = [path for path in sorted(reading.sources) if not path.startswith("modules/") and path not in of_skills]
    rows = (FileRow(path, Message("Framework") if path == FRAMEWORK_PATH else path) for path in left)
    return Shelf(Message("All of them"), tuple(rows))
