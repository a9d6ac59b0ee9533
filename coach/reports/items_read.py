"""Reads behind the item statistics: what people answered first, to the wording in use, in checks handed in."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from coach.assessments.models import Attempt, AttemptItem
from coach.content.kinds import ItemUse
from coach.db import fetch, session
from coach.errors import NotFound
from coach.items.models import Item, ItemRevision
from coach.skills.models import Skill
from coach.words import Text

_KEPT_FOR_CHECKS: Final = (Item.use == ItemUse.CHECK, Item.retired_at.is_(None))


@dataclass(frozen=True, slots=True)
class CountRow:
    """Hold how many people answered one item, and the mean of what they scored; None where nobody did."""

    skill_id: str
    skill_name: Text
    item_id: str
    people: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Hold an item in use with its wording."""

    id: str
    step: int
    kind: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """Hold somebody's first answer to an item; `person` only keeps the answers of one person together."""

    person: uuid.UUID
    item_id: str
    score: float
    answer: dict[str, Any]


def counts() -> list[CountRow]:
    """Count the answers of every item kept for checks, by skill in the order of the sales process."""
    first = _first_answers().subquery()
    grouped = (
        sa.select(first.c.item_id, sa.func.count().label("people"), sa.func.avg(first.c.score).label("mean"))
        .where(first.c.place == 1)
        .group_by(first.c.item_id)
        .subquery()
    )
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(Skill.id, Skill.name, Item.id, sa.func.coalesce(grouped.c.people, 0), grouped.c.mean)
        .join(Skill, Skill.id == Item.skill_id)
        .outerjoin(grouped, grouped.c.item_id == Item.id)
        .where(*_KEPT_FOR_CHECKS)
        .order_by(Skill.position, Item.id)
    )
    return [CountRow(*row) for row in fetch(query)]


def skill_name(skill_id: str) -> Text:
    """Name a skill; raise NotFound where there is none."""
    found = session().scalar(sa.select(Skill.name).where(Skill.id == skill_id))
    if found is None:
        raise NotFound
    return found


def bank(skill_id: str) -> list[ItemRow]:
    """List the items of a skill that are kept for checks, by step."""
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(Item.id, Item.step, ItemRevision.kind, ItemRevision.body)
        .join(ItemRevision, ItemRevision.id == Item.revision_id)
        .where(Item.skill_id == skill_id, *_KEPT_FOR_CHECKS)
        .order_by(Item.step, Item.id)
    )
    return [ItemRow(*row) for row in session().execute(query)]


def answers(skill_id: str) -> list[AnswerRow]:
    """List the first answer of each person to each item of a skill."""
    first = _first_answers().add_columns(AttemptItem.answer).where(Item.skill_id == skill_id).subquery()
    query = sa.select(first.c.person_id, first.c.item_id, first.c.score, first.c.answer).where(first.c.place == 1)
    return [AnswerRow(*row) for row in fetch(query)]


def _first_answers() -> sa.Select[*tuple[Any, ...]]:
    """Number each person's answers to an item: who meets it again has seen its key, so only the first one counts."""
    place = sa.func.row_number().over(
        partition_by=(Attempt.person_id, AttemptItem.item_id), order_by=(Attempt.submitted_at, Attempt.id)
    )
    return (
        sa.select(Attempt.person_id, AttemptItem.item_id, AttemptItem.score, place.label("place"))
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(Item, sa.and_(Item.id == AttemptItem.item_id, Item.revision_id == AttemptItem.item_revision_id))
        .where(
            Attempt.submitted_at.is_not(None),
            AttemptItem.answered_at.is_not(None),
            AttemptItem.score.is_not(None),
            *_KEPT_FOR_CHECKS,
        )
    )
