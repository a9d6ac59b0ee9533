"""Read a submitted attempt: the score, and for those who may see them the answers with their key.

The key of a question stays closed while its person, or whoever reads, has it open in an attempt; it counts in no number
shown then.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from coach.access.identity import Identity
from coach.assessments.models import Attempt, AttemptItem
from coach.assessments.module_forms import releases_keys
from coach.assessments.narrowing import Narrowing, narrowed
from coach.assessments.queries import check_of, option_seed, still_asked
from coach.assessments.rows import CheckRow
from coach.db import session
from coach.errors import NotFound
from coach.items.marking import is_whole
from coach.items.models import ItemRevision
from coach.items.queries import explained
from coach.items.questions import Explanation
from coach.items.solving import right_answer
from coach.people.queries import visible_to
from coach.words import Message, Text

BLANK: Final = Message("Left blank.")


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """Hold a question with what was answered; `explanation` is None while its key is closed."""

    position: int
    stem: Text
    explanation: Explanation | None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """Hold a submitted attempt: of `size` questions that are not closed, `right` are right and `partly` in part.

    `waits`: its answers show once the other form of the module is handed in. `narrowing`: of a skill's check, for
    those who may see the answers, once no question of it is closed.
    """

    attempt_id: uuid.UUID
    person_id: uuid.UUID
    check: CheckRow
    submitted_at: datetime
    size: int
    right: int
    partly: int
    answers: tuple[AnsweredRow, ...]
    waits: bool = False
    narrowing: Narrowing | None = None

    @property
    def closed(self) -> int:
        """Count the questions whose key is not shown yet."""
        return sum(answer.explanation is None for answer in self.answers)


def submitted(identity: Identity, attempt_id: uuid.UUID) -> Attempt:
    """Load an attempt of somebody whose record the reader may see, once it is handed in; else raise NotFound."""
    found = session().scalar(
        sa.select(Attempt).where(
            Attempt.id == attempt_id, Attempt.submitted_at.is_not(None), Attempt.person_id.in_(visible_to(identity))
        )
    )
    if found is None:
        raise NotFound
    return found


def result_page(identity: Identity, attempt: Attempt, *, with_answers: bool) -> ResultRow:
    """Read what a submitted attempt came to; the answers and their key only where the reader may see them."""
    if attempt.submitted_at is None:
        raise NotFound
    rows, check = _answers(attempt.id), check_of(attempt.quiz_id)
    released = releases_keys(check.kind, check.module_id, attempt.person_id)
    readers = {attempt.person_id, identity.person_id}
    closed = frozenset(session().scalars(still_asked(readers))) if with_answers else frozenset()
    scores = [item.score or 0.0 for item, _ in rows if item.item_id not in closed]
    shown = with_answers and released
    return ResultRow(
        attempt_id=attempt.id,
        person_id=attempt.person_id,
        check=check,
        submitted_at=attempt.submitted_at,
        size=len(scores),
        right=sum(is_whole(score) for score in scores),
        partly=sum(score > 0 and not is_whole(score) for score in scores),
        answers=tuple(_answered(attempt, *row, closed) for row in rows) if shown else (),
        waits=with_answers and not released,
        narrowing=narrowed(attempt, rows) if shown and len(scores) == len(rows) else None,
    )


def _answers(attempt_id: uuid.UUID) -> list[tuple[AttemptItem, ItemRevision]]:
    query = (
        sa.select(AttemptItem, ItemRevision)
        .join(ItemRevision, ItemRevision.id == AttemptItem.item_revision_id)
        .where(AttemptItem.attempt_id == attempt_id)
        .order_by(AttemptItem.position)
    )
    return [(row[0], row[1]) for row in session().execute(query)]


def _answered(attempt: Attempt, item: AttemptItem, asked: ItemRevision, closed: frozenset[str]) -> AnsweredRow:
    stem = Text(**asked.body["stem"])
    if item.item_id in closed:
        return AnsweredRow(item.position, stem, None)
    seed = option_seed(attempt.seed, item.position)
    if item.answer is None:
        return AnsweredRow(item.position, stem, _left_blank(asked, seed))
    return AnsweredRow(item.position, stem, explained(asked, item.answer, seed))


def _left_blank(asked: ItemRevision, seed: int) -> Explanation:
    """Explain the right answer to somebody who gave none."""
    right = explained(asked, right_answer(asked), seed)
    lines = tuple(replace(line, given=BLANK, is_right=False) for line in right.lines)
    return replace(right, score=0.0, verdict=BLANK, chosen=(), lines=lines, why=None, right_why=right.why)
