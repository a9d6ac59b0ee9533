"""The two forms round a module: which is open to whom, and what stands of them on the module's page.

A form is taken once: the one before while no lesson of the module is done, the one after when all of them are. What
was right in the first shows only after the second is handed in, since the lessons' checks ask some of the same.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from coach.access.identity import Identity
from coach.assessments.models import Attempt, AttemptItem, Quiz
from coach.assessments.queries import still_asked
from coach.assessments.rules import OF_MODULE, QuizKind
from coach.db import session
from coach.errors import Invalid
from coach.training.beside import FormRow, ModuleForms
from coach.training.models import Lesson, LessonRun
from coach.words import Message

_WHOLE: Final = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class _Progress:
    lessons: int
    done: int

    def opens(self, kind: str) -> bool:
        """Tell whether a form's time has come."""
        return self.done == 0 if kind == QuizKind.BEFORE else 0 < self.lessons <= self.done


def refuse_out_of_turn(quiz: Quiz, person_id: uuid.UUID) -> None:
    """Raise Invalid where a form is not open to a person."""
    said = refusal(quiz, person_id)
    if said is not None:
        raise Invalid(said)


def refusal(quiz: Quiz, person_id: uuid.UUID) -> Message | None:
    """Say why a person may not begin a form; None where they may."""
    if is_taken(person_id, quiz.id):
        return Message("You have taken this check. It is taken once.")
    if _progress(person_id, quiz.module_id or "").opens(quiz.kind):
        return None
    if quiz.kind == QuizKind.BEFORE:
        return Message("You are through a lesson of this module already. This check is for the time before.")
    return Message("This check opens once you are through every lesson of the module.")


def releases_keys(check_kind: str, module_id: str | None, person_id: uuid.UUID) -> bool:
    """Tell whether a submitted attempt of a check may show what was right."""
    if check_kind != QuizKind.BEFORE:
        return True
    after = sa.select(Quiz.id).where(Quiz.module_id == module_id, Quiz.kind == QuizKind.AFTER).scalar_subquery()
    return session().scalar(_taken(person_id, after)) is not None


def is_taken(person_id: uuid.UUID, quiz_id: str) -> bool:
    """Tell whether a person has handed a check in."""
    return session().scalar(_taken(person_id, quiz_id)) is not None


def forms_of(identity: Identity, module_id: str) -> ModuleForms | None:
    """Read both forms of a module for its page, with two statements; None where nothing is to be said."""
    rows, progress = _sat(identity.person_id, module_id), _progress(identity.person_id, module_id)
    found = {}
    for row in rows:
        taken, begun = row.submitted_at is not None, row.attempt_id is not None
        opens = row.retired_at is None and not taken and progress.opens(row.kind)
        if taken or begun or opens:
            found[row.kind] = FormRow(row.quiz_id, row.attempt_id, row.right or 0, row.size or 0, taken)
    if not found:
        return None
    return ModuleForms(found.get(QuizKind.BEFORE), found.get(QuizKind.AFTER))


def _progress(person_id: uuid.UUID, module_id: str) -> _Progress:
    through = sa.and_(
        LessonRun.lesson_id == Lesson.id, LessonRun.person_id == person_id, LessonRun.completed_at.is_not(None)
    )
    query = (
        sa.select(sa.func.count(sa.distinct(Lesson.id)), sa.func.count(sa.distinct(LessonRun.lesson_id)))
        .outerjoin(LessonRun, through)
        .where(Lesson.module_id == module_id, Lesson.retired_at.is_(None))
    )
    return _Progress(*session().execute(query).one())


def _taken(person_id: uuid.UUID, quiz_id: Any) -> sa.Select[uuid.UUID]:
    query = sa.select(Attempt.id).where(Attempt.person_id == person_id, Attempt.quiz_id == quiz_id)
    return query.where(Attempt.submitted_at.is_not(None)).limit(1)


def _sat(person_id: uuid.UUID, module_id: str) -> list[Any]:
    """Read both forms with the person's sitting of each, how many of its questions are not open elsewhere and right."""
    mine = sa.and_(Attempt.quiz_id == Quiz.id, Attempt.person_id == person_id)
    not_open = AttemptItem.item_id.not_in(still_asked({person_id}))
    settled = sa.and_(AttemptItem.attempt_id == Attempt.id, not_open)
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            Quiz.id.label("quiz_id"),
            Quiz.kind,
            Quiz.retired_at,
            Attempt.id.label("attempt_id"),
            Attempt.submitted_at,
            sa.func.count(AttemptItem.position).label("size"),
            sa.func.sum(sa.case((AttemptItem.score >= _WHOLE, 1), else_=0)).label("right"),
        )
        .outerjoin(Attempt, mine)
        .outerjoin(AttemptItem, settled)
        .where(Quiz.module_id == module_id, Quiz.kind.in_(sorted(OF_MODULE)))
        .group_by(Quiz.id, Quiz.kind, Quiz.retired_at, Attempt.id, Attempt.submitted_at)
    )
    return list(session().execute(query))
