"""A scenario as it is played, read from the body of its revision; the content package made sure that its ways hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coach.content.kinds import Ending, Showing
from coach.words import Text


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold trust and the deal, 0 to 100 each."""

    trust: int
    deal: int

    def moved(self, answer: Answer) -> Standing:
        """Move both by what an answer does, within 0 to 100."""
        return Standing(_clipped(self.trust + answer.trust), _clipped(self.deal + answer.deal))


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold one thing to say, with what it does; `next` is the id of the node that follows."""

    id: str
    text: Text
    trust: int
    deal: int
    why: Text
    next: str
    criterion: str | None
    shows: Showing | None

    @property
    def worth(self) -> int:
        """Add up what it moves."""
        return self.trust + self.deal


@dataclass(frozen=True, slots=True)
class Node:
    """Hold what the customer says, and the answers to it or the end with its lesson."""

    id: str
    says: Text
    answers: tuple[Answer, ...]
    end: Ending | None
    lesson: Text | None

    @property
    def best(self) -> Answer:
        """Find the answer worth most, the first of equals."""
        return max(self.answers, key=lambda answer: answer.worth)

    def answer(self, answer_id: str) -> Answer | None:
        """Find an answer by id."""
        return next((answer for answer in self.answers if answer.id == answer_id), None)


@dataclass(frozen=True, slots=True)
class Script:
    """Hold a whole scenario; `first` is the id of the node that opens it."""

    customer: Text
    customer_role: Text
    brief: Text
    start: Standing
    first: str
    nodes: Mapping[str, Node]


def read_script(body: Mapping[str, Any]) -> Script:
    """Read the body of a revision."""
    nodes = [_node(row) for row in body["nodes"]]
    return Script(
        customer=Text(**body["customer"]["name"]),
        customer_role=Text(**body["customer"]["role"]),
        brief=Text(**body["brief"]),
        start=Standing(body["start"]["trust"], body["start"]["deal"]),
        first=body["first"],
        nodes={node.id: node for node in nodes},
    )


def _node(row: Mapping[str, Any]) -> Node:
    lesson = row.get("lesson")
    return Node(
        id=row["id"],
        says=Text(**row["says"]),
        answers=tuple(_answer(each) for each in row.get("answers", ())),
        end=Ending(row["end"]) if row.get("end") else None,
        lesson=Text(**lesson) if lesson else None,
    )


def _answer(row: Mapping[str, Any]) -> Answer:
    shows = row.get("shows")
    return Answer(
        id=row["id"],
        text=Text(**row["text"]),
        trust=row["trust"],
        deal=row["deal"],
        why=Text(**row["why"]),
        next=row["next"],
        criterion=row.get("criterion"),
        shows=Showing(shows) if shows else None,
    )


def _clipped(value: int) -> int:
    return min(max(value, 0), 100)
