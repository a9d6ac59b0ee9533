"""Verbs of what happens to findings."""

from typing import Final

OPENED: Final = "finding.opened"
RESOLVED: Final = "finding.resolved"
CONTESTED: Final = "finding.contested"
