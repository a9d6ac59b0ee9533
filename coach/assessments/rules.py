"""The rules of a check on one page: how many questions, which ones, and when it may be taken again. Pure."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class QuizKind(StrEnum):
    """Tell the check at a lesson's end, its questions fixed, from a skill's, its questions drawn."""

    LESSON = "lesson"
    SKILL = "skill"


SIZE: Final = 6
AT_TARGET: Final = 4
FRESH_AFTER: Final = timedelta(days=30)
FEWEST: Final = 3
"""Below this an attempt says too little to be evidence (MEASUREMENT 1), and a skill's check is not offered."""
STEPS: Final = (2, 3, 4)
USUAL_STEP: Final = 3
"""Asked around where the person's role has no target for the skill."""
WAIT: Final = {QuizKind.LESSON: timedelta(hours=24), QuizKind.SKILL: timedelta(days=3)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold a question that may be drawn, and when the person last had it before them."""

    item_id: str
    revision_id: uuid.UUID
    step: int
    seen_at: datetime | None

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether the person has not had it for 30 days."""
        return self.seen_at is None or now - self.seen_at > FRESH_AFTER


def step_for(target_level: int | None) -> int:
    """Give the step to ask around: the one that leads to the role's target, within the steps there are."""
    return USUAL_STEP if target_level is None else min(max(target_level, STEPS[0]), STEPS[-1])


def draw(bank: Iterable[Candidate], *, step: int, seed: int, now: datetime) -> list[Candidate]:
    """Draw a skill's check: at most six, most at the step, some beside it, in an order of chance.

    What the person has not had for 30 days comes first, whatever its step; where too few are left, those seen longest
    ago fill up. One seed, bank and moment always give one draw.
    """
    chance = random.Random(seed)  # noqa: S311 -- a draw that can be repeated, nothing secret
    order = sorted(bank, key=lambda c: c.item_id)
    chance.shuffle(order)
    chosen = _around([c for c in order if c.is_fresh(now)], step)
    chosen += longest_ago(order, now)[: SIZE - len(chosen)]
    chance.shuffle(chosen)
    return chosen


def longest_ago(bank: Iterable[Candidate], now: datetime) -> list[Candidate]:
    """List what the person had within 30 days, the longest ago first."""
    seen = [(c.seen_at, c) for c in bank if c.seen_at is not None and not c.is_fresh(now)]
    return [c for _, c in sorted(seen, key=lambda pair: pair[0])]


def repeats(bank: Sequence[Candidate], now: datetime) -> int:
    """Count the questions of the next draw that the person had within 30 days."""
    return min(SIZE, len(bank)) - min(SIZE, sum(c.is_fresh(now) for c in bank))


def free_from(kind: str, last_submitted: datetime | None) -> datetime | None:
    """Say from when a check may be taken again; None before the first time."""
    return None if last_submitted is None else last_submitted + WAIT[QuizKind(kind)]


def _around(fresh: list[Candidate], step: int) -> list[Candidate]:
    beside = [s for s in (step - 1, step + 1) if s in STEPS]
    places = [step] * AT_TARGET + (beside * 2)[: SIZE - AT_TARGET]
    left, chosen = list(fresh), []
    for place in places:
        found = next((c for c in left if c.step == place), None)
        if found is not None:
            left.remove(found)
            chosen.append(found)
    left.sort(key=lambda c: abs(c.step - step))
    return (chosen + left)[:SIZE]
