"""What the codes of the logs are called on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from coach.accounts import events as accounts
from coach.people import events as people
from coach.words import Message

KINDS: Final[Mapping[str, Message]] = {
    "public": Message("Signing in"),
    "own_account": Message("Account"),
    "profile_basic": Message("Name and team"),
    "profile_full": Message("Profile"),
    "org_structure": Message("Reporting lines and coaches"),
    "module_published": Message("Lessons"),
    "module_draft": Message("Drafts"),
    "question_bank_export": Message("Question bank"),
    "quiz_key": Message("Keys and statistics of questions"),
    "attempt_own": Message("Own checks"),
    "attempt_result": Message("Results of checks"),
    "progress": Message("Learning progress"),
    "skill_assessment": Message("Skills and evidence"),
    "coaching_log_shared": Message("Coaching notes"),
    "finding": Message("Findings"),
    "team_findings": Message("Findings of a team"),
    "assignment": Message("Assigned work"),
    "team_dashboard": Message("Team page"),
    "audit_log": Message("Audit"),
    "user_admin": Message("Accounts"),
}
ACTS: Final[Mapping[str, Message]] = {
    "login": Message("sign in"),
    "read": Message("read"),
    "search": Message("search"),
    "list": Message("read"),
    "edit": Message("change"),
    "create": Message("add"),
    "delete": Message("take back"),
    "edit_prefs": Message("change"),
    "change_password": Message("change the password"),
    "end_session": Message("sign out elsewhere"),
    "read_coach_view": Message("read"),
    "edit_hr_fields": Message("change"),
    "assign_coach": Message("pair with a coach"),
    "end_coaching": Message("end coaching"),
    "publish": Message("publish"),
    "export": Message("give out"),
    "import": Message("bring in"),
    "item_statistics": Message("read"),
    "start": Message("begin"),
    "save_answer": Message("answer"),
    "submit": Message("hand in"),
    "read_score": Message("read the score"),
    "read_answers": Message("read the answers"),
    "grade_open": Message("score"),
    "mark": Message("note"),
    "self_rate": Message("rate oneself"),
    "rate": Message("rate"),
    "comment": Message("object or answer"),
    "acknowledge": Message("say that it was read"),
    "read_shared": Message("read"),
    "close": Message("close it"),
    "contest": Message("object"),
    "self_enrol": Message("take on"),
    "bulk_create": Message("give to several"),
    "read_team": Message("read"),
    "read_coachees": Message("read"),
    "read_own_access": Message("read"),
    "change_role": Message("change rights"),
    "disable": Message("deactivate"),
    "send_reset": Message("send a link"),
}
OUTCOMES: Final[Mapping[str, Message]] = {
    "granted": Message("Opened"),
    "denied": Message("Refused"),
    "alone": Message("Done without a second editor"),
}
CHANGES: Final[Mapping[str, Message]] = {
    accounts.SIGNED_IN: Message("Signed in"),
    accounts.SIGNED_OUT: Message("Signed out"),
    accounts.PASSWORD_SET: Message("Password set"),
    accounts.LINK_SENT: Message("Link sent"),
    people.ADDED: Message("Person added"),
    people.RENAMED: Message("Name changed"),
    people.DETAILS_CHANGED: Message("Details changed"),
    people.TEAM_ADDED: Message("Team added"),
    people.TEAM_CHANGED: Message("Team changed"),
    people.ROLE_CHANGED: Message("Role changed"),
    people.MANAGER_CHANGED: Message("Manager changed"),
    people.COACH_PAIRED: Message("Coach paired"),
    people.COACH_ENDED: Message("Coaching ended"),
    people.CAPABILITIES_CHANGED: Message("Rights changed"),
    people.DEACTIVATED: Message("Deactivated"),
    people.REACTIVATED: Message("Let in again"),
}


def kind_of(action: str) -> Message | str:
    """Name the kind of record that a permission is about; the code itself where it has no name."""
    return KINDS.get(action.split(".", maxsplit=1)[0], action)


def act_of(action: str) -> Message | str:
    """Name what a permission lets somebody do; the code itself where it has no name."""
    return ACTS.get(action.rsplit(".", maxsplit=1)[-1], action)
