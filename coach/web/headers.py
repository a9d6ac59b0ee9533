"""Headers of every answer: what the browser may load, what it may keep, and compression."""

from __future__ import annotations

import gzip
import io
import secrets
from typing import Final

from flask import Flask, Response, request

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_RECORDING: Final = {
    "Content-Security-Policy": POLICY.replace("media-src 'self'", "media-src 'self' blob:"),
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(self)",
}
_SMALL: Final = 600
_PADDING: Final = 80


def install(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(_protect)
    app.after_request(_compress)


def allow_recording(response: Response) -> Response:
    """Let this one page ask for microphone and camera, and play back what was just recorded."""
    response.headers.update(_RECORDING)
    return response


def _protect(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response


def _compress(response: Response) -> Response:
    """Compress text at the cheapest level; a name of random length hides the page's length from an eavesdropper."""
    if (
        "gzip" not in request.headers.get("Accept-Encoding", "")
        or response.direct_passthrough
        or not (response.mimetype or "").startswith(("text/", "application/json"))
        or (response.content_length or 0) < _SMALL
        or "Content-Encoding" in response.headers
    ):
        return response
    packed = io.BytesIO()
    padding = secrets.token_hex(secrets.randbelow(_PADDING) + 1)
    with gzip.GzipFile(filename=padding, mode="wb", compresslevel=1, fileobj=packed) as stream:
        stream.write(response.get_data())
    response.set_data(packed.getvalue())
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
