"""What only the whole library can tell: names that point at something, ids that are nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from coach.content.documents import Key
from coach.content.kinds import EVERY_ROLE, is_for
from coach.content.lesson_checks import lesson_problems
from coach.content.modules import PathFile
from coach.content.problems import Problem
from coach.content.reading import FRAMEWORK_PATH, Reading, item_places
from coach.content.scenario_checks import scenario_problems
from coach.words import Message


def library_problems(reading: Reading) -> Iterator[Problem]:
    """Find everything wrong between files. What a file alone got wrong is not told again."""
    if FRAMEWORK_PATH not in reading.sources:
        message = Message("The framework is missing. Add framework.yml with levels, skills and roles.")
        yield Problem(FRAMEWORK_PATH, None, message)
    yield from _repeated_ids(reading)
    yield from _framework_problems(reading)
    yield from _rubric_problems(reading)
    yield from _item_file_problems(reading)
    yield from _module_problems(reading)
    yield from lesson_problems(reading)
    yield from _path_problems(reading)
    yield from scenario_problems(reading)
    yield from _scenario_names(reading)


def known_skills(reading: Reading) -> frozenset[str]:
    """List the ids of all skills as they are written."""
    return frozenset(name for _, name in reading.written(FRAMEWORK_PATH, "skills"))


def known_roles(reading: Reading) -> frozenset[str]:
    """List the ids of all roles as they are written."""
    return frozenset(name for _, name in reading.written(FRAMEWORK_PATH, "roles"))


def _repeated_ids(reading: Reading) -> Iterator[Problem]:
    for key in ("skills", "roles"):
        yield from _once(reading, ((FRAMEWORK_PATH, *each) for each in reading.written(FRAMEWORK_PATH, key)))
    yield from _once(reading, item_places(reading))
    modules = reading.modules
    yield from _once(reading, ((path, ("id",), module.id) for path, module in modules.items()))
    lessons = [(path, at, lesson) for path, module in modules.items() for at, lesson in enumerate(module.lessons)]
    yield from _once(reading, ((path, ("lessons", at, "id"), lesson.id) for path, at, lesson in lessons))
    yield from _once(reading, ((path, ("lessons", at, "check", "id"), lesson.check.id) for path, at, lesson in lessons))


def _once(reading: Reading, names: Iterable[tuple[str, tuple[Key, ...], str]]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path, place, name in names:
        if name in seen:
            message = Message("The id “%(name)s” is taken in %(path)s. Choose another.", name=name, path=seen[name])
            yield reading.problem(path, place, message)
        seen.setdefault(name, path)


def _framework_problems(reading: Reading) -> Iterator[Problem]:
    skills = known_skills(reading)
    for at, role in enumerate(reading.framework.roles if reading.framework else ()):
        for nth, target in enumerate(role.targets):
            if target.skill not in skills:
                place = ("roles", at, "targets", nth, "skill")
                yield reading.problem(FRAMEWORK_PATH, place, _no_skill(target.skill))


def _rubric_problems(reading: Reading) -> Iterator[Problem]:
    for path, rubric in reading.rubrics.items():
        yield from _file_of_skill(reading, path, rubric.skill)


def _item_file_problems(reading: Reading) -> Iterator[Problem]:
    for path in reading.below("items/"):
        skill = reading.named(path, "skill")
        if skill is not None:
            yield from _file_of_skill(reading, path, skill)
            yield from _foreign_items(reading, path, skill)
        yield from _one_language(reading, path)


def _foreign_items(reading: Reading, path: str, skill: str) -> Iterator[Problem]:
    for place, name in reading.written(path, "items"):
        item = reading.items.get(name)
        if item is not None and item.origin.path == path and item.skill != skill:
            message = Message("This item belongs to “%(skill)s”. Move it to that skill's file.", skill=item.skill)
            yield reading.problem(path, place, message)


def _one_language(reading: Reading, path: str) -> Iterator[Problem]:
    """Tell questions that say the same in both languages, as an import leaves them."""
    for place, name in reading.written(path, "items"):
        item = reading.items.get(name)
        if item is not None and item.origin.path == path and item.stem.en == item.stem.ko:
            has_korean = any("가" <= letter <= "힣" for letter in item.stem.ko)
            message = (
                Message("The English is missing. Write it.")
                if has_korean
                else Message("The Korean is missing. Write it.")
            )
            yield reading.problem(path, (*place[:-1], "stem"), message)


def _file_of_skill(reading: Reading, path: str, skill: str) -> Iterator[Problem]:
    if PurePosixPath(path).stem != skill:
        message = Message("The file is named after its skill. Name it %(skill)s.yml or correct the skill.", skill=skill)
        yield reading.problem(path, ("skill",), message)
    if skill not in known_skills(reading) and reading.documents.get(FRAMEWORK_PATH):
        yield reading.problem(path, ("skill",), _no_skill(skill))


def _module_problems(reading: Reading) -> Iterator[Problem]:
    skills, roles = known_skills(reading), known_roles(reading) | {EVERY_ROLE}
    if FRAMEWORK_PATH not in reading.documents:
        return
    for path, module in reading.modules.items():
        for at, role in enumerate(module.roles):
            if role not in roles:
                yield reading.problem(path, ("roles", at), _no_role(role))
        for at, lesson in enumerate(module.lessons):
            if lesson.skill not in skills:
                yield reading.problem(path, ("lessons", at, "skill"), _no_skill(lesson.skill))


def _scenario_names(reading: Reading) -> Iterator[Problem]:
    skills, roles = known_skills(reading), known_roles(reading) | {EVERY_ROLE}
    if FRAMEWORK_PATH not in reading.documents:
        return
    for path, scenario in reading.scenarios.items():
        if scenario.skill not in skills:
            yield reading.problem(path, ("skill",), _no_skill(scenario.skill))
        for at, role in enumerate(scenario.roles):
            if role not in roles:
                yield reading.problem(path, ("roles", at), _no_role(role))


def _path_problems(reading: Reading) -> Iterator[Problem]:
    for path, found in reading.paths.items():
        if PurePosixPath(path).stem != found.role:
            message = Message(
                "The file is named after its role. Name it %(role)s.yml or correct the role.", role=found.role
            )
            yield reading.problem(path, ("role",), message)
        if FRAMEWORK_PATH in reading.documents and found.role not in known_roles(reading):
            yield reading.problem(path, ("role",), _no_role(found.role))
        yield from _step_problems(reading, path, found)


def _step_problems(reading: Reading, path: str, found: PathFile) -> Iterator[Problem]:
    files = reading.below("modules/")
    lessons = {name for each in files for _, name in reading.written(each, "lessons")}
    modules = {reading.documents[each].id for each in files}
    taken: set[str] = set()
    for at, step in enumerate(found.steps):
        name = step.lesson or step.module or ""
        if step.lesson and step.lesson not in lessons:
            message = Message("There is no lesson “%(name)s”. Correct its id or add the lesson.", name=step.lesson)
            yield reading.problem(path, ("steps", at, "lesson"), message)
        if step.module and step.module not in modules:
            message = Message("There is no module “%(name)s”. Correct its id or add the module.", name=step.module)
            yield reading.problem(path, ("steps", at, "module"), message)
        if name in taken:
            message = Message("“%(name)s” stands on this path already. Take it out here.", name=name)
            yield reading.problem(path, ("steps", at), message)
        taken.add(name)
    yield from _untaken_steps(reading, path, found)


def _untaken_steps(reading: Reading, path: str, found: PathFile) -> Iterator[Problem]:
    """Tell steps that lead a role into a module which is not for it."""
    owners = {lesson.id: module for module in reading.modules.values() for lesson in module.lessons}
    modules = {module.id: module for module in reading.modules.values()}
    for at, step in enumerate(found.steps):
        module = owners.get(step.lesson) if step.lesson else modules.get(step.module or "")
        if module is not None and not is_for(found.role, module.roles):
            message = Message(
                "The module “%(name)s” is not for the role “%(role)s”. Add the role there or take the step out.",
                name=module.id,
                role=found.role,
            )
            yield reading.problem(path, ("steps", at), message)


def _no_skill(skill: str) -> Message:
    return Message("There is no skill “%(name)s” in framework.yml. Correct its id or add the skill.", name=skill)


def _no_role(role: str) -> Message:
    return Message("There is no role “%(name)s” in framework.yml. Correct its id or add the role.", name=role)
