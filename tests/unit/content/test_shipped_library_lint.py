"""The library that ships teaches every step, and its questions give nothing away."""

from __future__ import annotations

from collections import Counter
from math import sqrt
from pathlib import Path

import pytest
from scipy import stats

from coach.content.items import SingleItem, TrueFalseItem
from coach.content.kinds import EVERY_ROLE, ItemUse
from coach.content.library import Library, read_library
from coach.content.quality import reading_problems
from coach.content.spec import Lang
from coach.publishing.folder import read_folder

CONTENT = Path(__file__).parents[3] / "content"
STEPS = ((1, 2), (2, 3), (3, 4))
RARE = 0.05  # a library that gives nothing away would look worse than the bound so often at most


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(read_folder(CONTENT))


@pytest.fixture(scope="module")
def singles(library: Library) -> list[SingleItem]:
    return [item for item in library.items.values() if isinstance(item, SingleItem)]


def test_it_is_as_large_as_promised(library: Library) -> None:
    assert len(library.modules) >= 20
    assert len(list(library.lessons())) >= 60
    assert len(library.items) >= 360
    assert len(library.scenarios) >= 20
    assert set(library.rubrics) == {skill.id for skill in library.framework.skills}
    assert set(library.paths) == {role.id for role in library.framework.roles}


def test_every_skill_has_a_lesson_for_each_step(library: Library) -> None:
    taught = {(lesson.skill, lesson.from_level, lesson.to_level) for lesson in library.lessons()}
    assert [
        (skill.id, step) for skill in library.framework.skills for step in STEPS if (skill.id, *step) not in taught
    ] == []


def test_every_skill_has_twelve_check_items_over_its_three_steps(library: Library) -> None:
    found = Counter((item.skill, item.step) for item in library.items.values() if item.use is ItemUse.CHECK)
    for skill in library.framework.skills:
        by_step = [found[skill.id, step] for _, step in STEPS]
        assert sum(by_step) >= 12, skill.id
        assert min(by_step) >= 2, skill.id


def test_every_lesson_asks_two_questions_that_are_its_own(library: Library) -> None:
    asked = Counter(name for lesson in library.lessons() for name in set(library.questions_of(lesson.id)))
    assert set(asked.values()) == {1}
    assert min(len(set(library.questions_of(lesson.id))) for lesson in library.lessons()) >= 2


def test_both_languages_say_as_much_and_no_key_is_given_away_by_place_or_length(library: Library) -> None:
    assert [str(problem) for problem in reading_problems(library)] == []


def test_keys_stand_at_each_position_about_equally_often(singles: list[SingleItem]) -> None:
    """Pearson's chi-square against equal shares, by the number of options."""
    for size in {len(item.options) for item in singles}:
        keys = Counter(_key(item) for item in singles if len(item.options) == size)
        assert stats.chisquare([keys[at] for at in range(size)]).pvalue > RARE, keys


def test_true_and_false_are_right_about_equally_often(library: Library) -> None:
    answers = [item.answer for item in library.items.values() if isinstance(item, TrueFalseItem)]
    assert stats.binomtest(sum(answers), len(answers), 0.5).pvalue > RARE


@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("sign", [1, -1], ids=["longest", "shortest"])
def test_the_key_stands_out_by_its_length_no_more_often_than_by_chance(
    singles: list[SingleItem], lang: Lang, sign: int
) -> None:
    """Compare with the normal bound on a sum of chances of one in k, one-sided at 5 %."""
    chances = [1 / len(item.options) for item in singles]
    bound = sum(chances) + stats.norm.ppf(1 - RARE) * sqrt(sum(each * (1 - each) for each in chances))
    assert sum(_stands_out(item, lang, sign) for item in singles) <= bound


def test_a_role_takes_the_module_of_every_skill_it_is_to_reach(library: Library) -> None:
    taken = {
        (role, lesson.skill) for module in library.modules for role in module.roles for lesson in module.lessons
    }  # fmt: skip
    missing = [
        (role.id, target.skill)
        for role in library.framework.roles
        for target in role.targets
        if not {(role.id, target.skill), (EVERY_ROLE, target.skill)} & taken
    ]
    assert missing == []


def _key(item: SingleItem) -> int:
    return next(at for at, option in enumerate(item.options) if option.right)


def _stands_out(item: SingleItem, lang: Lang, sign: int) -> bool:
    lengths = [sign * len(option.text.of(lang)) for option in item.options]
    key = lengths.pop(_key(item))
    return key > max(lengths)
