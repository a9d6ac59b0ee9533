"""What the tests of workshops share: a programme, a date of it, and the moments around it."""

from __future__ import annotations

import io
import uuid
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from coach.activity.models import Event
from coach.db import session, unit_of_work
from coach.jobs.models import OutboxMessage
from coach.training import outside, programmes, workshops
from coach.training.programmes import ProgrammeWanted
from coach.training.workshop_models import OutsideRecord
from coach.training.workshop_rows import ProgrammeKind
from coach.training.workshops import WorkshopWanted
from coach.words import Text
from tests.conftest import NOW, TODAY

PDF = b"%PDF-1.7 a diploma"
STARTS = NOW + timedelta(days=3)
ENDS = STARTS + timedelta(hours=2)


def make_programme(by: uuid.UUID, **more: Any) -> uuid.UUID:
    """Make a programme in one room, for everybody."""
    wanted = {
        "kind": ProgrammeKind.IN_PERSON, "title": Text("Hard calls", "어려운 통화"),
        "summary": Text("Three rounds.", "세 번 해 봐요."), "minutes": 120, "skill_id": "handle-objections",
        "roles": ("all",), "weeks": {}, **more,
    }  # fmt: skip
    with unit_of_work():
        return programmes.make(by=by, wanted=ProgrammeWanted(**wanted)).id


def wish(starts_at: datetime = STARTS, **more: Any) -> WorkshopWanted:
    """Want a workshop in a room."""
    plan = {"ends_at": starts_at + timedelta(hours=2), "place": "Room 4", "link": "", "seats": 3, "trainer_id": None}
    return WorkshopWanted(starts_at=starts_at, **{**plan, **more})


def make_workshop(by: uuid.UUID, programme_id: uuid.UUID, starts_at: datetime = STARTS, **more: Any) -> uuid.UUID:
    """Plan a workshop in a room."""
    with unit_of_work():
        return workshops.plan(by=by, programme_id=programme_id, wanted=wish(starts_at, **more)).id


def send_diploma(person: uuid.UUID, programme_id: uuid.UUID) -> OutsideRecord:
    """Send a diploma from elsewhere."""
    with unit_of_work():
        outside.send(
            by=person, programme_id=programme_id, stream=io.BytesIO(PDF), filename="diploma.pdf",
            taken_on=TODAY - timedelta(days=2), issuer="Harbour Training", today=TODAY,
        )  # fmt: skip
        return session().scalars(sa.select(OutsideRecord).where(OutsideRecord.person_id == person)).one()


def letters() -> list[tuple[str, uuid.UUID | None]]:
    """List the kinds of mail that wait and to whom they go."""
    return [(row.kind, row.person_id) for row in session().scalars(sa.select(OutboxMessage))]


def told(verb: str) -> list[uuid.UUID]:
    """List about whom something happened, sorted: the clock stands still."""
    return sorted(session().scalars(sa.select(Event.person_id).where(Event.verb == verb)))
