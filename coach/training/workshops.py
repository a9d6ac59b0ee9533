"""Plan a workshop, change it, call it off, hang files on it."""

from __future__ import annotations

import io
import secrets
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from coach import clock
from coach.activity.services import record
from coach.db import session
from coach.errors import Conflict, Invalid, NotFound, check_version
from coach.media.links import checked
from coach.media.services import store
from coach.people.models import Person
from coach.training import events
from coach.training.programmes import programme
from coach.training.workshop_models import Workshop, WorkshopMaterial
from coach.training.workshop_rows import ProgrammeKind
from coach.training.workshop_seats import KIND, hold, seated, tell_seated, wanting
from coach.words import Message


@dataclass(frozen=True, slots=True)
class WorkshopWanted:
    """Hold what an editor planned."""

    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    seats: int
    trainer_id: uuid.UUID | None

    @property
    def told(self) -> tuple[Any, ...]:
        """Give what those who signed up are told of when it changes."""
        return self.starts_at, self.ends_at, self.place, self.link


def plan(*, by: uuid.UUID, programme_id: uuid.UUID, wanted: WorkshopWanted) -> Workshop:
    """Plan a date of a programme that is in use and taken with us."""
    chosen = programme(programme_id)
    if chosen.retired_at is not None or chosen.kind == ProgrammeKind.OUTSIDE:
        raise NotFound
    made = Workshop(programme_id=programme_id, code=new_code(), made_at=clock.now())
    _fill(made, by, wanted, ProgrammeKind(chosen.kind))
    session().add(made)
    session().flush()
    return made


def change(
    *,
    by: uuid.UUID,
    workshop_id: uuid.UUID,
    wanted: WorkshopWanted,
    version: int,
    current: Callable[[], Mapping[str, Any]],
    typed: Mapping[str, Any],
) -> None:
    """Change a workshop; who signed up hears of another time or place, who gets a seat by it hears of that.

    Raises Conflict, with both texts, where somebody else changed it since its form was opened.
    """
    row = hold(workshop_id)
    check_version(row.version, version, current=current, typed=typed)
    _refuse_called_off(row)
    before, told = seated(row), _told(row)
    if wanted.seats < len(before):
        raise Invalid(Message("%(count)s people have a seat already.", count=len(before)), field="seats")
    _fill(row, by, wanted, ProgrammeKind(programme(row.programme_id).kind))
    session().flush()
    if told != wanted.told:
        for person_id in wanting(row):
            record(events.MOVED, by=by, about=person_id, kind=KIND, object_id=row.id)
    tell_seated(row, by=by, before=before)


def call_off(*, by: uuid.UUID, workshop_id: uuid.UUID) -> None:
    """Call a workshop off that is not over; who signed up hears of it."""
    row = hold(workshop_id)
    if row.called_off_at is not None:
        return
    if row.ends_at <= clock.now():
        raise Conflict(Message("This workshop is over."))
    row.called_off_at, row.changed_at, row.changed_by = clock.now(), clock.now(), by
    session().flush()
    for person_id in wanting(row):
        record(events.CALLED_OFF, by=by, about=person_id, kind=KIND, object_id=row.id)


def add_material(*, by: uuid.UUID, workshop_id: uuid.UUID, stream: IO[bytes], filename: str) -> None:
    """Hang a file on a workshop."""
    kept = store(by=by, stream=stream, filename=filename)
    session().add(WorkshopMaterial(workshop_id=workshop_id, media_id=kept.id, added_at=clock.now()))
    session().flush()


def remove_material(*, workshop_id: uuid.UUID, media_id: uuid.UUID) -> None:
    """Take a file off a workshop; the night removes it."""
    found = session().get(WorkshopMaterial, (workshop_id, media_id))
    if found is not None:
        session().delete(found)
        session().flush()


def nothing() -> IO[bytes]:
    """Stand for a file that was not sent."""
    return io.BytesIO()


def new_code() -> str:
    """Make a code of six digits: quick to type on any keyboard, and tried few times a minute."""
    return f"{secrets.randbelow(1_000_000):06d}"


def _told(row: Workshop) -> tuple[Any, ...]:
    return row.starts_at, row.ends_at, row.place, row.link


def _refuse_called_off(row: Workshop) -> None:
    if row.called_off_at is not None:
        raise Conflict(Message("This workshop is called off."))


def _fill(row: Workshop, by: uuid.UUID, wanted: WorkshopWanted, kind: ProgrammeKind) -> None:
    if wanted.ends_at <= wanted.starts_at:
        raise Invalid(Message("It ends after it starts."), field="until")
    if kind is ProgrammeKind.IN_PERSON and not wanted.place:
        raise Invalid(Message("Say where it is."), field="place")
    if kind is ProgrammeKind.ONLINE and not wanted.link:
        raise Invalid(Message("Give the link."), field="link")
    if wanted.trainer_id is not None and not _works_here(wanted.trainer_id):
        raise Invalid(Message("Choose one of the list."), field="trainer")
    row.starts_at, row.ends_at, row.place, row.link = (
        wanted.starts_at,
        wanted.ends_at,
        wanted.place,
        checked(wanted.link),
    )
    row.seats, row.trainer_id = wanted.seats, wanted.trainer_id
    row.changed_at, row.changed_by = clock.now(), by


def _works_here(person_id: uuid.UUID) -> bool:
    person = session().get(Person, person_id)
    return person is not None and person.is_active
