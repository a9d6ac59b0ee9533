"""Coaching logs that a reader may see, and what the log form needs to know of a person."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased, selectinload

from coach.access.identity import Identity, Relation
from coach.coaching.models import AgreedAction, CoachingSession, Observation
from coach.db import fetch, run, session
from coach.errors import NotFound
from coach.people.models import Person
from coach.people.queries import visible_to
from coach.skills.models import Skill, SkillLevel, Target
from coach.words import Message, Text, level_name

PAGE: Final = 30
SETTING_NAMES: Final = {
    "call": Message("Call"),
    "meeting": Message("Meeting"),
    "demo": Message("Demo"),
    "role_play": Message("Role play"),
}


@dataclass(frozen=True, slots=True)
class LogRow:
    """Hold a log as a list shows it."""

    id: uuid.UUID
    person_id: uuid.UUID
    person: Text
    coach_id: uuid.UUID
    coach: Text
    setting: str
    held_on: date
    about: str
    created_at: datetime
    acknowledged_at: datetime | None
    seen: tuple[tuple[Text, int], ...] = ()
    action: str = ""

    @property
    def setting_name(self) -> Message:
        """Name where it was seen."""
        return SETTING_NAMES[self.setting]

    @property
    def title(self) -> Message | str:
        """Say what the talk was about, else where it was."""
        return self.about or self.setting_name


@dataclass(frozen=True, slots=True)
class AnchorRow:
    """Hold what one can see of a skill at a level."""

    level: int
    anchor: Text

    @property
    def name(self) -> Message:
        """Name the level."""
        return level_name(self.level)


@dataclass(frozen=True, slots=True)
class RatedSkill:
    """Hold a skill that can be rated: its name, weight in the person's role (0 outside it) and the four anchors."""

    id: str
    name: Text
    weight: int
    levels: tuple[AnchorRow, ...]


@dataclass(frozen=True, slots=True)
class ActionRow:
    """Hold something agreed as a list shows it."""

    id: uuid.UUID
    session_id: uuid.UUID
    person_id: uuid.UUID
    coach_id: uuid.UUID
    coach: Text
    text: str
    due_kind: str
    due_on: date | None
    done_at: datetime | None
    outcome: str | None


def logs(
    identity: Identity,
    *,
    about: uuid.UUID | None = None,
    written_by: uuid.UUID | None = None,
    before: tuple[date, uuid.UUID] | None = None,
    limit: int = PAGE,
) -> list[LogRow]:
    """List logs the reader may see, the newest first; `before` is the last row of the page that was."""
    query = _log_query().where(
        CoachingSession.withdrawn_at.is_(None), CoachingSession.person_id.in_(visible_to(identity))
    )
    if about is not None:
        query = query.where(CoachingSession.person_id == about)
    if written_by is not None:
        query = query.where(CoachingSession.coach_id == written_by)
    if before is not None:
        query = query.where(sa.tuple_(CoachingSession.held_on, CoachingSession.id) < before)
    rows = [LogRow(*row) for row in session().execute(query.limit(limit))]
    return _with_what_was_seen(rows)


def log(identity: Identity, log_id: uuid.UUID) -> CoachingSession:
    """Load a log about somebody the reader may see; raise NotFound where not, or where it was taken back."""
    return _loaded(CoachingSession.id == log_id, CoachingSession.person_id.in_(visible_to(identity)))


def own_log(identity: Identity, log_id: uuid.UUID) -> CoachingSession:
    """Load a log that the reader wrote about somebody they still coach or manage."""
    still = CoachingSession.person_id.in_(visible_to(identity, Relation.COACH, Relation.MANAGER))
    return _loaded(CoachingSession.id == log_id, CoachingSession.coach_id == identity.person_id, still)


def _loaded(*which: sa.ColumnElement[bool]) -> CoachingSession:
    query = sa.select(CoachingSession).where(*which, CoachingSession.withdrawn_at.is_(None))
    whole = query.options(selectinload(CoachingSession.observations), selectinload(CoachingSession.actions))
    found = session().scalar(whole)
    if found is None:
        raise NotFound
    return found


def action_of(identity: Identity, action_id: uuid.UUID) -> AgreedAction:
    """Load something that the reader agreed to."""
    found = session().get(AgreedAction, action_id)
    if found is None or found.person_id != identity.person_id:
        raise NotFound
    return found


def actions_of(person_ids: Iterable[uuid.UUID], *, since: datetime | None = None) -> list[ActionRow]:
    """List what people agreed to that is open, and what they did since a moment; the newest first."""
    return [ActionRow(*row) for row in fetch(_actions(), {"people": list(person_ids), "since": since})]


@cache
def _actions() -> sa.Select[*tuple[Any, ...]]:
    coach = aliased(Person)
    open_ = sa.and_(AgreedAction.done_at.is_(None), AgreedAction.outcome.is_(None))
    recent = AgreedAction.done_at >= sa.bindparam("since")  # no moment, NULL, is never before one
    theirs = AgreedAction.person_id.in_(sa.bindparam("people", expanding=True))
    return (
        sa.select(
            AgreedAction.id,
            AgreedAction.session_id,
            AgreedAction.person_id,
            CoachingSession.coach_id,
            coach.name,
            AgreedAction.text,
            AgreedAction.due_kind,
            AgreedAction.due_on,
            AgreedAction.done_at,
            AgreedAction.outcome,
        )
        .join(CoachingSession, CoachingSession.id == AgreedAction.session_id)
        .join(coach, coach.id == CoachingSession.coach_id)
        .where(theirs, CoachingSession.withdrawn_at.is_(None), sa.or_(open_, recent))
        .order_by(AgreedAction.done_at.is_not(None), CoachingSession.held_on.desc(), AgreedAction.id)
    )


def last_action(coach_id: uuid.UUID, person_id: uuid.UUID) -> AgreedAction | None:
    """Find what the coach and the person agreed last and have not looked back at."""
    found = last_agreed(coach_id, person_id)
    return found[0] if found else None


def last_agreed(coach_id: uuid.UUID, person_id: uuid.UUID) -> tuple[AgreedAction, date] | None:
    """Find the same with the day of the talk."""
    query = (
        sa.select(AgreedAction, CoachingSession.held_on)
        .join(CoachingSession, CoachingSession.id == AgreedAction.session_id)
        .where(
            CoachingSession.coach_id == coach_id,
            AgreedAction.person_id == person_id,
            CoachingSession.withdrawn_at.is_(None),
            AgreedAction.outcome.is_(None),
        )
        .order_by(CoachingSession.held_on.desc(), AgreedAction.id.desc())
        .limit(1)
    )
    found = session().execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def last_coached(person_ids: Iterable[uuid.UUID] | sa.Select[uuid.UUID]) -> dict[uuid.UUID, date]:
    """Give the day each person was last coached; who never was is not in it."""
    if isinstance(person_ids, sa.Select):
        rows = session().execute(_last_coached().where(CoachingSession.person_id.in_(person_ids)))
    else:
        rows = run(_last_coached_of(), {"people": list(person_ids)})
    return {row[0]: row[1] for row in rows}


def _last_coached() -> sa.Select[*tuple[Any, ...]]:
    query: sa.Select[*tuple[Any, ...]] = sa.select(CoachingSession.person_id, sa.func.max(CoachingSession.held_on))
    return query.where(CoachingSession.withdrawn_at.is_(None)).group_by(CoachingSession.person_id)


@cache
def _last_coached_of() -> sa.Select[*tuple[Any, ...]]:
    return _last_coached().where(CoachingSession.person_id.in_(sa.bindparam("people", expanding=True)))


def rated_skills(job_role_id: str | None) -> list[RatedSkill]:
    """List the skills that can be rated, those of the person's role first, the weightiest first."""
    weight = sa.func.coalesce(Target.weight, 0)
    query = (
        sa.select(Skill.id, Skill.name, weight, SkillLevel.level, SkillLevel.anchor)
        .join(SkillLevel, SkillLevel.skill_id == Skill.id)
        .outerjoin(Target, sa.and_(Target.skill_id == Skill.id, Target.job_role_id == job_role_id))
        .where(Skill.retired_at.is_(None))
        .order_by(weight.desc(), Skill.position, SkillLevel.level)
    )
    found: dict[str, tuple[Text, int, list[AnchorRow]]] = {}
    for skill_id, name, heavy, level, anchor in session().execute(query):
        found.setdefault(skill_id, (name, heavy, []))[2].append(AnchorRow(level, anchor))
    return [RatedSkill(skill_id, name, heavy, tuple(rows)) for skill_id, (name, heavy, rows) in found.items()]


def _log_query() -> sa.Select[*tuple[Any, ...]]:
    person, coach = aliased(Person), aliased(Person)
    return (
        sa.select(
            CoachingSession.id,
            CoachingSession.person_id,
            person.name,
            CoachingSession.coach_id,
            coach.name,
            CoachingSession.setting,
            CoachingSession.held_on,
            CoachingSession.note,
            CoachingSession.created_at,
            CoachingSession.acknowledged_at,
        )
        .join(person, person.id == CoachingSession.person_id)
        .join(coach, coach.id == CoachingSession.coach_id)
        .order_by(CoachingSession.held_on.desc(), CoachingSession.id.desc())
    )


def _with_what_was_seen(rows: list[LogRow]) -> list[LogRow]:
    ids = [row.id for row in rows]
    seen: dict[uuid.UUID, list[tuple[Text, int]]] = {}
    names = sa.select(Observation.session_id, Skill.name, Observation.level).join(
        Skill, Skill.id == Observation.skill_id
    )
    for log_id, name, level in session().execute(
        names.where(Observation.session_id.in_(ids)).order_by(Observation.position)
    ):
        seen.setdefault(log_id, []).append((name, level))
    agreed = {
        row[0]: row[1]
        for row in session().execute(
            sa.select(AgreedAction.session_id, AgreedAction.text).where(AgreedAction.session_id.in_(ids))
        )
    }
    return [replace(row, seen=tuple(seen.get(row.id, ())), action=agreed.get(row.id, "")) for row in rows]
