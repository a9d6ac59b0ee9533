"""Files that editors upload to a draft, and who may see them."""

from __future__ import annotations

import uuid
from typing import IO

import sqlalchemy as sa

from coach.access.identity import Identity
from coach.db import session
from coach.errors import NotFound
from coach.media import queries as media
from coach.media.models import Media
from coach.media.services import store
from coach.publishing import desk
from coach.publishing.drafts import hold
from coach.publishing.models import ContentMedia, Draft
from coach.publishing.pictures import ALLOWED


def add(*, by: uuid.UUID, draft: Draft, stream: IO[bytes], filename: str) -> Media:
    """Take a file into a draft; raise Invalid for what is no picture, sound or video."""
    hold(draft)
    made = store(by=by, stream=stream, filename=filename, allowed=ALLOWED)
    session().add(ContentMedia(media_id=made.id, draft_id=draft.id))
    session().flush()
    return made


def of_draft(draft: Draft) -> list[Media]:
    """List the files of a draft, the newest first."""
    query = sa.select(Media).join(ContentMedia, ContentMedia.media_id == Media.id)
    return list(session().scalars(query.where(ContentMedia.draft_id == draft.id).order_by(Media.at.desc(), Media.id)))


def shown_to(identity: Identity, media_id: uuid.UUID) -> Media:
    """Load a file that a person may see: a published one, or one of a draft that they may read; else NotFound."""
    row = session().get(ContentMedia, media_id)
    if row is None:
        raise NotFound
    if row.published_at is None:
        if row.draft_id is None:
            raise NotFound
        desk.draft(identity, row.draft_id)
    return media.media(media_id)
