"""Pages are compiled for one language, and addresses are worked out once."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from coach.web.speech import speaker_of
from coach.web.templating import link, pages_of

SOURCE = """<p>{{ _("Today") }}</p><a href="{{ url_for('home.today') }}">{{ _("%(count)s to do", count=2) }}</a>"""


@pytest.mark.parametrize(("code", "words"), [("en", "Today"), ("ko", "오늘")])
def test_a_fixed_sentence_is_put_in_when_the_page_is_compiled(app: Flask, code: str, words: str) -> None:
    with app.test_request_context():
        pages = pages_of(speaker_of(code))
        written: Any = pages.compile(SOURCE, raw=True)
        shown = pages.from_string(SOURCE).render()
    assert words in written
    assert shown.startswith(f'<p>{words}</p><a href="/">')


def test_each_language_has_pages_of_its_own(app: Flask) -> None:
    with app.test_request_context():
        english, korean = pages_of(speaker_of("en")), pages_of(speaker_of("ko"))
        assert pages_of(speaker_of("ko")) is korean is not english
        assert english.from_string('{{ _("Today") }}').render() == "Today"
        assert korean.from_string('{{ _("Today") }}').render() == "오늘"


def test_an_address_is_one_of_its_values_and_of_their_kinds(app: Flask) -> None:
    with app.test_request_context():
        pages = [link("training.library", minutes=1), link("training.library", minutes=True)]
        assert pages == ["/learn?minutes=1", "/learn?minutes=True"]
        assert link("assignments.new", person=["a", "b"]).endswith("?person=a&person=b")
        assert link("training.library", minutes=1) is link("training.library", minutes=1)
