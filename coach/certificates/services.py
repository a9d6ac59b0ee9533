"""Issue a certificate once everything it asks is there; renew it, or let it end."""

from __future__ import annotations

import secrets
import uuid
from functools import cache
from typing import Any

import sqlalchemy as sa

from coach import clock
from coach.activity.services import record
from coach.certificates import events, queries
from coach.certificates.models import Certificate, CertificateRule
from coach.certificates.rules import CHANCE, SkillStanding, Standing, is_due, term
from coach.db import insert_once, new_id, run, session
from coach.evidence.models import Cell
from coach.people import queries as people
from coach.people.models import JobRoleHolding, Person
from coach.skills.models import Skill, Target
from coach.training.paths import has_open_step, path_of


def consider(person_id: uuid.UUID) -> Certificate | None:
    """Issue or renew a person's certificate where nothing is missing.

    Called when a step or a piece of evidence may have been the last that was missing, and by the night: who is on the
    way, or holds one, costs one statement; whose targets were not seen often enough, three.
    """
    near = run(_nearly(), {"person": person_id}).one_or_none()
    if near is None or not is_due(near.valid_until, clock.today(near.zone)):
        return None
    if not all(skill.is_met for skill in queries.skills_of(person_id, near.job_role_id, near.weight)):
        return None
    person, today = people.row(person_id), clock.today(near.zone)
    last, path = queries.latest(person_id, person.job_role_id or ""), path_of(person, today)
    found = queries.standing(person, path) if path else None
    if found is None or not found.is_earned:
        return None
    row = {"person_id": person_id, "job_role_id": person.job_role_id, "number": last.number + 1 if last else 1}
    days = {"earned_on": today, "valid_until": term(near.valid_until, today, found.valid_months)}
    return _issue({**row, **days}, found)


def ready() -> sa.Select[uuid.UUID]:
    """Select the active people of a role with a certificate who have gone through its path and are short in no target.

    Whether enough was seen of each is not asked here: `consider` looks at everything.
    """
    short = (
        sa.select(Target.skill_id)
        .join(Skill, sa.and_(Skill.id == Target.skill_id, Skill.retired_at.is_(None)))
        .outerjoin(Cell, sa.and_(Cell.person_id == Person.id, Cell.skill_id == Target.skill_id))
        .where(Target.job_role_id == JobRoleHolding.job_role_id, Target.weight >= CertificateRule.weight)
        .where(sa.or_(Cell.p_below.is_(None), 1 - Cell.p_below < CHANCE))
        .exists()
    )
    return (
        sa.select(Person.id)
        .join(JobRoleHolding, sa.and_(JobRoleHolding.person_id == Person.id, JobRoleHolding.until.is_(None)))
        .join(CertificateRule, CertificateRule.job_role_id == JobRoleHolding.job_role_id)
        .where(Person.deactivated_at.is_(None), CertificateRule.retired_at.is_(None))
        .where(~has_open_step(Person.id, JobRoleHolding.job_role_id), ~short)
    )


@cache
def _nearly() -> sa.Select[*tuple[Any, ...]]:
    """Build once what every piece of evidence asks: who is ready, and until when their certificate holds."""
    held: Any = sa.select(Certificate.valid_until).where(
        Certificate.person_id == Person.id, Certificate.job_role_id == JobRoleHolding.job_role_id
    )
    last = held.order_by(Certificate.number.desc()).limit(1).scalar_subquery()
    whose = Person.id == sa.bindparam("person")
    asked = (JobRoleHolding.job_role_id, CertificateRule.weight, Person.zone, last.label("valid_until"))
    return ready().with_only_columns(*asked).where(whose)


def _issue(row: dict[str, Any], found: Standing) -> Certificate | None:
    """Write a certificate; of two that look at the same moment, one writes it."""
    row = {
        **row,
        "id": new_id(),
        "name": found.name,
        "token": secrets.token_urlsafe(16),
        "rule": {"valid_months": found.valid_months, "weight": found.weight, "chance": CHANCE},
        "skills": [_kept(skill) for skill in found.skills],
    }
    if not insert_once(Certificate, row):
        return None
    verb = events.EARNED if row["number"] == 1 else events.RENEWED
    record(verb, by=None, about=row["person_id"], kind="certificate", object_id=row["id"])
    return session().get_one(Certificate, row["id"])


def _kept(skill: SkillStanding) -> dict[str, Any]:
    return {
        "skill_id": skill.skill_id,
        "name": {"en": skill.name.en, "ko": skill.name.ko},
        "level": skill.level,
        "mean": skill.mean,
        "low": skill.low,
        "high": skill.high,
    }
