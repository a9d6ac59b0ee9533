"""The coaching log, from the form to the evidence and back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coach import clock
from coach.coaching import services
from coach.coaching.models import AgreedAction, CoachingSession, Observation
from coach.coaching.services import Setting, Talk
from coach.db import db, session, unit_of_work
from coach.evidence.models import Evidence, Retraction
from coach.people.models import Person
from coach.people.services import deactivate
from coach.skills.models import Skill
from tests.client import Browser
from tests.statements import count_statements

Open = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]


def _form(person: uuid.UUID, **more: str) -> dict[str, str]:
    return {"person": str(person), "setting": "call", "held_on": "2026-11-23", "due": "next_call", **more}


@contextmanager
def _cells_locked() -> Iterator[list[str]]:
    """List the skills whose cells the block locks, in the order in which it does."""
    skills: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO cell "):
            given = values.values() if isinstance(values, dict) else values
            skills.extend(value for value in given if value in framework)

    framework = set(session().scalars(sa.select(Skill.id)))
    session().rollback()
    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield skills
    sa.event.remove(db.engine, "before_cursor_execute", note)


def _log(browser: Open, cast: Cast, coach: str = "taeyang", about: str = "jiwoo", **more: str) -> str:
    page = f"/coaching/new?person={cast(about)}"
    form = _form(cast(about), **(more or {"rate-open-a-call": "2"}))
    return browser(coach).post("/coaching/new", form, on=page).headers["Location"]


def test_a_log_becomes_a_piece_of_evidence_for_each_skill_seen(app: Flask, browser: Open, cast: Cast) -> None:
    _log(browser, cast, **{"rate-open-a-call": "2", "rate-qualify": "3"})
    rows = {e.skill_id: e for e in session().scalars(sa.select(Evidence).where(Evidence.person_id == cast("jiwoo")))}
    assert set(rows) == {"open-a-call", "qualify"}
    assert (rows["qualify"].y, rows["qualify"].kind, rows["qualify"].setting) == (3.0, "observation", "customer")
    assert rows["qualify"].source == f"rater:{cast('taeyang')}"
    assert abs(rows["qualify"].v - 0.355) < 1e-9


def test_a_double_click_makes_one_log_and_gives_the_same_answer(app: Flask, browser: Open, cast: Cast) -> None:
    opened = browser("taeyang")
    opened.get(f"/coaching/new?person={cast('jiwoo')}")
    form = _form(cast("jiwoo"), **{"rate-open-a-call": "2"})
    first = opened.post("/coaching/new", form)
    again = opened.post("/coaching/new", form)
    assert first.headers["Location"] == again.headers["Location"]
    assert session().scalar(sa.select(sa.func.count()).select_from(CoachingSession)) == 1


def test_an_empty_log_says_what_to_do_and_keeps_what_was_typed(browser: Open, cast: Cast) -> None:
    opened = browser("taeyang")
    page = f"/coaching/new?person={cast('jiwoo')}"
    answer = opened.post("/coaching/new", _form(cast("jiwoo"), about="Call with a school office"), on=page, status=422)
    assert "Rate one skill that you saw, or write what you agreed." in answer.text
    assert "Call with a school office" in answer.text


def test_a_day_that_has_not_come_is_refused_beside_its_field(browser: Open, cast: Cast) -> None:
    opened = browser("taeyang")
    form = _form(cast("jiwoo"), held_on="2026-11-30", **{"rate-open-a-call": "4"})
    answer = opened.post("/coaching/new", form, on=f"/coaching/new?person={cast('jiwoo')}", status=422)
    assert "Choose a day that has come." in answer.text
    assert 'value="4"' in answer.text


def test_what_was_agreed_is_asked_about_at_the_next_talk(browser: Open, cast: Cast) -> None:
    _log(browser, cast, action="Ask two questions before giving a price")
    opened = browser("taeyang")
    page = opened.get(f"/coaching/new?person={cast('jiwoo')}")
    assert "Ask two questions before giving a price" in page.text
    opened.post("/coaching/new", _form(cast("jiwoo"), outcome="partly", **{"rate-qualify": "2"}))
    action = session().scalars(sa.select(AgreedAction)).one()
    assert (action.outcome, action.done_at) == ("partly", None)


def test_the_person_reads_it_says_so_and_ticks_the_action(app: Flask, browser: Open, cast: Cast) -> None:
    where = _log(browser, cast, action="Name the value before the price")
    jiwoo = browser("jiwoo")
    assert "Name the value before the price" in jiwoo.get(where).text
    jiwoo.post(f"{where}/acknowledge")
    action = session().scalars(sa.select(AgreedAction)).one()
    jiwoo.post(f"/coaching/actions/{action.id}", {"done": "yes"}, on=where)
    session().expire_all()
    assert session().scalars(sa.select(AgreedAction)).one().done_at is not None
    assert session().scalars(sa.select(CoachingSession)).one().acknowledged_at is not None


def test_a_corrected_rating_retracts_the_old_piece_and_adds_a_new_one(app: Flask, browser: Open, cast: Cast) -> None:
    where = _log(browser, cast, **{"rate-open-a-call": "2"})
    opened = browser("taeyang")
    opened.get(f"{where}/edit")
    opened.post(f"{where}/edit", _form(cast("jiwoo"), **{"rate-open-a-call": "3"}))
    session().expire_all()
    assert [o.level for o in session().scalars(sa.select(Observation))] == [3]
    assert session().scalar(sa.select(sa.func.count()).select_from(Evidence)) == 2
    assert session().scalars(sa.select(Retraction)).one().reason == "corrected"


def test_a_log_is_mended_and_taken_back_skill_by_skill_as_one_is_written(app: Flask, cast: Cast) -> None:
    """Two who change the log of one person at once lock its cells in one order: neither waits in a ring."""
    today, who = clock.today("Asia/Seoul"), {"by": cast("taeyang"), "zone": "Asia/Seoul"}
    was, now = {"open-a-call": 2, "handle-objections": 3}, {"qualify": 2, "ask-about-needs": 3, "open-a-call": 1}
    with unit_of_work():
        log_id = services.log(person_id=cast("jiwoo"), talk=Talk(Setting.CALL, today, was), **who)
    with _cells_locked() as mended, unit_of_work() as work:
        services.mend(work.get_one(CoachingSession, log_id), talk=Talk(Setting.CALL, today, now), **who)
    assert mended == ["ask-about-needs", "handle-objections", "open-a-call", "open-a-call", "qualify"]
    with _cells_locked() as taken_back, unit_of_work() as work:
        services.withdraw(work.get_one(CoachingSession, log_id), by=cast("taeyang"))
    assert taken_back == ["ask-about-needs", "open-a-call", "qualify"]


def test_a_stale_edit_is_a_conflict_that_shows_both_texts(app: Flask, browser: Open, cast: Cast) -> None:
    where = _log(browser, cast, action="First text")
    one, two = browser("taeyang"), browser("taeyang")
    one.get(f"{where}/edit")
    two.get(f"{where}/edit")
    one.post(f"{where}/edit", _form(cast("jiwoo"), action="Second text", **{"rate-qualify": "2"}))
    answer = two.post(f"{where}/edit", _form(cast("jiwoo"), action="Third text"), status=409)
    assert "Second text" in answer.text
    assert "Third text" in answer.text
    assert "Qualify: With help" in answer.text
    assert "By when" not in answer.text, "what stands the same on both sides is not compared"
    assert answer.text.count("Stands now") == 2
    assert f'href="{where}/edit"' in answer.text


def test_a_log_taken_back_counts_no_longer_and_is_gone(app: Flask, browser: Open, cast: Cast) -> None:
    where = _log(browser, cast)
    opened = browser("taeyang")
    opened.get(where)
    opened.post(f"{where}/withdraw")
    opened.get(where, status=404)
    assert session().scalars(sa.select(Retraction)).one().reason == "withdrawn"


def test_a_suggested_lesson_is_assigned_by_the_coach(app: Flask, browser: Open, cast: Cast) -> None:
    from coach.assignments.models import Assignment

    _log(browser, cast, lesson="oc-reason-in-ten-seconds", **{"rate-open-a-call": "1"})
    given = session().scalars(sa.select(Assignment)).one()
    assert (given.lesson_id, given.assigned_by) == ("oc-reason-in-ten-seconds", cast("taeyang"))
    assert given.due_on == date(2026, 11, 23) + timedelta(days=7)


def test_the_week_of_a_suggested_lesson_begins_on_the_day_that_it_is_where_the_person_is(
    app: Flask, browser: Open, cast: Cast, frozen: time_machine.Traveller
) -> None:
    from coach.assignments.models import Assignment

    frozen.move_to(clock.now().replace(hour=20))  # in Seoul it is the 24th already
    _log(browser, cast, lesson="oc-reason-in-ten-seconds", **{"rate-open-a-call": "1"})
    given = session().scalars(sa.select(Assignment)).one()
    assert given.due_on == date(2026, 11, 24) + timedelta(days=7)


def test_the_form_names_a_manager_who_reads_it_until_they_leave(browser: Open, cast: Cast) -> None:
    page = f"/coaching/new?person={cast('jiwoo')}"
    assert "Jiwoo and Sora will see this." in browser("taeyang").get(page).text
    with unit_of_work():
        deactivate(session().get_one(Person, cast("sora")), by=None)
    assert "Jiwoo will see this." in browser("taeyang").get(page).text


def test_only_those_who_coach_or_manage_now_may_log(browser: Open, cast: Cast) -> None:
    page = f"/coaching/new?person={cast('jiwoo')}"
    for stranger in ("mirae", "marcus", "yuna", "jiwoo", "dana", "kyungmi"):
        browser(stranger).get(page, status=404)
    browser("sora").get(page)


def test_a_log_is_read_by_those_it_concerns_only(browser: Open, cast: Cast) -> None:
    where = _log(browser, cast)
    for who in ("jiwoo", "taeyang", "sora", "kyungmi"):
        browser(who).get(where)
    for stranger in ("yuna", "mirae", "marcus", "dana", "haeun"):
        browser(stranger).get(where, status=404)


def test_a_lesson_that_is_not_there_is_refused_and_the_talk_is_kept(browser: Open, cast: Cast) -> None:
    page = f"/coaching/new?person={cast('jiwoo')}"
    form = _form(cast("jiwoo"), lesson="nope", about="A visit", **{"rate-qualify": "2"})
    answer = browser("taeyang").post("/coaching/new", form, on=page, status=422)
    assert "Choose a lesson." in answer.text
    assert "A visit" in answer.text


@pytest.mark.parametrize("who", ["taeyang", "sora"])
def test_the_pages_take_as_many_statements_for_many_talks_as_for_few(
    who: str, app: Flask, browser: Open, cast: Cast
) -> None:
    def count() -> list[int]:
        opened, taken = browser(who), []
        for path in ("/coaching", "/coaching/new", f"/coaching/new?person={cast('jiwoo')}", log, f"{log}/edit"):
            opened.get(path)
            with count_statements(app) as seen:
                opened.get(path)
            taken.append(len(seen))
        return taken

    log = _log(browser, cast, who, **{"rate-open-a-call": "2", "action": "Ask one more question"})
    few = count()
    for n in range(3):
        log = _log(browser, cast, who, **{"rate-open-a-call": "3", "rate-qualify": "2", "action": f"Call {n} more"})
    assert count() == few
    assert max(few) <= 12
