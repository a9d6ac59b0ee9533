"""Make and change programmes, and put them into the weeks of paths."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from coach import clock
from coach.content.kinds import EVERY_ROLE
from coach.db import session
from coach.errors import Invalid, NotFound, check_version
from coach.training.workshop_models import Programme, ProgrammePlace
from coach.training.workshop_rows import ProgrammeKind
from coach.words import Message, Text


@dataclass(frozen=True, slots=True)
class ProgrammeWanted:
    """Hold what an editor wrote; `weeks` names the week on each path that it stands on."""

    kind: ProgrammeKind
    title: Text
    summary: Text
    minutes: int
    skill_id: str | None
    roles: tuple[str, ...]
    weeks: Mapping[str, int]
    is_retired: bool = False


def programme(programme_id: uuid.UUID) -> Programme:
    """Load a programme for its editor; raise NotFound where there is none."""
    found = session().get(Programme, programme_id)
    if found is None:
        raise NotFound
    return found


def weeks_of(programme_id: uuid.UUID) -> dict[str, int]:
    """Give the week on each role's path."""
    query = sa.select(ProgrammePlace.job_role_id, ProgrammePlace.week)
    return {row[0]: row[1] for row in session().execute(query.where(ProgrammePlace.programme_id == programme_id))}


def make(*, by: uuid.UUID, wanted: ProgrammeWanted) -> Programme:
    """Make a programme."""
    now = clock.now()
    made = Programme(made_at=now)
    _fill(made, by, wanted)
    session().add(made)
    session().flush()
    _place(made.id, wanted.weeks)
    return made


def change(
    changed: Programme,
    *,
    by: uuid.UUID,
    wanted: ProgrammeWanted,
    version: int,
    current: Callable[[], Mapping[str, Any]],
    typed: Mapping[str, Any],
) -> None:
    """Change a programme; raise Conflict, with both texts, where somebody else did since its form was opened."""
    session().refresh(changed, with_for_update=True)
    check_version(changed.version, version, current=current, typed=typed)
    if ProgrammeKind(changed.kind) is not wanted.kind and ProgrammeKind.OUTSIDE in (changed.kind, wanted.kind):
        raise Invalid(Message("What is taken elsewhere stays so: make a programme of its own."), field="kind")
    _fill(changed, by, wanted)
    session().flush()
    _place(changed.id, wanted.weeks)


def _fill(row: Programme, by: uuid.UUID, wanted: ProgrammeWanted) -> None:
    """Write what was wanted; who has it on their path is one of those it is for."""
    now = clock.now()
    row.kind, row.title, row.summary = wanted.kind, wanted.title, wanted.summary
    row.minutes, row.skill_id = wanted.minutes, wanted.skill_id
    row.roles = [EVERY_ROLE] if EVERY_ROLE in wanted.roles else sorted({*wanted.roles, *wanted.weeks})
    if not row.roles:
        raise Invalid(Message("Choose for whom it is."), field="roles")
    row.changed_at, row.changed_by = now, by
    row.retired_at = (row.retired_at or now) if wanted.is_retired else None


def _place(programme_id: uuid.UUID, weeks: Mapping[str, int]) -> None:
    session().execute(sa.delete(ProgrammePlace).where(ProgrammePlace.programme_id == programme_id))
    session().add_all(
        ProgrammePlace(job_role_id=role, programme_id=programme_id, week=week) for role, week in weeks.items()
    )
    session().flush()
