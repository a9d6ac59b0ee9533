"""What the slices above tell this one, so that it imports nothing above it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Final

from coach.ports import Port

OpenFindings = Mapping[tuple[uuid.UUID, str], uuid.UUID]

open_findings: Final[Port[[Sequence[uuid.UUID], str | None], OpenFindings]] = Port(
    "which findings are open about these people, in this skill or (None) in any?"
)
"""By person and skill: only an open finding is drawn as clearly below."""
