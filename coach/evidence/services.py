"""Add to the log, retract, contest; the estimate follows in the same transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from coach import clock
from coach.activity.services import record
from coach.db import session
from coach.errors import Conflict, Invalid, NotFound
from coach.evidence import cells, events
from coach.evidence.models import Contest, Evidence, LessonFinish, Retraction
from coach.measurement.estimate import Kind
from coach.words import Message

CONVERSION: Final = 1
"""Version of the conversions in `measurement.convert` that made y and v from raw."""


def add(  # noqa: PLR0913 -- a row of the log, named column by column
    *,
    by: uuid.UUID | None,
    person_id: uuid.UUID,
    skill_id: str,
    kind: str,
    source: str,
    setting: str,
    seen_at: datetime,
    y: float,
    v: float,
    raw: Mapping[str, Any],
    origin_kind: str,
    origin_id: uuid.UUID,
    reinstates: uuid.UUID | None = None,
) -> Evidence:
    """Add one piece of evidence; `seen_at` is when it was seen, not when it was entered, and never in the future."""
    now = clock.now()
    if seen_at > now:
        raise Invalid(Message("Choose a day that has come."), field="held_on")
    piece = Evidence(
        person_id=person_id,
        skill_id=skill_id,
        kind=Kind(kind).value,
        source=source,
        setting=setting,
        seen_at=seen_at,
        t=clock.days(seen_at),
        y=y,
        v=v,
        raw=dict(raw),
        conversion=CONVERSION,
        origin_kind=origin_kind,
        origin_id=origin_id,
        entered_at=now,
        entered_by=by,
        reinstates_id=reinstates,
    )
    session().add(piece)
    session().flush()
    cells.change(person_id, skill_id, lambda cell: cell.add(cells.piece_of(piece)))
    record(events.ADDED, by=by, about=person_id, kind="evidence", object_id=piece.id, skill=skill_id)
    return piece


def retract(piece: Evidence, *, by: uuid.UUID | None, reason: str) -> None:
    """Let a piece count no longer; the row stays, a second row says so. Retracting twice changes nothing."""
    if session().get(Retraction, piece.id) is not None:
        return
    session().add(Retraction(evidence_id=piece.id, at=clock.now(), by_id=by, reason=reason))
    session().flush()
    cells.change(piece.person_id, piece.skill_id, lambda cell: cell.retract(cells.piece_of(piece)))
    record(events.RETRACTED, by=by, about=piece.person_id, kind="evidence", object_id=piece.id, skill=piece.skill_id)


def contest(evidence_id: uuid.UUID, *, by: uuid.UUID, text: str) -> Contest:
    """Let the person object to a piece: it counts no longer until somebody answers."""
    piece = session().get(Evidence, evidence_id)
    if piece is None or piece.person_id != by:
        raise NotFound
    if not text.strip():
        raise Invalid(Message("Say in a sentence what is wrong with it."), field="text")
    objection = Contest(evidence_id=piece.id, person_id=by, at=clock.now(), text=text.strip())
    session().add(objection)
    retract(piece, by=by, reason="contested")
    record(events.CONTESTED, by=by, about=by, kind="evidence", object_id=piece.id)
    return objection


def answer_contest(objection: Contest, *, by: uuid.UUID, upheld: bool, answer: str) -> None:
    """Answer an objection: upheld means that the piece counts again, as a new row; else it stays retracted."""
    if objection.answered_at is not None:
        raise Conflict(Message("Somebody answered this already."))
    if by == objection.person_id:
        raise Invalid(Message("Somebody else has to answer this."))
    objection.answered_at, objection.answered_by = clock.now(), by
    objection.upheld, objection.answer = upheld, answer.strip()
    piece = session().get_one(Evidence, objection.evidence_id)
    if upheld:
        add(
            by=by,
            person_id=piece.person_id,
            skill_id=piece.skill_id,
            kind=piece.kind,
            source=piece.source,
            setting=piece.setting,
            seen_at=piece.seen_at,
            y=piece.y,
            v=piece.v,
            raw=piece.raw,
            origin_kind=piece.origin_kind,
            origin_id=piece.origin_id,
            reinstates=piece.id,
        )
    record(events.CONTEST_ANSWERED, by=by, about=piece.person_id, kind="evidence", object_id=piece.id, upheld=upheld)


def lesson_finished(*, person_id: uuid.UUID, skill_id: str, run_id: uuid.UUID, at: datetime) -> None:
    """Note that a lesson of a skill was finished: what was seen before counts half; no level rises by it."""
    if session().get(LessonFinish, (person_id, skill_id, run_id)) is not None:
        return
    day = clock.days(at)

    def finish(cell: Any) -> None:
        session().add(LessonFinish(person_id=person_id, skill_id=skill_id, run_id=run_id, t=day))
        session().flush()
        cell.finish_lesson(day)

    cells.change(person_id, skill_id, finish)
