"""A conversation, a drill and a skill's check with the keyboard alone, at a phone's width."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.server import Server

pytestmark = pytest.mark.browser

LONGEST_WALK = 80
QUESTION = "main form[data-question]"
WHAT_HAS_FOCUS = """() => {
  const one = document.activeElement, kind = one.type || one.tagName.toLowerCase()
  const choices = [...document.querySelectorAll('main form[data-question] select')]
  return {kind, inside: !!one.closest('main form[data-question]'), place: choices.indexOf(one)}
}"""


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_what_a_rep_answers_needs_no_mouse(enter: Enter, demo: Server, script: bool) -> None:
    page = enter(demo, "yuna" if script else "tomas", size=PHONE, java_script_enabled=script)
    _converse(page, demo)
    _drill(page, demo)
    _check(page, demo)


def _converse(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/scenarios/sixty-chairs-by-june")
    _press(page, "main form button[type=submit]")
    page.wait_for_url(re.compile("/conversations/"))
    for _ in range(8):
        if page.locator(QUESTION).count():
            _answer(page)
    expect(page.locator(QUESTION)).to_have_count(0)


def _drill(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/drill")
    if page.locator(QUESTION).count():
        _answer(page)
        expect(page.locator("main h1")).to_be_visible()


def _check(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/checks/skill-process-orders")
    _press(page, "main form button[type=submit]")
    for _ in range(12):
        page.wait_for_url(re.compile("/attempts/"))
        if "/result" in page.url:
            break
        _answer(page)
    page.wait_for_url(re.compile("/result"))


def _press(page: Page, selector: str) -> None:
    """Walk to an element with the tabulator and press it."""
    for _ in range(LONGEST_WALK):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach {selector} on {page.url}")


def _answer(page: Page) -> None:
    """Answer the question of the page, whatever its kind, and send it."""
    for _ in range(LONGEST_WALK):
        page.keyboard.press("Tab")
        focus = page.evaluate(WHAT_HAS_FOCUS)
        if not focus["inside"]:
            continue
        if focus["kind"] in ("radio", "checkbox"):
            page.keyboard.press("Space")
        elif focus["kind"] == "select-one":
            for _ in range(focus["place"] + 1):
                page.keyboard.press("ArrowDown")
        elif focus["kind"] == "text":
            page.keyboard.type("12")
        elif focus["kind"] == "submit":
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach the end of the question on {page.url}")
