"""Scenario files: a customer conversation that branches with what one answers."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from coach.content.kinds import Ending, Showing
from coach.content.modules import Roles
from coach.content.problems import Unfit
from coach.content.spec import Slug, Sourced, Spec, Text, distinct
from coach.words import Message

Move = Annotated[int, Field(ge=-30, le=30)]
Standing = Annotated[int, Field(ge=0, le=100)]


class CustomerSpec(Spec):
    """Say who speaks; the name is invented."""

    name: Text
    role: Text


class StartSpec(Spec):
    """Say where trust and the deal stand before the first word, 0 to 100 each."""

    trust: Standing
    deal: Standing


class AnswerSpec(Spec):
    """Hold one thing to say: how it moves trust and deal, why, what it shows of the rubric and where it leads."""

    id: Slug
    text: Text
    trust: Move
    deal: Move
    why: Text
    criterion: Slug | None = None
    shows: Showing | None = None
    next: Slug

    @property
    def worth(self) -> int:
        """Add up what it moves; the answer worth most is the best of its node."""
        return self.trust + self.deal

    @model_validator(mode="after")
    def _shows_a_criterion(self) -> Self:
        if (self.criterion is None) != (self.shows is None):
            raise Unfit(Message("Write “criterion” and “shows” together, or neither of them."))
        return self


class NodeSpec(Spec):
    """Hold what the customer says and either the answers to it or how the conversation ends."""

    id: Slug
    says: Text
    answers: Annotated[tuple[AnswerSpec, ...], Field(min_length=2, max_length=4)] = ()
    end: Ending | None = None
    lesson: Text | None = None

    @property
    def best(self) -> AnswerSpec:
        """Find the answer worth most, the first of equals; a node that ends has none."""
        return max(self.answers, key=lambda answer: answer.worth)

    @model_validator(mode="after")
    def _goes_on_or_ends(self) -> Self:
        if bool(self.answers) == (self.end is not None):
            raise Unfit(Message("Give this node either answers or an end."))
        if (self.end is None) != (self.lesson is None):
            raise Unfit(Message("An end has a “lesson”, and only an end has one."))
        distinct(answer.id for answer in self.answers)
        distinct(answer.text.en for answer in self.answers)
        distinct(answer.text.ko for answer in self.answers)
        return self


class ScenarioSpec(Sourced):
    """Hold a whole conversation; `level` is the step that it practises. Whether its ways hold is told by the checks."""

    id: Slug
    title: Text
    summary: Text
    skill: Slug
    roles: Roles
    level: Annotated[int, Field(ge=2, le=4)]
    minutes: Annotated[int, Field(ge=4, le=12)]
    customer: CustomerSpec
    brief: Text
    start: StartSpec
    first: Slug
    nodes: Annotated[tuple[NodeSpec, ...], Field(min_length=5, max_length=40)]

    @field_validator("nodes")
    @classmethod
    def _have_ids_of_their_own(cls, nodes: tuple[NodeSpec, ...]) -> tuple[NodeSpec, ...]:
        distinct(node.id for node in nodes)
        return nodes
