"""What is published."""

from __future__ import annotations

from collections.abc import Mapping

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
