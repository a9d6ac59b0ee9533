"""Verbs of what happens to scorings."""

from typing import Final

SCORED: Final = "rubric.scored"
CORRECTED: Final = "rubric.corrected"
REMARKED: Final = "rubric.remarked"
