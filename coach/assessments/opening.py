"""Put the questions of a check that is begun: all of them where they are fixed, the first where they are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from coach import clock
from coach.assessments import adaptive, bank, parallel, rules
from coach.assessments.models import Attempt, AttemptItem, ModuleForms, Quiz
from coach.assessments.rules import QuizKind
from coach.db import insert_once, session
from coach.errors import Invalid
from coach.words import Message

LARGEST_SEED: Final = 2**31 - 64  # a seed and a position fit an integer column
TOO_FEW: Final = Message("There are too few questions for this check.")


def put_questions(quiz: Quiz, attempt: Attempt) -> None:
    """Give a new attempt its questions and, where the check has a limit, the moment at which it closes."""
    if quiz.minutes is not None:
        attempt.closes_at = attempt.started_at + timedelta(minutes=quiz.minutes)
    if quiz.kind == QuizKind.SKILL:
        _put_first(attempt)
    elif quiz.kind == QuizKind.LESSON:
        put(attempt, quiz.items, least=1)
    else:
        put(attempt, _form(quiz, attempt), least=rules.FEWEST)


def put(attempt: Attempt, item_ids: Sequence[str], *, least: int) -> None:
    """Put questions in an order; those retired meanwhile are left out."""
    found = bank.revisions_in_use(item_ids)
    asked = [name for name in item_ids if name in found]
    if len(asked) < least:
        raise Invalid(TOO_FEW)
    session().add_all(
        AttemptItem(attempt_id=attempt.id, position=n, item_id=name, item_revision_id=found[name])
        for n, name in enumerate(asked, start=1)
    )


def put_next(attempt: Attempt, asked: frozenset[str]) -> bool:
    """Choose the next question of an adaptive check and put it; False where there is none left."""
    picked = adaptive.pick(attempt, asked=asked, now=clock.now())
    if picked is None:
        return False
    row = AttemptItem(
        attempt_id=attempt.id,
        position=len(asked) + 1,
        item_id=picked.item_id,
        item_revision_id=picked.revision_id,
        repeated=picked.repeated,
    )
    session().add(row)
    session().flush()
    return True


def _put_first(attempt: Attempt) -> None:
    kept = bank.bank_of(attempt.person_id, attempt.skill_id, attempt.quiz_id)
    if len(kept.questions) < rules.LEAST:
        raise Invalid(TOO_FEW)
    adaptive.begin(attempt)
    put_next(attempt, frozenset())


def _form(quiz: Quiz, attempt: Attempt) -> Sequence[str]:
    """Read the person's form of a module; both are drawn, once for all, when the first is begun."""
    person_id, module_id = attempt.person_id, quiz.module_id or ""
    drawn = parallel.draw(bank.questions_of_module(module_id), seed=attempt.seed)
    row = {
        "person_id": person_id,
        "module_id": module_id,
        "seed": attempt.seed,
        "before": list(drawn.before),
        "after": list(drawn.after),
        "made_at": clock.now(),
    }
    insert_once(ModuleForms, row)
    kept = (
        session()
        .scalars(sa.select(ModuleForms).where(ModuleForms.person_id == person_id, ModuleForms.module_id == module_id))
        .one()
    )
    return [str(name) for name in (kept.before if quiz.kind == QuizKind.BEFORE else kept.after)]
