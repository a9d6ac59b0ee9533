"""Calendar files as RFC 5545 wants them, and the secret link to a person's own."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.accounts.queries import hashed
from coach.db import session, upsert
from coach.errors import NotFound
from coach.people.models import Person
from coach.training.workshop_models import CalendarFeed, Programme, Workshop, WorkshopSeat

BYTES: Final = 24
PAST: Final = timedelta(days=90)
"""How far back a feed goes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one entry: from a moment to a moment, or a whole day where `ends` is None; texts are of one language.

    `sequence` goes up with each change, so that a calendar which holds the entry takes the new one.
    """

    uid: str
    title: str
    starts: datetime | date
    ends: datetime | None = None
    place: str = ""
    address: str = ""
    text: str = ""
    changed: datetime | None = None
    sequence: int = 0
    is_called_off: bool = False


def write(entries: Iterable[Entry], *, name: str = "") -> bytes:
    """Write a calendar; moments are in UTC, so that no zone has to be described."""
    from icalendar import Calendar  # 150 ms to import, and needed by few requests

    calendar = Calendar()
    calendar.add("prodid", "-//Didim//Training//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def renew(*, by: uuid.UUID) -> str:
    """Make a new link to a person's calendar; the one before opens nothing any more. Only its hash is kept."""
    token = secrets.token_hex(BYTES)
    row = {"token_hash": hashed(token), "made_at": clock.now()}
    made = upsert(CalendarFeed).values(person_id=by, **row)
    session().execute(made.on_conflict_do_update(index_elements=["person_id"], set_=row))
    return token


def end(*, by: uuid.UUID) -> None:
    """Let the link open nothing any more."""
    session().execute(sa.delete(CalendarFeed).where(CalendarFeed.person_id == by))


def feed_since(person_id: uuid.UUID) -> datetime | None:
    """Tell since when a person has a link; None without one."""
    found = session().get(CalendarFeed, person_id)
    return found.made_at if found else None


def person_of(token: str) -> Person:
    """Find whose calendar a link opens; raise NotFound where there is none, or the person is not here any more."""
    mine = sa.select(CalendarFeed.person_id).where(CalendarFeed.token_hash == hashed(token))
    found = session().scalar(sa.select(Person).where(Person.id.in_(mine), Person.deactivated_at.is_(None)))
    if found is None:
        raise NotFound
    return found


def dates_of(person_id: uuid.UUID) -> list[tuple[Workshop, Programme]]:
    """List the workshops that a person signed up for or holds, from a quarter of a year ago on."""
    seats = sa.select(WorkshopSeat.workshop_id).where(
        WorkshopSeat.person_id == person_id, WorkshopSeat.cancelled_at.is_(None)
    )
    query = (
        sa.select(Workshop, Programme)
        .join(Programme, Programme.id == Workshop.programme_id)
        .where(sa.or_(Workshop.id.in_(seats), Workshop.trainer_id == person_id))
        .where(Workshop.ends_at > clock.now() - PAST)
        .order_by(Workshop.starts_at, Workshop.id)
    )
    return [(row[0], row[1]) for row in session().execute(query)]


def _event(entry: Entry) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed or clock.now())
    event.add("dtstart", entry.starts)
    if entry.ends is not None:
        event.add("dtend", entry.ends)
    event.add("summary", entry.title)
    said = {"location": entry.place, "url": entry.address, "description": entry.text}
    for name, value in said.items():
        if value:
            event.add(name, value)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_called_off else "CONFIRMED")
    return event
