"""Verbs of what happens in coaching."""

from typing import Final

LOGGED: Final = "coaching.logged"
CHANGED: Final = "coaching.changed"
ACKNOWLEDGED: Final = "coaching.acknowledged"
WITHDRAWN: Final = "coaching.withdrawn"
ACTION_DONE: Final = "coaching.action_done"
ACTION_LOOKED_AT: Final = "coaching.action_looked_at"
