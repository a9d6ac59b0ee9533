"""What is too large is told with the limit that held and a way out, beside the field wherever the form can be read."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from typing import Any, Final

import pytest
from flask import Flask

from coach.media import ports
from coach.web.edge import _UPLOAD
from tests.client import Browser
from tests.slices.practice.conftest import CALL, RECORDING
from tests.slices.training.workshop_setting import PDF, make_programme, make_workshop

Open = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]
FIVE: Final = 5 * ports.MEGABYTE
UPLOADS: Final = {
    "integrations.preview", "people.choose", "practice.hand_in", "practice.keep", "publishing.upload",
    "training.add_material", "training.send_diploma",
}  # fmt: skip


@pytest.fixture
def small_limits(app: Flask) -> None:
    """Let a file of any kind be a megabyte; what is sent at once may still be 61."""
    ports.connect(ports.Limits(1, 1, 1))
    assert app.config["LARGEST_UPLOAD"] == 61 * ports.MEGABYTE


def file(start: bytes, name: str) -> tuple[io.BytesIO, str]:
    """Make a file of five megabytes, more than a form without a file may weigh."""
    return io.BytesIO(start + bytes(FIVE)), name


def test_these_forms_take_files_and_each_is_tried_here(app: Flask) -> None:
    assert {name for name, view in app.view_functions.items() if getattr(view, _UPLOAD, False)} == UPLOADS


@pytest.mark.parametrize("act", ["keep", "hand-in"])
def test_a_recording_is_told_beside_its_field(small_limits: None, browser: Open, act: str) -> None:
    data = {"file": file(RECORDING, "call.webm")}
    page = browser("jiwoo").post(f"/practice/{CALL}/{act}", data, on=f"/practice/{CALL}", status=422).text
    assert "This file is larger than 1 MB. Send a smaller one." in page


def test_a_diploma_and_a_material_are_told_beside_their_fields(small_limits: None, browser: Open, cast: Cast) -> None:
    ines, new = browser("ines"), "/workshops/programmes/new"
    outside = {
        "kind": "outside", "title_en": "Fair", "title_ko": "박람회", "summary_en": "A fair.",
        "summary_ko": "박람회예요.", "minutes": "60", "skill": "", "roles": "all",
    }  # fmt: skip
    place = ines.post(new, outside, on=new).headers["Location"]
    taken = {"issuer": "The fair", "taken_on": "2026-11-20", "file": file(PDF, "diploma.pdf")}
    page = browser("jiwoo").post(f"{place}/taken", taken, on=place, status=422).text
    assert "This file is larger than 1 MB. Send a smaller one." in page
    assert 'value="The fair"' in page
    held = f"/workshops/{make_workshop(cast('ines'), make_programme(cast('ines')))}"
    data = {"file": file(PDF, "rounds.pdf")}
    page = ines.post(f"{held}/materials", data, on=f"{held}/edit", status=422).text
    assert "This file is larger than 1 MB. Send a smaller one." in page


def test_a_picture_of_a_draft_is_told_on_its_page(small_limits: None, browser: Open) -> None:
    ines = browser("ines")
    draft = ines.post("/author/drafts", {"title": "Spring"}, on="/author").headers["Location"]
    sent = ines.post(f"{draft}/media", {"file": file(b"\x89PNG\r\n\x1a\n", "a.png")}, on=draft)
    assert "This file is larger than 1 MB. Send a smaller one." in ines.follow(sent).text


def test_a_roster_is_told_beside_its_field(browser: Open) -> None:
    data = {"roster": file(b"Name,E-mail\n", "people.csv")}
    page = browser("dana").post("/admin/people/import", data, on="/admin/people/import", status=422).text
    assert "This file is too large. Send at most 400 KB at a time." in page


def test_questions_are_told_beside_their_field(browser: Open) -> None:
    data = {"skill": "qualify", "step": "2", "use": "check", "draft": "", "questions": file(b"::a::", "a.gift")}
    page = browser("ines").post("/author/import", data, on="/author/import", status=422).text
    assert "This file is larger than 700 KB. Divide it." in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "At most 3 MB can be sent at once. Go back and choose a smaller file"),
        ("ko", "한 번에 3MB까지 보낼 수 있어요."),
    ],
)
def test_more_than_is_taken_in_at_all_names_that_limit(app: Flask, browser: Open, language: str, words: str) -> None:
    app.config["LARGEST_UPLOAD"] = 3 * ports.MEGABYTE
    jiwoo = browser("jiwoo")
    jiwoo.post("/preferences", {"language": language}, on="/account")
    page = jiwoo.post(f"/practice/{CALL}/hand-in", {"file": file(b"", "call.webm")}, on=f"/practice/{CALL}", status=413)
    assert words in page.text


def test_a_form_without_a_file_names_its_own_limit(browser: Open) -> None:
    long: dict[str, Any] = {"text": "a" * FIVE}
    task, jiwoo = f"/practice/{CALL}", browser("jiwoo")
    assert "At most 4 MB can be sent at once." in jiwoo.post("/skills/qualify/rate", long, on=task, status=413).text
    page = jiwoo.post(f"{task}/keep", {**long, "file": (io.BytesIO(b""), "")}, on=task, status=413).text
    assert "At most 4 MB of text can be sent at once. Go back and shorten or divide it." in page


def test_a_lesson_as_long_as_the_field_allows_is_kept_in_any_language(browser: Open) -> None:
    ines, path = browser("ines"), "modules/ask-about-needs/lessons/01-ask-before-you-quote.ko.md"
    draft = ines.post("/author/drafts", {"title": "Long"}, on="/author").headers["Location"]
    place = f"{draft}/files/{path}"
    ines.post(place, {"text": "가" * 399_000}, on=place)
    assert "가" * 1_000 in ines.get(place).text
