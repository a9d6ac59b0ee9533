"""Sign up, give a seat up, say that somebody is here.

Who has a seat is never stored: the first `seats` of those who want to come, by `number`. Whoever changes the order
holds the workshop's row, so that of many who sign up at once each gets a number of their own.
"""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Collection
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from coach import clock
from coach.activity.services import record
from coach.db import session
from coach.errors import Conflict, Invalid, NotFound
from coach.training import events
from coach.training.workshop_models import Workshop, WorkshopSeat
from coach.training.workshop_rows import CODE_OPENS, takes_code
from coach.words import Message

KIND: Final = "workshop"


class How(StrEnum):
    """Name who said that a person was there."""

    TRAINER = "trainer"
    CODE = "code"


def sign_up(*, by: uuid.UUID, workshop_id: uuid.UUID) -> bool:
    """Put a person on a workshop's list, once; tell whether they have a seat."""
    row = hold(workshop_id)
    if row.called_off_at is not None:
        raise Conflict(Message("This workshop is called off."))
    if row.ends_at <= clock.now():
        raise Conflict(Message("This workshop is over."))
    if _seat(workshop_id, by) is None:
        last = session().scalar(sa.select(sa.func.max(WorkshopSeat.number)).where(_of(row)))
        seat = WorkshopSeat(workshop_id=row.id, person_id=by, number=(last or 0) + 1, signed_up_at=clock.now())
        session().add(seat)
        session().flush()
        record(events.SIGNED_UP, by=by, about=by, kind=KIND, object_id=row.id)
    return by in seated(row)


def give_up(*, by: uuid.UUID, workshop_id: uuid.UUID) -> None:
    """Take a person off the list before it starts; whoever gets the seat is told."""
    row = hold(workshop_id)
    seat = _seat(workshop_id, by)
    if seat is None:
        return
    if seat.attended_at is not None or row.starts_at <= clock.now():
        raise Conflict(Message("This workshop has started."))
    _free(row, seat, by=by)


def leave(*, by: uuid.UUID | None, person_id: uuid.UUID) -> None:
    """Take somebody who left off the list of every workshop to come; whoever gets a seat is told."""
    to_come = sa.and_(Workshop.starts_at > clock.now(), Workshop.called_off_at.is_(None))
    theirs = sa.and_(WorkshopSeat.person_id == person_id, WorkshopSeat.cancelled_at.is_(None))
    query = sa.select(Workshop.id).join(WorkshopSeat, WorkshopSeat.workshop_id == Workshop.id).where(to_come, theirs)
    for workshop_id in session().scalars(query.order_by(Workshop.id)).all():
        row, seat = hold(workshop_id), _seat(workshop_id, person_id)
        if seat is not None:
            _free(row, seat, by=by)


def say_here(*, by: uuid.UUID, workshop_id: uuid.UUID, code: str) -> None:
    """Let a person who signed up say that they are here, with the code that is shown in the room."""
    row = hold(workshop_id)
    seat = _seat(workshop_id, by)
    if seat is None:
        raise Invalid(Message("You are not on the list. Sign up first."), field="code")
    if row.called_off_at is not None or not takes_code(row.starts_at, row.ends_at, clock.now()):
        raise Invalid(
            Message("The code works from 15 minutes before the start to an hour after the end."), field="code"
        )
    typed = "".join(letter for letter in code if letter.isascii() and letter.isdigit())
    if not hmac.compare_digest(typed, row.code):
        raise Invalid(Message("That is not the code of this workshop."), field="code")
    _note(seat, row, by, How.CODE)


def note_attendance(
    *, by: uuid.UUID, workshop_id: uuid.UUID, present: Collection[uuid.UUID], shown: Collection[uuid.UUID]
) -> None:
    """Write who was there, as its trainer or an editor saw it; `present` and `shown` hold ids of seats.

    Only who was `shown` as present is taken off: somebody who typed the code meanwhile stays.
    """
    row = hold(workshop_id)
    if row.called_off_at is not None or clock.now() < row.starts_at - CODE_OPENS:
        raise Conflict(Message("The list opens 15 minutes before the start."))
    for seat in session().scalars(_open(row)).all():
        if seat.id in present:
            _note(seat, row, by, How.TRAINER)
        elif seat.id in shown:
            seat.attended_at = seat.attended_how = None
    session().flush()


def hold(workshop_id: uuid.UUID) -> Workshop:
    """Load a workshop and keep others from its list until this is done."""
    found = session().get(Workshop, workshop_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound
    return found


def wanting(row: Workshop) -> list[uuid.UUID]:
    """List who wants to come, in order."""
    return [seat.person_id for seat in session().scalars(_open(row))]


def seated(row: Workshop) -> list[uuid.UUID]:
    """List who has a seat, in order."""
    return wanting(row)[: row.seats]


def tell_seated(row: Workshop, *, by: uuid.UUID | None, before: Collection[uuid.UUID]) -> None:
    """Tell who has a seat now and had none before."""
    for person_id in seated(row):
        if person_id not in before:
            record(events.SEATED, by=by, about=person_id, kind=KIND, object_id=row.id)


def _free(row: Workshop, seat: WorkshopSeat, *, by: uuid.UUID | None) -> None:
    before = seated(row)
    seat.cancelled_at = clock.now()
    session().flush()
    record(events.GAVE_UP, by=by, about=seat.person_id, kind=KIND, object_id=row.id)
    tell_seated(row, by=by, before=before)


def _note(seat: WorkshopSeat, row: Workshop, by: uuid.UUID, how: How) -> None:
    if seat.attended_at is not None:
        return
    seat.attended_at, seat.attended_how = min(clock.now(), row.ends_at), how
    session().flush()
    record(events.ATTENDED, by=by, about=seat.person_id, kind=KIND, object_id=row.id, how=how)


def _of(row: Workshop) -> sa.ColumnElement[bool]:
    return WorkshopSeat.workshop_id == row.id


def _open(row: Workshop) -> sa.Select[WorkshopSeat]:
    return sa.select(WorkshopSeat).where(_of(row), WorkshopSeat.cancelled_at.is_(None)).order_by(WorkshopSeat.number)


def _seat(workshop_id: uuid.UUID, person_id: uuid.UUID) -> WorkshopSeat | None:
    return session().scalar(
        sa.select(WorkshopSeat).where(
            WorkshopSeat.workshop_id == workshop_id,
            WorkshopSeat.person_id == person_id,
            WorkshopSeat.cancelled_at.is_(None),
        )
    )
