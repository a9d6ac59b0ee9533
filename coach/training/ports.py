"""What the slices above tell this one, so that it imports nothing above it: how near a certificate is."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from coach.people.queries import PersonRow
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


Told = Callable[[PersonRow, Path, date], CertificateRow | None]
_told: list[Told] = []


def connect(told: Told) -> None:
    """Take the answer to "how does this person stand to the certificate of their role?"."""
    _told[:] = [told]


def certificate(person: PersonRow, path: Path, today: date) -> CertificateRow | None:
    """Say how a person stands to the certificate of their role; None where it has none."""
    return next((row for told in _told if (row := told(person, path, today)) is not None), None)
