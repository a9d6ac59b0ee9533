"""Answer with a file: whole or one range of it, never as a page, and never from a cache that others share."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from flask import Response, request
from werkzeug.http import quote_etag

from coach.media import queries
from coach.media.formats import Kind
from coach.media.models import Media

INLINE: Final = frozenset({Kind.PICTURE, Kind.SOUND, Kind.VIDEO})
POLICY: Final = "default-src 'none'; sandbox"
_SAFE_IN_NAME: Final = "!#$&+-.^_`|~"


def answer(media: Media, *, download: bool = False) -> Response:
    """Answer a GET or HEAD for a file; the view has asked before who may read it.

    One byte range is served (206), several are answered with the whole file as RFC 9110 (14.2) allows, one outside of
    the file with 416. A cache may keep the bytes but asks each time, so that access ends when it ends.
    """
    if media.sha256 in request.if_none_match:
        return _dress(Response(status=304), media, download=download)
    wanted = _range(media)
    if wanted is None:
        return _dress(_stretch(media, 0, media.size - 1, 200), media, download=download)
    first, last = wanted
    if first > last:
        refused = Response(status=416, headers={"Content-Range": f"bytes */{media.size}"})
        return _dress(refused, media, download=download)
    response = _stretch(media, first, last, 206)
    response.headers["Content-Range"] = f"bytes {first}-{last}/{media.size}"
    return _dress(response, media, download=download)


def _range(media: Media) -> tuple[int, int] | None:
    """Read the range asked for as first and last byte; None for the whole, first > last where there is no such byte."""
    asked, condition = request.range, request.headers.get("If-Range")
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or request.method not in ("GET", "HEAD"):
        return None
    if condition is not None and condition.strip() != quote_etag(media.sha256):
        return None  # a weak tag or a date never is the very same bytes
    begin, stop = asked.ranges[0]
    if begin < 0:
        return max(media.size + begin, 0), media.size - 1
    last = media.size - 1 if stop is None else min(stop, media.size) - 1
    return begin, last


def _stretch(media: Media, first: int, last: int, status: int) -> Response:
    body = () if request.method == "HEAD" else queries.stretch(media.id, first, last)
    response = Response(body, status=status)
    response.content_length = last - first + 1
    return response


def _dress(response: Response, media: Media, *, download: bool) -> Response:
    headers = response.headers
    headers["Content-Type"] = media.content_type
    headers["ETag"] = quote_etag(media.sha256)
    headers["Accept-Ranges"] = "bytes"
    headers["Cache-Control"] = "private, no-cache"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Content-Security-Policy"] = POLICY
    shown = Kind(media.kind) in INLINE and not download
    plain = media.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    headers["Content-Disposition"] = (
        f'{"inline" if shown else "attachment"}; filename="{plain}"; '
        f"filename*=UTF-8''{quote(media.name, safe=_SAFE_IN_NAME)}"
    )
    return response
