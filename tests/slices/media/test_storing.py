"""A file is taken in piece by piece, and only as what it is."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coach.db import session, unit_of_work
from coach.errors import Invalid
from coach.media import ports, queries, services
from coach.media.formats import Kind
from coach.media.models import PIECE, Media, MediaChunk
from tests.slices.media.files import PNG, SOUND, Trickle, patterned, stored

Cast = Callable[[str], uuid.UUID]


def test_a_file_comes_back_byte_for_byte_in_pieces_of_one_size(app: Flask, cast: Cast) -> None:
    content = patterned(SOUND, 2 * PIECE + 17)
    with unit_of_work():
        made = services.store(by=cast("jiwoo"), stream=Trickle(content), filename="call.mp3")
    assert (made.kind, made.content_type, made.name, made.size) == ("sound", "audio/webm", "call.weba", len(content))
    assert b"".join(queries.stretch(made.id, 0, made.size - 1)) == content
    lengths = sa.select(sa.func.length(MediaChunk.bytes)).order_by(MediaChunk.n)
    assert session().scalars(lengths).all() == [PIECE, PIECE, 17]


@pytest.mark.parametrize(
    ("content", "allowed", "says"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", frozenset(Kind), "kind of file"),
        (b"<!doctype html>", frozenset(Kind), "kind of file"),
        (b"", frozenset(Kind), "Choose a file"),
        (PNG, frozenset({Kind.SOUND}), "MP3, WAV, M4A"),
        (patterned(PNG, ports.MEGABYTE + 1), frozenset(Kind), "larger than 1 MB"),
    ],
    ids=["svg", "html", "empty", "other kind", "too large"],
)
def test_what_is_refused_leaves_nothing_behind(
    app: Flask, cast: Cast, content: bytes, allowed: frozenset[Kind], says: str
) -> None:
    ports.connect(ports.Limits(picture=1))
    with pytest.raises(Invalid, match=says), unit_of_work():
        services.store(by=cast("jiwoo"), stream=io.BytesIO(content), filename="photo.png", allowed=allowed)
    assert session().scalar(sa.select(sa.func.count()).select_from(Media)) == 0
    assert session().scalar(sa.select(sa.func.count()).select_from(MediaChunk)) == 0


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("C:\\temp\\page.html", "page.png"),
        ('a"\r\nSet-Cookie: x=1.png', "aSet-Cookie x=1.png"),
        ("고객 사진.svg", "고객 사진.png"),
        ("", "picture.png"),
        ("x" * 300, "x" * 100 + ".png"),
    ],
)
def test_a_name_keeps_its_readable_part_and_gets_the_extension_of_its_content(
    app: Flask, cast: Cast, filename: str, name: str
) -> None:
    assert stored(cast("jiwoo"), PNG, filename).name == name


def test_one_person_cannot_fill_the_disk_within_a_day(app: Flask, cast: Cast, frozen: time_machine.Traveller) -> None:
    ports.connect(ports.Limits(recording=1))
    for _ in range(11):
        stored(cast("jiwoo"), patterned(SOUND, ports.MEGABYTE))
    with pytest.raises(Invalid, match="tomorrow"):
        stored(cast("jiwoo"), PNG)
    stored(cast("yuna"), PNG)
    frozen.shift(timedelta(days=1, seconds=1))
    stored(cast("jiwoo"), PNG)


def test_the_night_removes_what_nothing_points_at_a_day_later(
    app: Flask, cast: Cast, frozen: time_machine.Traveller
) -> None:
    stored(cast("jiwoo"), patterned(PNG, PIECE + 1))
    services.remove_orphans()
    assert session().scalar(sa.select(sa.func.count()).select_from(MediaChunk)) == 2
    frozen.shift(timedelta(days=1, seconds=1))
    services.remove_orphans()
    assert session().scalar(sa.select(sa.func.count()).select_from(Media)) == 0
    assert session().scalar(sa.select(sa.func.count()).select_from(MediaChunk)) == 0
