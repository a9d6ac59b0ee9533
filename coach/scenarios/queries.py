"""Read scenarios and conversations; what an answer does is read by `debrief` alone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, Final
from zlib import crc32

import sqlalchemy as sa

from coach.access.identity import Identity
from coach.content.kinds import Ending, is_for
from coach.db import session
from coach.errors import NotFound
from coach.items.queries import shuffled
from coach.items.questions import Choice
from coach.people.queries import visible_to
from coach.scenarios.models import Conversation, ConversationTurn, Scenario, ScenarioRevision
from coach.scenarios.rows import PastRow, SaidRow, ScenarioRow, SkillChoice, StartRow, TalkRow
from coach.scenarios.script import Node, Script, read_script
from coach.scenarios.walk import Walk, walk
from coach.scenarios.wording import moods
from coach.skills.models import Skill
from coach.training.models import Lesson
from coach.training.trying import TryRow

MOST_PAST: Final = 5


_LISTED: Final = (
    Scenario.roles,
    Scenario.id,
    Scenario.title,
    Scenario.summary,
    Scenario.skill_id,
    Skill.name,
    Scenario.level,
    Scenario.minutes,
)


def scenarios(identity: Identity, job_role_id: str | None, skill_id: str | None = None) -> list[ScenarioRow]:
    """List the scenarios in use, those of the reader's role first, of one skill where it is named."""
    query = sa.select(*_LISTED).join(Skill, Skill.id == Scenario.skill_id).where(Scenario.retired_at.is_(None))
    if skill_id is not None:
        query = query.where(Scenario.skill_id == skill_id)
    begun, ended = _conversations(identity.person_id)
    rows = [
        _listed(row, job_role_id, begun.get(row.id), next(iter(ended.get(row.id, ())), None))
        for row in session().execute(query.order_by(Scenario.position))
    ]
    return sorted(rows, key=lambda row: not row.is_mine)


def skills_played() -> list[SkillChoice]:
    """List the skills that have a scenario, in the order of the sales process."""
    query = (
        sa.select(Skill.id, Skill.name)
        .where(sa.exists().where(Scenario.skill_id == Skill.id, Scenario.retired_at.is_(None)))
        .order_by(Skill.position)
    )
    return [SkillChoice(*row) for row in session().execute(query)]


def after_lesson(lesson_id: str, job_role_id: str | None) -> TryRow | None:
    """Find a scenario of the skill and step that a lesson teaches, for a job role; None where there is none."""
    query = (
        sa.select(Scenario.id, Scenario.title, Scenario.minutes, Scenario.roles)
        .join(Lesson, sa.and_(Lesson.skill_id == Scenario.skill_id, Lesson.to_level == Scenario.level))
        .where(Lesson.id == lesson_id, Scenario.retired_at.is_(None))
        .order_by(Scenario.position)
    )
    mine = (row for row in session().execute(query) if is_for(job_role_id, row.roles))
    return next((TryRow(row.id, row.title, row.minutes) for row in mine), None)


def start_page(identity: Identity, scenario_id: str) -> StartRow:
    """Read what stands before a conversation; raise NotFound where the scenario is not in use and none is open."""
    found = session().execute(_named(Scenario.revision_id).where(Scenario.id == scenario_id)).one_or_none()
    begun, ended = _conversations(identity.person_id, scenario_id)
    if found is None or (found.retired_at is not None and scenario_id not in begun):
        raise NotFound
    script = read_script(found.body)
    return StartRow(
        scenario_id=scenario_id,
        title=found.title,
        summary=found.summary,
        skill_name=found.name,
        level=found.level,
        minutes=found.minutes,
        customer=script.customer,
        customer_role=script.customer_role,
        brief=script.brief,
        open_id=begun.get(scenario_id),
        past=tuple(ended.get(scenario_id, [])[:MOST_PAST]),
    )


def conversation(identity: Identity, conversation_id: uuid.UUID) -> Conversation:
    """Load a conversation of the reader's own, or an ended one of somebody whose record they may see."""
    found = session().scalar(
        sa.select(Conversation).where(
            Conversation.id == conversation_id,
            sa.or_(
                Conversation.person_id == identity.person_id,
                sa.and_(Conversation.ended_at.is_not(None), Conversation.person_id.in_(visible_to(identity))),
            ),
        )
    )
    if found is None:
        raise NotFound
    return found


def own(identity: Identity, conversation_id: uuid.UUID) -> Conversation:
    """Load a conversation of the reader's own; raise NotFound where there is none."""
    mine = sa.and_(Conversation.id == conversation_id, Conversation.person_id == identity.person_id)
    found = session().scalar(sa.select(Conversation).where(mine))
    if found is None:
        raise NotFound
    return found


def open_in(person_id: uuid.UUID, scenario_id: str) -> uuid.UUID | None:
    """Give the conversation that a person has begun in a scenario and not ended."""
    return _conversations(person_id, scenario_id)[0].get(scenario_id)


def talk_page(held: Conversation) -> TalkRow:
    """Read an open conversation as it may be seen: nothing of what an answer would do."""
    named, script, way = read_walk(held)
    return TalkRow(
        conversation_id=held.id,
        scenario_id=held.scenario_id,
        title=named.title,
        skill_name=named.name,
        customer=script.customer,
        customer_role=script.customer_role,
        brief=script.brief,
        turns=tuple(SaidRow(step.position, step.node.says, step.answer.text) for step in way.steps),
        position=len(way.steps) + 1,
        says=way.node.says,
        choices=choices(way.node, held.seed),
        moods=moods(way.standing),
    )


def read_walk(held: Conversation) -> tuple[Any, Script, Walk]:
    """Read the scenario of a conversation, its script as it was begun and the way taken through it."""
    named = session().execute(_named(Conversation.revision_id).where(Conversation.id == held.id)).one()
    script = read_script(named.body)
    return named, script, walk(script, answers_of(held.id))


def answers_of(conversation_id: uuid.UUID) -> Sequence[str]:
    """List the ids of the answers given, in order."""
    query = sa.select(ConversationTurn.answer_id).where(ConversationTurn.conversation_id == conversation_id)
    return session().scalars(query.order_by(ConversationTurn.position)).all()


def choices(node: Node, seed: int) -> tuple[Choice, ...]:
    """Put the answers of a node into the order of a conversation's seed."""
    return shuffled([Choice(answer.id, answer.text) for answer in node.answers], seed + crc32(node.id.encode()))


def _listed(row: Any, job_role_id: str | None, open_id: uuid.UUID | None, last: PastRow | None) -> ScenarioRow:
    is_mine = is_for(job_role_id, row.roles)
    return ScenarioRow(
        row.id, row.title, row.summary, row.skill_id, row.name, row.level, row.minutes, is_mine, open_id, last
    )


def _named(revision: Any) -> sa.Select[*tuple[Any, ...]]:
    """Select what pages say of a scenario, with the body of the revision in use or of the one that was begun."""
    query: sa.Select[*tuple[Any, ...]] = sa.select(
        Scenario.title,
        Scenario.summary,
        Scenario.skill_id,
        Skill.name,
        Scenario.level,
        Scenario.minutes,
        Scenario.retired_at,
        ScenarioRevision.body,
    ).join(Skill, Skill.id == Scenario.skill_id)
    if revision.class_ is Conversation:
        query = query.join(Conversation, Conversation.scenario_id == Scenario.id)
    return query.join(ScenarioRevision, ScenarioRevision.id == revision)


def _conversations(
    person_id: uuid.UUID, scenario_id: str | None = None
) -> tuple[dict[str, uuid.UUID], dict[str, list[PastRow]]]:
    """Find a person's conversations by scenario: the open ones, and those that ended, the newest first."""
    query = sa.select(Conversation.id, Conversation.scenario_id, Conversation.ended_at, Conversation.ending)
    query = query.where(Conversation.person_id == person_id)
    if scenario_id is not None:
        query = query.where(Conversation.scenario_id == scenario_id)
    begun: dict[str, uuid.UUID] = {}
    ended: dict[str, list[PastRow]] = {}
    for name, scenario, ended_at, ending in session().execute(query.order_by(Conversation.ended_at.desc())):
        if ended_at is None or ending is None:
            begun[scenario] = name
        else:
            ended.setdefault(scenario, []).append(PastRow(name, ended_at, Ending(ending)))
    return begun, ended
