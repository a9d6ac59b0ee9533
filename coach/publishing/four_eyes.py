"""Nothing goes out that only its writer has read, as long as there is somebody else to read it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from coach.access.identity import Capability
from coach.content.spec import fingerprint_of
from coach.db import session
from coach.people.models import CapabilityGrant, Person
from coach.publishing.models import Draft, DraftApproval, DraftFile


def editors() -> frozenset[uuid.UUID]:
    """List the active editors of the site."""
    query = (
        sa.select(Person.id)
        .join(CapabilityGrant, CapabilityGrant.person_id == Person.id)
        .where(CapabilityGrant.capability == Capability.EDITOR, Person.deactivated_at.is_(None))
    )
    return frozenset(session().scalars(query))


def needs_second(all_editors: frozenset[uuid.UUID]) -> bool:
    """Tell whether somebody else could read it."""
    return len(all_editors) > 1


def may_approve(
    draft: Draft, files: Sequence[DraftFile], person_id: uuid.UUID, all_editors: frozenset[uuid.UUID]
) -> bool:
    """Tell whether a person may say yes to a draft."""
    return is_second(person_id, draft.author_id, [(file.changed_at, file.changed_by) for file in files], all_editors)


def is_second(
    person_id: uuid.UUID,
    author_id: uuid.UUID,
    changes: Sequence[tuple[datetime, uuid.UUID]],
    all_editors: frozenset[uuid.UUID],
) -> bool:
    """Tell whether a person is an editor who wrote none of a draft; `changes` say when and by whom each file was.

    Where every editor wrote in it, anybody but who wrote last: those texts too have then been read by two.
    """
    writers = {author_id, *(by for _, by in changes)}
    if person_id not in all_editors:
        return False
    if all_editors - writers:
        return person_id not in writers
    return person_id != (max(changes, key=lambda change: change[0])[1] if changes else author_id)


def stamp_of(files: Sequence[DraftFile]) -> str:
    """Name the texts of a draft by one fingerprint: an approval counts for these and no others."""
    return fingerprint_of(*(f"{file.path}\n{file.base}\n{file.text}" for file in sorted(files, key=lambda f: f.path)))


def is_approved(draft: Draft, files: Sequence[DraftFile]) -> bool:
    """Tell whether an editor who may do so approved the draft as it stands."""
    stamp, all_editors = stamp_of(files), editors()
    query = sa.select(DraftApproval.person_id).where(DraftApproval.draft_id == draft.id, DraftApproval.stamp == stamp)
    return any(may_approve(draft, files, person_id, all_editors) for person_id in session().scalars(query))
