"""What the slices above tell this one, so that it imports nothing above it: how near a certificate is."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Final

from coach.people.queries import PersonRow
from coach.ports import Port
from coach.training.path_rows import Path
from coach.words import Text


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """Hold the certificate of a role as one person stands to it: the one held, or what is missing.

    `steps` of the path are left, `skills` are not yet seen to be at their level.
    """

    name: Text
    held: uuid.UUID | None
    valid_until: date | None
    steps: int
    skills: tuple[Text, ...]


certificate: Final[Port[[PersonRow, Path, date], CertificateRow | None]] = Port(
    "how does this person, on this path, stand to the certificate of their role today?"
)
"""None where the role has none."""
