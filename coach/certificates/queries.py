"""Read how somebody stands to their role's certificate, and the certificates there are."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from coach.certificates.models import Certificate, CertificateRule
from coach.certificates.rules import CHANCE, SkillStanding, Standing
from coach.db import session
from coach.errors import NotFound
from coach.evidence import queries as evidence
from coach.evidence.queries import CellRow
from coach.people.models import Person
from coach.people.queries import PersonRow
from coach.skills import queries as framework
from coach.skills.models import JobRole
from coach.skills.queries import TargetRow
from coach.training.path_rows import Path
from coach.training.ports import CertificateRow
from coach.words import Text


@dataclass(frozen=True, slots=True)
class Earned:
    """Hold a certificate with the names that stand on it; `skills` as they were on the day it was earned."""

    id: uuid.UUID
    person_id: uuid.UUID
    person_name: Text
    role_name: Text
    name: Text
    earned_on: date
    valid_until: date
    token: str
    skills: tuple[SkillStanding, ...]

    def is_valid(self, today: date) -> bool:
        """Tell whether it has not ended."""
        return today <= self.valid_until


def standing(person: PersonRow, path: Path) -> Standing | None:
    """Look at a person's path and skills with three statements; None where the role has no certificate."""
    role = person.job_role_id
    rule = session().get(CertificateRule, role) if role else None
    if role is None or rule is None or rule.retired_at is not None:
        return None
    return Standing(
        name=rule.name,
        valid_months=rule.valid_months,
        weight=rule.weight,
        steps=len(path.steps),
        steps_left=len(path.steps) - len(path.done),
        skills=skills_of(person.id, role, rule.weight),
    )


def skills_of(person_id: uuid.UUID, job_role_id: str, weight: int) -> tuple[SkillStanding, ...]:
    """Look at the targets of a role from a weight on, with two statements."""
    cells = {skill: cell for (_, skill), cell in evidence.cells([person_id]).items()}
    counted = [target for target in framework.targets_of(job_role_id) if target.weight >= weight]
    return tuple(_standing(target, cells.get(target.skill.id)) for target in counted)


def told(person: PersonRow, path: Path, today: date) -> CertificateRow | None:
    """Say on the path's page what is held and what is missing."""
    found = standing(person, path)
    if found is None:
        return None
    last = latest(person.id, person.job_role_id or "")
    held = last if last is not None and today <= last.valid_until else None
    return CertificateRow(
        name=found.name,
        held=held.id if held else None,
        valid_until=held.valid_until if held else None,
        steps=found.steps_left,
        skills=tuple(skill.name for skill in found.missing),
    )


def latest(person_id: uuid.UUID, job_role_id: str) -> Certificate | None:
    """Give the last certificate that a person earned in a role, valid or not."""
    query = sa.select(Certificate).where(Certificate.person_id == person_id, Certificate.job_role_id == job_role_id)
    return session().scalar(query.order_by(Certificate.number.desc()).limit(1))


def of_person(person_id: uuid.UUID) -> list[Earned]:
    """List a person's certificates, the one that ends last first."""
    query = _query().where(Certificate.person_id == person_id)
    return [_earned(row) for row in session().execute(query.order_by(Certificate.valid_until.desc(), Certificate.id))]


def certificate(certificate_id: uuid.UUID) -> Earned:
    """Give one certificate; raise NotFound where there is none."""
    return _one(Certificate.id == certificate_id)


def by_token(token: str) -> Earned:
    """Give the certificate that a link proves; raise NotFound where there is none."""
    return _one(Certificate.token == token)


def _one(which: sa.ColumnElement[bool]) -> Earned:
    row = session().execute(_query().where(which)).one_or_none()
    if row is None:
        raise NotFound
    return _earned(row)


def _query() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Certificate.id,
            Certificate.person_id,
            Person.name,
            JobRole.name,
            Certificate.name,
            Certificate.earned_on,
            Certificate.valid_until,
            Certificate.token,
            Certificate.skills,
        )
        .join(Person, Person.id == Certificate.person_id)
        .join(JobRole, JobRole.id == Certificate.job_role_id)
        .where(Person.erased_at.is_(None))
    )


def _earned(row: Any) -> Earned:
    *named, kept = row
    skills = tuple(SkillStanding(**{**skill, "name": Text(**skill["name"])}, is_met=True) for skill in kept)
    return Earned(*[*named, skills])


def _standing(target: TargetRow, cell: CellRow | None) -> SkillStanding:
    met = cell is not None and cell.is_known and cell.p_below is not None and 1 - cell.p_below >= CHANCE
    return SkillStanding(
        skill_id=target.skill.id,
        name=target.skill.name,
        level=target.level,
        mean=cell.mean if cell else None,
        low=cell.low if cell else None,
        high=cell.high if cell else None,
        is_met=met,
    )
