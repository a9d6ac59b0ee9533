"""Days of need: for whom they are, and which one is next for a card."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from coach.db import session
from coach.drills import rules
from coach.drills.models import DayOfNeed
from coach.drills.rows import NeedRow
from coach.items.models import Item
from coach.people.models import ReportingPath
from coach.skills.models import Skill
from coach.training.models import Lesson, Module


def next_day() -> sa.ScalarSelect[date]:
    """Build the next day of need of a card whose item and lesson are joined; null where none is near.

    Its values: `person`, `today`, the date where the person is, and `near`, the last day that is near. The day of need
    itself still counts.
    """
    person: Any = sa.bindparam("person")
    return (
        sa.select(sa.func.min(DayOfNeed.on_day))
        .where(
            DayOfNeed.on_day.between(sa.bindparam("today"), sa.bindparam("near")),
            sa.or_(DayOfNeed.skill_id == Item.skill_id, DayOfNeed.module_id == Lesson.module_id),
            _is_for(person),
        )
        .correlate(Item, Lesson)
        .scalar_subquery()
    )


def for_person(person_id: uuid.UUID, today: date) -> list[NeedRow]:
    """List the days of need that are ahead of a person within four weeks."""
    soon = DayOfNeed.on_day <= near(today)
    return _rows(sa.and_(_is_for(person_id), soon), today)


def made_for(tree_of: uuid.UUID | None, today: date) -> list[NeedRow]:
    """List the days ahead that an editor made for everybody (None), or that are for the people of one manager."""
    whose = DayOfNeed.tree_of.is_(None) if tree_of is None else DayOfNeed.tree_of == tree_of
    return _rows(sa.and_(whose, DayOfNeed.withdrawn_at.is_(None)), today)


def near(today: date) -> date:
    """Give the last day on which a day of need is near."""
    return today + timedelta(days=rules.NEED_AHEAD)


def _is_for(person_id: Any) -> sa.ColumnElement[bool]:
    above = sa.select(ReportingPath.manager_id).where(ReportingPath.person_id == person_id)
    return sa.and_(
        DayOfNeed.withdrawn_at.is_(None),
        sa.or_(DayOfNeed.tree_of.is_(None), DayOfNeed.tree_of == person_id, DayOfNeed.tree_of.in_(above)),
    )


def _rows(which: sa.ColumnElement[bool], today: date) -> list[NeedRow]:
    about = sa.func.coalesce(Skill.name, Module.title, type_=Skill.name.type)
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(DayOfNeed.id, DayOfNeed.name, about, DayOfNeed.on_day)
        .outerjoin(Skill, Skill.id == DayOfNeed.skill_id)
        .outerjoin(Module, Module.id == DayOfNeed.module_id)
        .where(which, DayOfNeed.on_day >= today)
        .order_by(DayOfNeed.on_day, DayOfNeed.id)
    )
    return [NeedRow(*row) for row in session().execute(query)]
