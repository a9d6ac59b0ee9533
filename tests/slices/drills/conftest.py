"""What the tests of drills share: a finished lesson, a day on which its questions are due, and how one answers."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coach import clock
from coach.content.kinds import ItemKind
from coach.db import session, unit_of_work
from coach.demo.answers import right_answer
from coach.drills import services
from coach.drills.models import DrillCard
from coach.items.queries import current
from coach.people.models import Person
from tests.slices.evidence.seeing import finished

LESSON = "oc-reason-in-ten-seconds"
Cast = Callable[[str], uuid.UUID]


@pytest.fixture
def learned(app: Flask, cast: Cast, frozen: time_machine.Traveller) -> uuid.UUID:
    """Let Jiwoo have finished a lesson yesterday; give her id."""
    with unit_of_work():
        session().execute(sa.update(Person).values(language="en"))
    with clock.at(clock.now() - timedelta(days=1)), unit_of_work():
        finished(cast("jiwoo"), LESSON)
    return cast("jiwoo")


def cards(person_id: uuid.UUID) -> list[DrillCard]:
    """List somebody's cards as they stand."""
    query = sa.select(DrillCard).where(DrillCard.person_id == person_id).order_by(DrillCard.item_id)
    return list(session().scalars(query.execution_options(populate_existing=True)))


def ask_only_a_choice(person_id: uuid.UUID) -> None:
    """Put off what is not a choice of one, so that the next question has options with reasons."""
    for card in cards(person_id):
        if current(card.item_id).kind != ItemKind.SINGLE:
            with unit_of_work():
                session().get_one(DrillCard, card.id).due_at = clock.now() + timedelta(days=9)


def give(card: DrillCard, given: dict[str, Any] | None = None, *, seconds: float = 5.0) -> uuid.UUID:
    """Answer a card on its turn, rightly unless told otherwise, after some seconds."""
    asked = current(card.item_id)
    with unit_of_work():
        return services.answer(
            by=card.person_id,
            card_id=card.id,
            turn=card.answers,
            revision_id=asked.id,
            answer=right_answer(asked) if given is None else given,
            shown_at=clock.now() - timedelta(seconds=seconds),
        )
