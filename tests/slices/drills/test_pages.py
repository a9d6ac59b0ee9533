"""The drill as somebody sees it, and that nobody else does."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coach.activity.models import Event
from coach.db import session, unit_of_work
from coach.demo.answers import right_answer
from coach.drills import queries
from coach.drills.models import DayOfNeed, DrillAnswer
from coach.evidence.models import Evidence
from coach.items.models import ItemRevision
from coach.items.queries import current
from coach.people.models import Person
from tests.client import Browser, hidden_fields
from tests.conventions.world import state
from tests.slices.assessments.conftest import fields
from tests.slices.drills.conftest import ask_only_a_choice, cards, give
from tests.statements import count_statements

Open = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]
RACERS = 8


def asked(person_id: uuid.UUID, page: str) -> ItemRevision:
    """Find the question that a page asks."""
    return next(one for card in cards(person_id) if (one := current(card.item_id)).body["stem"]["en"] in page)


def test_one_is_asked_told_why_and_told_when_it_comes_back(
    browser: Open, learned: uuid.UUID, frozen: time_machine.Traveller
) -> None:
    ask_only_a_choice(learned)
    rep, count = browser("jiwoo"), len(queries.due(learned, "Asia/Seoul").cards)
    assert f"Drill</a>: {count} question" in rep.get("/").text
    page = rep.get("/drill").text
    assert f"1 of about {count}" in page
    question = asked(learned, page)
    assert question.body["options"][0]["why"]["en"] not in page
    frozen.shift(timedelta(seconds=7))
    said = rep.follow(rep.post("/drill", fields(question, right_answer(question)))).text
    assert "Right." in said
    assert "Comes back" in said
    assert session().scalars(sa.select(DrillAnswer.seconds)).one() == 7
    assert count == 1 or f"2 of about {count}" in rep.get("/drill").text


def test_a_wrong_answer_is_told_its_own_reason(browser: Open, learned: uuid.UUID) -> None:
    ask_only_a_choice(learned)
    rep = browser("jiwoo")
    question = asked(learned, rep.get("/drill").text)
    wrong = next(option for option in question.body["options"] if not option["right"])
    said = rep.follow(rep.post("/drill", {"answer": wrong["id"]})).text
    assert wrong["why"]["en"] in said.replace("&#39;", "'").replace("&#34;", '"')


def test_no_answer_is_asked_for_again_and_the_clock_goes_on(
    browser: Open, learned: uuid.UUID, frozen: time_machine.Traveller
) -> None:
    ask_only_a_choice(learned)
    rep = browser("jiwoo")
    question = asked(learned, rep.get("/drill").text)
    frozen.shift(timedelta(seconds=10))
    assert "Choose an answer." in rep.post("/drill", {}, status=422).text
    frozen.shift(timedelta(seconds=10))
    rep.post("/drill", fields(question, right_answer(question)))
    assert session().scalars(sa.select(DrillAnswer.seconds)).one() == 20


def test_when_all_is_done_the_page_says_what_comes_back(
    browser: Open, learned: uuid.UUID, frozen: time_machine.Traveller
) -> None:
    for _ in range(2):
        for card in cards(learned):
            give(card)
        frozen.shift(timedelta(minutes=11))
    page = browser("jiwoo").get("/drill").text
    assert "That is all for today" in page
    assert "What comes back" in page
    assert "streak" not in page
    assert 'href="/drill"' not in browser("jiwoo").get("/").text.split("<main")[1], "nothing due, nothing said"


def test_what_comes_back_within_the_day_is_not_called_all_for_today(browser: Open, learned: uuid.UUID) -> None:
    for card in cards(learned):
        give(card)
    page = browser("jiwoo").get("/drill").text
    assert "Done for now" in page
    assert "Later today" in page
    assert "That is all for today" not in page


def test_a_ticket_is_good_for_nobody_else_and_cannot_be_made(browser: Open, learned: uuid.UUID) -> None:
    rep, other = browser("jiwoo"), browser("yuna")
    ticket = hidden_fields(rep.get("/drill").text, "/drill")["ticket"]
    page = other.get("/drill/settings").text
    for forged in (ticket, "", "x.y"):
        hidden = {**hidden_fields(page, "/drill/settings"), "ticket": forged, "answer": "a"}
        assert other.client.post("/drill", data=hidden).status_code == 422
        session().rollback()
    assert session().scalar(sa.select(sa.func.count()).select_from(DrillAnswer)) == 0


def test_many_answers_to_one_turn_are_one_answer(app: Flask, browser: Open, learned: uuid.UUID) -> None:
    calls: list[Callable[[], tuple[int, str]]] = []
    gate = Barrier(RACERS)
    for _ in range(RACERS):
        opened = browser("jiwoo")
        page = opened.get("/drill").text
        question = asked(learned, page)
        data = {**hidden_fields(page, "/drill"), **fields(question, right_answer(question))}
        calls.append(_sends(opened, data, gate))
    session().rollback()
    with ThreadPoolExecutor(RACERS) as pool:
        answers = set(pool.map(lambda call: call(), calls))
    kept = session().scalars(sa.select(DrillAnswer)).one()
    assert answers == {(303, f"/drill/answers/{kept.id}")}
    assert max(card.answers for card in cards(learned)) == 1


def _sends(opened: Browser, data: dict[str, Any], gate: Barrier) -> Callable[[], tuple[int, str]]:
    def send() -> tuple[int, str]:
        gate.wait()
        answer = opened.client.post("/drill", data=data)
        return answer.status_code, answer.headers.get("Location", "")

    return send


def test_a_drill_leaves_no_evidence_and_no_event(learned: uuid.UUID) -> None:
    def count() -> list[int | None]:
        return [session().scalar(sa.select(sa.func.count()).select_from(table)) for table in (Evidence, Event)]

    before = count()
    for card in cards(learned):
        give(card)
    assert count() == before


@pytest.mark.parametrize("who", ["sora", "taeyang", "kyungmi", "dana", "ines"])
def test_nobody_else_sees_it(who: str, browser: Open, learned: uuid.UUID) -> None:
    paths = [f"/people/{learned}", f"/people/{learned}/skills", "/team", "/coachees", "/", "/admin/audit/changes"]
    reader = browser(who)
    before = [_shown(reader, path) for path in paths]
    given = give(cards(learned)[0], {})
    assert [_shown(reader, path) for path in paths] == before, "an answer changes no page of anybody else"
    reader.get(f"/drill/answers/{given}", status=404)
    assert str(learned) not in reader.get("/drill").text


def _shown(reader: Browser, path: str) -> str:
    """Give a page without what is new in it each time."""
    text = reader._send("GET", path).text
    return "\n".join(line for line in text.splitlines() if "form_key" not in line and "csrf_token" not in line)


def test_one_chooses_days_off_and_a_pause(browser: Open, learned: uuid.UUID) -> None:
    rep = browser("jiwoo")
    rep.post("/drill/settings", {"days_off": ["0", "6"], "pause": ""}, on="/drill/settings")
    page = rep.get("/drill").text
    assert "Today is a day off" in page
    assert 'href="/drill"' not in rep.get("/").text.split("<main")[1]
    assert "1 of about" in rep.get("/drill?anyway=1").text
    rep.post("/drill/settings", {"days_off": [], "pause": "7"}, on="/drill/settings")
    assert "The drill pauses until Mon 30 Nov" in rep.get("/drill").text
    assert "Until Mon 30 Nov" in rep.get("/drill/settings").text
    every = [str(n) for n in range(7)]
    rep.post("/drill/settings", {"days_off": every, "pause": ""}, on="/drill/settings", status=422)


def test_an_editor_names_a_day_for_everybody_and_a_manager_for_their_own(
    browser: Open, cast: Cast, learned: uuid.UUID
) -> None:
    sent = {"name": "New price list", "about": "skill open-a-call", "on_day": "2026-12-01"}
    for who in ("ines", "sora"):
        browser(who).post("/days-of-need", sent, on="/days-of-need")
        assert "Tue 1 Dec" in browser(who).get("/days-of-need").text
    assert set(session().scalars(sa.select(DayOfNeed.tree_of))) == {None, cast("sora")}
    assert "New price list" in browser("jiwoo").get("/drill").text
    browser("jiwoo").get("/days-of-need", status=404)
    need = session().scalars(sa.select(DayOfNeed.id).where(DayOfNeed.tree_of.is_(None))).one()
    sora = browser("sora")
    sora.post(f"/days-of-need/{need}/withdraw", on="/days-of-need", status=404)
    ines = browser("ines")
    ines.post(f"/days-of-need/{need}/withdraw", on="/days-of-need")
    assert "No day is named yet." in ines.get("/days-of-need").text
    assert "Choose a skill or a module." in ines.post("/days-of-need", {**sent, "about": ""}, status=422).text


def test_the_pages_speak_korean_and_take_few_statements(app: Flask, browser: Open, learned: uuid.UUID) -> None:
    with unit_of_work():
        session().execute(sa.update(Person).values(language="ko"))
    rep = browser("jiwoo")
    assert "번째" in rep.get("/drill").text
    with count_statements(app) as seen:
        rep.get("/drill")
    assert len(seen) <= 8
    before = state(about=learned)
    for path in ("/drill", "/drill/settings"):
        rep.get(path)
    assert state(about=learned) == before
