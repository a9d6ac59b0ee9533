"""Which of the drafts under way waits for one editor, and for what: to be read, approved, answered or published."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from coach.access.identity import Capability
from coach.db import run
from coach.people.models import CapabilityGrant, Person
from coach.publishing.four_eyes import is_second
from coach.publishing.models import Draft, DraftApproval, DraftComment, DraftFile, DraftReviewer
from coach.words import Text


class Wants(StrEnum):
    """Name what a draft waits for."""

    READ = "read"
    APPROVE = "approve"
    ANSWER = "answer"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class WaitingDraft:
    """Hold a draft that waits: `by` is who wrote, commented or approved last, `at` when."""

    id: uuid.UUID
    title: str
    wants: Wants
    by: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class _Act:
    """Hold one thing that was done to a draft: what, by whom, when."""

    draft_id: uuid.UUID
    title: str
    what: str
    by_id: uuid.UUID
    by: Text
    at: datetime


def waiting_for(editor: uuid.UUID) -> list[WaitingDraft]:
    """List the drafts that wait for an editor, the longest waiting first, with one statement.

    Texts are not read: an approval counts here while nothing was written after it; the draft's own page compares.
    """
    acts = [_Act(*row) for row in run(_acts())]
    found = (_waiting(list(rows), editor) for _, rows in groupby(acts, key=lambda act: act.draft_id))
    return sorted((draft for draft in found if draft is not None), key=lambda draft: (draft.at, draft.id))


def _waiting(acts: Sequence[_Act], me: uuid.UUID) -> WaitingDraft | None:
    author = next(act for act in acts if act.what == "author")
    done = [act for act in acts if act.what in {"author", "file", "comment", "approval"}]
    last = max((act.at for act in done if act.by_id == me), default=None)
    news = [act for act in done if act.by_id != me and (last is None or act.at > last)]
    if author.by_id == me:
        said = [act for act in news if act.what == "comment"]
        if said:
            return _wants(Wants.ANSWER, said[-1])
    elif last is None and any(act.what == "asked" and act.by_id == me for act in acts):
        return _wants(Wants.READ, news[-1])
    return _waiting_for_a_second(acts, author, news, me)


def _waiting_for_a_second(
    acts: Sequence[_Act], author: _Act, news: Sequence[_Act], me: uuid.UUID
) -> WaitingDraft | None:
    written = [act for act in acts if act.what == "file"]
    if not written:
        return None
    editors = frozenset(act.by_id for act in acts if act.what == "editor")
    changes = [(act.at, act.by_id) for act in written]
    seconds = {editor for editor in editors if is_second(editor, author.by_id, changes, editors)}
    yes = [act for act in acts if act.what == "approval" and act.by_id in seconds and act.at >= written[-1].at]
    if yes:
        return _wants(Wants.PUBLISH, yes[-1]) if author.by_id == me else None
    return _wants(Wants.APPROVE, news[-1]) if me in seconds and news else None


def _wants(wants: Wants, act: _Act) -> WaitingDraft:
    return WaitingDraft(act.draft_id, act.title, wants, act.by, act.at)


@cache
def _acts() -> sa.Select[*tuple[Any, ...]]:
    """Select what was done to the open drafts, draft by draft, each in the order of time; and who the editors are."""
    is_open = sa.and_(Draft.published_at.is_(None), Draft.discarded_at.is_(None))
    acts = sa.union_all(
        sa.select(Draft.id, sa.literal("author").label("what"), Draft.author_id, Draft.made_at).where(is_open),
        _editors().where(is_open),
        _done("file", DraftFile.draft_id, DraftFile.changed_by, DraftFile.changed_at).where(is_open),
        _done("comment", DraftComment.draft_id, DraftComment.person_id, DraftComment.at).where(is_open),
        _done("approval", DraftApproval.draft_id, DraftApproval.person_id, DraftApproval.at).where(is_open),
        _done("asked", DraftReviewer.draft_id, DraftReviewer.person_id, DraftReviewer.invited_at).where(is_open),
    ).subquery()
    draft_id, what, by_id, at = acts.c
    query: sa.Select[*tuple[Any, ...]] = sa.select(Draft.id, Draft.title, what, by_id, Person.short_name, at)
    return query.join(acts, draft_id == Draft.id).join(Person, Person.id == by_id).order_by(Draft.id, at, by_id)


def _editors() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Draft.id, sa.literal("editor"), CapabilityGrant.person_id, Draft.made_at)
        .join(CapabilityGrant, CapabilityGrant.capability == Capability.EDITOR)
        .join(Person, sa.and_(Person.id == CapabilityGrant.person_id, Person.deactivated_at.is_(None)))
    )


def _done(
    what: str,
    draft_id: InstrumentedAttribute[uuid.UUID],
    by: InstrumentedAttribute[uuid.UUID],
    at: InstrumentedAttribute[datetime],
) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(draft_id, sa.literal(what), by, at).join(Draft, Draft.id == draft_id)
