"""What is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from coach.db import session
from coach.publishing.models import ContentFile


def published_files() -> Mapping[str, str]:
    """Give every published file, path -> text, byte for byte."""
    query = sa.select(ContentFile.path, ContentFile.text).order_by(ContentFile.path)
    return {row.path: row.text for row in session().execute(query)}


def published_fingerprints() -> Mapping[str, str]:
    """Give the fingerprint of every published file by path."""
    query = sa.select(ContentFile.path, ContentFile.fingerprint)
    return {row.path: row.fingerprint for row in session().execute(query)}


def published_text(path: str) -> str | None:
    """Give one published file; None where there is none."""
    return session().scalar(sa.select(ContentFile.text).where(ContentFile.path == path))


def published_texts(paths: Iterable[str]) -> Mapping[str, str]:
    """Give some published files, path -> text; one that is not there is left out."""
    query = sa.select(ContentFile.path, ContentFile.text).where(ContentFile.path.in_(list(paths)))
    return {row.path: row.text for row in session().execute(query)}
