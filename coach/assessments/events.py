"""Verbs of what happens to attempts."""

from typing import Final

SUBMITTED: Final = "attempt.submitted"
