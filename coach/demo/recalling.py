"""Drills of the story: who answers on which day what comes back of a lesson."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Final

from coach import clock
from coach.access.identity import Identity
from coach.demo.answers import right_answer, wrong_answer
from coach.demo.people import Ids
from coach.drills import queries, services

DRILLED: Final = (("jiwoo", (10, 7, 5)), ("maya", (21, 14)), ("yuna", (13,)))
"""Who, and so many days before the story ends."""
KNOWN: Final = 0.75
ZONE: Final = "Asia/Seoul"


def drill(ids: Ids, key: str) -> None:
    """Answer what the day asks, three of four rightly; chance of its own, so that the rest of the story stays."""
    by = ids[key]
    chance = random.Random(f"{key} {clock.today(ZONE)}")
    for card_id in queries.due(by, ZONE).cards:
        card = queries.card(Identity(by), card_id)
        given = right_answer(card.asked) if chance.random() < KNOWN else wrong_answer(card.asked, chance)
        services.answer(
            by=by,
            card_id=card.id,
            turn=card.turn,
            revision_id=card.asked.id,
            answer=given,
            shown_at=clock.now() - timedelta(seconds=chance.randrange(8, 26)),
        )
