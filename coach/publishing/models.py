"""The files as they stand, every text they ever had, what the folder brought last, and drafts on their way in."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coach.db import Base, Keyed, OnErasure, Personal, Versioned

LONGEST_PATH = 400
_PATH = sa.String(LONGEST_PATH)
_FINGERPRINT = sa.String(64)
_KEPT = Personal(export=True, erase=OnErasure.KEEP_ID)


class ContentFile(Base):
    """Hold one published file byte for byte, so that an export gives it back."""

    __tablename__ = "content_file"

    path: Mapped[str] = mapped_column(_PATH, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(_FINGERPRINT)
    text: Mapped[str] = mapped_column(sa.Text)
    published_at: Mapped[datetime]


class FolderFile(Base):
    """Remember what the folder brought last for a path: a start publishes only what differs from that."""

    __tablename__ = "folder_file"

    path: Mapped[str] = mapped_column(_PATH, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(_FINGERPRINT)


class Publication(Keyed, Base):
    """Say that something was published: when, by whom (nobody: from the folder), out of which draft."""

    __tablename__ = "publication"
    __personal__ = {"by_id": _KEPT}

    at: Mapped[datetime] = mapped_column(index=True)
    by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    draft_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("draft.id"), index=True)


class ContentFileRevision(Base):
    """Keep one published text of a file for good; None where the file was taken out."""

    __tablename__ = "content_file_revision"

    path: Mapped[str] = mapped_column(_PATH, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    publication_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("publication.id"), index=True)
    fingerprint: Mapped[str | None] = mapped_column(_FINGERPRINT)
    text: Mapped[str | None] = mapped_column(sa.Text)


class Draft(Keyed, Versioned, Base):
    """Hold changes to files that nobody else sees yet; over once it is published or thrown away.

    `undoes_id` names the publication whose texts it brings back; no foreign key, since that may name a draft itself.
    """

    __tablename__ = "draft"
    __personal__ = {"author_id": _KEPT}

    title: Mapped[str] = mapped_column(sa.String(200))
    author_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]
    undoes_id: Mapped[uuid.UUID | None]

    @property
    def is_open(self) -> bool:
        """Tell whether it can still be changed."""
        return self.published_at is None and self.discarded_at is None


class DraftFile(Versioned, Base):
    """Hold a file's text in a draft: None takes the file out; `base` is the published text it was begun on."""

    __tablename__ = "draft_file"
    __personal__ = {"changed_by": Personal(export=False, erase=OnErasure.KEEP_ID)}

    draft_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("draft.id"), primary_key=True)
    path: Mapped[str] = mapped_column(_PATH, primary_key=True)
    text: Mapped[str | None] = mapped_column(sa.Text)
    base: Mapped[str | None] = mapped_column(_FINGERPRINT)
    changed_at: Mapped[datetime]
    changed_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))


class ContentMedia(Base):
    """Hold a picture, sound or video for lessons: only readers of its draft see it until a published text shows it."""

    __tablename__ = "content_media"

    media_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("media.id"), primary_key=True)
    draft_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("draft.id"), index=True)
    published_at: Mapped[datetime | None]


class DraftReviewer(Base):
    """Invite a person to read a draft, whatever else they may do."""

    __tablename__ = "draft_reviewer"
    __personal__ = {
        "person_id": Personal(export=True, erase=OnErasure.DELETE),
        "invited_by": Personal(export=False, erase=OnErasure.KEEP_ID),
    }

    draft_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("draft.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)
    invited_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    invited_at: Mapped[datetime]


class DraftComment(Keyed, Base):
    """Hold what somebody says about a draft, or about one file of it."""

    __tablename__ = "draft_comment"
    __personal__ = {"person_id": Personal(export=True, erase=OnErasure.BLANK, blank=("text",))}

    draft_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("draft.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    path: Mapped[str | None] = mapped_column(_PATH)
    text: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime]


class DraftApproval(Base):
    """Say that an editor read a draft as it stood then; `stamp` is the fingerprint of all its texts."""

    __tablename__ = "draft_approval"
    __personal__ = {"person_id": _KEPT}

    draft_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("draft.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    stamp: Mapped[str] = mapped_column(_FINGERPRINT)
    at: Mapped[datetime]
