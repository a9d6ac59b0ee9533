"""Where somebody began: the first reading of each skill since a day, so that growth can be shown before distance."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from coach.db import session
from coach.evidence import standards
from coach.evidence.models import Evidence, Prior, Retraction
from coach.measurement.estimate import Piece, posterior
from coach.skills.models import Skill

FIRST_DAY: Final = 1.0
"""Days after the first piece within which what was seen still belongs to the first reading."""


def first_readings(person_id: uuid.UUID, job_role_id: str | None, since: datetime) -> dict[str, float]:
    """Read each skill as it stood after the first day on which it was seen; only what was seen again is in it."""
    newest = sa.select(sa.func.max(Prior.number)).scalar_subquery()
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(Evidence, Skill.kind, Prior.mu0, Prior.s0)
        .join(Skill, Skill.id == Evidence.skill_id)
        .outerjoin(Retraction, Retraction.evidence_id == Evidence.id)
        .outerjoin(
            Prior,
            sa.and_(Prior.number == newest, Prior.job_role_id == job_role_id, Prior.skill_id == Evidence.skill_id),
        )
        .where(Evidence.person_id == person_id, Evidence.seen_at >= since, Retraction.evidence_id.is_(None))
        .order_by(Evidence.t, Evidence.id)
    )
    log: dict[str, list[Any]] = {}
    for row in session().execute(query):
        log.setdefault(row[0].skill_id, []).append(row)
    rules = standards.current()
    return {
        skill: _first(rules.settings(rows[0][1], rows[0][2], rows[0][3]), [row[0] for row in rows])
        for skill, rows in log.items()
        if rows[-1][0].t - rows[0][0].t > FIRST_DAY
    }


def _first(settings: Any, pieces: Sequence[Evidence]) -> float:
    day = pieces[0].t + FIRST_DAY
    early = [Piece(e.kind, e.source, e.t, e.y, e.v) for e in pieces if e.t <= day]
    return posterior(settings, early, (), early[-1].t).mean
