"""The library: all content files read together, or refused together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from coach.content.checks import library_problems
from coach.content.framework import Framework
from coach.content.items import ItemSpec
from coach.content.lesson_checks import LessonFiles, lessons_with_files
from coach.content.lessons import LessonText
from coach.content.modules import LessonSpec, ModuleSpec, PathFile, PathSpec, WeekSpec
from coach.content.problems import ContentErrors
from coach.content.reading import Reading, read_sources
from coach.content.rubrics import RubricSpec
from coach.content.scenarios import ScenarioSpec
from coach.content.spec import Lang, fingerprint_of


@dataclass(frozen=True, slots=True)
class Library:
    """Hold everything that is in `content/`.

    Rubrics are keyed by skill, items by id, texts by (lesson id, language), paths by role; modules stand in the order
    of their folders, scenarios in that of their files. `sources` are the files as they were, so that an export gives
    them back byte for byte.
    """

    framework: Framework
    rubrics: Mapping[str, RubricSpec]
    modules: tuple[ModuleSpec, ...]
    items: Mapping[str, ItemSpec]
    texts: Mapping[tuple[str, str], LessonText]
    paths: Mapping[str, PathSpec]
    scenarios: tuple[ScenarioSpec, ...]
    sources: Mapping[str, str]

    def lessons(self) -> Iterator[LessonSpec]:
        """Walk through all lessons in the order of modules."""
        for module in self.modules:
            yield from module.lessons

    def text(self, lesson: str, lang: str) -> LessonText:
        """Look up a lesson's text in a language."""
        return self.texts[lesson, lang]

    def questions_of(self, lesson: str) -> tuple[str, ...]:
        """List the ids of the items that a lesson asks, in order."""
        return tuple(part.item_id for part in self.texts[lesson, Lang.EN].questions if part.item_id)


def read_library(sources: Mapping[str, str]) -> Library:
    """Read a library from its files: path below `content/` -> text.

    Raises ContentErrors with every problem of every file, and nothing else.
    """
    reading = read_sources(sources)
    problems = [*reading.problems, *library_problems(reading)]
    if problems or reading.framework is None:
        raise ContentErrors(problems)
    files = {found.lesson.id: found for found in lessons_with_files(reading)}
    modules = tuple(_module(reading, reading.modules[path], files) for path in sorted(reading.modules))
    return Library(
        framework=reading.framework,
        rubrics=MappingProxyType({rubric.skill: rubric for rubric in reading.rubrics.values()}),
        modules=modules,
        items=MappingProxyType(dict(reading.items)),
        texts=MappingProxyType(_texts(reading, files)),
        paths=MappingProxyType({found.role: _path(found, modules) for found in reading.paths.values()}),
        scenarios=tuple(reading.scenarios[path] for path in sorted(reading.scenarios)),
        sources=MappingProxyType(dict(sources)),
    )


def _module(reading: Reading, module: ModuleSpec, files: Mapping[str, LessonFiles]) -> ModuleSpec:
    lessons = tuple(_lesson(reading, lesson, files[lesson.id]) for lesson in module.lessons)
    return module.model_copy(update={"lessons": lessons})


def _lesson(reading: Reading, lesson: LessonSpec, found: LessonFiles) -> LessonSpec:
    texts = [reading.texts[paths[0]].source for paths in found.paths.values()]
    return lesson.placed_at(replace(lesson.origin, fingerprint=fingerprint_of(lesson.origin.source, *texts)))


def _texts(reading: Reading, files: Mapping[str, LessonFiles]) -> dict[tuple[str, str], LessonText]:
    return {
        (lesson, str(lang)): reading.texts[paths[0]]
        for lesson, found in files.items()
        for lang, paths in found.paths.items()
    }


def _path(found: PathFile, modules: tuple[ModuleSpec, ...]) -> PathSpec:
    """Resolve modules to their lessons and gather the weeks; a lesson named twice stays where it comes first."""
    inside = {module.id: tuple(lesson.id for lesson in module.lessons) for module in modules}
    weeks: defaultdict[int, list[str]] = defaultdict(list)
    taken: set[str] = set()
    for step in sorted(found.steps, key=lambda each: each.week):
        lessons = (step.lesson,) if step.lesson else inside[step.module or ""]
        weeks[step.week] += [lesson for lesson in lessons if lesson not in taken]
        taken.update(lessons)
    listed = tuple(WeekSpec(week=week, lessons=tuple(lessons)) for week, lessons in weeks.items() if lessons)
    return PathSpec(role=found.role, weeks=listed, certificate=found.certificate).placed_at(found.origin)
