"""Whatever is wrong is told with its file and line, all of it at once."""

from __future__ import annotations

import pytest

from coach.content.library import read_library
from coach.content.problems import ContentErrors, Problem

EN = "modules/trade/lessons/01-trade-once.en.md"
KO = "modules/trade/lessons/01-trade-once.ko.md"
ITEMS = "items/negotiate.yml"
MODULE = "modules/trade/module.yml"
FRAMEWORK = "framework.yml"
RUBRIC = "rubrics/negotiate.yml"
PATH = "paths/account-manager.yml"


def problems_of(sources: dict[str, str]) -> tuple[Problem, ...]:
    with pytest.raises(ContentErrors) as caught:
        read_library(sources)
    return caught.value.problems


# Each: the file, what is replaced by what, then the line and words of the one problem that follows.
EDITS = [
    # YAML itself
    (RUBRIC, "version: 1\n", "version: 1\nversion: 2\n", 3, "“version” stands here twice"),
    (RUBRIC, "version: 1", "version: [1", 3, "cannot be read as YAML"),
    (RUBRIC, "version: 1", "version: !!int 1", 2, "Tags such as"),
    (RUBRIC, "version: 1", "version: " + "[" * 50 + "]" * 50, 2, "nested too deeply"),
    (RUBRIC, "version: 1", "version: \x07", 2, "plain UTF-8"),
    (RUBRIC, "version: 1\n", "version: 1\r\n", 2, "LF line ends"),
    (RUBRIC, "ko: 기다림", 'ko: "\\0"', 5, "control character"),
    # shape of values
    (RUBRIC, "version: 1", "version: one", 2, "“version” must be a whole number"),
    (RUBRIC, "version: 1", "version: 0", 2, "“version” must be 1 or more"),
    (RUBRIC, "version: 1\n", "", 1, "“version” is missing"),
    (RUBRIC, "version: 1", "version: 1\nauthor: x", 3, "“author” is not known"),
    (RUBRIC, "ko: 기다림", "ko: ", 5, "“name.ko” must be text"),
    (RUBRIC, "ko: 기다림", 'ko: " "', 5, "“name.ko” is empty"),
    (RUBRIC, "name: {en: Waits, ko: 기다림}", "name: Waits", 5, "“name” must be a block"),
    (RUBRIC, "id: waits", "id: Waits", 5, "“id” takes lower-case"),
    (RUBRIC, "id: waits", "id: trades", 3, "“trades” stands here twice"),
    # framework
    (FRAMEWORK, "      4: {en: plans trades., ko: 미리 짜요.}\n", "", 13, "each level"),
    (FRAMEWORK, "4: {en: plans trades., ko: 미리 짜요.}", "4: {en: plans trades.}", 17, "“4.ko” is missing"),
    (FRAMEWORK, "en: Negotiate,", "en: Negotiate with everybody,", 9, "Shorten the English name"),
    (FRAMEWORK, "kind: behaviour", "kind: habit", 10, "“kind” must be 'behaviour' or 'knowledge'"),
    (FRAMEWORK, "skill: negotiate, level: 3", "skill: haggle, level: 3", 25, "no skill “haggle”"),
    (FRAMEWORK, "weight: 4", "weight: 6", 25, "“weight” must be 5 or less"),
    (FRAMEWORK, "- {level: 1,", "- {level: 2,", 2, "four levels in order"),
    # items
    (ITEMS, "right: true, text: {en: OK,", "text: {en: OK,", 8, "exactly one option"),
    (ITEMS, "{id: b, text: {en: No,", "{id: b, right: true, text: {en: No,", 8, "2 are marked"),
    (ITEMS, "{id: b, text: {en: No,", "{id: a, text: {en: No,", 8, "“a” stands here twice"),
    (ITEMS, ", why: {en: Too soon., ko: 일러요.}", "", 10, "“why” is missing"),
    (ITEMS, "answer: true", "answer: yes", 16, "true or false"),
    (ITEMS, "kind: order", "kind: puzzle", 32, "“kind” must be one of these: single"),
    (ITEMS, "    kind: order\n", "", 29, "“kind” is missing"),
    (ITEMS, "answer: 20", "answer: many", 53, "“answer” must be a number"),
    (ITEMS, "answer: 20", "answer: .inf", 53, "must be a number"),
    (ITEMS, "step: 3", "step: 5", 50, "“step” must be 4 or less"),
    (ITEMS, "ko: [교환]", "ko: []", 62, "“accept.ko” needs at least 1"),
    (ITEMS, "right: {en: Fee, ko: 요금}", "right: {en: Amount, ko: 요금}", 44, "“Amount” stands here twice"),
    (ITEMS, "id: ne-c-word\n", "id: ne-c-word\n    skill: close\n", 57, "Move it to that skill's file"),
    # modules
    (MODULE, "roles: [account-manager]", "roles: [pilot]", 4, "no role “pilot”"),
    (MODULE, "roles: [account-manager]", "roles: [all, account-manager]", 4, "[all] by itself"),
    (MODULE, "to_level: 2", "to_level: 3", 6, "one step"),
    (MODULE, "minutes: 8", "minutes: 16", 11, "“minutes” must be 15 or less"),
    (MODULE, "ne-c-number, ne-c-word]", "ne-c-nothing, ne-c-word]", 12, "no item “ne-c-nothing”"),
    (MODULE, "ne-c-number, ne-c-word]", "ne-first, ne-c-word]", 12, "is not for checks"),
    (MODULE, ", ne-c-match, ne-c-number", "", 12, "“items” needs at least 4"),
    (MODULE, "ne-c-number, ne-c-word]", "ne-c-word, ne-c-word]", 12, "“ne-c-word” stands here twice"),
    # lessons
    (EN, "title: Trade once", "title:", 2, "“title” must be text"),
    (EN, "summary: Give", "summary: a: Give", 3, "cannot be read as YAML"),
    (EN, "---\ntitle", "title", 1, "Begin the file with title"),
    (EN, "## Why trade {#why}", "## Why trade", 5, "a title and an id"),
    (EN, "## Why trade {#why}", "## Why trade {#why later}", 5, "“later”"),
    (EN, "## Why trade {#why}", "Hello\n\n## Why trade {#why}", 5, "below a heading"),
    (EN, "Ask for one thing back.\n", "", 17, "“Try it” has no text"),
    (EN, "Think of", "```\nThink of", 15, "never ends"),
    (EN, "Think of **last", "Think of\n**last **week", 16, "stars"),
    (EN, "{#first ", "{#why ", 12, "“why” stands twice"),
    (KO, "{#why}", "{#reason}", 5, "English text has “{#why}”"),
    (KO, "item=ne-first", "item=ne-second", 12, "English text has"),
    (PATH, "module: trade", "module: travel", 3, "no module “travel”"),
    (PATH, "module: trade", "lesson: ne-travel", 3, "no lesson “ne-travel”"),
    (PATH, "module: trade", "module: trade, lesson: ne-trade-once", 3, "either a lesson or a module"),
    (PATH, "module: trade}", "module: trade}\n  - {week: 3, module: trade}", 4, "already"),
    (PATH, "role: account-manager", "role: sdr", 1, "no role “sdr”"),
]


@pytest.mark.parametrize(("path", "old", "new", "line", "words"), EDITS)
def test_a_mistake_is_told_at_its_line(
    sources: dict[str, str], path: str, old: str, new: str, line: int | None, words: str
) -> None:
    assert sources[path].count(old) >= 1
    sources[path] = sources[path].replace(old, new, 1)
    told = [(problem.path, problem.line) for problem in problems_of(sources) if words in str(problem.message)]
    assert told == [(path, line)]


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "words"),
    [
        (
            ITEMS,
            "use: lesson\n    step: 2\n    kind: single",
            "use: check\n    step: 2\n    kind: single",
            12,
            "not for lessons",
        ),
        (ITEMS, "step: 2\n    kind: single", "step: 3\n    kind: single", 12, "leads to level 3"),
        (EN, "item=ne-second", "item=ne-nothing", 14, "no item “ne-nothing”"),
        (EN, "item=ne-second", "item=ne-first", 14, "asks “ne-first” twice"),
    ],
)
def test_a_question_that_does_not_fit_its_lesson_is_told_at_its_part(
    sources: dict[str, str], path: str, old: str, new: str, line: int, words: str
) -> None:
    sources[path] = sources[path].replace(old, new, 1)
    assert (EN, line) in {(each.path, each.line) for each in problems_of(sources) if words in str(each.message)}


def test_a_lesson_needs_parts_questions_and_a_task(sources: dict[str, str]) -> None:
    sources[EN] = sources[EN].split("## What first")[0]
    told = [str(problem.message) for problem in problems_of(sources) if problem.path == EN]
    assert [sentence.split(";")[0] for sentence in told] == [
        "Ask at least 2 questions",
        "Set exactly one task",
        "Write 3 to 8 parts",
    ]


def test_a_lesson_in_one_language_only_is_told_at_its_entry(sources: dict[str, str]) -> None:
    del sources[KO]
    (problem,) = problems_of(sources)
    assert (problem.path, problem.line) == (MODULE, 6)
    assert "trade-once.ko.md" in str(problem.message)


def test_a_part_missing_in_korean_is_told(sources: dict[str, str]) -> None:
    sources[EN] += "\n## One more {#more}\nText.\n"
    assert [(each.path, "“more”" in str(each.message)) for each in problems_of(sources)] == [(KO, True)]


@pytest.mark.parametrize(
    "path", ["notes.txt", "items/readme.md", "modules/trade/lessons/trade.en.md", "rubrics/Close.yml", "items/a/b.yml"]
)
def test_a_file_that_is_no_content_is_named(sources: dict[str, str], path: str) -> None:
    sources[path] = "x"
    (problem,) = problems_of(sources)
    assert (problem.path, problem.line) == (path, None)


def test_a_text_of_no_lesson_is_named(sources: dict[str, str]) -> None:
    path = "modules/trade/lessons/02-gone.en.md"
    sources[path] = sources[EN]
    (problem,) = problems_of(sources)
    assert (problem.path, "“gone”" in str(problem.message)) == (path, True)


def test_a_second_file_for_the_same_text_is_named(sources: dict[str, str]) -> None:
    sources[EN.replace("01-", "02-")] = sources[EN]
    assert [each.path for each in problems_of(sources)] == [EN.replace("01-", "02-")]


def test_a_file_named_after_another_skill_is_told(sources: dict[str, str]) -> None:
    sources["rubrics/close.yml"] = sources.pop(RUBRIC)
    (problem,) = problems_of(sources)
    assert "Name it negotiate.yml" in str(problem.message)


def test_an_id_used_twice_names_the_other_file(sources: dict[str, str]) -> None:
    sources["modules/trade-again/module.yml"] = sources[MODULE]
    for path in (EN, KO):
        sources[path.replace("trade/", "trade-again/")] = sources[path]
    told = [
        problem
        for problem in problems_of(sources)
        if "is taken in modules/trade-again/module.yml" in str(problem.message)
    ]
    assert [problem.line for problem in told] == [1, 6, 12]


def test_an_item_asked_by_two_lessons_is_told(sources: dict[str, str]) -> None:
    entry = sources[MODULE].split("lessons:\n")[1].replace("trade-once", "trade-twice")
    sources[MODULE] += entry
    for path in (EN, KO):
        sources[path.replace("01-trade-once", "02-trade-twice")] = sources[path]
    told = problems_of(sources)
    assert {problem.path for problem in told} == {path.replace("01-trade-once", "02-trade-twice") for path in (EN, KO)}
    assert all("“ne-trade-once” asks this item already" in str(problem.message) for problem in told)


def test_a_check_mostly_asks_its_own_step(sources: dict[str, str]) -> None:
    sources[ITEMS] = sources[ITEMS].replace("use: check\n    step: 2", "use: check\n    step: 3")
    (problem,) = problems_of(sources)
    assert (problem.path, problem.line) == (MODULE, 12)
    assert "Fewer than half" in str(problem.message)


def test_a_reference_in_yaml_is_refused_even_in_a_circle(sources: dict[str, str]) -> None:
    sources[RUBRIC] += "again: &loop\n- *loop\n"
    assert (RUBRIC, 7) in {(each.path, each.line) for each in problems_of(sources) if "*name" in str(each.message)}


def test_a_library_without_a_framework_says_only_that(sources: dict[str, str]) -> None:
    del sources[FRAMEWORK]
    (problem,) = problems_of(sources)
    assert str(problem).startswith("framework.yml: The framework is missing.")


def test_an_item_with_a_mistake_is_not_told_as_missing_elsewhere(sources: dict[str, str]) -> None:
    sources[ITEMS] = sources[ITEMS].replace("answer: 20", "answer: many")
    assert len(problems_of(sources)) == 1


def test_mistakes_of_several_files_come_at_once_and_in_order(sources: dict[str, str]) -> None:
    sources[ITEMS] = sources[ITEMS].replace("answer: 20", "answer: many").replace("kind: order", "kind: puzzle")
    sources[MODULE] = sources[MODULE].replace("minutes: 8", "minutes: 3").replace("slug: trade-once", "slug: Trade")
    sources[EN] = sources[EN].replace("{#why}", "")
    sources["stray.txt"] = ""
    places = [(problem.path, problem.line) for problem in problems_of(sources)]
    assert places == [
        (ITEMS, 32),
        (ITEMS, 53),
        (EN, 5),
        (MODULE, 7),
        (MODULE, 11),
        ("stray.txt", None),
    ]
