"""What pages show of programmes and workshops."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from coach.words import Message, Text

CODE_OPENS: Final = timedelta(minutes=15)
"""How long before the start one may say that one is here."""
CODE_CLOSES: Final = timedelta(hours=1)
"""How long after the end."""


class ProgrammeKind(StrEnum):
    """Name where a programme is taken."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    OUTSIDE = "outside"


KIND_NAMES: Final[Mapping[ProgrammeKind, Message]] = {
    ProgrammeKind.IN_PERSON: Message("In one room"),
    ProgrammeKind.ONLINE: Message("Online"),
    ProgrammeKind.OUTSIDE: Message("Elsewhere"),
}


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """Hold a programme; `sent_at` and what follows are of the reader's last diploma, for one taken elsewhere."""

    id: uuid.UUID
    kind: ProgrammeKind
    title: Text
    summary: Text
    minutes: int
    skill_name: Text | None
    retired_at: datetime | None
    sent_at: datetime | None = None
    confirmed_at: datetime | None = None
    declined_at: datetime | None = None
    reason: str = ""

    @property
    def kind_name(self) -> Message:
        """Say where it is taken."""
        return KIND_NAMES[self.kind]

    @property
    def length(self) -> Message:
        """Say how long it takes: whole hours as hours."""
        hours, minutes = divmod(self.minutes, 60)
        return Message("%(n)s min", n=self.minutes) if minutes or hours < 2 else Message("%(hours)s h", hours=hours)

    @property
    def is_outside(self) -> bool:
        """Tell whether it is taken with somebody else."""
        return self.kind is ProgrammeKind.OUTSIDE

    @property
    def waits(self) -> bool:
        """Tell whether a diploma of the reader waits to be confirmed."""
        return self.sent_at is not None and self.confirmed_at is None and self.declined_at is None


@dataclass(frozen=True, slots=True)
class WorkshopRow:
    """Hold a workshop as one reader stands to it.

    `taken` counts who wants to come; `ahead` of them signed up before the reader, None who did not sign up.
    """

    id: uuid.UUID
    programme_id: uuid.UUID
    kind: ProgrammeKind
    title: Text
    summary: Text
    skill_name: Text | None
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str
    seats: int
    trainer_id: uuid.UUID | None
    trainer_name: Text | None
    called_off_at: datetime | None
    changed_at: datetime
    version: int
    taken: int
    ahead: int | None
    attended_at: datetime | None

    @property
    def kind_name(self) -> Message:
        """Say where it is taken."""
        return KIND_NAMES[self.kind]

    @property
    def left(self) -> int:
        """Count the free seats."""
        return max(self.seats - self.taken, 0)

    @property
    def waiting(self) -> int:
        """Count who waits."""
        return max(self.taken - self.seats, 0)

    @property
    def is_mine(self) -> bool:
        """Tell whether the reader signed up."""
        return self.ahead is not None

    @property
    def is_seated(self) -> bool:
        """Tell whether the reader has a seat."""
        return self.ahead is not None and self.ahead < self.seats

    def is_over(self, now: datetime) -> bool:
        """Tell whether it has ended."""
        return self.ends_at <= now

    def has_begun(self, now: datetime) -> bool:
        """Tell whether it has started."""
        return self.starts_at <= now

    def takes_code(self, now: datetime) -> bool:
        """Tell whether the reader may say now that they are here."""
        opened = takes_code(self.starts_at, self.ends_at, now)
        return self.is_mine and self.attended_at is None and self.called_off_at is None and opened

    def standing(self, now: datetime) -> Message:
        """Say how the reader stands to it, else how many seats are left."""
        if self.called_off_at is not None:
            return Message("Called off")
        if self.attended_at is not None:
            return Message("You took part")
        if self.is_over(now):
            return Message("Not noted as taken")
        if self.is_seated:
            return Message("You have a seat")
        if self.ahead is not None:
            return Message("Waiting list, number %(number)s", number=self.ahead - self.seats + 1)
        return seats_said(self.left, self.waiting)


def takes_code(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Tell whether a code is taken now: from shortly before the start to an hour after the end."""
    return starts_at - CODE_OPENS <= now <= ends_at + CODE_CLOSES


def seats_said(left: int, waiting: int) -> Message:
    """Say how many seats are left, and who waits where there are none."""
    if left == 1:
        return Message("1 seat left")
    if left:
        return Message("%(left)s seats left", left=left)
    return Message("Full, %(waiting)s waiting", waiting=waiting) if waiting else Message("Full")


@dataclass(frozen=True, slots=True)
class AttendeeRow:
    """Hold one line of the attendance list, in the order of signing up."""

    seat_id: uuid.UUID
    person_id: uuid.UUID
    name: Text
    job_role_name: Text | None
    attended_at: datetime | None
    attended_how: str | None
    is_seated: bool


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """Hold a diploma from elsewhere that waits to be confirmed."""

    id: uuid.UUID
    person_id: uuid.UUID
    person_name: Text
    title: Text
    issuer: str
    taken_on: date
    sent_at: datetime
    file_name: str
