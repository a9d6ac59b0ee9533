"""Add to the log, retract, contest; the estimate follows in the same transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, TypedDict, Unpack

import sqlalchemy as sa

from coach import clock
from coach.activity.services import record
from coach.db import bare, insert_once, new_id, run, session
from coach.errors import Conflict, Invalid, NotFound
from coach.evidence import cells, events
from coach.evidence.explanation import CONTESTED
from coach.evidence.models import Contest, Evidence, LessonFinish, Retraction
from coach.measurement.convert import self_evidence
from coach.measurement.estimate import Kind, Piece
from coach.skills.models import Skill
from coach.words import Message

_ADD: Final = sa.insert(bare(Evidence))
CONVERSION: Final = 1
"""Version of the conversions in `measurement.convert` that made y and v from raw."""
SAME_RATING: Final = timedelta(hours=24)
LONGEST_TEXT: Final = 2000


class Seen(TypedDict):
    """Name the columns of a row of the log that its producer fills in; `y` on the level scale, `v` its variance."""

    person_id: uuid.UUID
    skill_id: str
    kind: str
    source: str
    setting: str
    seen_at: datetime
    y: float
    v: float
    raw: Mapping[str, Any]
    origin_kind: str
    origin_id: uuid.UUID


def add(*, by: uuid.UUID | None, reinstates: uuid.UUID | None = None, **seen: Unpack[Seen]) -> uuid.UUID:
    """Add one piece of evidence and return its id; `seen_at` is when it was seen, and never in the future."""
    now, person_id, skill_id = clock.now(), seen["person_id"], seen["skill_id"]
    if seen["seen_at"] > now:
        raise Invalid(Message("Choose a day that has come."), field="held_on")
    piece = Piece(Kind(seen["kind"]).value, seen["source"], clock.days(seen["seen_at"]), seen["y"], seen["v"])
    piece_id, columns = new_id(), {**seen, "kind": piece.kind, "raw": dict(seen["raw"]), "t": piece.t}
    entered = {"entered_at": now, "entered_by": by, "reinstates_id": reinstates}
    run(_ADD, {"id": piece_id, "conversion": CONVERSION, **columns, **entered})
    cells.change(person_id, skill_id, lambda cell: cell.add(piece))
    record(events.ADDED, by=by, about=person_id, kind="evidence", object_id=piece_id, skill=skill_id)
    return piece_id


def retract(piece: Evidence, *, by: uuid.UUID | None, reason: str) -> bool:
    """Let a piece count no longer; the row stays, a second row says so. Retracting twice changes nothing.

    What was contested and upheld counts as a newer row: then that one is taken out. Whoever takes a contested piece
    back has answered the objection with it. Returns whether it counted until now.
    """
    _settle_objection(piece, by=by)
    standing = _standing(piece)
    return standing is not None and _take_out(standing, by=by, reason=reason)


def rate_self(*, by: uuid.UUID, skill_id: str, level: int) -> uuid.UUID:
    """Let a person say where they see themselves; a second answer within a day replaces the first."""
    skill = session().get(Skill, skill_id)
    if skill is None or skill.retired_at is not None:
        raise NotFound
    if not 1 <= level <= 4:
        raise Invalid(Message("Choose one of the four levels."), field="level")
    for earlier in _self_ratings(by, skill_id, since=clock.now() - SAME_RATING):
        retract(earlier, by=by, reason="changed")
    y, v = self_evidence(float(level))
    return add(
        by=by,
        person_id=by,
        skill_id=skill_id,
        kind=Kind.SELF,
        source="self",
        setting="self",
        seen_at=clock.now(),
        y=y,
        v=v,
        raw={"level": level},
        origin_kind="self",
        origin_id=new_id(),
    )


def contest(evidence_id: uuid.UUID, *, by: uuid.UUID, text: str) -> Contest:
    """Let the person object to a piece: it counts no longer until somebody answers."""
    piece = session().get(Evidence, evidence_id)
    if piece is None or piece.person_id != by or piece.kind == Kind.SELF:
        raise NotFound
    if not text.strip():
        raise Invalid(Message("Say in a sentence what is wrong with it."), field="text")
    if len(text) > LONGEST_TEXT:
        raise Invalid(Message("Keep this under %(max)d characters.", max=LONGEST_TEXT), field="text")
    if piece.reinstates_id is not None:
        raise Conflict(Message("Somebody answered your objection to this already."))
    if not _take_out(piece, by=by, reason=CONTESTED):
        raise Conflict(Message("This does not count any more. There is nothing left to object to."))
    objection = Contest(evidence_id=piece.id, person_id=by, at=clock.now(), text=text.strip())
    session().add(objection)
    session().flush()
    record(events.CONTESTED, by=by, about=by, kind="evidence", object_id=piece.id, skill=piece.skill_id)
    return objection


def answer_contest(objection: Contest, *, by: uuid.UUID, upheld: bool, answer: str) -> None:
    """Answer an objection: upheld means that the piece counts again, as a new row; else it stays retracted."""
    session().refresh(objection, with_for_update=True)
    if objection.answered_at is not None:
        raise Conflict(Message("Somebody answered this already."))
    if by == objection.person_id:
        raise Invalid(Message("Somebody else has to answer this."))
    if not answer.strip():
        raise Invalid(Message("Say in a sentence why."), field="answer")
    if len(answer) > LONGEST_TEXT:
        raise Invalid(Message("Keep this under %(max)d characters.", max=LONGEST_TEXT), field="answer")
    objection.answered_at, objection.answered_by = clock.now(), by
    objection.upheld, objection.answer = upheld, answer.strip()
    piece = session().get_one(Evidence, objection.evidence_id)
    if upheld:
        _reinstate(piece, by=by)
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


def _reinstate(piece: Evidence, *, by: uuid.UUID) -> None:
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


def _standing(piece: Evidence) -> Evidence | None:
    """Find the row as which a piece counts: itself, or the one that reinstated it."""
    if session().get(Retraction, piece.id) is None:
        return piece
    query = sa.select(Evidence).where(
        Evidence.person_id == piece.person_id, Evidence.skill_id == piece.skill_id, Evidence.reinstates_id == piece.id
    )
    newer = session().scalar(query)
    return None if newer is None else _standing(newer)


def _take_out(piece: Evidence, *, by: uuid.UUID | None, reason: str) -> bool:
    if not _note_retraction(piece, by=by, reason=reason):
        return False
    cells.take_out(piece)
    record(events.RETRACTED, by=by, about=piece.person_id, kind="evidence", object_id=piece.id, skill=piece.skill_id)
    return True


def _note_retraction(piece: Evidence, *, by: uuid.UUID | None, reason: str) -> bool:
    """Write the retraction; tell whether this request was the one that did."""
    row = {"evidence_id": piece.id, "at": clock.now(), "by_id": by, "reason": reason}
    return insert_once(Retraction, row)


def _settle_objection(piece: Evidence, *, by: uuid.UUID | None) -> None:
    query = sa.select(Contest).where(Contest.evidence_id == piece.id, Contest.answered_at.is_(None))
    for objection in session().scalars(query.with_for_update()):
        objection.answered_at, objection.answered_by, objection.upheld = clock.now(), by, False


def _self_ratings(person_id: uuid.UUID, skill_id: str, *, since: datetime) -> list[Evidence]:
    query = (
        sa.select(Evidence)
        .outerjoin(Retraction, Retraction.evidence_id == Evidence.id)
        .where(
            Evidence.person_id == person_id,
            Evidence.skill_id == skill_id,
            Evidence.kind == Kind.SELF,
            Evidence.entered_at > since,
            Retraction.evidence_id.is_(None),
        )
    )
    return list(session().scalars(query))
