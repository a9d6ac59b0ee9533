"""Read the logs, newest first, a page at a time."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coach.access.identity import Identity
from coach.activity.models import AuditEntry, Event
from coach.db import session
from coach.operations.names import CHANGES
from coach.people.models import JobRoleHolding, Person
from coach.skills.models import JobRole
from coach.words import Text

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class LogRow:
    """Hold one line of a log: who, what (a code), about whom, how it ended; a name is None where nobody is named."""

    id: uuid.UUID
    at: datetime
    actor: Text | None
    code: str
    person: Text | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class AccessRow:
    """Hold one look at one's own record."""

    id: uuid.UUID
    at: datetime
    actor: Text
    role: Text | None
    code: str


_actor, _person = aliased(Person), aliased(Person)


def audit_page(*, before: uuid.UUID | None = None, outcome: str | None = None) -> list[LogRow]:
    """List who looked at what and what was refused; one row more than fits tells that more follow."""
    query = (
        sa.select(AuditEntry.id, AuditEntry.at, _actor.name, AuditEntry.action, _person.name, AuditEntry.outcome)
        .outerjoin(_actor, _actor.id == AuditEntry.actor_id)
        .outerjoin(_person, _person.id == AuditEntry.person_id)
    )
    if outcome is not None:
        query = query.where(AuditEntry.outcome == outcome)
    return [LogRow(*row) for row in session().execute(_newest_first(query, AuditEntry, before))]


def changes_page(*, before: uuid.UUID | None = None) -> list[LogRow]:
    """List what was changed about people and accounts."""
    query = (
        sa.select(Event.id, Event.at, _actor.name, Event.verb, _person.name, sa.null())
        .outerjoin(_actor, _actor.id == Event.actor_id)
        .outerjoin(_person, _person.id == Event.person_id)
        .where(Event.verb.in_(list(CHANGES)))
    )
    return [LogRow(*row) for row in session().execute(_newest_first(query, Event, before))]


def own_access_page(identity: Identity, *, before: uuid.UUID | None = None) -> list[AccessRow]:
    """List who else opened the reader's own record, with the role they have now, and which kind of record it was."""
    query = (
        sa.select(AuditEntry.id, AuditEntry.at, _actor.name, JobRole.name, AuditEntry.action)
        .join(_actor, _actor.id == AuditEntry.actor_id)
        .outerjoin(JobRoleHolding, sa.and_(JobRoleHolding.person_id == _actor.id, JobRoleHolding.until.is_(None)))
        .outerjoin(JobRole, JobRole.id == JobRoleHolding.job_role_id)
        .where(AuditEntry.person_id == identity.person_id, AuditEntry.actor_id != identity.person_id)
        .where(AuditEntry.outcome == "granted")
    )
    return [AccessRow(*row) for row in session().execute(_newest_first(query, AuditEntry, before))]


def _newest_first(query: Any, log: type[AuditEntry | Event], before: uuid.UUID | None) -> Any:
    if before is not None:
        at = sa.select(log.at).where(log.id == before).scalar_subquery()
        query = query.where(sa.or_(log.at < at, sa.and_(log.at == at, log.id < before)))
    return query.order_by(log.at.desc(), log.id.desc()).limit(PAGE + 1)
