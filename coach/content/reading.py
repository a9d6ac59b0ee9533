"""Each file read by itself: what it holds goes into a `Reading`, what is wrong with it too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Final, TypeVar

from pydantic import Field, ValidationError

from coach.content.at_once import MANY, lessons_ahead, without_collecting
from coach.content.complaints import problems_of
from coach.content.documents import ODD_CHARACTER, Document, Key, read_document
from coach.content.framework import Framework
from coach.content.items import ItemSpec, validate_item
from coach.content.lessons import LessonText
from coach.content.modules import ModuleSpec, PathFile
from coach.content.problems import Problem
from coach.content.rubrics import RubricSpec
from coach.content.scenarios import ScenarioSpec
from coach.content.spec import Origin, Slug, Sourced, fingerprint_of
from coach.words import Message

FRAMEWORK_PATH: Final = "framework.yml"

Model = TypeVar("Model", bound=Sourced)


@dataclass(slots=True)
class Reading:
    """Collect what files hold, by path, while a library is read; a file that cannot be used is in `problems` alone."""

    sources: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    framework: Framework | None = None
    rubrics: dict[str, RubricSpec] = field(default_factory=dict)
    modules: dict[str, ModuleSpec] = field(default_factory=dict)
    items: dict[str, ItemSpec] = field(default_factory=dict)
    texts: dict[str, LessonText] = field(default_factory=dict)
    paths: dict[str, PathFile] = field(default_factory=dict)
    scenarios: dict[str, ScenarioSpec] = field(default_factory=dict)

    def problem(self, path: str, place: tuple[Key, ...], message: Message) -> Problem:
        """Make a problem at a place in a YAML file."""
        return Problem(path, self.documents[path].line(*place), message)

    def written(self, path: str, key: str) -> list[tuple[tuple[Key, ...], str]]:
        """List the ids below a list of a file, those of entries that cannot be used too, each with its place."""
        document = self.documents.get(path)
        entries = document.value.get(key) if document and isinstance(document.value, dict) else None
        if not isinstance(entries, list):
            return []
        named = ((at, entry.get("id")) for at, entry in enumerate(entries) if isinstance(entry, dict))
        return [((key, at, "id"), name) for at, name in named if isinstance(name, str)]

    def named(self, path: str, key: str) -> str | None:
        """Read a word at the head of a file as it is written, though the rest may not be usable."""
        document = self.documents.get(path)
        found = document.value.get(key) if document and isinstance(document.value, dict) else None
        return found if isinstance(found, str) else None

    def below(self, folder: str) -> list[str]:
        """List the paths of the YAML files in a folder that could be read as YAML."""
        return [path for path in self.documents if path.startswith(folder)]


Reader = Callable[[Reading, str, str], None]


def read_sources(sources: Mapping[str, str], *, many: int = MANY) -> Reading:
    """Read every file by itself; so many lesson texts or more are read by several processes."""
    reading = Reading(sources)
    fit = {path: sources[path] for path in sorted(sources) if _is_plain(reading, path)}
    lessons = {path: text for path, text in fit.items() if _LESSON.fullmatch(path)}
    with without_collecting(), lessons_ahead(lessons, many=many) as ahead:
        for path, text in fit.items():
            if path not in lessons:
                reader = next((read for pattern, read in _READERS if pattern.fullmatch(path)), _unknown)
                reader(reading, path, text)
        for path, (lesson, problems) in zip(lessons, ahead.results(), strict=True):
            reading.problems += problems
            if lesson:
                reading.texts[path] = lesson
    return reading


def _is_plain(reading: Reading, path: str) -> bool:
    text = reading.sources[path]
    odd = ODD_CHARACTER.search(text)
    if odd is not None:
        line = text.count("\n", 0, odd.start()) + 1
        message = Message("Save this file as plain UTF-8 with LF line ends, without control characters.")
        reading.problems.append(Problem(path, line, message))
    return odd is None


def _unknown(reading: Reading, path: str, _text: str) -> None:
    message = Message("No content file has this name or place. Rename it, move it or take it out.")
    reading.problems.append(Problem(path, None, message))


def _document(reading: Reading, path: str, text: str) -> Document | None:
    document, problems = read_document(path, text)
    reading.problems += problems
    if document is not None:
        reading.documents[path] = document
    return document


def _whole(reading: Reading, model: type[Model], document: Document) -> Model | None:
    try:
        found = model.model_validate(document.value)
    except ValidationError as error:
        reading.problems += problems_of(error, document)
        return None
    whole = Origin(document.path, document.line(), document.text, fingerprint_of(document.text))
    return found.placed_at(whole)


def _placed(document: Document, key: str, entries: tuple[Model, ...]) -> tuple[Model, ...]:
    return tuple(entry.placed_at(document.origin(key, at)) for at, entry in enumerate(entries))


def _read_framework(reading: Reading, path: str, text: str) -> None:
    document = _document(reading, path, text)
    framework = _whole(reading, Framework, document) if document else None
    if document and framework:
        skills = _placed(document, "skills", framework.skills)
        roles = _placed(document, "roles", framework.roles)
        reading.framework = framework.model_copy(update={"skills": skills, "roles": roles})


def _keeping(model: type[Model], held: Callable[[Reading], dict[str, Model]]) -> Reader:
    """Read a file that is one thing as a whole, and keep it by its path."""

    def read(reading: Reading, path: str, text: str) -> None:
        document = _document(reading, path, text)
        found = _whole(reading, model, document) if document else None
        if found:
            held(reading)[path] = found

    return read


def _read_module(reading: Reading, path: str, text: str) -> None:
    document = _document(reading, path, text)
    module = _whole(reading, ModuleSpec, document) if document else None
    if document and module:
        lessons = _placed(document, "lessons", module.lessons)
        reading.modules[path] = module.model_copy(update={"lessons": lessons})


class _ItemFile(Sourced):
    skill: Slug
    items: Annotated[tuple[Any, ...], Field(min_length=1)]


def _read_items(reading: Reading, path: str, text: str) -> None:
    document = _document(reading, path, text)
    found = _whole(reading, _ItemFile, document) if document else None
    if document and found:
        for at, value in enumerate(found.items):
            _read_item(reading, document, at, found.skill, value)


def _read_item(reading: Reading, document: Document, at: int, skill: str, value: Any) -> None:
    place = ("items", at)
    try:
        item = validate_item({"skill": skill, **value} if isinstance(value, dict) else value)
    except ValidationError as error:
        reading.problems += problems_of(error, document, place)
        return
    origin = document.origin(*place)
    whole = replace(origin, fingerprint=fingerprint_of(item.skill, origin.source))
    reading.items.setdefault(item.id, item.placed_at(whole))


_LESSON: Final = re.compile(r"modules/[a-z0-9-]+/lessons/[0-9]{2}-[a-z0-9-]+\.(en|ko)\.md")
_READERS: Final[tuple[tuple[re.Pattern[str], Reader], ...]] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"framework\.yml", _read_framework),
        (r"rubrics/[a-z0-9-]+\.yml", _keeping(RubricSpec, lambda reading: reading.rubrics)),
        (r"items/[a-z0-9-]+\.yml", _read_items),
        (r"modules/[a-z0-9-]+/module\.yml", _read_module),
        (r"paths/[a-z0-9-]+\.yml", _keeping(PathFile, lambda reading: reading.paths)),
        (r"scenarios/[a-z0-9-]+\.yml", _keeping(ScenarioSpec, lambda reading: reading.scenarios)),
    )
)


def item_places(reading: Reading) -> Iterator[tuple[str, tuple[Key, ...], str]]:
    """List every item id as it is written, with its file and place."""
    for path in reading.below("items/"):
        for place, name in reading.written(path, "items"):
            yield path, place, name
