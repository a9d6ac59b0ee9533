"""Verbs of what happens in training."""

from typing import Final

STARTED: Final = "lesson.started"
COMPLETED: Final = "lesson.completed"
