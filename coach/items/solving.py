"""The answer that an item's key says is right."""

from __future__ import annotations

from typing import Any

from coach.content.kinds import ItemKind
from coach.items.marking import right_options
from coach.items.models import ItemRevision


def right_answer(revision: ItemRevision) -> dict[str, Any]:
    """Answer as the key says, in the shape that `marking` reads."""
    body, kind = revision.body, ItemKind(revision.kind)
    if kind is ItemKind.SINGLE:
        return {"choice": right_options(body)[0]}
    if kind is ItemKind.MULTIPLE:
        return {"choices": right_options(body)}
    if kind is ItemKind.TRUE_FALSE:
        return {"value": body["answer"]}
    if kind is ItemKind.ORDER:
        return {"order": [entry["id"] for entry in body["sequence"]]}
    if kind is ItemKind.MATCH:
        return {"pairs": {pair["id"]: pair["id"] for pair in body["pairs"]}}
    if kind is ItemKind.NUMBER:
        return {"number": float(body["answer"])}
    return {"text": body["accept"]["en"][0]}
