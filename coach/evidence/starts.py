"""Where somebody began in each skill since a day, so that growth can be shown before distance."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

import sqlalchemy as sa

from coach.db import fetch
from coach.evidence import standards
from coach.evidence.models import Cell, Evidence, Prior, Retraction
from coach.measurement.estimate import Piece, posterior
from coach.skills.models import Skill

FIRST_DAY: Final = 1.0
"""Days after the first piece within which what was seen still belongs to the first reading."""


def first_readings(person_id: uuid.UUID, job_role_id: str | None, since: datetime) -> dict[str, float]:
    """Read where each skill would stand now, had every look at it been like those of its first day.

    A reading of one piece stands nearer to the prior than a reading of five, so the two are no measure of growth: who
    is always seen at one level would seem to sink or to rise. Only what was seen on another day again is in it.
    """
    log: dict[str, list[Any]] = {}
    for row in fetch(_log(), {"person": person_id, "role": job_role_id, "since": since}):
        log.setdefault(row.skill_id, []).append(row)
    return {skill: _first(rows) for skill, rows in log.items() if rows[-1].day - rows[0].day > FIRST_DAY}


_SEEN: Final = (
    Evidence.skill_id,
    Evidence.kind,
    Evidence.source,
    Evidence.t.label("day"),
    Evidence.y,
    Evidence.v,
    Skill.kind.label("skill_kind"),
    Prior.mu0,
    Prior.s0,
    Cell.mean,
)


@cache
def _log() -> sa.Select[*tuple[Any, ...]]:
    newest = sa.select(sa.func.max(Prior.number)).scalar_subquery()
    role: Any = sa.bindparam("role")
    person: Any = sa.bindparam("person")
    since: Any = sa.bindparam("since")
    return (
        sa.select(*_SEEN, *standards.numbers())
        .join(Skill, Skill.id == Evidence.skill_id)
        .join(Cell, sa.and_(Cell.person_id == Evidence.person_id, Cell.skill_id == Evidence.skill_id))
        .outerjoin(Retraction, Retraction.evidence_id == Evidence.id)
        .outerjoin(
            Prior,
            sa.and_(Prior.number == newest, Prior.job_role_id == role, Prior.skill_id == Evidence.skill_id),
        )
        .where(Evidence.person_id == person, Evidence.seen_at >= since, Retraction.evidence_id.is_(None))
        .order_by(Evidence.t, Evidence.id)
    )


def _first(pieces: Sequence[Any]) -> float:
    """Take off the kept reading what the later looks moved it: the mean is linear in them, so their shares tell."""
    first, last = pieces[0], pieces[-1]
    settings = standards.numbered(first).settings(first.skill_kind, first.mu0, first.s0)
    seen = [Piece(e.kind, e.source, e.day, e.y, e.v) for e in pieces]
    early = [piece.y for piece in seen if piece.t <= first.day + FIRST_DAY]
    began = sum(early) / len(early)
    shares = posterior(settings, seen, (), last.day).shares
    later = zip(shares[len(early) :], seen[len(early) :], strict=True)
    return float(first.mean - sum(share * (piece.y - began) for share, piece in later))
