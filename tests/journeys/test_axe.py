"""No page breaks a WCAG 2.2 AA rule, in either theme, at either width, in either language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, PHONE, Enter
from tests.journeys.server import Server

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Only what is broken is described: to name every element that is not takes as long as the looking.
ASK = """rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})
  .then(outcome => outcome.violations)"""
TOO_SMALL = """() => [...document.querySelectorAll('button, summary, select, .btn, .link, .sec-head > a')]
  .map(each => [each.innerText, each.getBoundingClientRect().height])
  .filter(([, height]) => height > 1 && height < 43.5)"""
SCREENS = {"desktop": DESKTOP, "phone": PHONE}

# Who looks at what: an address, or the first link of a kind on a page, the one named before it or one of the usual.
VISITS = {
    None: ("/sign-in", "/reset"),
    "jiwoo": ("/", "/learn", "/lessons/an-ask-before-you-quote", "/checks/an-ask-before-you-quote-check", "/skills",
              "/skills/open-a-call", "/coaching", "/account", "/search?q=call", "/people",
              "/learn?skill=open-a-call", "/path", "/certificates", "/scenarios", "/scenarios/sixty-chairs-by-june",
              "/drill", "/drill/settings"),
    "yuna": ("/checks/skill-qualify", "/practice", "/practice/oc-p-clinic-voicemail", "/workshops", "/calendar"),
    "ines": ("/", "/author", "/author a[href*='/author/drafts/']", "/author/files/modules/our-department/module.yml",
             "/author/history", "/author/import", "/items", "/items/read-results",
             "/workshops/programmes", "/workshops/programmes/new"),
    "taeyang": ("/", "/coaching", "/coaching/new", "/coachees", "a[href*='/coaching/new?person=']", "/practice/waiting",
                "/workshops/outside/waiting"),
    "sora": ("/", "/team", "/team/without", "/assignments", "/assign", "a[href*='/findings/']", "a[href^='/people/']"),
    "kyungmi": ("/", "/team"),
    "dana": ("/", "/admin/people", "/admin/audit"),
}  # fmt: skip


@pytest.mark.parametrize("screen", ["desktop", "phone"])
@pytest.mark.parametrize("who", list(VISITS))
def test_no_page_breaks_a_rule(enter: Enter, demo: Server, who: str | None, screen: str) -> None:
    page = enter(demo, who, size=SCREENS[screen], bypass_csp=True)
    found: dict[str, Any] = {}
    for aim in VISITS[who]:
        path = _path(page, demo, aim)
        page.goto(f"{demo.url}{path}")
        page.add_script_tag(path=str(AXE))
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            problems = _violations(page)
            if problems:
                found[f"{path} {theme}"] = problems
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{path} scrolls sideways at {screen}"
        if screen == "phone":
            assert page.evaluate(TOO_SMALL) == [], f"{path} has what a finger misses"
    assert not found, found


def _path(page: Page, server: Server, aim: str) -> str:
    place, _, selector = aim.rpartition(" ")
    if not place and aim.startswith("/"):
        return aim
    for start in (place,) if place else ("/", "/team", "/coaching/new"):
        page.goto(f"{server.url}{start}")
        link = page.query_selector(f"main {selector}")
        if link is not None:
            return str(link.get_attribute("href"))
    raise AssertionError(f"no link {aim} on the pages of this person")


def _violations(page: Page) -> list[str]:
    return [
        f"{rule['id']}: {node['html'][:160]} -- {node['failureSummary'][:200]}"
        for rule in page.evaluate(ASK, RULES)
        for node in rule["nodes"][:3]
    ]
