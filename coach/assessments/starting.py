"""Read what stands before a check: what it asks, what is open, and from when it may be begun."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from coach import clock
from coach.access.identity import Identity
from coach.assessments import bank, module_forms, parallel, rules
from coach.assessments.models import Attempt, Quiz
from coach.assessments.ports import is_asked
from coach.assessments.queries import ANSWERED, CHECK, named
from coach.assessments.rows import CheckRow, StartRow
from coach.assessments.rules import QuizKind
from coach.db import session
from coach.errors import NotFound


def start_page(identity: Identity, quiz_id: str) -> StartRow:
    """Read what stands before a check; raise NotFound where it is not in use and the person has none open."""
    reader = identity.person_id
    query: sa.Select[*tuple[Any, ...]] = named(sa.select(Quiz, *CHECK).select_from(Quiz))
    found = session().execute(query.where(Quiz.id == quiz_id)).one_or_none()
    if found is None:
        raise NotFound
    quiz, check = found[0], CheckRow(*found[1:])
    had = _sittings(reader, quiz_id)
    if quiz.retired_at is not None and had.open_id is None:
        raise NotFound
    return _row(quiz, check, had, reader)


def wait_until(person_id: uuid.UUID, quiz: Quiz, last_at: datetime | None) -> datetime | None:
    """Say until when a person waits to take a check again; None where they need not, or are asked to take it."""
    free = None if quiz.kind in rules.OF_MODULE else rules.free_from(quiz.kind, last_at)
    if free is None or free <= clock.now() or (quiz.kind == QuizKind.SKILL and is_asked(person_id, quiz.id)):
        return None
    return free


def limited_until(person_id: uuid.UUID, quiz: Quiz, *, without: uuid.UUID | None = None) -> datetime | None:
    """Say until when the number of sittings keeps a person from another; `without` is the one being begun."""
    if quiz.most_attempts is None or quiz.window_days is None:
        return None
    query = sa.select(Attempt.started_at).where(
        Attempt.person_id == person_id,
        Attempt.quiz_id == quiz.id,
        Attempt.started_at > clock.now() - timedelta(days=quiz.window_days),
    )
    if without is not None:
        query = query.where(Attempt.id != without)
    return rules.limited_until(session().scalars(query).all(), quiz.most_attempts, quiz.window_days)


def last_submitted(person_id: uuid.UUID, quiz_id: str) -> datetime | None:
    """Say when a person last handed a check in."""
    return session().scalar(
        sa.select(sa.func.max(Attempt.submitted_at)).where(Attempt.person_id == person_id, Attempt.quiz_id == quiz_id)
    )


def _row(quiz: Quiz, check: CheckRow, had: _Sittings, reader: uuid.UUID) -> StartRow:
    size, fresh = _sizes(reader, quiz)
    limit, wait = limited_until(reader, quiz), wait_until(reader, quiz, had.last_at)
    return StartRow(
        check=check,
        size=size,
        fresh=fresh,
        open_id=had.open_id,
        answered=had.answered,
        last_id=had.last_id,
        last_at=had.last_at,
        wait_until=max((at for at in (limit, wait) if at), default=None),
        minutes=quiz.minutes,
        most=quiz.most_attempts,
        days=quiz.window_days,
        limited=limit is not None and (wait is None or limit > wait),
        refusal=module_forms.refusal(quiz, reader) if check.is_of_module else None,
    )


def _sizes(reader: uuid.UUID, quiz: Quiz) -> tuple[int, int]:
    """Count what a check asks (of a skill: at most), and what of it the reader has not had for 30 days."""
    if quiz.kind == QuizKind.SKILL:
        kept = bank.bank_of(reader, quiz.skill_id, quiz.id)
        return min(rules.MOST, len(kept.questions)), kept.fresh(clock.now())
    if quiz.kind in rules.OF_MODULE:
        return len(parallel.draw(bank.questions_of_module(quiz.module_id or ""), seed=0).before), 0
    return len(quiz.items), 0


@dataclass(frozen=True, slots=True)
class _Sittings:
    open_id: uuid.UUID | None = None
    answered: int = 0
    last_id: uuid.UUID | None = None
    last_at: datetime | None = None


def _sittings(person_id: uuid.UUID, quiz_id: str) -> _Sittings:
    """Find the open attempt with what is answered, and the last one handed in: at most two rows of one statement."""
    mine = sa.and_(Attempt.person_id == person_id, Attempt.quiz_id == quiz_id)
    last = sa.select(sa.func.max(Attempt.submitted_at)).where(mine).scalar_subquery()
    query = sa.select(Attempt.id, Attempt.submitted_at, ANSWERED).where(
        mine, sa.or_(Attempt.submitted_at.is_(None), Attempt.submitted_at == last)
    )
    rows: Sequence[Any] = session().execute(query).all()
    begun = next((row for row in rows if row.submitted_at is None), None)
    done = next((row for row in rows if row.submitted_at is not None), None)
    return _Sittings(
        open_id=begun[0] if begun else None,
        answered=begun[2] if begun else 0,
        last_id=done[0] if done else None,
        last_at=done[1] if done else None,
    )
