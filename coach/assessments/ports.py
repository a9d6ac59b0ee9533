"""What the composition root tells this slice, so that it imports nothing above it."""

from __future__ import annotations

import uuid
from typing import Final

from coach.ports import Port

is_asked: Final[Port[[uuid.UUID, str], bool]] = Port("is a person asked, by somebody or by a lesson, for this check?")
"""Of a person and the id of a check: then it may be taken again at once."""
