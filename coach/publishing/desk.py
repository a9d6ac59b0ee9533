"""What an author's pages show: the drafts under way, who waits for whom, and the library's files."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coach.access.identity import Capability, Identity
from coach.content.spec import fingerprint_of
from coach.db import session
from coach.errors import NotFound
from coach.people.models import Person
from coach.publishing.checking import Checked
from coach.publishing.drafts import files_of
from coach.publishing.four_eyes import editors, is_approved, may_approve, needs_second, stamp_of
from coach.publishing.models import Draft, DraftApproval, DraftComment, DraftFile, DraftReviewer
from coach.publishing.queries import published_fingerprints
from coach.words import Text


@dataclass(frozen=True, slots=True)
class DraftRow:
    """Hold a draft in a list: what it is, and whom it waits for."""

    id: uuid.UUID
    title: str
    author: Text
    made_at: datetime
    files: int
    waits_for: tuple[Text, ...]
    comments: int


@dataclass(frozen=True, slots=True)
class DraftFileRow:
    """Hold a file of a draft, or one that it breaks without touching it: what happens to it, what is wrong with it."""

    path: str
    is_new: bool
    is_gone: bool
    has_moved: bool
    problems: int
    version: int = 0

    @property
    def is_touched(self) -> bool:
        """Tell whether the draft itself says something of it."""
        return self.version > 0


@dataclass(frozen=True, slots=True)
class ReviewerRow:
    """Hold somebody who was asked to read a draft."""

    person_id: uuid.UUID
    name: Text
    has_answered: bool


@dataclass(frozen=True, slots=True)
class CommentRow:
    """Hold one comment."""

    name: Text
    at: datetime
    path: str | None
    text: str


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Hold one draft with its files, readers and comments, and what the reader may do about it."""

    draft: Draft
    author: Text
    files: tuple[DraftFileRow, ...]
    reviewers: tuple[ReviewerRow, ...]
    comments: tuple[CommentRow, ...]
    approved_by: tuple[Text, ...]
    stamp: str
    may_edit: bool
    may_approve: bool
    waits_for_second: bool

    @property
    def problems(self) -> int:
        """Count what has to be mended in its files."""
        return sum(file.problems for file in self.files)


def drafts(identity: Identity) -> list[DraftRow]:
    """List the open drafts that a person may read, the newest first; three statements."""
    files = sa.select(sa.func.count()).where(DraftFile.draft_id == Draft.id).scalar_subquery().label("files")
    query = (
        sa.select(Draft.id, Draft.title, Person.name, Draft.made_at, files)
        .join(Person, Person.id == Draft.author_id)
        .where(Draft.published_at.is_(None), Draft.discarded_at.is_(None), _readable(identity))
        .order_by(Draft.made_at.desc(), Draft.id)
    )
    rows = session().execute(query).all()
    ids = [row.id for row in rows]
    asked, said = _reviewers(ids), _comments(ids)
    return [
        DraftRow(
            row.id,
            row.title,
            row.name,
            row.made_at,
            row.files,
            tuple(each.name for each in asked[row.id] if not each.has_answered),
            len(said[row.id]),
        )
        for row in rows
    ]


def draft(identity: Identity, draft_id: uuid.UUID) -> Draft:
    """Load a draft that a person may read: an editor, its author, or somebody asked to; else NotFound."""
    found = session().scalar(sa.select(Draft).where(Draft.id == draft_id, _readable(identity)))
    if found is None:
        raise NotFound
    return found


def draft_page(identity: Identity, found: Draft, checked: Checked) -> DraftPage:
    """Gather the page of a draft that was loaded for a person."""
    files, stands = files_of(found), published_fingerprints()
    all_editors, problems = editors(), checked.counts()
    names = _names({found.author_id, *_approvers(found, stamp_of(files))})
    touched = {file.path for file in files}
    others = [DraftFileRow(path, False, False, False, n) for path, n in problems.items() if path not in touched]
    may_edit = identity.can(Capability.EDITOR) and found.is_open
    return DraftPage(
        found,
        names[found.author_id],
        (*(_file(file, stands, problems[file.path]) for file in files), *others),
        tuple(_reviewers([found.id])[found.id]),
        tuple(_comments([found.id])[found.id]),
        tuple(name for person, name in names.items() if person != found.author_id),
        stamp_of(files),
        may_edit=may_edit,
        may_approve=may_edit and may_approve(found, files, identity.person_id, all_editors),
        waits_for_second=needs_second(all_editors) and not is_approved(found, files),
    )


def texts_of(found: Draft) -> Mapping[str, str | None]:
    """Give the texts of a draft by path."""
    return {file.path: file.text for file in files_of(found)}


def has_moved(file: DraftFile, now: str | None) -> bool:
    """Tell whether a file was published since the draft began on it, to something else than the draft says."""
    mine = None if file.text is None else fingerprint_of(file.text)
    return now not in (file.base, mine)


def _readable(identity: Identity) -> sa.ColumnElement[bool]:
    if identity.can(Capability.EDITOR):
        return sa.true()
    asked = sa.exists().where(DraftReviewer.draft_id == Draft.id, DraftReviewer.person_id == identity.person_id)
    return sa.or_(Draft.author_id == identity.person_id, asked)


def _file(file: DraftFile, stands: Mapping[str, str], problems: int) -> DraftFileRow:
    now = stands.get(file.path)
    return DraftFileRow(file.path, now is None, file.text is None, has_moved(file, now), problems, file.version)


def _reviewers(ids: Sequence[uuid.UUID]) -> defaultdict[uuid.UUID, list[ReviewerRow]]:
    answered = sa.exists().where(
        DraftComment.draft_id == DraftReviewer.draft_id, DraftComment.person_id == DraftReviewer.person_id
    )
    query = (
        sa.select(DraftReviewer.draft_id, DraftReviewer.person_id, Person.name, answered)
        .join(Person, Person.id == DraftReviewer.person_id)
        .where(DraftReviewer.draft_id.in_(ids))
        .order_by(DraftReviewer.invited_at, DraftReviewer.person_id)
    )
    found: defaultdict[uuid.UUID, list[ReviewerRow]] = defaultdict(list)
    for row in session().execute(query):
        found[row.draft_id].append(ReviewerRow(*row[1:]))
    return found


def _comments(ids: Sequence[uuid.UUID]) -> defaultdict[uuid.UUID, list[CommentRow]]:
    query = (
        sa.select(DraftComment.draft_id, Person.name, DraftComment.at, DraftComment.path, DraftComment.text)
        .join(Person, Person.id == DraftComment.person_id)
        .where(DraftComment.draft_id.in_(ids))
        .order_by(DraftComment.at, DraftComment.id)
    )
    found: defaultdict[uuid.UUID, list[CommentRow]] = defaultdict(list)
    for row in session().execute(query):
        found[row.draft_id].append(CommentRow(*row[1:]))
    return found


def _approvers(found: Draft, stamp: str) -> list[uuid.UUID]:
    query = sa.select(DraftApproval.person_id).where(DraftApproval.draft_id == found.id, DraftApproval.stamp == stamp)
    return list(session().scalars(query.order_by(DraftApproval.at)))


def _names(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Text]:
    query = sa.select(Person.id, Person.name).where(Person.id.in_(set(ids)))
    return {row.id: row.name for row in session().execute(query)}
