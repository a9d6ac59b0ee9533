"""Log a coaching talk, mend it, take it back; keep what was agreed and how it went."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm.attributes import flag_modified

from coach import clock
from coach.activity.services import record
from coach.coaching import events
from coach.coaching.models import AgreedAction, CoachingSession, Observation
from coach.db import bare, new_id, run, session
from coach.errors import Conflict, Invalid
from coach.evidence import services as evidence
from coach.evidence.models import Evidence
from coach.measurement.convert import rubric_evidence
from coach.training.models import Lesson
from coach.words import Message

WITHDRAW_HOURS: Final = 24
OLDEST_DAYS: Final = 60
_LOG: Final = sa.insert(bare(CoachingSession))
_OBSERVE: Final = sa.insert(bare(Observation))


class Setting(StrEnum):
    """Name where the coach saw it."""

    CALL = "call"
    MEETING = "meeting"
    DEMO = "demo"
    ROLE_PLAY = "role_play"


class Due(StrEnum):
    """Name by when something agreed is tried."""

    NEXT_CALL = "next_call"
    WEEK = "week"
    DAY = "day"


class Outcome(StrEnum):
    """Name how something agreed went."""

    DID = "did"
    PARTLY = "partly"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Talk:
    """Hold what a log says: where, when, what about, the levels seen by skill, and what was agreed."""

    setting: Setting
    held_on: date
    levels: Mapping[str, int]
    about: str = ""
    action: str = ""
    due: Due = Due.NEXT_CALL
    due_on: date | None = None
    lesson_id: str | None = None


def log(*, by: uuid.UUID, person_id: uuid.UUID, talk: Talk, zone: str) -> uuid.UUID:
    """Log a talk: each skill seen becomes one piece of evidence, and the action waits for the next talk.

    Written past the ORM: it is what a coach waits for between two calls. Returns the id of the log.
    """
    today = clock.today(zone)
    _check(talk, today)
    if talk.lesson_id and session().get(Lesson, talk.lesson_id) is None:
        raise Invalid(Message("Choose a lesson."), field="lesson")
    log_id = new_id()
    who = {"id": log_id, "version": 1, "person_id": person_id, "coach_id": by, "created_at": clock.now()}
    said = {"setting": talk.setting, "held_on": talk.held_on, "note": talk.about.strip(), "lesson_id": talk.lesson_id}
    run(_LOG, {**who, **said})
    see = partial(_see, log_id, talk, by=by, person_id=person_id, zone=zone)
    if seen := [see(skill_id) for skill_id in sorted(talk.levels)]:
        run(_OBSERVE, seen)
    if talk.action.strip():
        session().add(AgreedAction(session_id=log_id, person_id=person_id, **_agreed(talk, today)))
        session().flush()
    record(events.LOGGED, by=by, about=person_id, kind="coaching", object_id=log_id, lesson=talk.lesson_id)
    return log_id


def mend(log_: CoachingSession, *, by: uuid.UUID, talk: Talk, zone: str) -> None:
    """Rewrite a log that was not acknowledged: what was seen before is retracted, what is seen now is added."""
    if log_.acknowledged_at is not None or log_.withdrawn_at is not None:
        raise Conflict(Message("This log was acknowledged. Write a new one to add to it."))
    today = clock.today(zone)
    _check(talk, today)
    same_day = log_.held_on == talk.held_on and log_.setting == talk.setting
    log_.setting, log_.held_on, log_.note = talk.setting, talk.held_on, talk.about.strip()
    flag_modified(log_, "note")  # the version counts what hangs below the log too
    before = {o.skill_id: o for o in log_.observations}
    for skill_id in sorted({*before, *talk.levels}):
        known = before.get(skill_id)
        if known is not None and same_day and talk.levels.get(skill_id) == known.level:
            continue
        if known is not None:
            log_.observations.remove(known)
            _retract(known, by=by, reason="corrected")
        if skill_id in talk.levels:
            row = _see(log_.id, talk, skill_id, by=log_.coach_id, person_id=log_.person_id, zone=zone)
            log_.observations.append(Observation(**row))
    _agree_anew(log_, talk, today)
    session().flush()
    record(events.CHANGED, by=by, about=log_.person_id, kind="coaching", object_id=log_.id)


def withdraw(log_: CoachingSession, *, by: uuid.UUID) -> None:
    """Take a log back within a day of writing it; what it showed counts no longer."""
    if log_.withdrawn_at is not None:
        return
    if not may_withdraw(log_):
        raise Conflict(Message("A log can be taken back for 24 hours, until it is acknowledged."))
    for observation in sorted(log_.observations, key=lambda observation: observation.skill_id):
        _retract(observation, by=by, reason="withdrawn")
    log_.withdrawn_at = clock.now()
    session().flush()
    record(events.WITHDRAWN, by=by, about=log_.person_id, kind="coaching", object_id=log_.id)


def may_withdraw(log_: CoachingSession) -> bool:
    """Tell whether a log can still be taken back: within a day, and not acknowledged."""
    return log_.acknowledged_at is None and clock.now() - log_.created_at <= timedelta(hours=WITHDRAW_HOURS)


def acknowledge(log_: CoachingSession, *, by: uuid.UUID) -> None:
    """Let the person say that they read it; from then on it is not rewritten."""
    if log_.acknowledged_at is None:
        log_.acknowledged_at = clock.now()
        session().flush()
        record(events.ACKNOWLEDGED, by=by, about=by, kind="coaching", object_id=log_.id)


def tick(action: AgreedAction, *, by: uuid.UUID, done: bool) -> None:
    """Let the person say that they did what was agreed, or take that back."""
    if (action.done_at is not None) == done:
        return
    action.done_at = clock.now() if done else None
    session().flush()
    record(events.ACTION_DONE, by=by, about=action.person_id, kind="action", object_id=action.id, done=done)


def look_back(action: AgreedAction, *, by: uuid.UUID, outcome: Outcome) -> None:
    """Let the coach say, at the next talk, how it went."""
    action.outcome, action.outcome_at = outcome, clock.now()
    if outcome is Outcome.DID and action.done_at is None:
        action.done_at = action.outcome_at
    session().flush()
    record(events.ACTION_LOOKED_AT, by=by, about=action.person_id, kind="action", object_id=action.id, outcome=outcome)


def _check(talk: Talk, today: date) -> None:
    if not talk.levels and not talk.action.strip():
        raise Invalid(Message("Rate one skill that you saw, or write what you agreed."), field="levels")
    if talk.held_on > today:
        raise Invalid(Message("Choose a day that has come."), field="held_on")
    if talk.held_on < today - timedelta(days=OLDEST_DAYS):
        raise Invalid(Message("Choose a day within the last 60 days."), field="held_on")
    if talk.action.strip() and talk.due is Due.DAY and (talk.due_on is None or talk.due_on < today):
        raise Invalid(Message("Pick a day from today on."), field="due_on")


def _see(
    log_id: uuid.UUID, talk: Talk, skill_id: str, *, by: uuid.UUID, person_id: uuid.UUID, zone: str
) -> dict[str, Any]:
    """Add what was seen of a skill to the evidence; give the row of the log that says so.

    Everybody goes from skill to skill in one order: two coaches who log at once then never wait in a ring.
    """
    level = talk.levels[skill_id]
    y, v = rubric_evidence([float(level)])
    piece_id = evidence.add(
        by=by,
        person_id=person_id,
        skill_id=skill_id,
        kind="observation",
        source=f"rater:{by}",
        setting="practice" if talk.setting is Setting.ROLE_PLAY else "customer",
        seen_at=_moment(talk.held_on, zone),
        y=y,
        v=v,
        raw={"level": level},
        origin_kind="coaching",
        origin_id=log_id,
    )
    seen = {"skill_id": skill_id, "position": list(talk.levels).index(skill_id), "level": level}
    return {"session_id": log_id, "evidence_id": piece_id, **seen}


def _moment(day: date, zone: str) -> datetime:
    """Place a day's talk in time: now for today, else noon of that day where the coach is."""
    now, there = clock.now(), ZoneInfo(zone)
    if day == now.astimezone(there).date():
        return now
    return datetime.combine(day, time(12), there).astimezone(UTC)


def _agreed(talk: Talk, today: date) -> dict[str, Any]:
    friday = today + timedelta(days=4 - min(today.weekday(), 4))
    due_on = {Due.NEXT_CALL: None, Due.WEEK: friday, Due.DAY: talk.due_on}[talk.due]
    return {"text": talk.action.strip(), "due_kind": talk.due, "due_on": due_on}


def _agree_anew(log_: CoachingSession, talk: Talk, today: date) -> None:
    """Let a log hold what is agreed now; the same words stay the same action, with what was said of it since."""
    agreed = _agreed(talk, today)
    kept = [action for action in log_.actions if action.text == agreed["text"]]
    if agreed["text"] and not kept:
        kept = [AgreedAction(session_id=log_.id, person_id=log_.person_id)]
    for action in kept:
        action.text, action.due_kind, action.due_on = agreed["text"], agreed["due_kind"], agreed["due_on"]
    log_.actions = kept


def _retract(observation: Observation, *, by: uuid.UUID, reason: str) -> None:
    piece = session().scalar(sa.select(Evidence).where(Evidence.id == observation.evidence_id))
    if piece is not None:
        evidence.retract(piece, by=by, reason=reason)
