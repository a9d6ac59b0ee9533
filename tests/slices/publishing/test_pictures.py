"""Pictures, sound and video in lessons: seen with their text, kept with it, and brought back with it."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.content.problems import ContentErrors
from coach.db import session, unit_of_work
from coach.media.models import Media, MediaChunk
from coach.media.services import remove_orphans
from coach.publishing.commands import bring
from coach.publishing.folder import media_files, read_folder
from coach.publishing.models import ContentMedia, Draft
from coach.publishing.queries import published_files
from coach.publishing.services import publish
from coach.training.models import LessonPart
from tests.client import Browser
from tests.unit.content.small_library import EN, GOOD, KO

Open = Callable[..., Browser]
PNG, WAV = b"\x89PNG\r\n\x1a\n" + b"a picture", b"RIFF\x00\x00\x00\x00WAVEfmt a sound"


@pytest.fixture
def ines(small: Flask, browser: Open) -> Browser:
    """Open a browser as the editor."""
    return browser("ines")


def _upload(ines: Browser, draft: str, body: bytes, name: str) -> str:
    ines.post(f"{draft}/media", {"file": (io.BytesIO(body), name)}, on=draft)
    session().rollback()
    return str(session().scalars(sa.select(Media.id).where(Media.name.like(f"{Path(name).stem}%"))).one())


def _begin(ines: Browser) -> str:
    ines.post("/author/drafts", {"title": "With a picture"}, on="/author")
    return f"/author/drafts/{session().scalars(sa.select(Draft.id)).one()}"


def _shows(name: str, alt: str = "A box of paper", *, path: str = EN) -> str:
    return GOOD[path].replace("{#why}\n", f"{{#why}}\n![{alt}](media:{name})\n\n")


def test_a_picture_is_seen_with_the_text_that_shows_it(ines: Browser, browser: Open, frozen: Any) -> None:
    draft = _begin(ines)
    picture, sound = _upload(ines, draft, PNG, "box.png"), _upload(ines, draft, WAV, "call.wav")
    for path, name in ((EN, picture), (KO, sound)):
        ines.post(f"{draft}/files/{path}", {"text": _shows(name, path=path)}, on=f"{draft}/files/{path}")
    assert f'<img src="/media/{picture}" alt="A box of paper">' in ines.get(f"{draft}/preview/{EN}").text
    jiwoo = browser("jiwoo")
    jiwoo.get(f"/media/{picture}", status=404)
    ines.post(f"{draft}/publish", on=f"{draft}/publish")
    answer = jiwoo.client.get(f"/media/{picture}", headers={"Range": "bytes=8-"})
    assert (answer.status_code, answer.data) == (206, b"a picture")
    html = session().scalars(sa.select(LessonPart.html).where(LessonPart.part_id == "why")).all()
    assert any(f'<audio controls preload="metadata" src="/media/{sound}" aria-label=' in each.ko for each in html)
    frozen.shift(3 * 86_400)
    remove_orphans()
    assert session().scalar(sa.select(sa.func.count()).select_from(Media)) == 2


def test_what_is_no_picture_sound_or_video_is_refused(ines: Browser) -> None:
    draft = _begin(ines)
    ines.post(f"{draft}/media", {"file": (io.BytesIO(b"%PDF-1.7"), "list.pdf")}, on=draft)
    assert "This kind of file does not work here." in ines.get(draft).text
    assert session().scalar(sa.select(sa.func.count()).select_from(MediaChunk)) == 0


def test_a_file_that_is_not_here_is_told_at_its_line(small: Flask) -> None:
    missing = "01a205ea-be80-7000-8000-00000000dead"
    with pytest.raises(ContentErrors, match=rf"{EN}:\d+: There is no file “{missing}”"), unit_of_work():
        publish({**GOOD, EN: _shows(missing)}, by=None)
    with pytest.raises(ContentErrors, match="Say in the square brackets"), unit_of_work():
        publish({**GOOD, EN: _shows(missing, alt="")}, by=None)


def test_published_and_exported_and_published_again_is_the_same(ines: Browser, small: Flask, tmp_path: Path) -> None:
    draft = _begin(ines)
    picture = _upload(ines, draft, PNG, "box.png")
    ines.post(f"{draft}/files/{EN}", {"text": _shows(picture)}, on=f"{draft}/files/{EN}")
    ines.post(f"{draft}/publish", on=f"{draft}/publish")
    before = published_files()
    assert small.test_cli_runner().invoke(args=["content", "export", str(tmp_path / "out")]).exit_code == 0
    assert (tmp_path / "out" / "media" / f"{picture}.png").read_bytes() == PNG
    with unit_of_work():
        publish(GOOD, by=None)
        for table in (ContentMedia, MediaChunk, Media):
            session().execute(sa.delete(table))
    bring(read_folder(tmp_path / "out"), media_files(tmp_path / "out"))
    session().rollback()
    assert published_files() == before
    row = session().get_one(Media, uuid.UUID(picture))
    assert (row.size, session().get_one(ContentMedia, row.id).published_at is not None) == (len(PNG), True)
