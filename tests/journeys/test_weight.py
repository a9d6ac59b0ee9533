"""Today is light: what the first view of it costs over the wire, before fonts (which a name in Hangul may add to)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Response

from tests.journeys.conftest import DESKTOP, PHONE, Enter
from tests.journeys.server import Server

pytestmark = pytest.mark.browser

MOST_BYTES = 45 * 1024
MOST_REQUESTS = 6


@pytest.mark.parametrize("who", ["jiwoo", "taeyang", "sora"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_first_view_of_today_is_light(enter: Enter, demo: Server, who: str, size: dict[str, int]) -> None:
    page = enter(demo, who, size=size)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 -- Playwright wants a function of its own
    page.goto(f"{demo.url}/", wait_until="networkidle")
    fonts = [a for a in answers if a.request.resource_type == "font"]
    weights = {a.url: a.request.sizes() for a in answers if a not in fonts}
    total = sum(size_["responseBodySize"] + size_["responseHeadersSize"] for size_ in weights.values())
    assert total <= MOST_BYTES, f"{total} bytes: { {url: s['responseBodySize'] for url, s in weights.items()} }"
    assert len(weights) <= MOST_REQUESTS, list(weights)


def test_static_files_have_hashed_names_and_are_kept_for_a_year(enter: Enter, demo: Server) -> None:
    page = enter(demo, "jiwoo")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 -- Playwright wants a function of its own
    page.goto(f"{demo.url}/", wait_until="networkidle")
    static = [a for a in answers if "/static/" in a.url]
    assert static
    for answer in static:
        assert "immutable" in answer.headers["cache-control"], answer.url
        assert (
            "max-age=315360000" in answer.headers["cache-control"]
            or "max-age=31536000" in answer.headers["cache-control"]
        )
    html = next(a for a in answers if a.request.resource_type == "document")
    assert html.headers.get("content-encoding") == "gzip"
