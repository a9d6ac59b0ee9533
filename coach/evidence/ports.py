"""What the slices above tell this one, so that it imports nothing above it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence

OpenFindings = Callable[[Sequence[uuid.UUID], str | None], Mapping[tuple[uuid.UUID, str], uuid.UUID]]
_told: list[OpenFindings] = []


def connect(told: OpenFindings) -> None:
    """Take the answer to "which findings are open about these people, in this skill or in any?"."""
    _told[:] = [told]


def open_findings(
    person_ids: Sequence[uuid.UUID], skill_id: str | None = None
) -> Mapping[tuple[uuid.UUID, str], uuid.UUID]:
    """Map people and skills to the open finding about them: only an open finding is drawn as clearly below."""
    return {pair: id_ for told in _told for pair, id_ in told(person_ids, skill_id).items()}
