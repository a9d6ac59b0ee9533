"""Verbs of what happens in training."""

from typing import Final

STARTED: Final = "lesson.started"
COMPLETED: Final = "lesson.completed"
SIGNED_UP: Final = "workshop.signed_up"
GAVE_UP: Final = "workshop.gave_up"
SEATED: Final = "workshop.seated"
MOVED: Final = "workshop.moved"
CALLED_OFF: Final = "workshop.called_off"
ATTENDED: Final = "workshop.attended"
OUTSIDE_SENT: Final = "outside.sent"
OUTSIDE_CONFIRMED: Final = "outside.confirmed"
OUTSIDE_DECLINED: Final = "outside.declined"
