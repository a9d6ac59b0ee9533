"""Verbs of what happens to conversations."""

from typing import Final

ENDED: Final = "conversation.ended"
