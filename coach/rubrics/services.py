"""Score a piece of work, correct it, remark on it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.activity.services import record
from coach.db import insert_once, new_id, session
from coach.errors import Conflict, Forbidden, Invalid
from coach.evidence import services as evidence
from coach.evidence.models import Evidence
from coach.measurement.convert import rubric_evidence
from coach.rubrics import events, queries
from coach.rubrics.models import Mark, Remark, Scoring
from coach.rubrics.rows import Rubric, Said, Verdict, Work
from coach.words import Message

MOST_FOCUS: Final = 2
LONGEST_NOTE: Final = 1000
LONGEST_REMARK: Final = 400


def score(*, by: uuid.UUID, work: Work, rubric: Rubric, verdict: Verdict, replaces: uuid.UUID | None = None) -> Scoring:
    """Score a piece of work; its marks become one piece of evidence by this rater.

    `replaces` names the rater's scoring that this one corrects: then that one's evidence is taken out. Raises Conflict
    where another scoring of theirs stands than the page said; the same one sent twice is one.
    """
    if by == work.person_id:
        raise Forbidden
    _check(rubric, verdict)
    before = queries.standing(work, by)
    if before is not None:
        if before.id != replaces:
            return _same(before, verdict)
        _take_out(before, by=by)
    made = _write(work, by, rubric, verdict)
    if made is None:  # somebody with this account was faster, on another device
        raise Conflict(Message("You scored this already. Open the page again to see it."))
    _give_evidence(made, work, verdict)
    for said in verdict.remarks:
        _keep(work, by, said)
    session().flush()
    verb = events.CORRECTED if before is not None else events.SCORED
    record(verb, by=by, about=work.person_id, kind=work.kind, object_id=work.id, skill=work.skill_id)
    return made


def remark(*, by: uuid.UUID, work: Work, said: Said) -> Remark:
    """Remark on a piece of work; a rater's remark is read once their scoring is in."""
    if not said.text.strip():
        raise Invalid(Message("Write what you noticed."), field="text")
    if len(said.text) > LONGEST_REMARK:
        raise Invalid(Message("Keep this under %(max)d characters.", max=LONGEST_REMARK), field="text")
    made = _keep(work, by, said)
    session().flush()
    record(events.REMARKED, by=by, about=work.person_id, kind=work.kind, object_id=work.id)
    return made


def _check(rubric: Rubric, verdict: Verdict) -> None:
    known = {criterion.id for criterion in rubric.criteria}
    if not verdict.marks:
        raise Invalid(Message("Mark at least one thing that you saw."), field="marks")
    if not set(verdict.marks) <= known or not all(1 <= level <= 4 for level in verdict.marks.values()):
        raise Invalid(Message("The rubric has changed. Open the page again."), field="marks")
    if len(set(verdict.focus)) > MOST_FOCUS:
        raise Invalid(Message("Name at most two points to work on."), field="focus")
    if not set(verdict.focus) <= known:
        raise Invalid(Message("The rubric has changed. Open the page again."), field="focus")
    if len(verdict.note) > LONGEST_NOTE:
        raise Invalid(Message("Keep this under %(max)d characters.", max=LONGEST_NOTE), field="note")


def _same(before: Scoring, verdict: Verdict) -> Scoring:
    """Give the scoring that stands where the same is sent again; what says something else is not swallowed."""
    marks = {mark.criterion_id: mark.level for mark in before.marks}
    stands = (marks, set(before.focus), before.note)
    if stands == (dict(verdict.marks), set(verdict.focus), verdict.note.strip()) and _are_kept(before, verdict.remarks):
        return before
    raise Conflict(Message("You scored this already. Open the page again to see it."))


def _are_kept(scoring: Scoring, remarks: Iterable[Said]) -> bool:
    """Tell whether a rater has made these remarks about the work already."""
    theirs = sa.and_(Remark.work_kind == scoring.work_kind, Remark.work_id == scoring.work_id)
    query = sa.select(Remark.second, Remark.text).where(theirs, Remark.author_id == scoring.rater_id)
    kept = {(second, text) for second, text in session().execute(query)}
    return all((said.second, said.text.strip()) in kept for said in remarks)


def _take_out(before: Scoring, *, by: uuid.UUID) -> None:
    before.replaced_at = clock.now()
    session().flush()
    piece = session().scalar(sa.select(Evidence).where(Evidence.id == before.evidence_id))
    if piece is not None:
        evidence.retract(piece, by=by, reason="corrected")


def _write(work: Work, by: uuid.UUID, rubric: Rubric, verdict: Verdict) -> Scoring | None:
    row: dict[str, Any] = {
        "id": new_id(),
        "work_kind": work.kind,
        "work_id": work.id,
        "person_id": work.person_id,
        "rater_id": by,
        "revision_id": rubric.revision_id,
        "focus": sorted(set(verdict.focus)),
        "note": verdict.note.strip(),
        "at": clock.now(),
    }
    if not insert_once(Scoring, row):
        return None
    marks = [Mark(scoring_id=row["id"], criterion_id=key, level=level) for key, level in verdict.marks.items()]
    session().add_all(marks)
    session().flush()
    return session().get_one(Scoring, row["id"])


def _give_evidence(scoring: Scoring, work: Work, verdict: Verdict) -> None:
    y, v = rubric_evidence([float(level) for level in verdict.marks.values()])
    scoring.evidence_id = evidence.add(
        by=scoring.rater_id,
        person_id=work.person_id,
        skill_id=work.skill_id,
        kind="observation",
        source=f"rater:{scoring.rater_id}",
        setting=work.setting,
        seen_at=work.done_at,
        y=y,
        v=v,
        raw={"criteria": dict(sorted(verdict.marks.items()))},
        origin_kind=work.kind,
        origin_id=work.id,
    )


def _keep(work: Work, by: uuid.UUID, said: Said) -> Remark:
    made = Remark(
        work_kind=work.kind,
        work_id=work.id,
        person_id=work.person_id,
        author_id=by,
        second=said.second,
        text=said.text.strip(),
        at=clock.now(),
    )
    session().add(made)
    return made
