"""What was published when, and what each file was before."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from coach.db import session
from coach.errors import NotFound
from coach.people.models import Person
from coach.publishing.differences import Difference, difference
from coach.publishing.models import ContentFile, ContentFileRevision, Draft, Publication
from coach.words import Text

PAGE: Final = 40


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """Hold one publication: nobody stands for the folder; the draft's title where it came out of one."""

    id: uuid.UUID
    at: datetime
    by: Text | None
    title: str | None
    files: int


@dataclass(frozen=True, slots=True)
class FilePage:
    """Hold a published file and its publications, the newest first."""

    path: str
    text: str
    revisions: tuple[PublicationRow, ...]


def publications() -> list[PublicationRow]:
    """List what was published last, the newest first."""
    return [PublicationRow(*row) for row in session().execute(_rows().limit(PAGE))]


def publication(publication_id: uuid.UUID) -> Publication:
    """Load a publication; raise NotFound where there is none."""
    found = session().get(Publication, publication_id)
    if found is None:
        raise NotFound
    return found


def publication_row(publication_id: uuid.UUID) -> PublicationRow:
    """Give the row of one publication; raise NotFound where there is none."""
    found = session().execute(_rows().where(Publication.id == publication_id)).one_or_none()
    if found is None:
        raise NotFound
    return PublicationRow(*found)


def differences(publication_id: uuid.UUID, *, most: int) -> list[Difference]:
    """Compare each file of a publication with its text before; at most so many, two statements."""
    query = sa.select(ContentFileRevision.path, ContentFileRevision.number, ContentFileRevision.text)
    rows = (
        session()
        .execute(
            query.where(ContentFileRevision.publication_id == publication_id)
            .order_by(ContentFileRevision.path)
            .limit(most)
        )
        .all()
    )
    before = _before({row.path: row.number - 1 for row in rows})
    return [difference(row.path, before.get(row.path), row.text) for row in rows]


def file_page(path: str) -> FilePage:
    """Give a published file with its past; raise NotFound where there is none."""
    text = session().scalar(sa.select(ContentFile.text).where(ContentFile.path == path))
    if text is None:
        raise NotFound
    changed = sa.select(ContentFileRevision.publication_id).where(ContentFileRevision.path == path)
    rows = session().execute(_rows().where(Publication.id.in_(changed)).limit(PAGE))
    return FilePage(path, text, tuple(PublicationRow(*row) for row in rows))


def _rows() -> sa.Select[uuid.UUID, datetime, Text, str, int]:
    files = sa.select(sa.func.count()).where(ContentFileRevision.publication_id == Publication.id).scalar_subquery()
    return (
        sa.select(Publication.id, Publication.at, Person.name, Draft.title, files)
        .outerjoin(Person, Person.id == Publication.by_id)
        .outerjoin(Draft, Draft.id == Publication.draft_id)
        .order_by(Publication.at.desc(), Publication.id.desc())
    )


def _before(numbers: Mapping[str, int]) -> Mapping[str, str | None]:
    query = sa.select(ContentFileRevision.path, ContentFileRevision.number, ContentFileRevision.text).where(
        ContentFileRevision.path.in_(numbers)
    )
    return {row.path: row.text for row in session().execute(query) if numbers[row.path] == row.number}
