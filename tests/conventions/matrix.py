"""The access matrix as tests read it: what each object.action grants, denies and must be seen to deny."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

HERE: Final = Path(__file__).resolve().parent.parent
COPY: Final = HERE / "access_matrix.yaml"
ORIGINAL: Final = HERE.parent.parent / "shared" / "access_matrix.yaml"


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold one action on one kind of record."""

    name: str
    allow: frozenset[str]
    allow_if: frozenset[str]
    must_deny: frozenset[str]
    deny_as: str
    recent: bool

    @property
    def granted(self) -> frozenset[str]:
        """Give every relation that may be granted it, with or without a condition."""
        return self.allow | self.allow_if

    @property
    def denial(self) -> int:
        """Give the status that a denial is told with: 404 where existence is private, else 403."""
        return {"hide": 404, "forbid": 403}[self.deny_as]


@cache
def document() -> dict[str, Any]:
    """Read the project's copy of the matrix."""
    loaded: dict[str, Any] = yaml.safe_load(COPY.read_text(encoding="utf-8"))
    return loaded


@cache
def rules() -> dict[str, Rule]:
    """Give every rule by object.action."""
    return {
        f"{kind['id']}.{action}": Rule(
            name=f"{kind['id']}.{action}",
            allow=frozenset(entry.get("allow", ())),
            allow_if=frozenset(entry.get("allow_if", ())),
            must_deny=frozenset(entry.get("must_deny", ())),
            deny_as=kind["deny_as"],
            recent="recent_auth" in entry.get("allow_if", {}).values(),
        )
        for kind in document()["objects"]
        for action, entry in kind["actions"].items()
    }
