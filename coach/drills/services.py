"""Keep the questions of a finished lesson, take an answer, choose one's rhythm, name a day of need."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.content.kinds import ItemUse
from coach.db import insert_once, new_id, session, upsert
from coach.drills import rules
from coach.drills.models import DayOfNeed, DrillAnswer, DrillCard, DrillSettings
from coach.errors import Conflict, Invalid, NotFound
from coach.items import queries as items
from coach.items.marking import is_whole, mark
from coach.items.models import Item
from coach.measurement.recall import Grade, RecallState, Stage, grade, own_median, review
from coach.people.models import Person
from coach.skills.models import Skill
from coach.training.models import LessonPart, LessonRun, Module
from coach.words import Message, Text

MEDIAN_OF: Final = 50
"""Right answers, the newest, of which the own median is taken."""
LONGEST_AHEAD: Final = timedelta(days=366)


def keep_questions(*, run_id: uuid.UUID) -> None:
    """Make a card of every question of a finished lesson, first asked the next day; one that is there stays as it is.

    Only questions kept for lessons: those of checks are never drilled.
    """
    run = session().get_one(LessonRun, run_id)
    zone = session().get_one(Person, run.person_id).zone
    tomorrow = clock.start_of(clock.today(zone) + timedelta(days=1), zone)
    asked = sa.select(Item.id).join(LessonPart, LessonPart.item_id == Item.id)
    lasting = asked.where(
        LessonPart.revision_id == run.revision_id, Item.use == ItemUse.LESSON, Item.retired_at.is_(None)
    )
    card = {"person_id": run.person_id, "lesson_id": run.lesson_id, "made_at": clock.now(), "due_at": tomorrow}
    fresh = {**card, "stage": Stage.LEARNING.value, "step": 0, "answers": 0}
    rows = [{"id": new_id(), "item_id": item_id, **fresh} for item_id in session().scalars(lasting)]
    if rows:
        once = upsert(DrillCard).on_conflict_do_nothing(index_elements=["person_id", "item_id"])
        session().execute(once, rows)


def answer(
    *,
    by: uuid.UUID,
    card_id: uuid.UUID,
    turn: int,
    revision_id: uuid.UUID,
    answer: Mapping[str, Any],
    shown_at: datetime,
) -> uuid.UUID:
    """Take the answer to a card on its turn and plan when it comes back; give the id of the answer.

    Of two answers to one turn the first counts; the second gets the first one's id. It leaves no evidence.
    """
    card, asked, at = session().get(DrillCard, card_id), items.revision(revision_id), clock.now()
    if card is None or card.person_id != by or card.item_id != asked.item_id or turn > card.answers:
        raise NotFound
    score, seconds = mark(asked.kind, asked.body, answer), rules.taken(shown_at, at)
    judged = grade(is_whole(score), seconds, _median_of(by))
    marked = {"answer": dict(answer), "score": score, "grade": judged.value, "stage": card.stage, "seconds": seconds}
    row = {"id": new_id(), "card_id": card_id, "person_id": by, "turn": turn, "item_revision_id": revision_id}
    if turn == card.answers and insert_once(DrillAnswer, {**row, **marked, "at": at}):
        _plan(card, turn, judged, at)
        _keep_median(by)
    given = sa.select(DrillAnswer.id).where(DrillAnswer.card_id == card_id, DrillAnswer.turn == turn)
    return session().scalars(given).one()


def choose_rhythm(*, by: uuid.UUID, days_off: Collection[int], paused_until: date | None) -> None:
    """Keep the weekdays off (0 is Monday) and until when the drill pauses."""
    chosen = sorted(set(days_off) & set(range(7)))
    if len(chosen) == 7:
        raise Invalid(Message("Keep at least one day, or pause the drill."), field="days_off")
    values = {"days_off": chosen, "paused_until": paused_until}
    _settle(by, values)


def name_day(
    *, by: uuid.UUID, tree_of: uuid.UUID | None, name: Text, skill_id: str | None, module_id: str | None, on_day: date
) -> DayOfNeed:
    """Name a day by which a skill or a module must be at hand, for everybody or for the people of one manager."""
    today = clock.today()
    if not today <= on_day <= today + LONGEST_AHEAD:
        raise Invalid(Message("Choose a day within the next year."), field="on_day")
    subject = session().get(Skill, skill_id) if skill_id else session().get(Module, module_id or "")
    if subject is None or subject.retired_at is not None:
        raise Invalid(Message("Choose a skill or a module."), field="about")
    made = DayOfNeed(
        name=name,
        skill_id=skill_id,
        module_id=None if skill_id else module_id,
        on_day=on_day,
        tree_of=tree_of,
        made_by=by,
        made_at=clock.now(),
    )
    session().add(made)
    session().flush()
    return made


def call_off(need_id: uuid.UUID, *, tree_of: uuid.UUID | None) -> None:
    """Take a day of need back, one that is for everybody or for the people of one manager; twice is once."""
    found = session().get(DayOfNeed, need_id)
    if found is None or found.tree_of != tree_of:
        raise NotFound
    found.withdrawn_at = found.withdrawn_at or clock.now()


def _plan(card: DrillCard, turn: int, judged: Grade, at: datetime) -> None:
    """Move the card on; whoever put the answer in alone gets here."""
    before = RecallState(card.due_at, Stage(card.stage), card.step, card.stability, card.difficulty, card.answered_at)
    after = review(before, judged, max(at, card.answered_at or at))
    moved = sa.update(DrillCard).where(DrillCard.id == card.id, DrillCard.answers == turn)
    values = {
        "due_at": after.due,
        "stage": after.stage.value,
        "step": after.step,
        "stability": after.stability,
        "difficulty": after.difficulty,
        "answered_at": after.last_review,
        "answers": turn + 1,
    }
    if session().execute(moved.values(values).execution_options(synchronize_session=False)).rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(Message("This card was answered meanwhile. Open the drill again."))
    session().expire(card)


def _median_of(person_id: uuid.UUID) -> float | None:
    return session().scalar(sa.select(DrillSettings.median_seconds).where(DrillSettings.person_id == person_id))


def _keep_median(person_id: uuid.UUID) -> None:
    right = sa.select(DrillAnswer.seconds).where(
        DrillAnswer.person_id == person_id, DrillAnswer.grade != Grade.AGAIN.value
    )
    newest = session().scalars(right.order_by(DrillAnswer.at.desc()).limit(MEDIAN_OF)).all()
    _settle(person_id, {"median_seconds": own_median(newest)})


def _settle(person_id: uuid.UUID, values: Mapping[str, Any]) -> None:
    """Change some of a person's settings, on top of those of the house where there are none."""
    row = {"person_id": person_id, "days_off": list(rules.WEEKEND), "paused_until": None, "median_seconds": None}
    put = upsert(DrillSettings).values({**row, **values})
    session().execute(put.on_conflict_do_update(index_elements=["person_id"], set_=dict(values)))
