"""Read what a person is asked today and later. Every read is of the person's own; nobody else has one."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.access.identity import Identity
from coach.db import run, session
from coach.drills import needs, rules
from coach.drills.models import DrillAnswer, DrillCard, DrillSettings
from coach.drills.rows import AnsweredRow, CardRow, ComingRow, Due, Rest
from coach.errors import NotFound
from coach.items import queries as items
from coach.items.models import Item, ItemRevision
from coach.measurement.recall import RecallState, Stage, recall_probability, select
from coach.training.models import Lesson, Module

_IN_USE: Final = (Item.retired_at.is_(None), Lesson.retired_at.is_(None), Module.retired_at.is_(None))


def due(person_id: uuid.UUID, zone: str) -> Due:
    """Say what today asks of a person, with one statement."""
    now, today = clock.now(), clock.today(zone)
    midnight = clock.start_of(today, zone)
    values = {"person": person_id, "now": now, "midnight": midnight, "today": today, "near": needs.near(today)}
    rows = run(_due(), values).all()
    if not rows:
        return Due()
    first = rows[0]
    off = tuple(first.days_off if first.days_off is not None else rules.WEEKEND)
    states = {str(row.id): _brought_forward(row, now, midnight, off) for row in rows}
    chosen = select(states, now, new_today=first.new_today, reviews_today=first.reviews_today)
    asked = chosen[: rules.room(first.median_seconds, first.today)]
    paused = first.paused_until is not None and today < first.paused_until
    rest = Rest.PAUSED if paused else Rest.DAY_OFF if today.weekday() in off else Rest.NONE
    return Due(
        cards=tuple(uuid.UUID(key) for key in asked),
        done=first.today,
        seconds=rules.seconds_a_card(first.median_seconds),
        rest=Rest.NONE if first.today else rest,
        paused_until=first.paused_until if paused else None,
    )


def card(identity: Identity, card_id: uuid.UUID) -> CardRow:
    """Read one card of the reader's as it is asked now; raise NotFound where there is none."""
    found = _card(identity, card_id)
    query = (
        sa.select(ItemRevision, Lesson.title)
        .join(Item, Item.revision_id == ItemRevision.id)
        .join(Lesson, Lesson.id == found.lesson_id)
        .where(Item.id == found.item_id)
    )
    asked, title = session().execute(query).one()
    return _row(found, asked, title)


def card_asked(identity: Identity, card_id: uuid.UUID, turn: int, revision_id: uuid.UUID) -> CardRow:
    """Read one card of the reader's as it was asked on a turn."""
    found = _card(identity, card_id)
    lesson = session().get_one(Lesson, found.lesson_id)
    return replace(_row(found, items.revision(revision_id), lesson.title), turn=turn)


def answered(identity: Identity, answer_id: uuid.UUID) -> AnsweredRow:
    """Read an answer of the reader's with its explanation; raise NotFound where there is none."""
    query = (
        sa.select(DrillAnswer, DrillCard, Lesson.title, ItemRevision)
        .join(DrillCard, DrillCard.id == DrillAnswer.card_id)
        .join(Lesson, Lesson.id == DrillCard.lesson_id)
        .join(ItemRevision, ItemRevision.id == DrillAnswer.item_revision_id)
        .where(DrillAnswer.id == answer_id, DrillAnswer.person_id == identity.person_id)
    )
    found = session().execute(query).one_or_none()
    if found is None:
        raise NotFound
    given, held, title, asked = found
    explanation = items.explained(asked, given.answer, _seed(held, given.turn))
    return AnsweredRow(given.id, held.lesson_id, title, explanation, held.due_at)


def coming(person_id: uuid.UUID, zone: str, days_off: Sequence[int], *, limit: int = 4) -> list[ComingRow]:
    """Count the questions that come back on the next days, put on days that are not off."""
    now = clock.now()
    query = (
        sa.select(DrillCard.due_at)
        .join(Item, Item.id == DrillCard.item_id)
        .join(Lesson, Lesson.id == DrillCard.lesson_id)
        .join(Module, Module.id == Lesson.module_id)
        .where(DrillCard.person_id == person_id, *_IN_USE)
    )
    tomorrow = clock.today(zone) + timedelta(days=1)
    local = (clock.day_of(at, zone) if at > now else tomorrow for at in session().scalars(query))
    days = Counter(day if day < tomorrow else rules.practice_day(day, days_off) for day in local)
    return [ComingRow(day, count) for day, count in sorted(days.items())[:limit]]


def settings(person_id: uuid.UUID) -> DrillSettings:
    """Give a person's settings, those of the house where they chose none."""
    found = session().get(DrillSettings, person_id)
    return found or DrillSettings(
        person_id=person_id, days_off=list(rules.WEEKEND), paused_until=None, median_seconds=None
    )


def practised(person_id: uuid.UUID, since: datetime) -> list[datetime]:
    """List the moments at which a person answered."""
    query = sa.select(DrillAnswer.at).where(DrillAnswer.person_id == person_id, DrillAnswer.at >= since)
    return list(session().scalars(query))


def _card(identity: Identity, card_id: uuid.UUID) -> DrillCard:
    query = sa.select(DrillCard).where(DrillCard.id == card_id, DrillCard.person_id == identity.person_id)
    found = session().scalar(query)
    if found is None:
        raise NotFound
    return found


def _row(held: DrillCard, asked: ItemRevision, title: Any) -> CardRow:
    question = items.question(asked, _seed(held, held.answers))
    return CardRow(held.id, held.answers, asked, question, held.lesson_id, title)


def _seed(held: DrillCard, turn: int) -> int:
    """Give the seed by which the options of a turn are shuffled: another order each time."""
    return items.seed_of(held.person_id, held.item_id) + turn


_STANDING: Final = (
    DrillCard.id,
    DrillCard.due_at,
    DrillCard.stage,
    DrillCard.step,
    DrillCard.stability,
    DrillCard.difficulty,
    DrillCard.answered_at,
)
_PACE: Final = (DrillSettings.days_off, DrillSettings.paused_until, DrillSettings.median_seconds)


@cache
def _due() -> sa.Select[*tuple[Any, ...]]:
    need, today = needs.next_day(), _answered_today()
    return (
        sa.select(*_STANDING, need.label("need_on"), *_PACE, today)
        .join(Item, Item.id == DrillCard.item_id)
        .join(Lesson, Lesson.id == DrillCard.lesson_id)
        .join(Module, Module.id == Lesson.module_id)
        .join(today, sa.true())
        .outerjoin(DrillSettings, DrillSettings.person_id == DrillCard.person_id)
        .where(
            DrillCard.person_id == sa.bindparam("person"),
            *_IN_USE,
            sa.or_(DrillCard.due_at <= sa.bindparam("now"), need.is_not(None)),
        )
    )


def _answered_today() -> sa.Subquery:
    """Count the answers since midnight: all, the first ones of a card, and reviews; always one row."""
    counts = (DrillAnswer.turn == 0, DrillAnswer.stage == Stage.REVIEW.value)
    new, reviews = (sa.func.coalesce(sa.func.sum(sa.case((one, 1), else_=0)), 0) for one in counts)
    query = sa.select(sa.func.count().label("today"), new.label("new_today"), reviews.label("reviews_today"))
    return query.where(
        DrillAnswer.person_id == sa.bindparam("person"), DrillAnswer.at >= sa.bindparam("midnight")
    ).subquery()


def _brought_forward(row: Any, now: datetime, midnight: datetime, days_off: Sequence[int]) -> RecallState:
    """Give a card's state; due now where a day of need is near and it would not be fresh on that day.

    Once a day at most: what was answered today has had its turn.
    """
    state = RecallState(row.due_at, Stage(row.stage), row.step, row.stability, row.difficulty, row.answered_at)
    if row.need_on is None or row.due_at <= now or row.answered_at is None or row.answered_at >= midnight:
        return state
    local = midnight.date()
    if local < rules.brought_forward_from(row.need_on, days_off):
        return state
    recall = recall_probability(state, now + (row.need_on - local))
    return replace(state, due=now) if recall is not None and recall < rules.NEED_RECALL else state
