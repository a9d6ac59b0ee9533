"""Whatever a scenario looks like, every way through it ends, and nobody can see beforehand where an answer leads."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.content.kinds import Showing
from coach.content.library import read_library
from coach.items.queries import shuffled
from coach.scenarios.queries import choices
from coach.scenarios.script import Script, Standing, read_script
from coach.scenarios.walk import costliest, shown, walk
from coach.scenarios.wording import moods
from tests.unit.content.small_library import GOOD

MOVE = st.integers(-30, 30)
few = settings(max_examples=40)


def text(words: str) -> dict[str, str]:
    return {"en": words, "ko": f"{words}요"}


@st.composite
def answers(draw: st.DrawFn, after: list[str]) -> list[dict[str, Any]]:
    made = []
    for name in "abcd"[: draw(st.integers(2, 3))]:
        answer = {"id": name, "text": text(name), "trust": draw(MOVE), "deal": draw(MOVE), "why": text(f"why {name}")}
        answer["next"] = draw(st.sampled_from(after))
        if draw(st.booleans()):
            answer |= {"criterion": draw(st.sampled_from(["one", "two"])), "shows": str(draw(st.sampled_from(Showing)))}
        made.append(answer)
    return made


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """Make a scenario of any shape in which each node leads to later ones alone."""
    size = draw(st.integers(3, 5))
    names = [f"n{at}" for at in range(size)]
    nodes: list[dict[str, Any]] = [
        {"id": name, "says": text(name), "answers": draw(answers([*names[at + 1 :], "won", "lost"]))}
        for at, name in enumerate(names)
    ]
    nodes += [{"id": end, "says": text(end), "end": end, "lesson": text(f"so {end}")} for end in ("won", "lost")]
    start = {"trust": draw(st.integers(0, 100)), "deal": draw(st.integers(0, 100))}
    customer = {"name": text("Ms Ahn"), "role": text("owner")}
    return read_script({"customer": customer, "brief": text("Go"), "start": start, "first": "n0", "nodes": nodes})


@few
@given(scripts(), st.data(), st.integers(0, 2**31))
def test_every_way_ends_and_stays_within_its_bounds(script: Script, data: st.DataObject, seed: int) -> None:
    given: list[str] = []
    while not walk(script, given).node.end:
        offered = choices(walk(script, given).node, seed)
        given.append(data.draw(st.sampled_from([choice.id for choice in offered])))
        assert len(given) <= len(script.nodes)
    way = walk(script, given)
    for standing in (way.standing, *(step.after for step in way.steps)):
        assert 0 <= standing.trust <= 100
        assert 0 <= standing.deal <= 100
        assert all(mood.word for mood in moods(standing))
    assert [step.answer.id for step in way.steps] == given
    assert way.standing == way.steps[-1].after


@few
@given(scripts(), st.integers(0, 2**31), st.integers(0, 2**31))
def test_the_order_of_answers_changes_nothing_but_the_order(script: Script, one: int, other: int) -> None:
    for node in script.nodes.values():
        first, second = choices(node, one), choices(node, other)
        assert {choice.id: choice.text for choice in first} == {choice.id: choice.text for choice in second}
        assert choices(node, one) == first
        for choice in first:
            assert node.answer(choice.id) == node.answer(next(c.id for c in second if c.text == choice.text))


@few
@given(scripts(), st.data())
def test_the_costliest_turns_are_at_most_two_and_none_is_worse(script: Script, data: st.DataObject) -> None:
    given: list[str] = []
    while not walk(script, given).node.end:
        given.append(data.draw(st.sampled_from([answer.id for answer in walk(script, given).node.answers])))
    steps = walk(script, given).steps
    costly = costliest(steps)
    assert len(costly) <= 2
    left = [step.cost for step in steps if step.position not in costly]
    told = [step.cost for step in steps if step.position in costly]
    assert all(cost > 0 for cost in told)
    assert max(left, default=0) <= min(told, default=max(left, default=0))


@few
@given(scripts())
def test_the_best_way_costs_nothing(script: Script) -> None:
    given: list[str] = []
    while not walk(script, given).node.end:
        given.append(walk(script, given).node.best.id)
    steps = walk(script, given).steps
    assert costliest(steps) == frozenset()
    assert {name for row in shown(steps) for name in row.positions} <= {step.position for step in steps}


@pytest.fixture
def script() -> Script:
    (scenario,) = read_library(GOOD).scenarios
    return read_script(scenario.model_dump(mode="json", exclude_defaults=True))


def test_a_criterion_is_half_seen_where_turns_disagree(script: Script) -> None:
    shows = {("b", "a"): Showing.MET, ("b", "b"): Showing.MET, ("a", "a"): Showing.NOT}
    for (first, second), verdict in shows.items():
        rows = shown(walk(script, [first, second, "b"]).steps)
        assert (rows[0].criterion, rows[0].verdict, rows[0].positions) == ("trades", verdict, (1,))
    (waits,) = [row for row in shown(walk(script, ["b", "b", "b"]).steps) if row.criterion == "waits"]
    assert waits.verdict is Showing.HALF
    steps = walk(script, ["a", "a", "b"]).steps
    again = [*steps, walk(script, ["b", "a", "b"]).steps[0]]
    assert shown(again)[0].verdict is Showing.HALF


def test_trust_and_deal_stop_at_their_ends(script: Script) -> None:
    assert walk(script, ["a", "b", "a"]).standing == Standing(5, 5)
    assert Standing(10, 10).moved(walk(script, ["a", "a", "a"]).steps[2].answer) == Standing(0, 0)
    assert Standing(95, 95).moved(walk(script, ["a", "a", "b"]).steps[2].answer) == Standing(100, 100)


def test_an_answer_that_its_node_does_not_have_is_refused(script: Script) -> None:
    with pytest.raises(ValueError, match="no answer z"):
        walk(script, ["z"])


def test_the_words_climb_with_the_numbers() -> None:
    said = [str(moods(Standing(value, value))[0].word) for value in (0, 19, 20, 40, 60, 80, 100)]
    assert said == ["closed to you", "closed to you", "wary", "neutral", "open", "trusts you", "trusts you"]
    assert str(moods(Standing(30, 70), Standing(50, 50))[1].label) == "Deal: close, 70 of 100, 50 at the start"


def test_no_seed_puts_the_best_answer_at_the_same_place_each_time(script: Script) -> None:
    node = script.nodes["opening"]
    places = {[choice.id for choice in choices(node, seed)].index(node.best.id) for seed in range(20)}
    assert places == {0, 1}
    assert shuffled([1, 2, 3], 5) == shuffled([1, 2, 3], 5)
