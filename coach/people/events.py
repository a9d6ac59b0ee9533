"""Verbs of what happens to people."""

from typing import Final

ADDED: Final = "person.added"
RENAMED: Final = "person.renamed"
DETAILS_CHANGED: Final = "person.details_changed"
TEAM_ADDED: Final = "team.added"
TEAM_CHANGED: Final = "person.team_changed"
ROLE_CHANGED: Final = "person.role_changed"
MANAGER_CHANGED: Final = "person.manager_changed"
COACH_PAIRED: Final = "person.coach_paired"
COACH_ENDED: Final = "person.coach_ended"
CAPABILITIES_CHANGED: Final = "person.capabilities_changed"
DEACTIVATED: Final = "person.deactivated"
REACTIVATED: Final = "person.reactivated"
