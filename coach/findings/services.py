"""Open and resolve findings when evidence says so; decline and contest them when a person does."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.activity.services import record
from coach.db import run, session
from coach.errors import Conflict, Invalid, NotFound
from coach.evidence import queries as evidence
from coach.evidence import standards
from coach.evidence.models import Cell, Evidence, Retraction
from coach.evidence.standards import Expectation
from coach.findings import events
from coach.findings.models import Finding, FindingContest, Resolution
from coach.measurement.findings import State, next_state, seen_mean
from coach.people.models import Person
from coach.words import Message

LONGEST_TEXT: Final = 2000


def review(*, person_id: uuid.UUID, skill_id: str, because: uuid.UUID | None = None) -> Finding | None:
    """Evaluate a cell after its evidence, its target or the settings changed; open or resolve what follows.

    `because` is the piece of evidence that changed it. Time alone never brings us here.
    """
    cell, rules, expected = evidence.cell_with_standards(person_id, skill_id)
    open_now = _held(person_id, skill_id)
    if expected.threshold is None or cell is None or cell.p_below is None:
        return open_now
    after = next_state(
        State.FINDING if open_now else State.UNKNOWN,
        cell.p_below,
        cell.mean,
        expected.threshold,
        min(max(cell.reliability, 0.0), 1.0),
        cell.pieces,
        only_self=cell.others == 0,
        newer_piece=open_now is not None and _seen_since(open_now),
        seen=_seen(cell, expected, rules),
        thresholds=rules.thresholds,
    )
    if open_now is None and after is State.FINDING and _works_here(person_id):
        return _open(cell, expected, rules.number)
    if open_now is not None and after is State.RESOLVED:
        _resolve(open_now, kind="evidence", by=None, evidence_id=because, mean=cell.mean, sd=cell.sd)
    return open_now


def decline(finding: Finding, *, by: uuid.UUID, reason: str) -> None:
    """Let a coach or manager say that a finding is none, with a reason that stays with it."""
    if not reason.strip():
        raise Invalid(Message("Say in a sentence why this is not a finding."), field="reason")
    if len(reason) > LONGEST_TEXT:
        raise Invalid(Message("Keep this under %(max)d characters.", max=LONGEST_TEXT), field="reason")
    session().refresh(finding, with_for_update=True)
    if finding.resolved_at is not None:
        raise Conflict(Message("This finding was closed already."))
    _resolve(finding, kind="declined", by=by, reason=reason.strip())


def contest(finding: Finding, *, by: uuid.UUID, text: str) -> FindingContest:
    """Keep the person's own words with a finding about them."""
    if by != finding.person_id:
        raise NotFound
    if not text.strip():
        raise Invalid(Message("Say in a sentence what you see differently."), field="text")
    if len(text) > LONGEST_TEXT:
        raise Invalid(Message("Keep this under %(max)d characters.", max=LONGEST_TEXT), field="text")
    words = FindingContest(finding_id=finding.id, person_id=by, at=clock.now(), text=text.strip())
    session().add(words)
    session().flush()
    record(events.CONTESTED, by=by, about=by, kind="finding", object_id=finding.id)
    return words


def role_changed(person_id: uuid.UUID) -> None:
    """Look anew at every skill that was seen of somebody who has another role now.

    A finding names the role and target it was made for: under a new role it is another finding, if it is one at all.
    """
    seen = sa.select(Cell.skill_id).where(Cell.person_id == person_id, Cell.pieces > 0)
    targets_changed(person_id, session().scalars(seen).all())


def targets_changed(person_id: uuid.UUID, skill_ids: Iterable[str]) -> None:
    """Resolve findings made for another role, or on skills it no longer needs; look anew at the skills named."""
    findings = _open_of(person_id)
    expected = standards.expectations([(person_id, finding.skill_id) for finding in findings])
    for finding in findings:
        now = expected[person_id, finding.skill_id]
        if now.threshold is None or now.job_role_id != finding.job_role_id:
            _resolve(finding, kind="role_changed", by=None)
    for skill_id in skill_ids:
        review(person_id=person_id, skill_id=skill_id)


def person_left(person_id: uuid.UUID) -> None:
    """Resolve what was open about somebody who left."""
    for finding in _open_of(person_id):
        _resolve(finding, kind="left", by=None)


def open_finding(person_id: uuid.UUID, skill_id: str) -> Finding | None:
    """Find the open finding of a person and skill."""
    return session().scalar(_OPEN, {"person": person_id, "skill": skill_id})


_OPEN: Final = sa.select(Finding).where(
    Finding.person_id == sa.bindparam("person"),
    Finding.skill_id == sa.bindparam("skill"),
    Finding.resolved_at.is_(None),
)


_HELD: Final = _OPEN.with_only_columns(Finding.id).with_for_update()


def _held(person_id: uuid.UUID, skill_id: str) -> Finding | None:
    """Lock the open finding: who declines it at the same moment has closed it first, or is told it was closed."""
    found = run(_HELD, {"person": person_id, "skill": skill_id}).scalar_one_or_none()
    return None if found is None else session().get_one(Finding, found, populate_existing=True)


def _open(cell: evidence.CellRow, expected: Expectation, settings_number: int) -> Finding:
    pieces, _ = evidence.pieces(cell.person_id, cell.skill_id)
    finding = Finding(
        person_id=cell.person_id,
        skill_id=cell.skill_id,
        job_role_id=expected.job_role_id,
        opened_at=clock.now(),
        p_below=cell.p_below,
        mean=cell.mean,
        sd=cell.sd,
        gap=cell.gap,
        target=expected.threshold,
        weight=expected.weight,
        pieces=cell.pieces,
        shares={str(p.id): round(p.share, 6) for p in pieces if p.share is not None},
        settings_number=settings_number,
    )
    session().add(finding)
    session().flush()
    record(events.OPENED, by=None, about=cell.person_id, kind="finding", object_id=finding.id, skill=cell.skill_id)
    return finding


def _resolve(finding: Finding, *, kind: str, by: uuid.UUID | None, **how: Any) -> None:
    """End a finding; `how` are further columns of its resolution."""
    finding.resolved_at = clock.now()
    session().add(Resolution(finding_id=finding.id, kind=kind, at=finding.resolved_at, by_id=by, **how))
    session().flush()
    record(
        events.RESOLVED,
        by=by,
        about=finding.person_id,
        kind="finding",
        object_id=finding.id,
        skill=finding.skill_id,
        why=kind,
    )


def _seen(cell: evidence.CellRow, expected: Expectation, rules: standards.Standards) -> float | None:
    settings = rules.settings(expected.skill_kind, expected.mu0, expected.s0)
    return seen_mean(cell.mean, cell.sd, settings.mu0, settings.s0)


def _seen_since(finding: Finding) -> bool:
    query = (
        sa.select(Evidence.id)
        .outerjoin(Retraction, Retraction.evidence_id == Evidence.id)
        .where(
            Evidence.person_id == finding.person_id,
            Evidence.skill_id == finding.skill_id,
            Evidence.seen_at > finding.opened_at,
            Retraction.evidence_id.is_(None),
        )
        .limit(1)
    )
    return session().scalar(query) is not None


def _works_here(person_id: uuid.UUID) -> bool:
    here = sa.select(Person.id).where(Person.id == person_id, Person.deactivated_at.is_(None))
    return session().scalar(here) is not None


def _open_of(person_id: uuid.UUID) -> list[Finding]:
    query = sa.select(Finding).where(Finding.person_id == person_id, Finding.resolved_at.is_(None))
    held = query.order_by(Finding.id).with_for_update().execution_options(populate_existing=True)
    return list(session().scalars(held))
