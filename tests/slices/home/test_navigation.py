"""The places that each person finds in the rail and at the foot of a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.client import Browser

Open = Callable[..., Browser]


@pytest.mark.parametrize(
    ("who", "places"),
    [
        ("jiwoo", ["/", "/learn", "/skills", "/coaching"]),
        ("taeyang", ["/", "/coachees", "/learn", "/skills", "/coaching"]),
        ("sora", ["/", "/team", "/people", "/learn", "/coaching"]),
        ("dana", ["/", "/people", "/learn", "/admin/people", "/admin/audit"]),
        ("ines", ["/", "/people", "/learn", "/author", "/items"]),
    ],
)
def test_everybody_finds_their_places_and_each_opens(browser: Open, who: str, places: list[str]) -> None:
    reader = browser(who)
    page = reader.get("/").text
    rail = page[page.index('<nav class="nav"') : page.index("</nav>")]
    assert re.findall(r'<a href="([^"]+)"', rail) == places
    for place in places:
        reader.get(place)


def test_the_place_one_is_at_is_marked(browser: Open) -> None:
    page = browser("sora").get("/team").text
    rail = page[page.index('<nav class="nav"') : page.index("</nav>")]
    assert re.findall(r'<a href="([^"]+)"\s+aria-current="page"', rail) == ["/team"]


def test_a_phone_has_five_places_at_most(browser: Open) -> None:
    for who in ("jiwoo", "taeyang", "sora", "dana"):
        page = browser(who).get("/").text
        bar = page[page.index('<nav class="tabbar"') :]
        bar = bar[: bar.index("</nav>")]
        direct = bar.split("<details>")[0]
        assert len(re.findall(r"<a ", direct)) + ("<details>" in bar) <= 5
