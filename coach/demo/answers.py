"""Right and wrong answers to an item, for people of the story who know and who do not."""

from __future__ import annotations

import random
from typing import Any

from coach.content.kinds import ItemKind
from coach.items.marking import right_options
from coach.items.models import ItemRevision
from coach.items.solving import right_answer

__all__ = ["right_answer", "wrong_answer"]

Answer = dict[str, Any]


def wrong_answer(revision: ItemRevision, chance: random.Random) -> Answer:
    """Answer as somebody who does not know: a wrong option, another order, a figure that is off."""
    body, kind = revision.body, ItemKind(revision.kind)
    if kind is ItemKind.SINGLE:
        return {"choice": chance.choice([o["id"] for o in body["options"] if not o["right"]])}
    if kind is ItemKind.MULTIPLE:
        wrong = [o["id"] for o in body["options"] if not o["right"]]
        return {"choices": [right_options(body)[0], chance.choice(wrong)] if wrong else right_options(body)[:1]}
    if kind is ItemKind.TRUE_FALSE:
        return {"value": not body["answer"]}
    if kind is ItemKind.ORDER:
        return {"order": [entry["id"] for entry in reversed(body["sequence"])]}
    if kind is ItemKind.MATCH:
        ids = [pair["id"] for pair in body["pairs"]]
        return {"pairs": dict(zip(ids, [*ids[1:], ids[0]], strict=True))}
    if kind is ItemKind.NUMBER:
        return {"number": float(body["answer"]) * 2.0 + 1.0}
    return {"text": "no idea"}
