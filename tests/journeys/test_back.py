"""Back, and the button once more: what was sent is not sent twice, what is new is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, Enter
from tests.journeys.server import Server

# On one worker: see test_loop.py.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("bare")]

LOG = re.compile(r"/coaching/[0-9a-f-]{36}$")


def test_back_and_save_again_makes_one_log_and_other_words_make_another(enter: Enter, bare: Server) -> None:
    page = enter(bare, "mirae", size=DESKTOP)
    form = f"{bare.url}/coaching/new?person={bare.id_of('hana')}"
    page.goto(form)
    page.locator(".seg4").first.locator("label").nth(2).click()
    before = _skills(page)
    first = _save(page, "Ask what the samples are for")
    page.go_back()
    page.wait_for_url(form)
    assert _skills(page) != before, "the skill that was seen has to stand further down now"
    assert _save(page, "Ask what the samples are for") == first
    page.go_back()
    page.wait_for_url(form)
    assert _save(page, "Ask who sees the samples") != first


def test_the_next_log_for_the_same_person_is_a_log_of_its_own(enter: Enter, bare: Server) -> None:
    page = enter(bare, "mirae", size=DESKTOP)
    logs = set()
    for _ in range(2):
        page.goto(f"{bare.url}/coaching/new?person={bare.id_of('daehyun')}")
        expect(page.locator("textarea[name=action]")).to_have_value("")
        logs.add(_save(page, "Name the value before the price"))
    assert len(logs) == 2


def test_signing_out_leaves_no_draft_on_the_device(enter: Enter, bare: Server) -> None:
    page = enter(bare, "mirae", size=DESKTOP)
    drafts = "Object.keys(localStorage).filter(key => key.startsWith('didim.draft.')).length"
    page.goto(f"{bare.url}/coaching/new?person={bare.id_of('hana')}")
    page.fill("textarea[name=action]", "Ask what the samples are for, and for whom")
    assert page.evaluate(drafts) == 1
    page.goto(f"{bare.url}/account")
    page.locator("form[action='/sign-out'] button").click()
    page.wait_for_url(re.compile("/sign-in"))
    assert page.evaluate(drafts) == 0


def _skills(page: Page) -> list[str]:
    return page.locator(".seg4 input").evaluate_all("inputs => inputs.map(each => each.name)")


def _save(page: Page, action: str) -> str:
    page.fill("textarea[name=action]", action)
    page.locator("main .actionbar button[type=submit]").click()
    page.wait_for_url(LOG)
    return page.url
