"""Who holds which relation to Jiwoo in the filled department: the personas of the demo, and three that it lacks."""

from __future__ import annotations

from typing import Final

from coach.demo.commands import PERSONAS

# Persona -> who it is, and every relation of the matrix that they hold to Jiwoo there.
HOLDS: Final[dict[str, tuple[str, frozenset[str]]]] = {
    "self": (PERSONAS["self"][0], frozenset({"self"})),
    "author": (PERSONAS["author"][0], frozenset({"author", "coach", "peer"})),
    "coach": ("eunbi", frozenset({"coach", "peer"})),
    "manager": (PERSONAS["manager"][0], frozenset({"manager", "peer"})),
    "upline": (PERSONAS["upline"][0], frozenset({"upline"})),
    "peer": (PERSONAS["peer"][0], frozenset({"peer"})),
    "outsider": (PERSONAS["outsider"][0], frozenset({"outsider"})),
    "coach_other": (PERSONAS["coach_other"][0], frozenset({"coach_other", "outsider"})),
    "coach_former": (PERSONAS["coach_former"][0], frozenset({"coach_former", "peer"})),
    "manager_other": (PERSONAS["manager_other"][0], frozenset({"manager_other", "outsider"})),
    "manager_former": (PERSONAS["manager_former"][0], frozenset({"manager_former", "outsider"})),
    "editor": (PERSONAS["editor"][0], frozenset({"editor", "outsider"})),
    "admin": (PERSONAS["admin"][0], frozenset({"admin", "outsider"})),
}
