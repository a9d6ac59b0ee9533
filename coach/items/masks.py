"""Names under which a page shows lines whose own ids would tell the key.

The ids of an order stand in the right order and a pair's two sides share one id, so the page gets a hash instead.
The whole body goes into it, with the reasons that no page shows before the answer; so it cannot be worked out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from coach.content.kinds import ItemKind


def mask(body: Mapping[str, Any], name: str) -> str:
    """Give the shown name of a line."""
    return sha256(f"{json.dumps(body, sort_keys=True)}\n{name}".encode()).hexdigest()[:12]


def unmask(body: Mapping[str, Any], names: Iterable[str]) -> Mapping[str, str]:
    """Map the shown names of lines back to their own."""
    return {mask(body, name): name for name in names}


def line_ids(kind: str, body: Mapping[str, Any]) -> list[str]:
    """List the ids of an item's lines or options in the order of the file; none where an answer is typed."""
    part = {
        ItemKind.SINGLE: "options",
        ItemKind.MULTIPLE: "options",
        ItemKind.ORDER: "sequence",
        ItemKind.MATCH: "pairs",
    }
    return [each["id"] for each in body[part[ItemKind(kind)]]] if ItemKind(kind) in part else []
