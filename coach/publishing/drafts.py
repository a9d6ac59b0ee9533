"""What editors do with a draft: begin it, write in it, let others read it, publish it, undo it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.activity.services import Note, audit, record
from coach.content.spec import fingerprint_of
from coach.db import session
from coach.errors import Conflict, Invalid, NotFound
from coach.people.models import Person
from coach.publishing import events
from coach.publishing.four_eyes import editors, is_approved, may_approve, needs_second, stamp_of
from coach.publishing.models import (
    ContentFileRevision,
    Draft,
    DraftApproval,
    DraftComment,
    DraftFile,
    DraftReviewer,
    Publication,
)
from coach.publishing.plan import Changes
from coach.publishing.queries import published_files, published_text
from coach.publishing.services import publish
from coach.publishing.turns import take_turn
from coach.words import Message

ALONE: Final = "alone"
"""The outcome in the audit log of a publish that no second editor could have read."""
LONGEST_COMMENT: Final = 2000


def begin(*, by: uuid.UUID, title: str, undoes: uuid.UUID | None = None) -> Draft:
    """Begin a draft."""
    draft = Draft(title=_titled(title), author_id=by, made_at=clock.now(), undoes_id=undoes)
    session().add(draft)
    session().flush()
    return draft


def rename(*, draft: Draft, title: str) -> None:
    """Give a draft another title."""
    hold(draft)
    draft.title = _titled(title)
    session().flush()


def write(*, by: uuid.UUID, draft: Draft, path: str, text: str | None, version: int, base: str | None) -> None:
    """Keep a file's text in a draft, None to take the file out of the library.

    `version` is the one that the writer saw, 0 where the draft did not hold the file yet; `base` names the published
    text that the writer began on. Raises Conflict with both texts where somebody else wrote in between.
    """
    hold(draft)
    row = _file(draft, path)
    _refuse_stale(row, path, version, typed=text)
    if row is None:
        if text == published_text(path):
            return
        row = DraftFile(draft_id=draft.id, path=path, base=base)
        session().add(row)
    elif row.text == text:
        return
    row.text, row.changed_at, row.changed_by = text, clock.now(), by
    session().flush()


def put_back(*, draft: Draft, path: str, version: int) -> None:
    """Leave a file as it is published: drop what the draft says of it, where that is what the writer saw."""
    hold(draft)
    row = _file(draft, path)
    if row is not None:
        _refuse_stale(row, path, version, typed=published_text(path))
        session().delete(row)
        session().flush()


def rebase(*, by: uuid.UUID, draft: Draft, path: str, base: str | None) -> None:
    """Say that a file's text takes account of what was published since it was begun: `base` is that text."""
    hold(draft)
    row = _file(draft, path)
    if row is None:
        raise NotFound
    row.base, row.changed_at, row.changed_by = base, clock.now(), by
    session().flush()


def invite(*, by: uuid.UUID, draft: Draft, person_id: uuid.UUID) -> None:
    """Ask a person to read a draft; asking twice is asking once."""
    hold(draft)
    person = session().get(Person, person_id)
    if person is None or not person.is_active:
        raise Invalid(Message("Choose somebody of the list."), field="person")
    if session().get(DraftReviewer, (draft.id, person_id)) is None:
        row = DraftReviewer(draft_id=draft.id, person_id=person_id, invited_by=by, invited_at=clock.now())
        session().add(row)
        session().flush()
        record(events.REVIEW_ASKED, by=by, about=person_id, kind="draft", object_id=draft.id)


def uninvite(*, draft: Draft, person_id: uuid.UUID) -> None:
    """Let a person read the draft no longer."""
    row = session().get(DraftReviewer, (draft.id, person_id))
    if row is not None:
        session().delete(row)
        session().flush()


def comment(*, by: uuid.UUID, draft: Draft, text: str, path: str | None = None) -> None:
    """Say something about a draft, or about one of its files."""
    if not text.strip():
        raise Invalid(Message("Write what you think."), field="text")
    if len(text) > LONGEST_COMMENT:
        raise Invalid(Message("Keep this under %(max)d characters.", max=LONGEST_COMMENT), field="text")
    session().add(DraftComment(draft_id=draft.id, person_id=by, path=path, text=text.strip(), at=clock.now()))
    session().flush()


def approve(*, by: uuid.UUID, draft: Draft, stamp: str) -> None:
    """Let a second editor say that the draft may be published as it stands; `stamp` is what they saw."""
    hold(draft)
    files = files_of(draft)
    if stamp != stamp_of(files):
        raise Conflict(Message("The draft changed while you read it. Look at it again."))
    if not may_approve(draft, files, by, editors()):
        raise Conflict(Message("You wrote this yourself. Another editor has to read it."))
    row = session().get(DraftApproval, (draft.id, by)) or DraftApproval(draft_id=draft.id, person_id=by)
    row.stamp, row.at = stamp, clock.now()
    session().add(row)
    session().flush()


def publish_draft(*, by: uuid.UUID, draft: Draft, stamp: str) -> Changes:
    """Lay a draft over what is published and publish the whole; raise ContentErrors where it is not fit.

    Four eyes: another editor than the last writer has approved just these texts. With a single editor on the site the
    audit log says that they published alone. Raises Conflict with both texts where a file was published meanwhile.
    """
    take_turn()
    hold(draft)
    files = files_of(draft)
    if stamp != stamp_of(files):
        raise Conflict(Message("The draft changed while you looked at it. Look at it again."))
    if needs_second(editors()) and not is_approved(draft, files):
        raise Conflict(Message("Another editor has to approve this draft before it is published."))
    stands = published_files()
    _refuse_moved(files, stands)
    texts = {**stands, **{file.path: file.text for file in files}}
    sources = {path: text for path, text in texts.items() if text is not None}
    changes = publish(sources, by=by, draft_id=draft.id)
    draft.published_at = clock.now()
    session().flush()
    audit([Note("module_draft.publish", "granted" if needs_second(editors()) else ALONE, None, str(draft.id))], by=by)
    return changes


def discard(*, draft: Draft, stamp: str) -> None:
    """Throw a draft away as it was seen, never what somebody else just wrote in it; nothing published changes."""
    hold(draft)
    if stamp != stamp_of(files_of(draft)):
        raise Conflict(Message("The draft changed while you looked at it. Look at it again."))
    draft.discarded_at = clock.now()
    session().flush()


def undo(*, by: uuid.UUID, publication: Publication, title: str) -> Draft:
    """Make a draft with the texts that stood before a publication, ready to be read and published."""
    made, stands = begin(by=by, title=title, undoes=publication.id), published_files()
    changed = session().scalars(
        sa.select(ContentFileRevision).where(ContentFileRevision.publication_id == publication.id)
    )
    for row in changed.all():
        before = session().get(ContentFileRevision, (row.path, row.number - 1))
        now, text = stands.get(row.path), before.text if before else None
        base = None if now is None else fingerprint_of(now)
        write(by=by, draft=made, path=row.path, text=text, version=0, base=base)
    return made


def files_of(draft: Draft) -> list[DraftFile]:
    """List what a draft changes, by path, as it stands in the database."""
    query = sa.select(DraftFile).where(DraftFile.draft_id == draft.id).order_by(DraftFile.path)
    return list(session().scalars(query.execution_options(populate_existing=True)))


def hold(draft: Draft) -> None:
    """Keep others from changing a draft until this is done; refuse one that is over."""
    session().refresh(draft, with_for_update=True)
    if not draft.is_open:
        raise Conflict(Message("This draft is closed: it was published or thrown away."))


def _titled(title: str) -> str:
    if not title.strip():
        raise Invalid(Message("Write a title."), field="title")
    return title.strip()[:200]


def _refuse_stale(row: DraftFile | None, path: str, version: int, *, typed: str | None) -> None:
    if version != (row.version if row else 0):
        standing = row.text if row else published_text(path)
        message = Message("Somebody else saved this file while you had it open.")
        raise Conflict(message, current={path: standing or ""}, typed={path: typed or ""})


def _file(draft: Draft, path: str) -> DraftFile | None:
    return session().get(DraftFile, (draft.id, path), populate_existing=True)


def _refuse_moved(files: list[DraftFile], stands: Mapping[str, str]) -> None:
    current: dict[str, Any] = {}
    for file in files:
        now = stands.get(file.path)
        if now != file.text and file.base != (None if now is None else fingerprint_of(now)):
            current[file.path] = now or ""
    if current:
        typed = {file.path: file.text or "" for file in files if file.path in current}
        message = Message(
            "These files were published since the draft began. Open each in the draft and take over both."
        )
        raise Conflict(message, current=current, typed=typed)
