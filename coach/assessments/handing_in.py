"""Hand an attempt in: mark it, leave evidence of each skill of which enough was asked, say that it happened."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coach.activity.services import record
from coach.assessments import events, rules
from coach.assessments.models import Attempt, AttemptItem
from coach.db import session
from coach.evidence import services as evidence
from coach.items.marking import is_whole, mark
from coach.items.models import Item, ItemRevision
from coach.measurement.convert import quiz_evidence


@dataclass(frozen=True, slots=True)
class Put:
    """Hold a question of an attempt with its wording and the skill it is about."""

    item: AttemptItem
    revision: ItemRevision
    skill_id: str

    @property
    def is_answered(self) -> bool:
        """Tell whether there is an answer."""
        return self.item.answered_at is not None


def questions(attempt: Attempt) -> list[Put]:
    """Read the questions of an attempt as they stand now, in order."""
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(AttemptItem, ItemRevision, Item.skill_id)
        .join(ItemRevision, ItemRevision.id == AttemptItem.item_revision_id)
        .join(Item, Item.id == AttemptItem.item_id)
        .where(AttemptItem.attempt_id == attempt.id)
        .order_by(AttemptItem.position)
        .execution_options(populate_existing=True)
    )
    return [Put(*row) for row in session().execute(query)]


def hand_in(attempt: Attempt, asked: Sequence[Put], *, by: uuid.UUID | None, at: datetime) -> None:
    """Mark an attempt that the caller holds; in a skill's check only what was answered was asked."""
    if attempt.is_adaptive:
        for put in asked:
            if not put.is_answered:
                session().delete(put.item)
        asked = [put for put in asked if put.is_answered]
    for put in asked:
        put.item.score = 0.0 if put.item.answer is None else mark(put.revision.kind, put.revision.body, put.item.answer)
    attempt.submitted_at, attempt.right = at, sum(put.item.score or 0.0 for put in asked)
    session().flush()
    for skill_id, some in _by_skill(asked).items():
        if len(some) >= (rules.LEAST if attempt.is_adaptive else rules.FEWEST):
            _leave_evidence(attempt, skill_id, some, at)
    counts = {"quiz": attempt.quiz_id, "skill": attempt.skill_id, "n": len(asked), "right": attempt.right}
    record(events.SUBMITTED, by=by, about=attempt.person_id, kind="attempt", object_id=attempt.id, **counts)


def _by_skill(asked: Sequence[Put]) -> Mapping[str, list[Put]]:
    """Group the questions, in one order for everybody: two of a team who hand in at once then never wait in a ring."""
    found: defaultdict[str, list[Put]] = defaultdict(list)
    for put in sorted(asked, key=lambda put: put.skill_id):
        found[put.skill_id].append(put)
    return found


def _leave_evidence(attempt: Attempt, skill_id: str, asked: Sequence[Put], at: datetime) -> None:
    """Add one piece: the likelihood of the answers alone, never the check's own posterior."""
    scores = [put.item.score or 0.0 for put in asked]
    y, v = quiz_evidence([p.revision.slope for p in asked], [p.revision.difficulty for p in asked], scores)
    evidence.add(
        by=attempt.person_id,
        person_id=attempt.person_id,
        skill_id=skill_id,
        kind="quiz",
        source=f"quiz:{attempt.quiz_id}",
        setting="check",
        seen_at=at,
        y=y,
        v=v,
        raw={
            "items": {put.item.item_id: score for put, score in zip(asked, scores, strict=True)},
            "n": len(asked),
            "right": sum(is_whole(score) for score in scores),
        },
        origin_kind="attempt",
        origin_id=attempt.id,
    )
