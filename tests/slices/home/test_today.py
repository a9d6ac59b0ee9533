"""The first page after signing in, for each who comes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coach import clock
from coach.access.identity import Identity
from coach.assessments import services as checks
from coach.assignments import services as assignments
from coach.coaching import services as coaching
from coach.coaching.models import AgreedAction, CoachingSession
from coach.db import session, unit_of_work
from coach.evidence import services as evidence
from coach.people.models import Person
from tests.client import Browser
from tests.conftest import TODAY
from tests.slices.evidence.seeing import NEEDS, OBJECTIONS, finished, logged
from tests.slices.reports.living import talked, weak
from tests.statements import count_statements

Cast = Callable[[str], uuid.UUID]
Open = Callable[..., Browser]
TEAM = (
    *("minho", "daehyun", "hana", "sojin", "rian", "jiwoo"),
    *("yuna", "taemin", "taeyang", "mirae", "eunbi", "joon"),
)


def give(cast: Cast, *, to: str, lesson: str, days: int, by: str = "sora") -> None:
    """Let a manager have assigned a lesson, due in some days."""
    with clock.at(clock.now() - timedelta(days=30)):
        assignments.assign(by=Identity(cast(by)), to=[cast(to)], lesson_id=lesson, due=TODAY + timedelta(days=days))


def card(page: str) -> str:
    """Cut the one next thing out of a page."""
    start = page.index('<section class="next"')
    return page[start : page.index("</section>", start)]


def section(page: str, name: str) -> str:
    """Cut out the section with a heading id."""
    start = page.index(f'aria-labelledby="{name}"')
    return page[start : page.index("</section>", start)]


def test_a_new_rep_lands_on_one_next_lesson(browser: Open) -> None:
    page = browser("jiwoo").get("/").text
    assert "Mon 23 Nov · Start plan, week 3 of 8" in page
    assert page.count('class="btn primary') == 1
    assert "Start" in card(page)
    assert re.search(r'href="/lessons/[a-z-]+"', card(page))


def test_a_late_assignment_comes_before_the_path(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        give(cast, to="jiwoo", lesson="ho-hear-it-out", days=-2)
        give(cast, to="jiwoo", lesson="oc-reason-in-ten-seconds", days=2)
    page = browser("jiwoo").get("/").text
    assert "Late · Handle objections" in card(page)
    assert "/lessons/ho-hear-it-out" in card(page)
    assert "/lessons/oc-reason-in-ten-seconds" in section(page, "due")
    assert "Wed 25 Nov" in section(page, "due")
    assert "ho-hear-it-out" not in section(page, "due")


def test_a_check_that_was_begun_comes_first(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        give(cast, to="jiwoo", lesson="ho-hear-it-out", days=-2)
        checks.start(by=Identity(cast("jiwoo")), quiz_id="skill-ask-about-needs")
    page = browser("jiwoo").get("/").text
    assert "Check you have begun" in card(page)
    assert "Continue" in card(page)
    assert "/lessons/ho-hear-it-out" in section(page, "due")
    assert 'class="due late"' in section(page, "due")


def test_a_recheck_stands_among_what_is_due(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        give(cast, to="jiwoo", lesson="ho-hear-it-out", days=1)
        assignments.schedule_recheck(person_id=cast("jiwoo"), skill_id=NEEDS, zone="Asia/Seoul")
    page = browser("jiwoo").get("/").text
    assert "Check: Ask about needs" in section(page, "due")


def test_what_was_agreed_is_ticked_with_one_press(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        talked(cast("jiwoo"), by=cast("taeyang"), levels={NEEDS: 2}, days_ago=2, action="Ask two questions first")
    rep = browser("jiwoo")
    page = rep.get("/").text
    assert "You agreed with Taeyang" in page
    assert "Ask two questions first" in page
    action = session().scalars(sa.select(AgreedAction)).one()
    rep.follow(rep.post(f"/coaching/actions/{action.id}", {"done": "yes"}))
    assert 'aria-pressed="true"' in rep.last.text  # type: ignore[union-attr]
    session().expire_all()
    assert session().scalars(sa.select(AgreedAction.done_at)).one() is not None


def test_a_note_waits_to_be_read_until_it_is(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        talk = talked(cast("jiwoo"), by=cast("sora"), levels={NEEDS: 2}, about="Call with a clinic")
    rep = browser("jiwoo")
    assert "Call with a clinic" in section(rep.get("/").text, "notes")
    with unit_of_work():
        coaching.acknowledge(session().get_one(CoachingSession, talk), by=cast("jiwoo"))
    assert "Notes to read" not in rep.get("/").text


def test_practice_marks_the_day_on_which_a_check_was_handed_in(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work(), clock.at(clock.now() - timedelta(days=4)):
        attempt = checks.start(by=Identity(cast("jiwoo")), quiz_id="an-ask-before-you-quote-check")
        checks.submit(by=Identity(cast("jiwoo")), attempt=attempt, leave_blank=True)
    page = section(browser("jiwoo").get("/").text, "practice")
    assert "1 day in 3 weeks" in page
    assert page.count('class="day on') == 1
    assert "Practised on: 19 Nov" in page


def test_growth_since_the_first_reading_is_shown_in_a_start_plan(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        for days, level in ((12, 1.0), (8, 2.0), (5, 3.0), (1, 3.0)):
            logged(cast("jiwoo"), level, by=cast("taeyang" if days % 2 else "sora"), days_ago=days, skill=NEEDS)
    page = section(browser("jiwoo").get("/").text, "my-skills")
    assert re.search(r'class="v met">\+0\.\d', page)
    assert "week 8 target" in page


def test_who_has_been_here_long_sees_levels(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        weak(cast("rian"), OBJECTIONS, by=(cast("sora"), cast("mirae")))
    page = section(browser("rian").get("/").text, "my-skills")
    assert re.search(r'class="v gap">1\.\d', page)


def test_a_coach_sees_who_waits_longest_first_and_own_day_below(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        talked(cast("minho"), by=cast("taeyang"), levels={NEEDS: 3}, days_ago=26, action="Ask first")
        talked(cast("daehyun"), by=cast("taeyang"), levels={NEEDS: 3}, days_ago=3)
    page = browser("taeyang").get("/").text
    desk = section(page, "desk")
    names = re.findall(r'<a href="/people/[^"]+">([^<]+)</a>', desk)
    assert names == ["Jiwoo Park", "Sojin Bae", "Minho Seo", "Daehyun Cho"]
    assert "Coached 26 days ago" in desk
    assert "Agreed and open: 1" in desk
    assert "Never coached" in desk
    assert page.index('id="desk"') < page.index('<section class="next"')


def test_a_manager_sees_first_who_has_no_next_step(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        give(cast, to="minho", lesson="ho-hear-it-out", days=3)
        talked(cast("hana"), by=cast("sora"), levels={NEEDS: 3}, days_ago=3, action="Bring the figures")
    page = browser("sora").get("/").text
    assert "No next step for Daehyun\u00a0Cho, Eunbi\u00a0Lee and 8 more" in card(page)
    assert "/assign?person=" in card(page)
    steps = section(page, "steps")
    assert "10 of 12 without" in steps
    names = re.findall(r'<a href="/people/[^"]+">([^<]+)</a>', steps)
    assert len(names) == len(set(names)) == 12
    assert set(names[10:]) == {"Minho Seo", "Hana Yoon"}
    assert "Lesson: Hear the objection out" in steps
    assert "Agreed with you: Bring the figures" in steps


def test_a_person_in_no_team_is_among_those_without_a_step(browser: Open) -> None:
    steps = section(browser("kyungmi").get("/").text, "steps")
    assert "37 of 37 without" in steps
    assert "Nora Lindqvist" in steps
    assert "Ines Duarte" in steps


def test_a_manager_sees_findings_with_their_evidence_and_how_many_may_be_wrong(
    app: Flask, browser: Open, cast: Cast
) -> None:
    with unit_of_work():
        for key in ("minho", "hana"):
            weak(cast(key), OBJECTIONS, by=(cast("sora"), cast("taeyang")))
    found = section(browser("sora").get("/").text, "findings")
    assert "Minho Seo: Handle objections" in found
    assert "See evidence" in found
    assert len(re.findall(r'href="/findings/[0-9a-f-]{36}"', found)) == 4


def test_where_there_are_more_findings_than_rows_the_team_has_the_others(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        for key in ("minho", "hana", "sojin", "rian", "daehyun", "mirae"):
            weak(cast(key), OBJECTIONS, by=(cast("sora"), cast("taeyang")))
    found = section(browser("sora").get("/").text, "findings")
    assert len(re.findall(r'href="/findings/[0-9a-f-]{36}"', found)) == 10
    assert re.search(r'href="/team">See the other 1 in the team&#39;s table</a>', found)


def test_what_is_the_next_thing_stands_on_the_page_once(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        for key in TEAM:
            give(cast, to=key, lesson="an-ask-before-you-quote", days=3)
        for key in ("minho", "hana"):
            weak(cast(key), OBJECTIONS, by=(cast("sora"), cast("taeyang")))
        piece = logged(cast("sojin"), 1.0, by=cast("taeyang"))
        objection = evidence.contest(piece.id, by=cast("sojin"), text="That was not my call.")
    page = browser("sora").get("/").text
    assert "Sojin\u00a0Bae objects: Handle objections" in card(page)
    assert page.count("Bae objects") == 1
    assert 'id="waiting"' not in page
    assert section(page, "findings").count(": Handle objections") == 4  # a row and its button each
    with unit_of_work():
        evidence.answer_contest(session().merge(objection), by=cast("sora"), upheld=False, answer="It is yours.")
    page = browser("sora").get("/").text
    first = re.search(r"(\w+)\u00a0\w+ is clearly below target on Handle objections", card(page))
    assert first is not None
    assert first[1] not in section(page, "findings")
    assert "1 more" in section(page, "findings")
    assert "No objections." in section(page, "waiting")


def test_an_objection_waits_until_it_is_answered(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        piece = logged(cast("minho"), 1.0, by=cast("taeyang"))
        objection = evidence.contest(piece.id, by=cast("minho"), text="That was not my call.")
    manager = browser("sora")
    waiting = section(manager.get("/").text, "waiting")
    assert "Minho\u00a0Seo objects: Handle objections" in waiting
    assert f"/contests/{objection.id}" in waiting
    with unit_of_work():
        evidence.answer_contest(session().merge(objection), by=cast("sora"), upheld=False, answer="You are right.")
    assert "objects" not in manager.get("/").text


def test_late_work_is_listed(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        give(cast, to="minho", lesson="ho-hear-it-out", days=-4)
    assert "Minho Seo" in section(browser("sora").get("/").text, "late")


def test_when_everybody_has_a_step_the_page_says_so(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        for key in TEAM:
            give(cast, to=key, lesson="an-ask-before-you-quote", days=3)
    page = browser("sora").get("/").text
    assert "Everybody has a next step" in card(page)
    assert "all 12 have one" in page


def test_a_manager_finds_the_work_given_to_them(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        give(cast, to="sora", lesson="gc-say-what-you-saw", days=3, by="kyungmi")
    assert "/lessons/gc-say-what-you-saw" in section(browser("sora").get("/").text, "mine")


def test_an_admin_and_an_editor_find_what_they_run(browser: Open) -> None:
    admin = section(browser("dana").get("/").text, "runs")
    assert "/admin/people" in admin
    assert "/admin/audit" in admin
    assert "/learn" in section(browser("ines").get("/").text, "runs")


def test_nobody_sees_what_another_runs(browser: Open) -> None:
    page = browser("jiwoo").get("/").text
    assert "What you run" not in page
    assert "/admin/" not in page


@pytest.mark.parametrize("who", ["jiwoo", "taeyang", "sora", "kyungmi", "rian"])
def test_the_page_is_there_in_korean(app: Flask, browser: Open, who: str) -> None:
    with unit_of_work():
        session().execute(sa.update(Person).values(language="ko"))
    page = browser(who).get("/").text
    assert '<html lang="ko"' in page
    assert "11월 23일 (월)" in page


@pytest.mark.parametrize("who", ["jiwoo", "taeyang", "sora"])
def test_the_statements_do_not_grow(app: Flask, browser: Open, cast: Cast, who: str) -> None:
    reader = browser(who)
    with unit_of_work():
        _busy(cast, 1)
    reader.get("/")
    with count_statements(app) as few:
        reader.get("/")
    with unit_of_work():
        _busy(cast, 3)
    reader.get("/")  # what a process reads once, it has read now
    with count_statements(app) as many:
        reader.get("/")
    assert len(many) == len(few) <= 12, "\n".join(many)


@pytest.mark.parametrize("who", ["jiwoo", "taeyang", "sora"])
def test_the_most_that_a_day_asks_for_is_twelve_statements(app: Flask, browser: Open, who: str) -> None:
    reader = browser(who)
    reader.get("/")
    with count_statements(app) as asked:
        reader.get("/")
    assert len(asked) <= 12, "\n".join(asked)


def _busy(cast: Cast, times: int) -> None:
    for n in range(times):
        for key in ("jiwoo", "minho", "taeyang"):
            days = 3 * times + n
            talked(cast(key), by=cast("sora"), levels={NEEDS: 1, OBJECTIONS: 1}, days_ago=days, action=f"Do {times}{n}")
    lessons = ("ho-hear-it-out", "oc-reason-in-ten-seconds", "an-ask-before-you-quote")
    for lesson in lessons[:times]:
        for key in ("jiwoo", "minho", "taeyang"):
            give(cast, to=key, lesson=lesson, days=times)
    finished(cast("jiwoo"), "an-follow-up-and-sum-up")
