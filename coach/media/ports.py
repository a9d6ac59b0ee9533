"""How large a file may be, as the composition root tells it from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.media.formats import Kind

MEGABYTE: Final = 1024 * 1024
FORM_ROOM: Final = MEGABYTE
"""What the other fields of an upload form may weigh."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Hold the largest file of each kind, in megabytes."""

    picture: int = 5
    recording: int = 60
    document: int = 20

    def of(self, kind: Kind) -> int:
        """Give the limit of a kind, in megabytes."""
        return {Kind.PICTURE: self.picture, Kind.DOCUMENT: self.document}.get(kind, self.recording)

    @property
    def request(self) -> int:
        """Give the largest body of an upload, in bytes."""
        return max(self.picture, self.recording, self.document) * MEGABYTE + FORM_ROOM


_limits: list[Limits] = [Limits()]


def connect(limits: Limits) -> None:
    """Take the limits of this installation."""
    _limits[:] = [limits]


def limits() -> Limits:
    """Give the limits in force."""
    return _limits[0]
