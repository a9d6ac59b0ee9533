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


def stretch(media_id: uuid.UUID, first: int, last: int) -> Iterator[bytes]:
    """Give the bytes of a file from `first` to `last`, both counted, piece by piece.

    Each piece is read over a connection of its own: a file is sent as slowly as the reader's line takes it, and
    meanwhile no connection and no transaction is held. The engine is asked for at once, since the bytes are sent when
    the application's context has ended.
    """
    engine = db.engine
    return (_part(engine, media_id, n, first, last) for n in range(first // PIECE, last // PIECE + 1))


def _part(engine: sa.Engine, media_id: uuid.UUID, n: int, first: int, last: int) -> bytes:
    with engine.connect() as connection:
        found = connection.execute(_PIECE, {"media_id": media_id, "n": n}).scalar_one_or_none()
    begins = n * PIECE
    return b"" if found is None else bytes(found)[max(first - begins, 0) : last - begins + 1]


_PIECE = sa.select(MediaChunk.bytes).where(
    MediaChunk.media_id == sa.bindparam("media_id"), MediaChunk.n == sa.bindparam("n")
)
