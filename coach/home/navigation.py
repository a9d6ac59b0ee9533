"""The places of the house that a person sees in the rail and the tab bar."""

from __future__ import annotations

from typing import Final

from coach.access.identity import Capability
from coach.access.reader import Reader
from coach.web.ports import NavItem
from coach.words import Message

_TODAY: Final = NavItem("home.today", Message("Today"), "today")
_OF_LEARN: Final = (
    "/path",
    "/practice",
    "/scenarios",
    "/conversations/",
    "/workshops",
    "/calendar",
    "/drill",
    "/certificates",
    "/lessons/",
)
_LEARN: Final = NavItem("training.library", Message("Learn"), "learn", also=_OF_LEARN)
_LIBRARY: Final = NavItem("training.library", Message("Library"), "learn", also=_OF_LEARN)
_SKILLS: Final = NavItem("evidence.skills", Message("My skills"), "skills", short=Message("Skills"))
_NOTES: Final = NavItem("coaching.index", Message("Coaching notes"), "notes", short=Message("Notes"))
_LOG: Final = NavItem("coaching.index", Message("Coaching log"), "notes", short=Message("Log"))
_TEAM: Final = NavItem("reports.team", Message("Team"), "team")
_COACHEES: Final = NavItem("reports.coachees", Message("People I coach"), "team", short=Message("My people"))
_PEOPLE: Final = NavItem("people.directory", Message("People"), "person")
_AUTHOR: Final = NavItem("publishing.index", Message("Author"), "pencil", on_phone=False)
_QUESTIONS: Final = NavItem("reports.items", Message("Questions"), "quiz", on_phone=False)
_ACCOUNTS: Final = NavItem("people.admin", Message("Accounts"), "key", on_phone=False)
_AUDIT: Final = NavItem("operations.audit", Message("Audit"), "shield", on_phone=False)


def navigation(reader: Reader) -> tuple[NavItem, ...]:
    """Give the places for somebody who manages, coaches, runs the system, or learns; five at most on a phone."""
    author = (_AUTHOR, _QUESTIONS) if reader.identity.can(Capability.EDITOR) else ()
    return (*_work(reader), *author, *((_ACCOUNTS, _AUDIT) if reader.is_admin else ()))


def _work(reader: Reader) -> tuple[NavItem, ...]:
    if reader.manages:
        return (_TODAY, _TEAM, *((_COACHEES,) if reader.coaches else ()), _PEOPLE, _LIBRARY, _LOG)
    if reader.coaches:
        return (_TODAY, _COACHEES, _LEARN, _SKILLS, _NOTES)
    if reader.job_role_id is None:
        return (_TODAY, _PEOPLE, _LIBRARY)
    return (_TODAY, _LEARN, _SKILLS, _NOTES)
