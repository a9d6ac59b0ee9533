"""Play a scenario as somebody who mostly knows what to say."""

from __future__ import annotations

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from coach.access.identity import Identity
from coach.db import session
from coach.scenarios import services
from coach.scenarios.models import Conversation, Scenario, ScenarioRevision
from coach.scenarios.script import read_script


def first_scenario(skill_id: str) -> str:
    """Name the first scenario of a skill."""
    query = sa.select(Scenario.id).where(Scenario.skill_id == skill_id, Scenario.retired_at.is_(None))
    return session().scalars(query.order_by(Scenario.position).limit(1)).one()


def play(*, by: Identity, scenario_id: str, slips: Collection[int] = ()) -> uuid.UUID:
    """Play a scenario to its end: the best answer at each turn, the worst at those named in `slips`."""
    conversation_id = services.begin(by=by, scenario_id=scenario_id)
    begun = session().get_one(Conversation, conversation_id)
    script = read_script(session().get_one(ScenarioRevision, begun.revision_id).body)
    node, position = script.nodes[script.first], 1
    while node.answers:
        worst = min(node.answers, key=lambda answer: answer.worth)
        said = worst if position in slips else node.best
        services.answer(by=by, conversation_id=conversation_id, position=position, answer_id=said.id)
        node, position = script.nodes[said.next], position + 1
    return conversation_id
