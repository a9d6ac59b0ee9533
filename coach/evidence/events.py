"""Verbs of what happens to evidence."""

from typing import Final

ADDED: Final = "evidence.added"
RETRACTED: Final = "evidence.retracted"
CONTESTED: Final = "evidence.contested"
CONTEST_ANSWERED: Final = "evidence.contest_answered"
SETTINGS_CHANGED: Final = "evidence.settings_changed"
CALIBRATED: Final = "evidence.calibrated"
