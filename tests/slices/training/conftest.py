"""What the tests of training share: a library whose one lesson asks every kind, and how each is answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.content.library import read_library
from coach.db import session, unit_of_work
from coach.publishing.services import publish
from coach.training.models import PartDone
from tests.client import Browser
from tests.slices.training.every_kind import LIBRARY, PART_IDS
from tests.unit.content.small_library import GOOD

Form = Callable[[str, str], dict[str, Any]]


@pytest.fixture
def small(app: Flask) -> Flask:
    """Publish a library whose lesson asks an item of every kind but one."""
    republish(LIBRARY)
    return app


def republish(sources: Mapping[str, str]) -> None:
    """Publish other files in place of what stands."""
    with unit_of_work():
        publish(sources, by=None)


def address(part: str, lesson: str = "ne-trade-once") -> str:
    """Give the address that a part is sent to."""
    return f"/lessons/{lesson}/parts/{part}"


def right_answer(part: str, html: str) -> dict[str, Any]:
    """Fill in a part's form as somebody does who knows the subject and sees only the page."""
    if part in ("why", "try"):
        return {}
    if part == "order":
        places = {"Ask": 1, "Offer": 2, "Write": 3}
        return {name: places[text] for name, text in re.findall(r'<label for="(answer-[^"]+)">(.*?)</label>', html)}
    if part == "match":
        options = {text: value for value, text in re.findall(r'<option value="(\w+)"[^>]*>(.*?)</option>', html)}
        return {"answer-one": options["Amount"], "answer-two": options["Fee"]}
    return {"answer": {"first": "a", "many": ["a", "b"], "number": "20 %", "word": "Trade"}[part]}


def go_to(browser: Browser, part: str) -> None:
    """Go through the lesson with right answers until a part is next."""
    for before in PART_IDS[: PART_IDS.index(part)]:
        page = browser.get("/lessons/ne-trade-once")
        browser.post(address(before), right_answer(before, page.text))


def done() -> list[PartDone]:
    """List the parts done by anybody, in the order of the lesson."""
    rows = session().scalars(sa.select(PartDone).execution_options(populate_existing=True))
    return sorted(rows, key=lambda row: PART_IDS.index(row.part_id))


def with_modules(count: int) -> dict[str, str]:
    """Make a library with several modules of one lesson each; the lessons share their questions' wording alone."""
    sources = dict(GOOD)
    for n in range(count):
        for path, text in GOOD.items():
            if path.startswith("modules/"):
                new = text.replace("ne-trade-once", f"ne-trade-{n}").replace("id: trade\n", f"id: trade-{n}\n")
                new = new.replace("item=ne-first", f"item=ne-first-{n}").replace(
                    "item=ne-second", f"item=ne-second-{n}"
                )
                sources[path.replace("modules/trade/", f"modules/trade-{n}/")] = new
        lesson_items = GOOD["items/negotiate.yml"].split("\n\n")[0].split("items:\n")[1]
        sources["items/negotiate.yml"] += re.sub(r"id: (ne-\w+)", rf"id: \1-{n}", lesson_items) + "\n"
    read_library(sources)
    return sources
