"""Verbs of what happens to work handed in. That it was scored is an event of `rubrics`, of kind KIND."""

from typing import Final

KIND: Final = "practice"
HANDED_IN: Final = "practice.handed_in"
ANSWERED: Final = "practice.answered"
