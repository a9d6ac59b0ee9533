"""Which questions come back, when, and how many a day."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import sqlalchemy as sa
import time_machine
from flask import Flask

from coach import clock
from coach.access.identity import Identity
from coach.db import session, unit_of_work
from coach.drills import queries, services
from coach.drills.models import DrillAnswer, DrillCard
from coach.drills.rows import Rest
from coach.items.models import Item
from coach.training.models import Lesson
from coach.words import Text
from tests.conftest import NOW
from tests.slices.drills.conftest import LESSON, cards, give
from tests.slices.evidence.seeing import finished
from tests.statements import count_statements

Cast = Callable[[str], uuid.UUID]
ZONE = "Asia/Seoul"


def test_finishing_a_lesson_keeps_its_questions_and_none_of_a_check(learned: uuid.UUID) -> None:
    kept = cards(learned)
    assert len(kept) >= 2
    assert {session().get_one(Item, card.item_id).use for card in kept} == {"lesson"}
    assert len(queries.due(learned, ZONE).cards) == len(kept)


def test_a_question_is_not_asked_on_the_day_of_its_lesson(app: Flask, cast: Cast) -> None:
    with unit_of_work():
        finished(cast("jiwoo"), LESSON)
    assert queries.due(cast("jiwoo"), ZONE).cards == ()


def test_a_lesson_taken_again_keeps_what_is_remembered_of_it(learned: uuid.UUID) -> None:
    give(cards(learned)[0])
    before = [(card.id, card.answers, card.due_at) for card in cards(learned)]
    with unit_of_work():
        finished(learned, LESSON)
    assert [(card.id, card.answers, card.due_at) for card in cards(learned)] == before


def test_what_is_retired_is_not_asked(learned: uuid.UUID) -> None:
    kept = cards(learned)
    with unit_of_work():
        session().get_one(Item, kept[0].item_id).retired_at = clock.now()
    assert kept[0].id not in queries.due(learned, ZONE).cards
    assert len(queries.due(learned, ZONE).cards) == len(kept) - 1
    with unit_of_work():
        session().get_one(Lesson, LESSON).retired_at = clock.now()
    assert queries.due(learned, ZONE).cards == ()
    assert queries.coming(learned, ZONE, [5, 6]) == []


def test_wrong_comes_back_soon_and_right_on_another_day(learned: uuid.UUID, frozen: time_machine.Traveller) -> None:
    right, wrong = cards(learned)[:2]
    for _ in range(2):
        give(right)
        right = next(card for card in cards(learned) if card.id == right.id)
        frozen.shift(timedelta(minutes=11))
    give(wrong, {})
    held = {card.id: card for card in cards(learned)}
    assert held[wrong.id].due_at - clock.now() <= timedelta(minutes=10)
    assert held[right.id].due_at - clock.now() > timedelta(days=1)


def test_right_but_slow_comes_back_sooner(learned: uuid.UUID) -> None:
    for card, seconds in zip(cards(learned), (9, 11), strict=False):
        with unit_of_work():
            services._settle(learned, {"median_seconds": 5.0})
        give(card, seconds=seconds)
    answers = session().scalars(sa.select(DrillAnswer).order_by(DrillAnswer.seconds)).all()
    assert [answer.grade for answer in answers] == ["good", "hard"]


def test_five_right_answers_make_an_own_median(learned: uuid.UUID) -> None:
    for seconds in (2, 4, 6, 8, 10):
        give(cards(learned)[0], seconds=seconds)
    assert queries.settings(learned).median_seconds == 6


def test_a_day_brings_eight_new_questions_at_most_and_five_minutes(learned: uuid.UUID) -> None:
    items = session().scalars(sa.select(Item.id).where(Item.use == "lesson", Item.skill_id != "open-a-call").limit(40))
    with unit_of_work():
        for item_id in items.all():
            session().add(_card(learned, item_id))
    assert len(queries.due(learned, ZONE).cards) == 8
    with unit_of_work():
        now = clock.now() - timedelta(days=9)
        session().execute(
            sa.update(DrillCard).values(
                stage="review", stability=5.0, difficulty=5.0, answered_at=now, answers=3, step=None
            )
        )
    assert len(queries.due(learned, ZONE).cards) == 15, "five minutes of twenty seconds"
    assert queries.due(learned, ZONE).minutes == 5


def test_the_one_least_remembered_comes_first(learned: uuid.UUID) -> None:
    first, second = cards(learned)[:2]
    with unit_of_work():
        for card, days in ((first, 3), (second, 12)):
            row = session().get_one(DrillCard, card.id)
            row.stage, row.stability, row.difficulty, row.answers = "review", 3.0, 5.0, 2
            row.answered_at = clock.now() - timedelta(days=days)
    assert queries.due(learned, ZONE).cards[:2] == (second.id, first.id)


def test_a_day_off_and_a_pause_ask_nothing_until_one_begins(learned: uuid.UUID, frozen: time_machine.Traveller) -> None:
    frozen.move_to(NOW + timedelta(days=5))  # a Saturday
    assert queries.due(learned, ZONE).rest == Rest.DAY_OFF
    with unit_of_work():
        services.choose_rhythm(by=learned, days_off=[6], paused_until=None)
    assert queries.due(learned, ZONE).is_offered
    with unit_of_work():
        services.choose_rhythm(by=learned, days_off=[6], paused_until=clock.today(ZONE) + timedelta(days=7))
    assert queries.due(learned, ZONE).rest == Rest.PAUSED
    give(cards(learned)[0])
    assert queries.due(learned, ZONE).rest == Rest.NONE
    frozen.move_to(NOW + timedelta(days=12, hours=1))
    assert queries.due(learned, ZONE).is_offered, "a pause ends by itself"


def test_a_day_of_need_brings_back_what_would_not_be_fresh(
    learned: uuid.UUID, cast: Cast, frozen: time_machine.Traveller
) -> None:
    _remember(learned, days=10.0, due_in=9)
    with unit_of_work():
        _need(cast("ines"), None, date(2026, 12, 1))
    frozen.move_to(NOW + timedelta(days=2))
    assert queries.due(learned, ZONE).cards == (), "Wednesday is too early"
    frozen.move_to(NOW + timedelta(days=3))
    assert len(queries.due(learned, ZONE).cards) == len(cards(learned))
    give(cards(learned)[0])
    assert cards(learned)[0].id not in queries.due(learned, ZONE).cards, "once a day is enough"
    with unit_of_work():
        session().execute(sa.update(DrillCard).values(stability=200.0))
    assert queries.due(learned, ZONE).cards == (), "what will be fresh stays where it was"


def test_a_day_of_need_that_is_over_asks_for_nothing(
    learned: uuid.UUID, cast: Cast, frozen: time_machine.Traveller
) -> None:
    _remember(learned, days=4.0, due_in=9)
    with unit_of_work():
        _need(cast("ines"), None, date(2026, 11, 24))
    frozen.move_to(NOW + timedelta(days=1))
    assert queries.due(learned, ZONE).cards
    frozen.move_to(NOW + timedelta(days=2))
    assert queries.due(learned, ZONE).cards == ()


def test_a_managers_day_of_need_is_for_their_own_people(learned: uuid.UUID, cast: Cast) -> None:
    _remember(learned, days=4.0, due_in=3)
    with unit_of_work():
        need = _need(cast("marcus"), cast("marcus"), date(2026, 11, 24))
    assert queries.due(learned, ZONE).cards == ()
    with unit_of_work():
        services.call_off(need, tree_of=cast("marcus"))
        need = _need(cast("kyungmi"), cast("kyungmi"), date(2026, 11, 24))
    assert queries.due(learned, ZONE).cards
    with unit_of_work():
        services.call_off(need, tree_of=cast("kyungmi"))
    assert queries.due(learned, ZONE).cards == ()


def test_what_today_asks_is_read_with_one_statement(app: Flask, learned: uuid.UUID) -> None:
    with count_statements() as seen:
        queries.due(learned, ZONE)
    assert len(seen) == 1
    row = queries.card(Identity(learned), queries.due(learned, ZONE).cards[0])
    assert "why" not in repr(row.question)


def _card(person_id: uuid.UUID, item_id: str) -> DrillCard:
    now = clock.now()
    return DrillCard(
        person_id=person_id, item_id=item_id, lesson_id=LESSON, made_at=now, due_at=now, stage="learning", step=0
    )


def _remember(person_id: uuid.UUID, *, days: float, due_in: int) -> None:
    values = {
        "stage": "review", "step": None, "stability": days, "difficulty": 5.0, "answers": 2,
        "answered_at": clock.now() - timedelta(days=1), "due_at": clock.now() + timedelta(days=due_in),
    }  # fmt: skip
    with unit_of_work():
        session().execute(sa.update(DrillCard).where(DrillCard.person_id == person_id).values(values))


def _need(by: uuid.UUID, tree_of: uuid.UUID | None, day: date) -> uuid.UUID:
    name = Text(en="New price list", ko="새 가격표")
    return services.name_day(
        by=by, tree_of=tree_of, name=name, skill_id="open-a-call", module_id=None, on_day=day
    ).id  # fmt: skip
