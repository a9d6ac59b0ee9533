"""Read files. None of this asks who reads: the record that a file hangs on was loaded with the reader's identity."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from coach.db import db, session
from coach.errors import NotFound
from coach.media.models import PIECE, Media, MediaChunk


def media(media_id: uuid.UUID) -> Media:
    """Load a file's row, without its bytes."""
    found = session().get(Media, media_id)
    if found is None:
        raise NotFound
    return found


def media_of(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, Media]:
    """Load the rows of several files at once."""
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    return {row.id: row for row in session().scalars(sa.select(Media).where(Media.id.in_(wanted)))}


def piece(media_id: uuid.UUID, n: int) -> bytes:
    """Read one piece over a connection of its own.

    A file is sent as slowly as the reader's line takes it; meanwhile no connection and no transaction is held.
    """
    with db.engine.connect() as connection:
        found = connection.execute(_PIECE, {"media_id": media_id, "n": n}).scalar_one_or_none()
    return b"" if found is None else bytes(found)


def stretch(media_id: uuid.UUID, first: int, last: int) -> Iterator[bytes]:
    """Give the bytes of a file from `first` to `last`, both counted, piece by piece."""
    for n in range(first // PIECE, last // PIECE + 1):
        begins = n * PIECE
        yield piece(media_id, n)[max(first - begins, 0) : last - begins + 1]


_PIECE = sa.select(MediaChunk.bytes).where(
    MediaChunk.media_id == sa.bindparam("media_id"), MediaChunk.n == sa.bindparam("n")
)
