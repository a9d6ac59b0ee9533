"""Take in a file, and remove those that nothing points at."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Collection, Iterator
from datetime import timedelta
from pathlib import PurePosixPath
from typing import IO, Any, Final

import sqlalchemy as sa

from coach import clock
from coach.db import Base, new_id, run, session, unit_of_work
from coach.errors import Invalid
from coach.media import ports
from coach.media.formats import HEAD, Format, Kind, names, sniff
from coach.media.models import PIECE, Media, MediaChunk
from coach.words import Message

KEPT_FOR: Final = timedelta(days=1)
LARGEST_A_DAY: Final = 10
"""How many recordings of the largest size one person may send within a day, or as much in other files."""
_LONGEST_STEM: Final = 100
_UNSAID: Final = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\u202a-\u202e\u2066-\u2069]+")


def store(
    *,
    by: uuid.UUID | None,
    stream: IO[bytes],
    filename: str,
    allowed: Collection[Kind] = frozenset(Kind),
    field: str = "file",
    media_id: uuid.UUID | None = None,
) -> Media:
    """Store a file piece by piece; raise Invalid, beside `field`, where it is empty, too large or of no kind taken.

    A file that comes back from an export keeps its id.
    """
    _refuse_flood(by, field)
    first = stream.read(PIECE)
    form = _format(first, allowed, field)
    made = _begin(media_id or new_id(), by, _name(filename, form), form)
    most = ports.limits().of(form.kind)
    made.size, made.sha256 = _write(made.id, _pieces(first, stream), most, field)
    session().flush()
    return made


def remove_orphans() -> None:
    """Delete the files that are older than a day and that no row of any table points at; run by the night."""
    columns = [
        column
        for table in Base.metadata.tables.values()
        for column in table.c
        if table.name != MediaChunk.__tablename__
        and any(key.target_fullname == f"{Media.__tablename__}.id" for key in column.foreign_keys)
    ]
    unwanted = sa.delete(Media).where(
        Media.at < clock.now() - KEPT_FOR, *(~sa.exists().where(column == Media.id) for column in columns)
    )
    with unit_of_work() as work:
        work.execute(unwanted, execution_options={"synchronize_session": False})


def _refuse_flood(by: uuid.UUID | None, field: str) -> None:
    """Keep one account from filling the disk: files that were replaced stay until the night."""
    since = clock.now() - KEPT_FOR
    query = sa.select(sa.func.sum(Media.size)).where(Media.uploaded_by == by, Media.at > since)
    sent = (session().scalar(query) if by is not None else None) or 0
    if sent > LARGEST_A_DAY * ports.limits().recording * ports.MEGABYTE:
        raise Invalid(Message("You have sent many large files today. Send this one tomorrow."), field=field)


def _format(first: bytes, allowed: Collection[Kind], field: str) -> Format:
    if not first:
        raise Invalid(Message("Choose a file."), field=field)
    form = sniff(first[:HEAD])
    if form is None or form.kind not in allowed:
        raise Invalid(
            Message("This kind of file does not work here. These do: %(formats)s.", formats=names(allowed)), field=field
        )
    return form


def _begin(media_id: uuid.UUID, by: uuid.UUID | None, name: str, form: Format) -> Media:
    """Write the row that the pieces point at; how large the file is, is known once they are through."""
    made = Media(
        id=media_id,
        kind=form.kind,
        content_type=form.content_type,
        name=name,
        size=0,
        sha256="",
        uploaded_by=by,
        at=clock.now(),
    )
    session().add(made)
    session().flush()
    return made


def _pieces(first: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    """Cut a stream into pieces of one size: a socket may give less at a time than was asked for."""
    held = first
    while True:
        while len(held) < PIECE and (more := stream.read(PIECE - len(held))):
            held += more
        if not held:
            return
        yield held
        held = b""


def _write(media_id: uuid.UUID, pieces: Iterator[bytes], megabytes: int, field: str) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    insert: Any = sa.insert(MediaChunk)
    for n, each in enumerate(pieces):
        size += len(each)
        if size > megabytes * ports.MEGABYTE:
            raise Invalid(
                Message("This file is larger than %(megabytes)s MB. Send a smaller one.", megabytes=megabytes),
                field=field,
            )
        digest.update(each)
        run(insert, {"media_id": media_id, "n": n, "bytes": each})
    return size, digest.hexdigest()


def _name(filename: str, form: Format) -> str:
    """Keep the readable part of a name, with the extension that the content has."""
    plain = _UNSAID.sub("", filename.replace("\\", "/"))
    stem = PurePosixPath(plain).stem.strip(". ")[:_LONGEST_STEM]
    return f"{stem or form.kind}.{form.extension}"
