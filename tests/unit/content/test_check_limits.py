"""A lesson's check may be limited in time and in sittings; what makes no sense is refused at its line."""

from __future__ import annotations

import pytest

from coach.content.library import read_library
from coach.content.problems import ContentErrors

MODULE, END = "modules/trade/module.yml", "ne-c-word]}"


def test_a_check_has_no_limit_unless_one_is_written(sources: dict[str, str]) -> None:
    (lesson,) = read_library(sources).lessons()
    assert (lesson.check.minutes, lesson.check.attempts) == (None, None)


def test_the_limits_of_a_check_are_read(sources: dict[str, str]) -> None:
    sources[MODULE] = sources[MODULE].replace(END, "ne-c-word], minutes: 10, attempts: {most: 2, days: 30}}")
    (lesson,) = read_library(sources).lessons()
    assert lesson.check.minutes == 10
    assert lesson.check.attempts is not None
    assert (lesson.check.attempts.most, lesson.check.attempts.days) == (2, 30)


@pytest.mark.parametrize(
    "limit", ["minutes: 0", "minutes: 121", "minutes: soon", "attempts: {most: 2}", "attempts: {most: 0, days: 30}"]
)
def test_a_limit_that_makes_no_sense_is_refused(limit: str, sources: dict[str, str]) -> None:
    sources[MODULE] = sources[MODULE].replace(END, f"ne-c-word], {limit}}}")
    with pytest.raises(ContentErrors, match=r"modules/trade/module\.yml:12"):
        read_library(sources)


@pytest.mark.parametrize("name", ["skill-negotiate", "before-trade", "after-all"])
def test_a_check_does_not_take_the_name_of_another_kind(name: str, sources: dict[str, str]) -> None:
    sources[MODULE] = sources[MODULE].replace("ne-trade-once-check", name)
    with pytest.raises(ContentErrors, match="Begin this id in another way"):
        read_library(sources)
