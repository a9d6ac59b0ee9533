"""Who stands near a person and works here now: whom to tell, so that nothing waits where nobody looks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from coach.access.identity import Capability
from coach.db import session
from coach.people.models import CapabilityGrant, CoachPairing, Person, ReportingPath


def coaches(person_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """List who coaches a person now."""
    pairs = sa.select(CoachPairing.coach_id).where(CoachPairing.person_id == person_id, CoachPairing.until.is_(None))
    return session().scalars(pairs.where(_is_here(CoachPairing.coach_id))).all()


def direct_manager(person_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Give the manager to whom a person reports, unless they left."""
    return session().scalars(_above(person_id).where(ReportingPath.depth == 1)).all()


def next_above(person_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Give the nearest manager up the reporting line who has not left."""
    return session().scalars(_above(person_id).limit(1)).all()


def keepers(person_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Give who can give a person a coach: the nearest manager above, else the admins."""
    return next_above(person_id) or _admins_but(person_id)


def _above(person_id: uuid.UUID) -> sa.Select[uuid.UUID]:
    line = sa.select(ReportingPath.manager_id).where(ReportingPath.person_id == person_id)
    return line.where(_is_here(ReportingPath.manager_id)).order_by(ReportingPath.depth)


def _admins_but(person_id: uuid.UUID) -> Sequence[uuid.UUID]:
    admins = sa.select(CapabilityGrant.person_id).where(CapabilityGrant.capability == Capability.ADMIN)
    others = admins.where(CapabilityGrant.person_id != person_id, _is_here(CapabilityGrant.person_id))
    return session().scalars(others.order_by(CapabilityGrant.person_id)).all()


def _is_here(person_id: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(Person.id == person_id, Person.deactivated_at.is_(None))
