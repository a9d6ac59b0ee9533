"""A scenario's ways hold, or its writer hears where they do not."""

from __future__ import annotations

import pytest

from coach.content.kinds import Ending, Showing
from coach.content.library import read_library
from coach.content.problems import ContentErrors, Problem
from coach.content.scenarios import ScenarioSpec

PATH = "scenarios/five-percent.yml"
RUBRIC = "rubrics/negotiate.yml"


def problems_of(sources: dict[str, str]) -> tuple[Problem, ...]:
    with pytest.raises(ContentErrors) as caught:
        read_library(sources)
    return caught.value.problems


# Each: what is replaced by what, then the line and words of the one problem that follows.
EDITS = [
    # shape
    ("minutes: 6", "minutes: 3", 7, "“minutes” must be 4 or more"),
    ("level: 2", "level: 1", 6, "“level” must be 2 or more"),
    ("trust: 50", "trust: 101", 10, "“trust” must be 100 or less"),
    ("trust: -10", "trust: -31", 18, "“trust” must be -30 or more"),
    ("shows: not", "shows: no", 22, "“shows” must be 'met', 'half' or 'not'"),
    ("        criterion: trades\n        shows: not\n", "        shows: not\n", 16, "“criterion” and “shows” together"),
    ("roles: [account-manager]", "roles: [all, account-manager]", 5, "[all] by itself"),
    ("      - id: b\n", "      - id: a\n", 13, "“a” stands here twice"),
    ("  - id: second", "  - id: opening", 12, "“opening” stands here twice"),
    ("    end: won\n", "", 44, "either answers or an end"),
    ("    lesson: {en: You asked back., ko: 되물었어요.}\n", "", 44, "An end has a “lesson”"),
    ("    end: lost\n", "    end: sold\n", 50, "“end” must be 'won'"),
    ("first: opening\n", "first: opening\nmood: bad\n", 12, "“mood” is not known"),
    # names
    ("id: five-percent", "id: ten-percent", 1, "Name it ten-percent.yml"),
    ("roles: [account-manager]", "roles: [pilot]", 5, "no role “pilot”"),
    ("first: opening", "first: begin", 11, "no node “begin”"),
    ("next: signed", "next: sealed", 43, "no node “sealed”"),
    ("criterion: waits, shows: half", "criterion: hums, shows: half", 38, "no criterion “hums”"),
    # ways
    ("ko: 끝났어요.}, next: gone", "ko: 끝났어요.}, next: second", 32, "comes back to “second”"),
    ("next: third}\n      - {id: b", "next: signed}\n      - {id: b", 11, "Ways have 2 to 3 answers"),
    ("    end: lost", "    end: won", 12, "Let it end well in one node"),
    # the best answer
    ("trust: 5, deal: 5", "trust: -5, deal: -5", 12, "The best answers meet 1 criteria"),
    ("For what?, ko: 왜요?", "What would you give?, ko: 왜요?", 12, "In en the best answer is the longest"),
    ("For what?, ko: 왜요?", "For what?, ko: 무엇을 주시는데요?", 12, "longest in 2 of 3 nodes"),
    ("{en: Wait on, ko: 기다려 봐요}", "{en: Wait, ko: 기다려 봐요}", 12, "In en the best answer is the shortest in 2"),
    ("{en: Wait on, ko: 기다려 봐요}", "{en: Wait on, ko: 네}", 12, "In ko the best answer is the shortest in 2 of 3"),
    ("{en: Well., ko: 글쎄요.}", "{en: Well I would like to hear a bit more of it., ko: 네.}", 33, "The Korean is"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "words"), EDITS)
def test_a_mistake_is_told_at_its_line(sources: dict[str, str], old: str, new: str, line: int, words: str) -> None:
    assert old in sources[PATH]
    sources[PATH] = sources[PATH].replace(old, new, 1)
    told = [(each.path, each.line, str(each.message)) for each in problems_of(sources)]
    assert [(path, at) for path, at, sentence in told if words in sentence] == [(PATH, line)], told


def test_a_conversation_holds_its_customer_its_ways_and_what_they_show(sources: dict[str, str]) -> None:
    (scenario,) = read_library(sources).scenarios
    assert (scenario.id, scenario.skill, scenario.level, scenario.customer.name.ko) == (
        "five-percent", "negotiate", 2, "안수진",
    )  # fmt: skip
    first = scenario.nodes[0]
    assert (first.best.id, first.best.worth, first.best.shows) == ("b", 15, Showing.MET)
    assert [node.end for node in scenario.nodes] == [None, None, None, Ending.WON, Ending.LOST]


def test_it_survives_a_round_through_json(sources: dict[str, str]) -> None:
    (scenario,) = read_library(sources).scenarios
    body = scenario.model_dump(mode="json", exclude_defaults=True)
    assert ScenarioSpec.model_validate(body).model_dump() == scenario.model_dump()


def test_its_fingerprint_is_that_of_its_file(sources: dict[str, str]) -> None:
    (before,) = read_library(sources).scenarios
    sources[PATH] += "# a word more\n"
    (after,) = read_library(sources).scenarios
    assert before.fingerprint != after.fingerprint
    assert after.origin.source == sources[PATH]


def test_a_node_that_nobody_reaches_is_told(sources: dict[str, str]) -> None:
    sources[PATH] += "  - {id: lonely, says: {en: Hi., ko: 네.}, end: lost, lesson: {en: So., ko: 네.}}\n"
    told = [(each.line, str(each.message)) for each in problems_of(sources)]
    assert told == [(52, "No way leads to “lonely”. Lead an answer to it or take it out.")]


def test_the_best_answers_may_not_end_badly(sources: dict[str, str]) -> None:
    sources[PATH] = sources[PATH].replace("end: lost", "end: x").replace("end: won", "end: stalled")
    sources[PATH] = sources[PATH].replace("end: x", "end: won")
    assert [each.line for each in problems_of(sources)] == [46]


def test_the_best_answers_may_not_stand_at_one_position(sources: dict[str, str]) -> None:
    text = sources[PATH]
    cuts = [
        text.index(mark)
        for mark in ("      - {id: a, text: {en: Wait", "      - {id: b, text: {en: Talk", "  - id: third")
    ]
    one, two = text[cuts[0] : cuts[1]], text[cuts[1] : cuts[2]]
    sources[PATH] = text.replace(one + two, two + one)
    (told,) = problems_of(sources)
    assert "at position 2 in 3 of 3 nodes" in str(told.message)


def test_a_skill_without_a_rubric_has_no_scenario(sources: dict[str, str]) -> None:
    del sources[RUBRIC]
    assert ["has no rubric" in str(each.message) for each in problems_of(sources)] == [True]


def test_a_rubric_that_cannot_be_used_is_not_told_again(sources: dict[str, str]) -> None:
    sources[RUBRIC] = sources[RUBRIC].replace("version: 1", "version: 0")
    assert [each.path for each in problems_of(sources)] == [RUBRIC]
