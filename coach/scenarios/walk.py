"""The way that somebody took through a scenario: where each answer led, what it cost and what it showed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from coach.content.kinds import Showing
from coach.scenarios.script import Answer, Node, Script, Standing

COSTLIEST: Final = 2  # turns at which a better answer is told


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one turn, numbered from 1: what the customer said, what was answered, where trust and deal stood then."""

    position: int
    node: Node
    answer: Answer
    after: Standing

    @property
    def cost(self) -> int:
        """Say how much trust and deal the best answer of the node would have moved above this one."""
        return self.node.best.worth - self.answer.worth


@dataclass(frozen=True, slots=True)
class Walk:
    """Hold the turns so far, the node that follows them and where trust and deal stand."""

    steps: tuple[Step, ...]
    node: Node
    standing: Standing


@dataclass(frozen=True, slots=True)
class Shown:
    """Say how well a criterion was shown over all turns that touched it."""

    criterion: str
    verdict: Showing
    positions: tuple[int, ...]


def walk(script: Script, answers: Iterable[str]) -> Walk:
    """Follow answers, by id, from the first node; raise ValueError for one that its node does not have."""
    node, standing, steps = script.nodes[script.first], script.start, []
    for position, answer_id in enumerate(answers, start=1):
        answer = node.answer(answer_id)
        if answer is None:
            raise ValueError(f"the node {node.id} has no answer {answer_id}")
        standing = standing.moved(answer)
        steps.append(Step(position, node, answer, standing))
        node = script.nodes[answer.next]
    return Walk(tuple(steps), node, standing)


def costliest(steps: Sequence[Step]) -> frozenset[int]:
    """Name the turns, two at most, at which most was lost against the best answer; the earlier of equals."""
    lost = sorted((step for step in steps if step.cost > 0), key=lambda step: (-step.cost, step.position))
    return frozenset(step.position for step in lost[:COSTLIEST])


def shown(steps: Sequence[Step]) -> list[Shown]:
    """Sum up each criterion in the order in which it came up: met or not where all turns agree, else half."""
    found: dict[str, list[Step]] = {}
    for step in steps:
        if step.answer.criterion is not None:
            found.setdefault(step.answer.criterion, []).append(step)
    return [_shown(name, touched) for name, touched in found.items()]


def _shown(name: str, touched: Sequence[Step]) -> Shown:
    verdicts = {step.answer.shows or Showing.NOT for step in touched}
    verdict = verdicts.pop() if len(verdicts) == 1 else Showing.HALF
    return Shown(name, verdict, tuple(step.position for step in touched))
