"""Read programmes and workshops as one reader stands to them; what is not for them looks absent."""

from __future__ import annotations

import uuid
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coach import clock
from coach.access.identity import Capability, Identity
from coach.content.kinds import EVERY_ROLE
from coach.db import session
from coach.errors import NotFound
from coach.media.models import Media
from coach.people.models import CapabilityGrant, JobRoleHolding, Person, ReportingPath
from coach.people.ordering import by_name
from coach.skills.models import JobRole, Skill
from coach.training.workshop_models import OutsideRecord, Programme, Workshop, WorkshopMaterial, WorkshopSeat
from coach.training.workshop_rows import AttendeeRow, ProgrammeKind, ProgrammeRow, WorkshopRow
from coach.words import Text

SHOWN: Final = 50
_MINE: Final = aliased(WorkshopSeat)
_OTHER: Final = aliased(WorkshopSeat)


def coming(identity: Identity, job_role_id: str | None, programme_id: uuid.UUID | None = None) -> list[WorkshopRow]:
    """List the workshops that are not over, the next first; one that is called off to who signed up alone."""
    query = _workshops(identity).where(Workshop.ends_at > clock.now(), _open_to(identity, job_role_id))
    query = query.where(sa.or_(Workshop.called_off_at.is_(None), _MINE.id.is_not(None)))
    if programme_id is not None:
        query = query.where(Workshop.programme_id == programme_id)
    return [_row(*row) for row in session().execute(query.order_by(Workshop.starts_at, Workshop.id).limit(SHOWN))]


def past(identity: Identity) -> list[WorkshopRow]:
    """List the workshops that are over and that the reader signed up for or held, the last first."""
    query = _workshops(identity).where(Workshop.ends_at <= clock.now(), Workshop.called_off_at.is_(None))
    mine = sa.or_(_MINE.id.is_not(None), Workshop.trainer_id == identity.person_id)
    found = query.where(mine).order_by(Workshop.starts_at.desc(), Workshop.id).limit(SHOWN)
    return [_row(*row) for row in session().execute(found)]


def workshop(identity: Identity, job_role_id: str | None, workshop_id: uuid.UUID) -> WorkshopRow:
    """Give one workshop that the reader may read; raise NotFound where not."""
    query = _workshops(identity).where(Workshop.id == workshop_id, _open_to(identity, job_role_id))
    found = session().execute(query).one_or_none()
    if found is None:
        raise NotFound
    return _row(*found)


def held(identity: Identity, workshop_id: uuid.UUID) -> Workshop:
    """Load a workshop whose list the reader may keep: as its trainer, or as an editor."""
    query = sa.select(Workshop).where(Workshop.id == workshop_id)
    if not identity.can(Capability.EDITOR):
        query = query.where(Workshop.trainer_id == identity.person_id)
    found = session().scalar(query)
    if found is None:
        raise NotFound
    return found


def materials(workshop_id: uuid.UUID) -> list[Media]:
    """List the files of a workshop as they were added."""
    query = sa.select(Media).join(WorkshopMaterial, WorkshopMaterial.media_id == Media.id)
    ordered = query.where(WorkshopMaterial.workshop_id == workshop_id).order_by(WorkshopMaterial.added_at, Media.id)
    return list(session().scalars(ordered))


def material(workshop_id: uuid.UUID, media_id: uuid.UUID) -> Media:
    """Load a file that hangs on a workshop; raise NotFound where it does not."""
    found = next((each for each in materials(workshop_id) if each.id == media_id), None)
    if found is None:
        raise NotFound
    return found


def attendees(row: Workshop) -> list[AttendeeRow]:
    """List who signed up and did not give the seat up, in order."""
    query = (
        sa.select(
            WorkshopSeat.id, Person.id, Person.name, JobRole.name, WorkshopSeat.attended_at, WorkshopSeat.attended_how
        )
        .join(Person, Person.id == WorkshopSeat.person_id)
        .outerjoin(JobRoleHolding, sa.and_(JobRoleHolding.person_id == Person.id, JobRoleHolding.until.is_(None)))
        .outerjoin(JobRole, JobRole.id == JobRoleHolding.job_role_id)
        .where(WorkshopSeat.workshop_id == row.id, WorkshopSeat.cancelled_at.is_(None))
        .order_by(WorkshopSeat.number)
    )
    return [AttendeeRow(*each, is_seated=n < row.seats) for n, each in enumerate(session().execute(query))]


def trainers(now: uuid.UUID | None) -> list[tuple[uuid.UUID, Text]]:
    """List who may hold a workshop: who coaches, writes or manages here, and who it is now."""
    able = sa.exists().where(
        CapabilityGrant.person_id == Person.id, CapabilityGrant.capability.in_([Capability.COACH, Capability.EDITOR])
    )
    leads = sa.exists().where(ReportingPath.manager_id == Person.id)
    query = sa.select(Person.id, Person.name).where(Person.deactivated_at.is_(None))
    found = query.where(sa.or_(able, leads, Person.id == now)).order_by(*by_name())
    return [(row[0], row[1]) for row in session().execute(found)]


def every_programme(identity: Identity) -> list[ProgrammeRow]:
    """List every programme for its editors, those in use first, by name."""
    rows = [_programme(*row) for row in session().execute(_programmes(identity))]
    return sorted(rows, key=lambda row: (row.retired_at is not None, row.title.en))


def programmes(identity: Identity, job_role_id: str | None, kind: ProgrammeKind | None = None) -> list[ProgrammeRow]:
    """List the programmes in use that are for the reader, of one kind where it is named, by name."""
    query = _programmes(identity).where(Programme.retired_at.is_(None), _audience(identity, job_role_id))
    if kind is not None:
        query = query.where(Programme.kind == kind)
    rows = [_programme(*row) for row in session().execute(query)]
    return sorted(rows, key=lambda row: row.title.en)


def programme(identity: Identity, job_role_id: str | None, programme_id: uuid.UUID) -> ProgrammeRow:
    """Give one programme that is for the reader; raise NotFound where not."""
    query = _programmes(identity).where(Programme.id == programme_id, _audience(identity, job_role_id))
    found = session().execute(query).one_or_none()
    if found is None:
        raise NotFound
    return _programme(*found)


def _audience(identity: Identity, job_role_id: str | None) -> sa.ColumnElement[bool]:
    """Say that a programme is for everybody, for the reader's role, or theirs to edit."""
    if identity.can(Capability.EDITOR):
        return sa.true()
    roles = sa.cast(Programme.roles, sa.Text)
    return sa.or_(*(roles.like(f'%"{role}"%') for role in (EVERY_ROLE, job_role_id) if role))


def _open_to(identity: Identity, job_role_id: str | None) -> sa.ColumnElement[bool]:
    trains = Workshop.trainer_id == identity.person_id
    return sa.or_(_audience(identity, job_role_id), _MINE.id.is_not(None), trains)


_WORKSHOP: Final = (
    Workshop.id,
    Workshop.programme_id,
    Programme.kind,
    Programme.title,
    Programme.summary,
    Skill.name,
    Workshop.starts_at,
    Workshop.ends_at,
    Workshop.place,
    Workshop.link,
    Workshop.seats,
    Workshop.trainer_id,
    Person.name,
    Workshop.called_off_at,
    Workshop.changed_at,
    Workshop.version,
)


def _workshops(identity: Identity) -> sa.Select[*tuple[Any, ...]]:
    others = sa.and_(_OTHER.workshop_id == Workshop.id, _OTHER.cancelled_at.is_(None))
    taken = sa.select(sa.func.count()).where(others).correlate(Workshop).scalar_subquery()
    before = sa.select(sa.func.count()).where(others, _OTHER.number < _MINE.number).correlate(Workshop, _MINE)
    ahead = sa.case((_MINE.id.is_not(None), before.scalar_subquery()))
    mine = sa.and_(
        _MINE.workshop_id == Workshop.id, _MINE.person_id == identity.person_id, _MINE.cancelled_at.is_(None)
    )
    return (
        sa.select(*_WORKSHOP, taken, ahead, _MINE.attended_at)
        .join(Programme, Programme.id == Workshop.programme_id)
        .outerjoin(Skill, Skill.id == Programme.skill_id)
        .outerjoin(Person, Person.id == Workshop.trainer_id)
        .outerjoin(_MINE, mine)
    )


def _row(id_: uuid.UUID, programme_id: uuid.UUID, kind: str, *rest: Any) -> WorkshopRow:
    return WorkshopRow(id_, programme_id, ProgrammeKind(kind), *rest)


def _programmes(identity: Identity) -> sa.Select[*tuple[Any, ...]]:
    """Select programmes with the reader's last diploma from elsewhere."""
    mine = sa.and_(OutsideRecord.programme_id == Programme.id, OutsideRecord.person_id == identity.person_id)
    newer = aliased(OutsideRecord)
    last = ~sa.exists().where(
        newer.programme_id == OutsideRecord.programme_id,
        newer.person_id == OutsideRecord.person_id,
        newer.id > OutsideRecord.id,
    )
    return (
        sa.select(
            Programme.id,
            Programme.kind,
            Programme.title,
            Programme.summary,
            Programme.minutes,
            Skill.name,
            Programme.retired_at,
            OutsideRecord.sent_at,
            OutsideRecord.confirmed_at,
            OutsideRecord.declined_at,
            OutsideRecord.reason,
        )
        .outerjoin(Skill, Skill.id == Programme.skill_id)
        .outerjoin(OutsideRecord, sa.and_(mine, last))
    )


def _programme(id_: uuid.UUID, kind: str, *rest: Any) -> ProgrammeRow:
    *most, reason = rest
    return ProgrammeRow(id_, ProgrammeKind(kind), *[*most, reason or ""])
