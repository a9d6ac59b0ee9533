"""Keep every text of every file: what one publish changed, and what stood before it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from coach.db import new_id, session
from coach.publishing.models import ContentFileRevision, Publication
from coach.publishing.plan import Changes, Kind, Plan, Write


def plan_past(
    changes: Changes,
    sources: Mapping[str, str],
    fingerprints: Mapping[str, str],
    *,
    by: uuid.UUID | None,
    draft_id: uuid.UUID | None,
    at: datetime,
) -> Plan:
    """Plan one publication and a numbered text for each file that changes; None for one that goes."""
    paths = changes.of(Kind.FILE)
    if not paths:
        return Plan()
    counts = _counts()
    publication = {"id": new_id(), "at": at, "by_id": by, "draft_id": draft_id}
    rows = [
        {
            "path": path,
            "number": counts.get(path, 0) + 1,
            "publication_id": publication["id"],
            "fingerprint": fingerprints.get(path),
            "text": sources.get(path),
        }
        for path in paths
    ]
    return Plan(writes=(Write(sa.insert(Publication), [publication]), Write(sa.insert(ContentFileRevision), rows)))


def _counts() -> Mapping[str, int]:
    newest = sa.func.max(ContentFileRevision.number)
    query = sa.select(ContentFileRevision.path, newest).group_by(ContentFileRevision.path)
    return {row.path: row[1] for row in session().execute(query)}
