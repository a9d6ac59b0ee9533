"""Calibrate what estimates start from and how raters write: new numbered rows, used at the next reading.

A calibration never evaluates a finding: it would open or close one although nothing was seen (docs/measurement.md).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.activity.services import record
from coach.db import fetch, session
from coach.evidence import events, standards
from coach.evidence.models import Evidence, Prior, PriorWithout, RaterSeverity, Retraction
from coach.evidence.standards import Standards
from coach.measurement.estimate import Kind, Piece, Settings, posterior
from coach.measurement.priors import Fallback, PooledPrior, Seen, pool_priors, seen_alone
from coach.people.models import JobRoleHolding, Person
from coach.skills.models import JobRole, Skill

RELIABLE: Final = 0.3
RECENT: Final = timedelta(days=240)
"""Two half-lives: what was seen of people longer ago does not say where those in the role stand now."""
WRITTEN_WITHIN: Final = timedelta(days=365)
"""What raters wrote longer ago does not say how they write now."""

Group = tuple[str, str]
Log = dict[Group, dict[uuid.UUID, list[Piece]]]


@dataclass(frozen=True, slots=True)
class Priors:
    """Hold what a calibration of priors made: its number, the roles and skills, and the cells it rests on."""

    number: int
    groups: int
    cells: int


@dataclass(frozen=True, slots=True)
class Raters:
    """Hold what a calibration of raters made: its number, how many raters there are, and how many it could place."""

    number: int
    raters: int
    calibrated: int


def calibrate() -> Priors:
    """Pool the prior of every role and skill from what was seen lately of the people who hold the role now.

    What was seen counts, not the estimate: that holds yesterday's prior, which would be pooled into itself. One
    statement reads; one writes, and where fewer than five were seen a second writes the priors of those few without
    themselves.
    """
    rules = standards.current()
    number, groups = _seen(rules)
    own = {name: rules.choices[name] for name in ("mu0", "s0") if name in rules.choices}
    priors = pool_priors(groups, Fallback(**own))
    stored = {"at": clock.now()}
    _write(Prior, [_row(number, group, (p.mu0, p.s0)) | stored | {"people": p.people} for group, p in priors.items()])
    _write(PriorWithout, [row for group, prior in priors.items() for row in _apart(number, group, prior)])
    seen = sum(len(people) for people in groups.values())
    record(events.CALIBRATED, by=None, kind="prior", object_id=number, cells=seen)
    return Priors(number, len(priors), seen)


def raters_are_due() -> bool:
    """Tell whether raters were not calibrated in this month yet."""
    at = session().scalar(sa.select(sa.func.max(RaterSeverity.at)))
    now = clock.now()
    return at is None or (at.year, at.month) != (now.year, now.month)


def calibrate_raters() -> Raters | None:
    """Estimate how raters write from what they wrote within a year, smoothed with the last time; None without a log.

    A criterion is a skill: a log leaves one value a skill. Who has too few people in common with others keeps 0.
    """
    rows = _ratings()
    if not rows:
        return None
    from coach.measurement.raters import rater_severity

    last = session().scalar(sa.select(sa.func.max(RaterSeverity.number))) or 0
    found = rater_severity(rows, previous=_severities(last))
    known = set(session().scalars(sa.select(Person.id)))
    now, number = clock.now(), last + 1
    kept = [r for r in found.raters if uuid.UUID(r.rater) in known]
    _write(RaterSeverity, [_severity_row(number, rater) | {"at": now} for rater in kept])
    calibrated = sum(rater.calibrated for rater in kept)
    record(events.CALIBRATED, by=None, kind="rater_severity", object_id=number, raters=len(kept), calibrated=calibrated)
    return Raters(number, len(kept), calibrated)


def _seen(rules: Standards) -> tuple[int, dict[Group, dict[uuid.UUID, Seen]]]:
    """Read the next number, and for every role and skill what was seen lately of each who holds it."""
    log, kinds, number = Log(), dict[str, str](), 1
    for number, role, skill, kind, person, *piece in session().execute(_lately()):  # noqa: B007 -- the same on each row
        kinds[skill] = kind
        people = log.setdefault((role, skill), {})
        if person is not None:
            people.setdefault(person, []).append(Piece(*piece))
    settings = {skill: rules.settings(kind) for skill, kind in kinds.items()}
    return number, {group: _enough(settings[group[1]], people) for group, people in log.items()}


def _enough(settings: Settings, people: Mapping[uuid.UUID, list[Piece]]) -> dict[uuid.UUID, Seen]:
    """Give what was seen of those of whom enough was, whatever prior they stand under now.

    Judged under yesterday's prior, a narrow one would shut out those it was pooled from and make the next one wide,
    which would let them in again: levels would swing from night to night.
    """
    now = clock.days(clock.now())
    return {
        person: seen_alone(settings, pieces)
        for person, pieces in people.items()
        if posterior(settings, pieces, (), now).reliability > RELIABLE
    }


def _lately() -> sa.Select[*tuple[Any, ...]]:
    """Select every role and skill with the pieces of those who hold it; a row without a piece where nobody was seen."""
    held: sa.Select[*tuple[Any, ...]] = (
        sa.select(JobRoleHolding.job_role_id, Evidence)
        .join(Person, sa.and_(Person.id == JobRoleHolding.person_id, Person.deactivated_at.is_(None)))
        .join(Evidence, Evidence.person_id == Person.id)
        .outerjoin(Retraction, Retraction.evidence_id == Evidence.id)
        .where(
            JobRoleHolding.until.is_(None),
            Evidence.seen_at > clock.now() - RECENT,
            Retraction.evidence_id.is_(None),
        )
    )
    lately = held.subquery()
    of = lately.c
    number = sa.select(sa.func.coalesce(sa.func.max(Prior.number), 0) + 1).scalar_subquery()
    query: sa.Select[*tuple[Any, ...]] = sa.select(
        number, JobRole.id, Skill.id, Skill.kind, of.person_id, of.kind, of.source, of.t, of.y, of.v
    )
    return (
        query.select_from(JobRole)
        .join(Skill, Skill.retired_at.is_(None))
        .outerjoin(lately, sa.and_(of.job_role_id == JobRole.id, of.skill_id == Skill.id))
        .where(JobRole.retired_at.is_(None))
    )


def _row(number: int, group: Group, prior: tuple[float, float]) -> dict[str, Any]:
    return {"number": number, "job_role_id": group[0], "skill_id": group[1], "mu0": prior[0], "s0": prior[1]}


def _apart(number: int, group: Group, prior: PooledPrior[uuid.UUID]) -> list[dict[str, Any]]:
    return [_row(number, group, own) | {"person_id": person} for person, own in prior.without.items()]


def _write(model: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session().execute(sa.insert(model), rows)


def _ratings() -> list[tuple[str, str, str, float]]:
    """Read (person, rater, skill, value) of every observation by a rater that counts and is not too old."""
    prefix = standards.RATER
    query = (
        sa.select(Evidence.person_id, Evidence.source, Evidence.skill_id, Evidence.y)
        .outerjoin(Retraction, Retraction.evidence_id == Evidence.id)
        .where(
            Evidence.kind == Kind.OBSERVATION,
            Evidence.source.startswith(prefix),
            Evidence.seen_at > clock.now() - WRITTEN_WITHIN,
            Retraction.evidence_id.is_(None),
        )
        .order_by(Evidence.t, Evidence.id)
    )
    return [(str(person), source.removeprefix(prefix), skill, y) for person, source, skill, y in fetch(query)]


def _severities(number: int) -> dict[str, float]:
    query = sa.select(RaterSeverity).where(RaterSeverity.number == number, RaterSeverity.is_calibrated)
    return {str(row.rater_id): row.severity for row in session().scalars(query)}


def _severity_row(number: int, rater: Any) -> dict[str, Any]:
    row = asdict(rater)
    row["rater_id"] = uuid.UUID(row.pop("rater"))
    return row | {"number": number, "severity": row.pop("offset"), "is_calibrated": row.pop("calibrated")}
