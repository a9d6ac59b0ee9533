"""A file is answered whole, in one range, or not at all; it never becomes a page."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import pytest
from flask import Flask, Response

from coach.media import serving
from coach.media.models import PIECE, Media
from tests.slices.media.files import PNG, SOUND, patterned, stored

Cast = Callable[[str], uuid.UUID]
SIZE = 2 * PIECE + 17
CONTENT = patterned(SOUND, SIZE)


def ask(app: Flask, media: Media, method: str = "GET", *, download: bool = False, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with app.test_request_context("/file", method=method, headers=named):
        return serving.answer(media, download=download)


def test_the_whole_file_comes_with_its_tag_and_may_be_kept_by_its_reader_alone(app: Flask, cast: Cast) -> None:
    media = stored(cast("jiwoo"), CONTENT)
    response = ask(app, media)
    assert (response.status_code, response.get_data()) == (200, CONTENT)
    assert response.headers["ETag"] == f'"{media.sha256}"'
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Content-Length"] == str(SIZE)
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Type"] == "audio/webm"


def test_the_bytes_are_sent_when_the_context_of_the_request_has_ended(app: Flask, cast: Cast) -> None:
    response = ask(app, stored(cast("jiwoo"), CONTENT))
    sent: list[bytes] = []
    server = threading.Thread(target=lambda: sent.extend(response.iter_encoded()))  # a thread has no context of ours
    server.start()
    server.join(30)
    assert b"".join(sent) == CONTENT


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-", 0, SIZE - 1),
        (f"bytes={PIECE - 1}-{PIECE}", PIECE - 1, PIECE),
        (f"bytes={PIECE}-{2 * PIECE - 1}", PIECE, 2 * PIECE - 1),
        (f"bytes={PIECE + 5}-{SIZE + 500}", PIECE + 5, SIZE - 1),
        ("bytes=-5", SIZE - 5, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 0, SIZE - 1),
    ],
)
def test_one_range_is_answered_with_exactly_its_bytes(
    app: Flask, cast: Cast, asked: str, first: int, last: int
) -> None:
    response = ask(app, stored(cast("jiwoo"), CONTENT), Range=asked)
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response.headers["Content-Length"] == str(last - first + 1)
    assert response.get_data() == CONTENT[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE + 9}-{SIZE + 20}"])
def test_a_range_behind_the_end_is_refused_with_the_size(app: Flask, cast: Cast, asked: str) -> None:
    response = ask(app, stored(cast("jiwoo"), CONTENT), Range=asked)
    assert (response.status_code, response.get_data()) == (416, b"")
    assert response.headers["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "items=0-1", "bytes=b-a", "bytes=5-2", "bytes="])
def test_what_is_no_single_range_is_answered_with_the_whole(app: Flask, cast: Cast, asked: str) -> None:
    assert ask(app, stored(cast("jiwoo"), CONTENT), Range=asked).status_code == 200


def test_a_range_of_another_version_is_answered_with_the_whole(app: Flask, cast: Cast) -> None:
    media = stored(cast("jiwoo"), CONTENT)
    assert ask(app, media, Range="bytes=0-1", If_Range=f'"{media.sha256}"').status_code == 206
    assert ask(app, media, Range="bytes=0-1", If_Range='"another"').status_code == 200
    assert ask(app, media, Range="bytes=0-1", If_Range=f'W/"{media.sha256}"').status_code == 200
    assert ask(app, media, Range="bytes=0-1", If_Range="Mon, 23 Nov 2026 01:00:00 GMT").status_code == 200


def test_what_the_reader_has_is_not_sent_again(app: Flask, cast: Cast) -> None:
    media = stored(cast("jiwoo"), CONTENT)
    response = ask(app, media, If_None_Match=f'"{media.sha256}"')
    assert (response.status_code, response.get_data()) == (304, b"")


def test_a_head_request_gets_the_length_and_no_bytes(app: Flask, cast: Cast) -> None:
    response = ask(app, stored(cast("jiwoo"), CONTENT), "HEAD")
    assert (response.status_code, response.headers["Content-Length"], response.get_data()) == (200, str(SIZE), b"")


def test_only_pictures_and_recordings_are_shown_in_place(app: Flask, cast: Cast) -> None:
    picture = ask(app, stored(cast("jiwoo"), PNG, "고객 사진.png")).headers["Content-Disposition"]
    document = ask(app, stored(cast("jiwoo"), b"%PDF-1.7 offer", "offer.pdf")).headers["Content-Disposition"]
    assert picture.startswith("inline; filename=\"__ __.png\"; filename*=UTF-8''%EA%B3%A0")
    assert document == "attachment; filename=\"offer.pdf\"; filename*=UTF-8''offer.pdf"
    asked = ask(app, stored(cast("jiwoo"), PNG), download=True)
    assert asked.headers["Content-Disposition"].startswith("attachment")
