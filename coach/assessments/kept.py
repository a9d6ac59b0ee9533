"""A kept answer, put back into the fields of the form it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coach.content.kinds import ItemKind
from coach.items.masks import mask
from coach.items.typed import Typed
from coach.items.wordings import Wording


def typed_before(asked: Wording, answer: Mapping[str, Any] | None) -> Typed:
    """Give what somebody chose or typed for the answer that is kept; empty fields where there is none."""
    if answer is None:
        return Typed()
    kind, body = ItemKind(asked.kind), asked.body
    if kind == ItemKind.ORDER:
        return Typed(lines={mask(body, line): str(place) for place, line in enumerate(answer["order"], start=1)})
    if kind == ItemKind.MATCH:
        return Typed(lines={left: mask(body, right) for left, right in answer["pairs"].items()})
    if kind == ItemKind.NUMBER:
        return Typed(text=f"{answer['number']:.12g}")
    if kind == ItemKind.SHORT_TEXT:
        return Typed(text=answer["text"])
    if kind == ItemKind.TRUE_FALSE:
        return Typed(chosen=("true" if answer["value"] else "false",))
    return Typed(chosen=tuple(answer["choices"]) if kind == ItemKind.MULTIPLE else (answer["choice"],))
