"""Read the questions kept for checks: of a skill with who had them when, of a module with their place."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coach.assessments import rules
from coach.assessments.models import Attempt, AttemptItem
from coach.assessments.parallel import Placed
from coach.db import session
from coach.items.models import Item, ItemRevision
from coach.people.models import JobRoleHolding
from coach.skills.models import Target
from coach.training.models import Lesson


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold a question of a skill: where it stands, when the person last had it, in how many checks it was."""

    item_id: str
    revision_id: uuid.UUID
    slope: float
    difficulty: float
    seen_at: datetime | None
    checks: int

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether the person has not had it for 30 days."""
        return self.seen_at is None or now - self.seen_at >= rules.REST


@dataclass(frozen=True, slots=True)
class Bank:
    """Hold what a skill's check may ask; `checks` counts how often that check was begun, by anybody."""

    questions: tuple[Candidate, ...]
    checks: int

    def fresh(self, now: datetime) -> int:
        """Count the questions that the person has not had for 30 days."""
        return sum(question.is_fresh(now) for question in self.questions)


def bank_of(person_id: uuid.UUID, skill_id: str, quiz_id: str) -> Bank:
    """Read the questions kept for a skill's checks with one statement, in the order of their ids."""
    had, used = _had(person_id).subquery(), _used(quiz_id).subquery()
    begun = sa.select(sa.func.count()).where(Attempt.quiz_id == quiz_id).scalar_subquery()
    query = (
        sa.select(
            Item.id,
            Item.revision_id,
            ItemRevision.slope,
            ItemRevision.difficulty,
            had.c["at"],
            sa.func.coalesce(used.c["n"], 0),
            begun,
        )
        .join(ItemRevision, ItemRevision.id == Item.revision_id)
        .outerjoin(had, had.c.item_id == Item.id)
        .outerjoin(used, used.c.item_id == Item.id)
        .where(Item.skill_id == skill_id, Item.use == "check", Item.retired_at.is_(None))
        .order_by(Item.id)
    )
    rows = session().execute(query).all()
    return Bank(tuple(Candidate(*row[:6]) for row in rows), rows[0][6] if rows else 0)


def questions_of_module(module_id: str) -> list[Placed]:
    """List the questions kept for checks of every skill that a module's lessons teach."""
    skills = sa.select(Lesson.skill_id).where(Lesson.module_id == module_id, Lesson.retired_at.is_(None))
    query = sa.select(Item.id, Item.skill_id, Item.step).where(
        Item.skill_id.in_(skills), Item.use == "check", Item.retired_at.is_(None)
    )
    return [Placed(*row) for row in session().execute(query)]


def revisions_in_use(item_ids: Collection[str]) -> dict[str, uuid.UUID]:
    """Give the wording in use of each question that is not retired."""
    query = sa.select(Item.id, Item.revision_id).where(Item.id.in_(item_ids), Item.retired_at.is_(None))
    return {row.id: row.revision_id for row in session().execute(query)}


def target_level(person_id: uuid.UUID, skill_id: str) -> int | None:
    """Say which level the person's present role needs of a skill; None where it needs none."""
    held = JobRoleHolding.job_role_id == Target.job_role_id
    return session().scalar(
        sa.select(Target.level)
        .join(JobRoleHolding, held)
        .where(JobRoleHolding.person_id == person_id, JobRoleHolding.until.is_(None), Target.skill_id == skill_id)
    )


def _had(person_id: uuid.UUID) -> sa.Select[str, datetime]:
    last = sa.func.max(sa.func.coalesce(Attempt.submitted_at, Attempt.started_at)).label("at")
    query = sa.select(AttemptItem.item_id, last).join(Attempt, Attempt.id == AttemptItem.attempt_id)
    return query.where(Attempt.person_id == person_id).group_by(AttemptItem.item_id)


def _used(quiz_id: str) -> sa.Select[str, int]:
    query = sa.select(AttemptItem.item_id, sa.func.count().label("n"))
    query = query.join(Attempt, Attempt.id == AttemptItem.attempt_id).where(Attempt.quiz_id == quiz_id)
    return query.group_by(AttemptItem.item_id)
