"""The page of a person, as each relation sees it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coach import clock
from coach.access.identity import Identity
from coach.assessments.models import Attempt, AttemptItem, Quiz
from coach.coaching.services import Setting
from coach.db import new_id, session, unit_of_work
from coach.demo.conversations import first_scenario, play
from coach.items.models import Item
from coach.people import services as people
from coach.people.models import CoachPairing, Person
from coach.practice import services as practice
from coach.practice.queries import task
from coach.practice.rows import Handed
from coach.scenarios import services as scenarios
from tests.client import Browser
from tests.conftest import TODAY
from tests.slices.evidence.seeing import OBJECTIONS, finished
from tests.slices.reports.living import talked, weak
from tests.statements import count_statements

Cast = Callable[[str], uuid.UUID]
Open = Callable[..., Browser]
LESSON = "ho-ask-why-first"


@pytest.fixture
def lived(app: Flask, cast: Cast) -> None:
    """Let Minho have been coached, taken a lesson and been coached again."""
    with unit_of_work():
        for days, level, setting in ((50, 1, Setting.CALL), (44, 2, Setting.ROLE_PLAY), (40, 1, Setting.CALL)):
            talked(cast("minho"), by=cast("taeyang"), levels={OBJECTIONS: level}, days_ago=days, setting=setting)
        with clock.at(clock.now() - timedelta(days=30)):
            finished(cast("minho"), LESSON)
        for days, level in ((20, 3), (8, 2), (2, 3)):
            talked(
                cast("minho"),
                by=cast("sora"),
                levels={OBJECTIONS: level},
                days_ago=days,
                about="Call with a print shop",
                action="Ask why first",
            )


@pytest.mark.parametrize("who", ["minho", "taeyang", "sora", "kyungmi"])
def test_those_near_see_the_whole_page(lived: None, browser: Open, cast: Cast, who: str) -> None:
    page = browser(who).get(f"/people/{cast('minho')}").text
    for said in ("Timeline", "Call with a print shop", "Ask why first", "minho@", "against role target"):
        assert said in page


@pytest.mark.parametrize(("who", "sees"), [("minho", True), ("sora", True), ("kyungmi", True), ("taeyang", False)])
def test_a_coach_is_given_no_telephone_number(app: Flask, browser: Open, cast: Cast, who: str, *, sees: bool) -> None:
    with unit_of_work():
        session().get_one(Person, cast("minho")).phone = "010-5550-1234"
    assert ("010-5550-1234" in browser(who).get(f"/people/{cast('minho')}").text) is sees


@pytest.mark.parametrize("who", ["hana", "jiwoo", "olivia", "felix", "marcus", "ines"])
def test_everybody_else_sees_the_card_alone(lived: None, browser: Open, cast: Cast, who: str) -> None:
    page = browser(who).get(f"/people/{cast('minho')}").text
    assert "Minho Seo" in page
    assert "Account manager" in page
    for hidden in ("Timeline", "print shop", "Ask why first", "minho@", "since", "Taeyang", "Handle objections"):
        assert hidden not in page


def test_an_admin_sees_how_to_reach_somebody_and_nothing_that_was_judged(
    lived: None, browser: Open, cast: Cast
) -> None:
    page = browser("dana").get(f"/people/{cast('minho')}").text
    assert "minho@hanbit-office.example" in page
    for hidden in ("Timeline", "print shop", "Handle objections", "Skills"):
        assert hidden not in page


def test_a_former_coach_sees_the_card_alone(lived: None, app: Flask, browser: Open, cast: Cast) -> None:
    query = sa.select(CoachPairing).where(CoachPairing.person_id == cast("minho"))
    with unit_of_work():
        people.end_coaching(session().scalars(query).one(), by=cast("sora"), until=TODAY)
    assert "Timeline" not in browser("taeyang").get(f"/people/{cast('minho')}").text


@pytest.mark.parametrize(
    ("who", "log", "assign"),
    [("taeyang", True, True), ("sora", True, True), ("kyungmi", False, True), ("minho", False, False)],
)
def test_each_is_offered_what_they_may_do(browser: Open, cast: Cast, who: str, *, log: bool, assign: bool) -> None:
    page = browser(who).get(f"/people/{cast('minho')}").text
    assert (f"/coaching/new?person={cast('minho')}" in page) == log
    assert (f"/assign?person={cast('minho')}" in page) == assign


def test_before_and_after_are_compared_with_their_range_and_called_no_effect(
    lived: None, browser: Open, cast: Cast
) -> None:
    page = browser("sora").get(f"/people/{cast('minho')}").text
    assert "Handle objections: before and after the lesson" in page
    assert "1.3 → 2.7" in page
    assert "likely" in page
    assert "went together" in page
    assert "Teammates" not in page
    assert "teammates without the lesson" not in page


def test_teammates_without_the_lesson_are_said_where_two_were_seen(
    lived: None, app: Flask, browser: Open, cast: Cast
) -> None:
    with unit_of_work():
        for key in ("hana", "rian"):
            for days in (45, 10):
                talked(cast(key), by=cast("sora"), levels={OBJECTIONS: 2}, days_ago=days)
    page = browser("sora").get(f"/people/{cast('minho')}").text
    assert "2 teammates without the lesson: 0.0." in page


def test_one_observation_on_a_side_is_too_early_to_compare(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        talked(cast("minho"), by=cast("taeyang"), levels={OBJECTIONS: 1}, days_ago=40)
        finished(cast("minho"), LESSON)
    page = browser("sora").get(f"/people/{cast('minho')}").text
    assert "Too early to compare" in page
    assert "→" not in page


def test_only_the_person_ticks_what_was_agreed(lived: None, browser: Open, cast: Cast) -> None:
    assert "/coaching/actions/" in browser("minho").get(f"/people/{cast('minho')}").text
    assert "/coaching/actions/" not in browser("sora").get(f"/people/{cast('minho')}").text


def test_the_timeline_shows_ten_and_all_on_request(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        for days in range(2, 28, 2):
            talked(cast("minho"), by=cast("sora"), levels={OBJECTIONS: 3}, days_ago=days, about=f"Talk {days}")
    coach = browser("sora")
    page = coach.get(f"/people/{cast('minho')}").text
    assert page.count("Coached by Sora Han") == 10
    assert f"/people/{cast('minho')}?timeline=all" in page
    assert coach.get(f"/people/{cast('minho')}?timeline=all").text.count("Coached by Sora Han") == 13


def test_a_finding_stands_in_the_timeline(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        weak(cast("minho"), OBJECTIONS, by=(cast("taeyang"), cast("sora")))
    assert "Clearly below target: Handle objections" in browser("minho").get(f"/people/{cast('minho')}").text


def test_a_check_in_the_timeline_counts_what_was_wholly_right(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        items = session().scalars(sa.select(Item).where(Item.skill_id == OBJECTIONS).order_by(Item.id).limit(4)).all()
        quiz = session().scalars(sa.select(Quiz.id).where(Quiz.skill_id == OBJECTIONS).limit(1)).one()
        times = {"started_at": clock.now(), "submitted_at": clock.now()}
        sat = Attempt(person_id=cast("minho"), quiz_id=quiz, skill_id=OBJECTIONS, seed=1, right=2.25, **times)
        session().add(sat)
        session().flush()
        session().add_all(
            AttemptItem(attempt_id=sat.id, position=n, item_id=i.id, item_revision_id=i.revision_id, score=score)
            for n, (i, score) in enumerate(zip(items, (1.0, 1.0, 0.25, None), strict=True), start=1)
        )
    assert "2 of 4 right" in browser("sora").get(f"/people/{cast('minho')}").text


@pytest.mark.parametrize(("who", "sees"), [("minho", True), ("taeyang", True), ("sora", True), ("kyungmi", False)])
def test_what_was_played_and_handed_in_stands_there_for_who_may_read_answers(
    app: Flask, browser: Open, cast: Cast, who: str, *, sees: bool
) -> None:
    minho = Identity(cast("minho"))
    with unit_of_work():
        played = play(by=minho, scenario_id=first_scenario(OBJECTIONS))
        begun = scenarios.begin(by=minho, scenario_id=first_scenario("close"))
        work = practice.hand_in(by=minho, task=task("an-p-mail-after-first-call"), handed=Handed(text="Dear Mina"))
    reader = browser(who)
    page = reader.get(f"/people/{minho.person_id}").text
    for path in (f"/conversations/{played}", f"/practice/handed-in/{work.id}"):
        assert (path in page) is sees
        reader.get(path, status=200 if sees else 404)
    assert f"/conversations/{begun}" not in page, "what is still open is nobody else's"


def test_a_page_with_nothing_on_it_says_what_will_stand_there(browser: Open, cast: Cast) -> None:
    page = browser("sora").get(f"/people/{cast('rian')}").text
    assert "Nothing has happened here yet" in page
    assert "not seen" in page


def test_somebody_who_left_is_found_by_those_who_were_near_only(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        people.deactivate(session().get_one(Person, cast("rian")), by=cast("dana"))
    browser("bora").get(f"/people/{cast('rian')}", status=404)
    browser("dana").get(f"/people/{cast('rian')}")


def test_a_person_that_does_not_exist_is_not_found(browser: Open) -> None:
    browser("sora").get(f"/people/{new_id()}", status=404)


def test_the_statements_do_not_grow_with_what_happened(lived: None, app: Flask, browser: Open, cast: Cast) -> None:
    coach, path = browser("sora"), f"/people/{cast('minho')}"
    coach.get(path)
    with count_statements(app) as few:
        coach.get(path)
    with unit_of_work():
        for days in range(1, 25):
            for key in ("minho", "hana", "rian"):
                talked(cast(key), by=cast("sora"), levels={OBJECTIONS: 1, "close": 2}, days_ago=days, action="Again")
        finished(cast("minho"), "ho-hear-it-out")
    with count_statements(app) as many:
        coach.get(path)
    assert len(many) == len(few) <= 12, "\n".join(many)
