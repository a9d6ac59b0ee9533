"""Tasks to practise stand in the item files, and nowhere else than in practice."""

from __future__ import annotations

from pathlib import Path

import pytest

import config
from coach.content.items import RecordedItem, WrittenItem
from coach.content.kinds import ItemUse
from coach.content.library import read_library
from coach.content.problems import ContentErrors
from coach.publishing.folder import read_folder

ITEMS = "items/negotiate.yml"
TASK = """\
  - id: ne-p-mail
    use: practice
    step: 3
    kind: written
    title: {en: The mail, ko: 메일}
    stem: {en: Write the mail., ko: 메일을 써요.}
    minutes: 10
    guide:
      - {en: Asks why., ko: 까닭을 물어요.}
      - {en: Stops at the limit., ko: 한도에서 멈춰요.}
"""
SPOKEN = TASK.replace("kind: written", "kind: recorded").replace("minutes: 10", "seconds: 60")


def test_a_task_is_read_with_its_limit_and_its_guide(sources: dict[str, str]) -> None:
    task = read_library({**sources, ITEMS: sources[ITEMS] + TASK}).items["ne-p-mail"]
    assert isinstance(task, WrittenItem)
    assert (task.use, task.minutes, [line.en for line in task.guide]) == (
        ItemUse.PRACTICE, 10, ["Asks why.", "Stops at the limit."],
    )  # fmt: skip
    spoken = read_library({**sources, ITEMS: sources[ITEMS] + SPOKEN}).items["ne-p-mail"]
    assert isinstance(spoken, RecordedItem)
    assert spoken.seconds == 60


@pytest.mark.parametrize(
    ("task", "says"),
    [
        (TASK.replace("use: practice", "use: check"), "Write one of: practice"),
        (TASK.replace("use: practice", "use: lesson"), "Write one of: practice"),
        (TASK.replace("minutes: 10", "minutes: 90"), "“minutes” must be 60 or less"),
        (SPOKEN.replace("seconds: 60", "seconds: 10"), "“seconds” must be 20 or more"),
        (TASK.replace("minutes: 10", "seconds: 60"), "“minutes” is missing"),
        (TASK.replace("    title: {en: The mail, ko: 메일}\n", ""), "“title” is missing"),
        (TASK[: TASK.index("      - {en: Stops")], "“guide” needs at least 2 entries"),
    ],
)
def test_a_task_with_a_mistake_is_told(sources: dict[str, str], task: str, says: str) -> None:
    with pytest.raises(ContentErrors) as caught:
        read_library({**sources, ITEMS: sources[ITEMS] + task})
    assert any(says in str(problem.message) for problem in caught.value.problems)


def test_a_question_is_not_for_practice(sources: dict[str, str]) -> None:
    changed = sources[ITEMS].replace("use: check", "use: practice", 1)
    with pytest.raises(ContentErrors) as caught:
        read_library({**sources, ITEMS: changed})
    assert any("Write one of: check, lesson" in str(problem.message) for problem in caught.value.problems)


def test_neither_a_lesson_nor_its_check_asks_a_task(sources: dict[str, str]) -> None:
    module = "modules/trade/module.yml"
    asked = {**sources, ITEMS: sources[ITEMS] + TASK, module: sources[module].replace("ne-c-word", "ne-p-mail", 1)}
    with pytest.raises(ContentErrors) as caught:
        read_library(asked)
    assert "use: check" in str(caught.value.problems[0].message)


def test_each_skill_of_the_shipped_library_has_a_task() -> None:
    library = read_library(read_folder(Path(config.HERE) / "content"))
    tasks = [item for item in library.items.values() if item.use is ItemUse.PRACTICE]
    assert {task.skill for task in tasks} == {skill.id for skill in library.framework.skills}
    assert {task.kind for task in tasks} == {"written", "recorded"}
