"""Begin a conversation and answer in it, once for each turn; none of it is evidence."""

from __future__ import annotations

import secrets
import uuid
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.access.identity import Identity
from coach.activity.services import record
from coach.db import insert_once, new_id, session
from coach.errors import Conflict, Invalid, NotFound
from coach.scenarios import events, queries
from coach.scenarios.models import Conversation, ConversationTurn, Scenario, ScenarioRevision
from coach.scenarios.script import Answer, Script, read_script
from coach.scenarios.walk import walk
from coach.words import Message

_LARGEST_SEED: Final = 2**31 - 1
_GONE_ON: Final = Message("You have answered that already. The conversation has gone on from there.")


def begin(*, by: Identity, scenario_id: str) -> uuid.UUID:
    """Begin a conversation on the text in use, or give the one that is open; raise NotFound for a retired scenario."""
    scenario = session().get(Scenario, scenario_id)
    if scenario is None:
        raise NotFound
    made = None if scenario.retired_at else _open_row(by.person_id, scenario)
    found = made or queries.open_in(by.person_id, scenario_id)
    if found is None and scenario.retired_at:
        raise NotFound
    if found is None:  # ended between the two statements
        raise Conflict(Message("This conversation has just ended. Begin it again."))
    return found


def answer(*, by: Identity, conversation_id: uuid.UUID, position: int, answer_id: str) -> Conversation:
    """Give the answer to a turn, for good; the same answer again changes nothing, another one is a Conflict."""
    held = _held(by, conversation_id)
    given = list(queries.answers_of(held.id))
    if position < 1 or position > len(given) + 1:
        raise NotFound
    if position <= len(given):
        if given[position - 1] != answer_id:
            raise Conflict(_GONE_ON)
        return held
    script = read_script(session().get_one(ScenarioRevision, held.revision_id).body)
    _say(held, script, given, answer_id)
    return held


def _say(held: Conversation, script: Script, given: list[str], answer_id: str) -> None:
    node = walk(script, given).node
    chosen = node.answer(answer_id)
    if chosen is None:
        raise Conflict(_GONE_ON) if held.ended_at else Invalid(Message("Choose what you say."), field="answer")
    session().add(
        ConversationTurn(
            conversation_id=held.id, position=len(given) + 1, node_id=node.id, answer_id=chosen.id, at=clock.now()
        )
    )
    _end(held, script, chosen)
    session().flush()


def _end(held: Conversation, script: Script, chosen: Answer) -> None:
    ending = script.nodes[chosen.next].end
    if ending is not None:
        held.ended_at, held.ending = clock.now(), str(ending)
        told = {"scenario": held.scenario_id, "ending": held.ending}
        record(events.ENDED, by=held.person_id, about=held.person_id, kind="conversation", object_id=held.id, **told)


def _open_row(person_id: uuid.UUID, scenario: Scenario) -> uuid.UUID | None:
    """Insert an open conversation unless there is one; give its id, or None."""
    row: dict[str, Any] = {
        "id": new_id(),
        "person_id": person_id,
        "scenario_id": scenario.id,
        "revision_id": scenario.revision_id,
        "seed": secrets.randbelow(_LARGEST_SEED),
        "started_at": clock.now(),
    }
    return row["id"] if insert_once(Conversation, row) else None


def _held(by: Identity, conversation_id: uuid.UUID) -> Conversation:
    """Take the conversation's row as it is now, and hold it: two answers wait for each other."""
    query = sa.select(Conversation).where(Conversation.id == conversation_id, Conversation.person_id == by.person_id)
    held = session().scalar(query.with_for_update().execution_options(populate_existing=True))
    if held is None:
        raise NotFound
    return held
