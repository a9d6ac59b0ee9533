"""A small library that can be edited: which lessons stand where, and how often each was written anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tests.unit.content.small_library import GOOD, ITEMS, LESSON_EN, LESSON_KO, MODULE

LESSONS = ("ne-a", "ne-b", "ne-c", "ne-d")
MODULES = ("one", "two", "three")
_HEAD, _LESSON = MODULE.split("  - id: ne-trade-once\n")
_TAUGHT = ITEMS.split("items:\n")[1].split("\n\n")[0]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Hold the place of each lesson that is there, in order, and the wording of lessons and of the check's items."""

    places: tuple[tuple[str, str], ...] = (("one", "ne-a"), ("one", "ne-b"), ("two", "ne-c"), ("two", "ne-d"))
    wordings: tuple[int, ...] = (0, 0, 0, 0)
    items: int = 0

    def rename(self, n: int) -> Shelf:
        """Write a lesson anew, its title too."""
        return replace(self, wordings=tuple(w + 1 if at == n else w for at, w in enumerate(self.wordings)))

    def reword(self) -> Shelf:
        """Write the questions anew."""
        return replace(self, items=self.items + 1)

    def turn(self) -> Shelf:
        """Turn the order of all lessons round."""
        return replace(self, places=self.places[::-1])

    def move(self, n: int, module: str) -> Shelf:
        """Put a lesson at the end of a module, from another one or from nowhere."""
        others = tuple(place for place in self.places if place[1] != LESSONS[n])
        return replace(self, places=(*others, (module, LESSONS[n])))

    def remove(self, n: int) -> Shelf:
        """Take a lesson out, unless it is the last one."""
        others = tuple(place for place in self.places if place[1] != LESSONS[n])
        return replace(self, places=others or self.places)

    def sources(self) -> Mapping[str, str]:
        """Write the files."""
        found = {path: text for path, text in GOOD.items() if not path.startswith(("modules/", "paths/"))}
        found["items/negotiate.yml"] = self._items()
        for module in MODULES:
            lessons = [lesson for place, lesson in self.places if place == module]
            if lessons:
                found |= self._module(module, lessons)
        steps = "".join(f"  - {{week: {n + 1}, lesson: {name}}}\n" for n, (_, name) in enumerate(self.places))
        found["paths/account-manager.yml"] = f"role: account-manager\nsteps:\n{steps}"
        return found

    def _items(self) -> str:
        taught = "\n".join(re.sub(r"id: (ne-\w+)", rf"id: \1-{name}", _TAUGHT) for name in LESSONS)
        return ITEMS.replace("Which ones?", f"Which ones ({self.items})?") + taught.replace("first?", f"{self.items}?")

    def _module(self, module: str, lessons: list[str]) -> dict[str, str]:
        head = _HEAD.replace("id: trade", f"id: {module}")
        entries = [f"  - id: {name}\n" + _LESSON.replace("trade-once", name) for name in lessons]
        found = {f"modules/{module}/module.yml": head + "".join(entries).replace("ne-ne-", "ne-")}
        for n, name in enumerate(lessons):
            times = self.wordings[LESSONS.index(name)]
            for lang, text in (("en", LESSON_EN), ("ko", LESSON_KO)):
                told = re.sub(r"(title: .*)", rf"\1 {times}", text)
                told = re.sub(r"item=(ne-\w+)", rf"item=\1-{name}", told)
                found[f"modules/{module}/lessons/{n + 1:02}-{name}.{lang}.md"] = told
        return found
