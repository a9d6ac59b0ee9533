"""What the tests of scenarios share: one shipped scenario, its script, and how one plays it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.db import session
from coach.scenarios.models import Scenario, ScenarioRevision
from coach.scenarios.script import Node, Script, read_script
from tests.client import Browser


@dataclass(frozen=True, slots=True)
class Played:
    """Hold a scenario as it is published, and what it says."""

    id: str
    skill_id: str
    script: Script

    @property
    def first(self) -> Node:
        """Give the node that opens it."""
        return self.script.nodes[self.script.first]


@pytest.fixture
def played(app: Flask) -> Played:
    """Give the first scenario of the library."""
    return first_of_library()


def first_of_library() -> Played:
    """Read the first scenario of the library."""
    query = sa.select(Scenario.id, Scenario.skill_id, ScenarioRevision.body).join(
        ScenarioRevision, ScenarioRevision.id == Scenario.revision_id
    )
    row = session().execute(query.order_by(Scenario.position).limit(1)).one()
    session().rollback()
    return Played(row.id, row.skill_id, read_script(row.body))


def begin(opened: Browser, scenario_id: str) -> uuid.UUID:
    """Begin a conversation as a person does; give its id."""
    path = f"/scenarios/{scenario_id}"
    return uuid.UUID(opened.post(path, on=path).headers["Location"].rsplit("/", 1)[1])


def say(opened: Browser, conversation_id: uuid.UUID, position: int, answer: str, *, status: int = 303) -> str:
    """Give one answer on the page; give where it leads."""
    path = f"/conversations/{conversation_id}"
    sent = opened.post(f"{path}/answers/{position}", {"answer": answer}, on=path, status=status)
    return sent.headers.get("Location", "")


def play(opened: Browser, played: Played, *, best: bool = True) -> tuple[uuid.UUID, list[str]]:
    """Play to the end, the best or the worst answer each time; give the conversation and what was answered."""
    conversation_id, node, said = begin(opened, played.id), played.first, []
    while node.answers:
        chosen = node.best if best else min(node.answers, key=lambda answer: answer.worth)
        said.append(chosen.id)
        say(opened, conversation_id, len(said), chosen.id)
        node = played.script.nodes[chosen.next]
    return conversation_id, said
