"""Verbs of what happens to assignments."""

from typing import Final

MADE: Final = "assignment.made"
WITHDRAWN: Final = "assignment.withdrawn"
MOVED: Final = "assignment.moved"
