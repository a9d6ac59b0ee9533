"""Programmes on a role's path: done once somebody took part, or once it was confirmed that they took it elsewhere."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa

from coach import clock
from coach.db import session
from coach.skills.models import Skill
from coach.training.path_rows import Step, StepKind
from coach.training.workshop_models import OutsideRecord, Programme, ProgrammePlace, Workshop, WorkshopSeat

Someone = uuid.UUID | sa.SQLColumnExpression[uuid.UUID]


def steps_of(person_id: uuid.UUID, job_role_id: str) -> list[Step]:
    """List the programmes on a role's path by week; one that the person signed up for and is to come is begun."""
    signed_up = sa.and_(*_seat_of(person_id), WorkshopSeat.cancelled_at.is_(None), WorkshopSeat.attended_at.is_(None))
    to_come = sa.and_(signed_up, Workshop.ends_at > clock.now(), Workshop.called_off_at.is_(None))
    attended = _first(WorkshopSeat.attended_at, *_seat_of(person_id))
    confirmed = _first(OutsideRecord.confirmed_at, *_record_of(person_id))
    query = (
        sa.select(
            Programme.id,
            Programme.title,
            Skill.name,
            ProgrammePlace.week,
            Programme.minutes,
            attended,
            confirmed,
            sa.exists().where(to_come).correlate(Programme),
        )
        .join(ProgrammePlace, ProgrammePlace.programme_id == Programme.id)
        .outerjoin(Skill, Skill.id == Programme.skill_id)
        .where(ProgrammePlace.job_role_id == job_role_id, Programme.retired_at.is_(None))
        .order_by(ProgrammePlace.week, Programme.made_at, Programme.id)
    )
    return [_step(*row) for row in session().execute(query)]


def has_open_programme(
    person: sa.SQLColumnExpression[uuid.UUID], job_role: sa.SQLColumnExpression[str]
) -> sa.ColumnElement[bool]:
    """Tell, in a statement about people, whether a programme on a role's path was never taken."""
    attended = sa.exists().where(*_seat_of(person), WorkshopSeat.attended_at.is_not(None))
    confirmed = sa.exists().where(*_record_of(person), OutsideRecord.confirmed_at.is_not(None))
    return (
        sa.select(ProgrammePlace.programme_id)
        .join(Programme, Programme.id == ProgrammePlace.programme_id)
        .where(ProgrammePlace.job_role_id == job_role, Programme.retired_at.is_(None), ~attended, ~confirmed)
        .exists()
    )


def _seat_of(person: Someone) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        WorkshopSeat.workshop_id == Workshop.id,
        Workshop.programme_id == Programme.id,
        WorkshopSeat.person_id == person,
    )


def _record_of(person: Someone) -> tuple[sa.ColumnElement[bool], ...]:
    return OutsideRecord.programme_id == Programme.id, OutsideRecord.person_id == person


def _first(moment: Any, *which: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.min(moment)).where(*which).correlate(Programme).scalar_subquery()


def _step(id_: uuid.UUID, *row: Any) -> Step:
    title, skill_name, week, minutes, attended, confirmed, is_begun = row
    done = [moment for moment in (attended, confirmed) if moment is not None]
    return Step(
        StepKind.PROGRAMME,
        str(id_),
        title,
        skill_name,
        week,
        minutes,
        min(done, default=None),
        is_begun=is_begun and not done,
    )
