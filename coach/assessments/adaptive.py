"""Go on with a skill's check: what to ask next, whether it is over, and how the range narrowed.

Everything here is worked out from the answers kept, each time anew: nothing that says whether an answer was right is
stored, or leaves this module, before the attempt is handed in.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from coach.assessments import rules
from coach.assessments.bank import Bank, bank_of, target_level
from coach.assessments.models import Attempt
from coach.evidence import queries as evidence
from coach.evidence import standards
from coach.items.marking import mark
from coach.items.models import ItemRevision

if TYPE_CHECKING:
    from coach.measurement.adaptive import Stop


@dataclass(frozen=True, slots=True)
class Picked:
    """Hold the question to ask next; `repeated` where the person had it within 30 days and no other is left."""

    item_id: str
    revision_id: uuid.UUID
    repeated: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold an answer as the measurement sees it."""

    slope: float
    difficulty: float
    score: float


def begin(attempt: Attempt) -> None:
    """Fix what a check starts from: the person's estimate of the skill, else the prior, and the target."""
    attempt.mean, attempt.sd = _standing(attempt.person_id, attempt.skill_id)
    attempt.target = rules.threshold(target_level(attempt.person_id, attempt.skill_id))


def began_with(attempt: Attempt) -> tuple[float, float, float]:
    """Give the mean and SD that a check began with, and the target that it asks about."""
    if attempt.mean is None or attempt.sd is None or attempt.target is None:
        raise ValueError("the questions of this check were fixed when it began")
    return attempt.mean, attempt.sd, attempt.target


def pick(attempt: Attempt, *, asked: frozenset[str], now: datetime) -> Picked | None:
    """Choose the next question, by chance among the best five; None where every one was asked.

    The chance comes from the attempt's seed and the position: the same answers always meet the same question.
    """
    import numpy as np

    from coach.measurement.adaptive import Candidate, ChoiceRules, choose_item

    bank = bank_of(attempt.person_id, attempt.skill_id, attempt.quiz_id)
    choice = choose_item(
        [Candidate(q.item_id, q.slope, q.difficulty, "", _days(q.seen_at, now), q.checks) for q in bank.questions],
        target=began_with(attempt)[2],
        asked=asked,
        checks=bank.checks,
        rng=np.random.default_rng([attempt.seed, len(asked) + 1]),
        rules=ChoiceRules(rest_days=rules.REST.days),
    )
    return None if choice is None else _picked(bank, choice.item_id, choice.repeated)


def answer_of(revision: ItemRevision, answer: dict[str, Any]) -> Answer:
    """Mark an answer for the choice of the next question."""
    return Answer(revision.slope, revision.difficulty, mark(revision.kind, revision.body, answer))


def judged(attempt: Attempt, answers: Sequence[Answer], *, last: bool = False) -> Stop:
    """Say what a check's own posterior makes of the answers; `last` where no further question follows."""
    from coach.measurement.adaptive import stop

    mean, sd, target = began_with(attempt)
    return stop(
        mean,
        sd,
        [a.slope for a in answers],
        [a.difficulty for a in answers],
        [a.score for a in answers],
        target,
        least=rules.LEAST,
        most=rules.MOST,
        exhausted=last,
    )


def goes_on(attempt: Attempt, answers: Sequence[Answer]) -> bool:
    """Tell whether the check has something left to find out."""
    from coach.measurement.adaptive import Verdict

    return judged(attempt, answers).verdict is Verdict.ASK_MORE


def _standing(person_id: uuid.UUID, skill_id: str) -> tuple[float, float]:
    cell = evidence.cell(person_id, skill_id)
    if cell is not None:
        return cell.mean, cell.sd
    rules, expected = standards.applied(person_id, skill_id)
    prior = rules.settings(expected.skill_kind, expected.mu0, expected.s0)
    return prior.mu0, prior.s0


def _days(seen_at: datetime | None, now: datetime) -> float | None:
    return None if seen_at is None else (now - seen_at).total_seconds() / 86400


def _picked(bank: Bank, item_id: str, repeated: bool) -> Picked:
    question = next(q for q in bank.questions if q.item_id == item_id)
    return Picked(item_id, question.revision_id, repeated)
