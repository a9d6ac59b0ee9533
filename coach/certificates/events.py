"""Verbs of what happens to certificates."""

from typing import Final

EARNED: Final = "certificate.earned"
RENEWED: Final = "certificate.renewed"
