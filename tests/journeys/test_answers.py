"""What a phone shows once an answer is marked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.server import Server

pytestmark = pytest.mark.browser

GO_ON = "main .actionbar .btn.primary"
SMALLEST = 44  # pixels


def test_a_long_right_answer_stays_within_a_phone(enter: Enter, demo: Server) -> None:
    page = enter(demo, "haeun", size=PHONE)
    page.goto(f"{demo.url}/lessons/an-ask-before-you-quote")
    _read_on_to_the_pairs(page)
    for choice in page.locator("main select").all():
        choice.select_option(index=1)
    page.locator(GO_ON).click()
    expect(page.locator(".opt.wrong .mark").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator(GO_ON).click()
    expect(page.locator(".opt.wrong")).to_have_count(0)


def test_the_way_out_of_a_check_fits_a_finger(enter: Enter, demo: Server) -> None:
    page = enter(demo, "haeun", size=PHONE)
    page.goto(f"{demo.url}/checks/an-ask-before-you-quote-check")
    page.locator("main .btn.primary").click()
    every = page.locator("main .actionbar a[href$='/finish']")
    box = every.bounding_box()
    assert box is not None
    assert box["height"] >= SMALLEST


def _read_on_to_the_pairs(page: Page) -> None:
    for _ in range(6):
        if page.locator("main select").count():
            return
        if page.locator("main label.opt").count():
            page.locator("main label.opt").first.click()
        before = page.locator("main article").inner_html()
        page.locator(GO_ON).click()
        page.wait_for_function("before => document.querySelector('main article').innerHTML !== before", arg=before)
    raise AssertionError("the lesson asks for no pairs")
