"""What one may not do with work: take it without a day, take it back from people one no longer coaches."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coach import clock
from coach.access.identity import Identity
from coach.assignments.models import Assignment
from coach.assignments.services import assign, undo
from coach.db import session, unit_of_work
from coach.errors import NotFound
from coach.people import services as people
from coach.people.models import CoachPairing
from tests.client import Browser
from tests.slices.evidence.seeing import finished

Cast = Callable[[str], uuid.UUID]
Open = Callable[..., Browser]
LESSON = "ho-ask-why-first"
DUE = date(2026, 12, 7)


def standing() -> set[uuid.UUID]:
    """Give who has something that stands."""
    session().expire_all()
    return set(session().scalars(sa.select(Assignment.person_id).where(Assignment.withdrawn_at.is_(None))))


def test_a_day_that_is_none_is_asked_for_again_and_nothing_is_taken(browser: Open) -> None:
    minho = browser("minho")
    for sent in ({"when": "day", "due_on": "soon"}, {"when": "day"}, {"when": "some time"}):
        minho.get("/assignments")
        assert "날짜" in minho.post("/assignments/mine", {"lesson_id": LESSON, **sent}, status=422).text
    assert standing() == set()


def test_a_former_coach_takes_back_only_what_was_given_to_those_they_coach(app: Flask, cast: Cast) -> None:
    taeyang = Identity(cast("taeyang"))

    def part(who: str) -> None:
        pair = sa.and_(CoachPairing.coach_id == cast("taeyang"), CoachPairing.person_id == cast(who))
        pairing = session().scalars(sa.select(CoachPairing).where(pair)).one()
        people.end_coaching(pairing, by=None, until=date(2026, 11, 23))

    with unit_of_work():
        act = assign(by=taeyang, to=[cast("minho"), cast("sojin")], lesson_id=LESSON, due=DUE)
        part("minho")
        assert undo(by=taeyang, act_id=act.id) == 1
        part("sojin")
        with pytest.raises(NotFound):
            undo(by=taeyang, act_id=act.id)
    assert standing() == {cast("minho")}


def test_what_is_done_is_neither_taken_back_nor_moved(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        act = assign(by=Identity(cast("sora")), to=[cast("minho")], lesson_id=LESSON, due=DUE)
    with clock.at(clock.now() + timedelta(hours=1)), unit_of_work():
        finished(cast("minho"), LESSON)
    given = session().scalars(sa.select(Assignment.id).where(Assignment.act_id == act.id)).one()
    sora, path = browser("sora"), f"/assignments/{given}"
    assert "Take it back" not in sora.get(path).text
    sora.post(f"{path}/withdraw", status=409)
    sora.get(path)
    page = sora.post(path, {"due_on": "2026-12-10", "version": "1"}, status=409).text
    assert "This is done by now." in page
    assert standing() >= {cast("minho")}
