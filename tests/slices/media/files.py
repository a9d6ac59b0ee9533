"""Small files for tests: real first bytes, then whatever length is needed."""

from __future__ import annotations

import io
import uuid

from coach.db import unit_of_work
from coach.media import services
from coach.media.models import Media

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
SOUND = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(80) + b"A_OPUS"


def patterned(start: bytes, length: int) -> bytes:
    """Make a file whose every stretch differs from the next."""
    return start + b"".join(n.to_bytes(4, "big") for n in range((length - len(start)) // 4 + 1))[: length - len(start)]


class Trickle(io.BytesIO):
    """Give a few bytes at a time, as a line does."""

    def read(self, size: int | None = -1) -> bytes:
        """Give less than was asked for."""
        return super().read(min(size, 1000) if size and size > 0 else 1000)


def stored(by: uuid.UUID, content: bytes, filename: str = "call.webm") -> Media:
    """Store a file in a transaction of its own."""
    with unit_of_work():
        return services.store(by=by, stream=io.BytesIO(content), filename=filename)
