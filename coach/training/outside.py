"""What was taken elsewhere: a diploma is sent, a coach or manager confirms it or says why not."""

from __future__ import annotations

import uuid
from datetime import date
from typing import IO, Any, Final

import sqlalchemy as sa

from coach import clock
from coach.access.identity import Identity, Relation
from coach.activity.services import record
from coach.db import insert_once, new_id, session
from coach.errors import Conflict, Forbidden, Invalid, NotFound
from coach.media.formats import Kind
from coach.media.models import Media
from coach.media.services import store
from coach.people.models import Person
from coach.people.queries import visible_to
from coach.training import events
from coach.training.workshop_models import OutsideRecord, Programme
from coach.training.workshop_rows import OutsideRow
from coach.words import Message

KIND: Final = "outside"
TAKEN: Final = frozenset({Kind.PICTURE, Kind.DOCUMENT})
SHOWN: Final = 50


def send(
    *,
    by: uuid.UUID,
    programme_id: uuid.UUID,
    stream: IO[bytes],
    filename: str,
    taken_on: date,
    issuer: str,
    today: date,
) -> None:
    """Send the diploma of a programme taken elsewhere; raise Conflict while one waits."""
    if taken_on > today:
        raise Invalid(Message("That day is still to come."), field="taken_on")
    kept = store(by=by, stream=stream, filename=filename, allowed=TAKEN)
    sent = _write(person_id=by, programme_id=programme_id, media_id=kept.id, taken_on=taken_on, issuer=issuer)
    if sent is None:
        raise Conflict(Message("A diploma of yours waits to be looked at already."))
    record(events.OUTSIDE_SENT, by=by, about=by, kind=KIND, object_id=sent)


def decide(*, by: uuid.UUID, sent: OutsideRecord, is_confirmed: bool, reason: str = "") -> None:
    """Confirm a diploma, or decline it with a reason; nobody does so for themselves, and it is done once."""
    session().refresh(sent, with_for_update=True)
    if sent.person_id == by:
        raise Forbidden
    if sent.confirmed_at is not None or sent.declined_at is not None:
        raise Conflict(Message("Somebody has decided on this already."))
    if not is_confirmed and not reason.strip():
        raise Invalid(Message("Say why, so that they know what to do."), field="reason")
    sent.decided_by = by
    if is_confirmed:
        sent.confirmed_at = clock.now()
    else:
        sent.declined_at, sent.reason = clock.now(), reason.strip()
    session().flush()
    verb = events.OUTSIDE_CONFIRMED if is_confirmed else events.OUTSIDE_DECLINED
    record(verb, by=by, about=sent.person_id, kind=KIND, object_id=sent.id)


def sent_record(record_id: uuid.UUID) -> OutsideRecord:
    """Load what somebody sent; who may see it is decided by how they stand to its person."""
    found = session().get(OutsideRecord, record_id)
    if found is None:
        raise NotFound
    return found


def waiting(identity: Identity) -> list[OutsideRow]:
    """List the diplomas of coachees and direct reports that nobody has decided on, the oldest first."""
    found = _waiting(identity).order_by(OutsideRecord.sent_at, OutsideRecord.id).limit(SHOWN)
    return [OutsideRow(*row) for row in session().execute(found)]


def waiting_row(record_id: uuid.UUID) -> OutsideRow:
    """Give what the page of one diploma shows."""
    return OutsideRow(*session().execute(_rows().where(OutsideRecord.id == record_id)).one())


def waiting_count(identity: Identity) -> int:
    """Count them."""
    return session().scalar(sa.select(sa.func.count()).select_from(_waiting(identity).subquery())) or 0


def _write(**sent: Any) -> uuid.UUID | None:
    """Write what was sent, unless one waits already."""
    row: dict[str, Any] = {"id": new_id(), "sent_at": clock.now(), "reason": "", **sent}
    return row["id"] if insert_once(OutsideRecord, row) else None


def _waiting(identity: Identity) -> sa.Select[*tuple[Any, ...]]:
    return _rows().where(
        OutsideRecord.confirmed_at.is_(None),
        OutsideRecord.declined_at.is_(None),
        OutsideRecord.person_id.in_(visible_to(identity, Relation.COACH, Relation.MANAGER)),
        OutsideRecord.person_id != identity.person_id,
    )


def _rows() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            OutsideRecord.id,
            OutsideRecord.person_id,
            Person.name,
            Programme.title,
            OutsideRecord.issuer,
            OutsideRecord.taken_on,
            OutsideRecord.sent_at,
            Media.name,
        )
        .join(Person, Person.id == OutsideRecord.person_id)
        .join(Programme, Programme.id == OutsideRecord.programme_id)
        .join(Media, Media.id == OutsideRecord.media_id)
    )
