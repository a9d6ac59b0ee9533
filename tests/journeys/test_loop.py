"""The whole loop as three people, through the browser: from a weak start to a finding, a lesson and its resolution."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Enter
from tests.journeys.key import choose
from tests.journeys.server import Server, sign_in

# On one worker: nothing else needs the department in which nothing happened yet.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("bare")]

# Each run of the loop takes people of its own, so that several can run on one database.
ROUNDS = {
    "desktop": (DESKTOP, {}, "sojin", "taeyang", "sora", "en"),
    "phone": (PHONE, {"has_touch": True}, "minho", "taeyang", "sora", "en"),
    "korean": (PHONE, {"has_touch": True}, "seojun", "olivia", "marcus", "ko"),
    "no script": (DESKTOP, {"java_script_enabled": False}, "leo", "chaewon", "jaehee", "en"),
}
SKILL = "handle-objections"


@pytest.mark.parametrize("name", list(ROUNDS))
def test_the_loop_closes(enter: Enter, bare: Server, name: str) -> None:
    size, options, rep, coach, manager, language = ROUNDS[name]
    people = {}
    for who in (rep, coach, manager):
        people[who] = enter(bare, None, size=size, **options)
        sign_in(people[who], bare, who)
        _speak(people[who], bare, language)

    _take_lesson(people[rep], bare, "ho-hear-it-out")
    _take_check(people[rep], bare, "ho-hear-it-out-check", right=3)
    for _ in range(2):
        _log_coaching(people[coach], bare, rep, level=2)
    _log_coaching(people[manager], bare, rep, level=1)

    lesson = _assign_proposed(people[manager], bare)

    _today_shows_what_was_assigned(people[rep], bare, lesson)
    _take_lesson(people[rep], bare, lesson)
    assert _is_open(people[rep], bare), "a finished lesson resolves nothing"

    _take_check(people[rep], bare, f"skill-{SKILL}", right=99)
    for _ in range(3):
        _log_coaching(people[coach], bare, rep, level=4)
    assert not _is_open(people[rep], bare)


def _speak(page: Page, server: Server, language: str) -> None:
    page.goto(f"{server.url}/account")
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"button[name=language][value={language}]:visible").first.click()
        page.wait_for_load_state()
    expect(page.locator("html")).to_have_attribute("lang", language)


def _take_lesson(page: Page, server: Server, lesson: str) -> None:
    page.goto(f"{server.url}/lessons/{lesson}")
    for _ in range(20):
        if (
            page.locator(f"main a[href*='/checks/{lesson}-check']").count()
            and not page.locator("main form[action*='/parts/']").count()
        ):
            return
        if page.locator("main form[data-question] fieldset").count():
            choose(page, server, right=True)
        page.locator("main form[action*='/parts/'] button[type=submit], main a.primary").locator(
            "visible=true"
        ).first.click()
        page.wait_for_load_state()
    raise AssertionError(f"the lesson {lesson} does not end")


def _take_check(page: Page, server: Server, quiz: str, *, right: int) -> None:
    page.goto(f"{server.url}/checks/{quiz}")
    page.locator("main form button.primary").locator("visible=true").first.click()
    for number in range(20):
        page.wait_for_load_state()
        if re.search("/(finish|result)", page.url):
            break
        choose(page, server, right=number < right)
        page.locator("main form[action*='/answers/'] button[type=submit]").locator("visible=true").first.click()
    if "/finish" in page.url:  # a skill's check hands itself in
        page.locator("main form[action*='/submit'] button[type=submit]").locator("visible=true").first.click()
    page.wait_for_url(re.compile("/result"))


def _log_coaching(page: Page, server: Server, rep: str, *, level: int) -> None:
    page.goto(f"{server.url}/coaching/new?person={server.id_of(rep)}")
    rating = page.locator(f"input[name=rate-{SKILL}][value='{level}']")
    if not rating.locator("visible=true").count():
        page.locator("#levels details summary").click()
    rating.check(force=True)
    page.locator("main form .actionbar button[type=submit]").locator("visible=true").first.click()
    page.wait_for_url(re.compile(r"/coaching/[0-9a-f-]{36}$"))


def _assign_proposed(page: Page, server: Server) -> str:
    """Open the top finding from Today and assign what it proposes: two clicks."""
    page.goto(f"{server.url}/")
    page.locator("main a[href*='/findings/']").locator("visible=true").first.click()
    page.wait_for_url(re.compile("/findings/"))
    form = page.locator("form:has(button.primary):has(input[name=lesson_id])").locator("visible=true").first
    lesson = form.locator("input[name=lesson_id]").get_attribute("value")
    form.locator("button.primary").click()
    page.wait_for_load_state()
    expect(page.locator(".toast").locator("visible=true").first).to_be_visible()
    assert lesson
    return lesson


def _today_shows_what_was_assigned(page: Page, server: Server, lesson: str) -> None:
    page.goto(f"{server.url}/")
    expect(page.locator(f"main a[href*='/lessons/{lesson}']").first).to_be_visible()


def _is_open(page: Page, server: Server) -> bool:
    page.goto(f"{server.url}/skills/{SKILL}")
    return page.locator("main a[href*='/findings/']").count() > 0 and page.locator("main .iv.gap").count() > 0
