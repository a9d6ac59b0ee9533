"""The whole policy on a page: permission -> the relations that grant it. The contract is tests/access_matrix.yaml.

A permission is named object.action as there. Conditions of the matrix (`allow_if`) are checked where the record is:
the service or the query that loads it; this page says which relation may ask at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from coach.access.identity import Relation as R


class Permission(StrEnum):
    """Name an action on a kind of record."""

    OWN_ACCOUNT_READ = "own_account.read"
    OWN_ACCOUNT_EDIT_PREFS = "own_account.edit_prefs"
    OWN_ACCOUNT_CHANGE_PASSWORD = "own_account.change_password"  # noqa: S105 -- a permission's name
    OWN_ACCOUNT_END_SESSION = "own_account.end_session"
    PROFILE_BASIC_READ = "profile_basic.read"
    PROFILE_BASIC_SEARCH = "profile_basic.search"
    PROFILE_FULL_READ = "profile_full.read"
    PROFILE_FULL_READ_COACH_VIEW = "profile_full.read_coach_view"
    PROFILE_FULL_EDIT_HR_FIELDS = "profile_full.edit_hr_fields"
    ORG_STRUCTURE_READ = "org_structure.read"
    ORG_STRUCTURE_ASSIGN_COACH = "org_structure.assign_coach"
    ORG_STRUCTURE_END_COACHING = "org_structure.end_coaching"
    MODULE_PUBLISHED_READ = "module_published.read"
    MODULE_DRAFT_READ = "module_draft.read"
    MODULE_DRAFT_EDIT = "module_draft.edit"
    MODULE_DRAFT_PUBLISH = "module_draft.publish"
    QUESTION_BANK_EXPORT_EXPORT = "question_bank_export.export"
    QUESTION_BANK_EXPORT_IMPORT = "question_bank_export.import"
    QUIZ_KEY_ITEM_STATISTICS = "quiz_key.item_statistics"
    ATTEMPT_OWN_START = "attempt_own.start"
    ATTEMPT_OWN_SAVE_ANSWER = "attempt_own.save_answer"
    ATTEMPT_OWN_SUBMIT = "attempt_own.submit"
    ATTEMPT_RESULT_READ_SCORE = "attempt_result.read_score"
    ATTEMPT_RESULT_READ_ANSWERS = "attempt_result.read_answers"
    ATTEMPT_RESULT_GRADE_OPEN = "attempt_result.grade_open"
    PROGRESS_READ = "progress.read"
    PROGRESS_MARK = "progress.mark"
    SKILL_ASSESSMENT_READ = "skill_assessment.read"
    SKILL_ASSESSMENT_SELF_RATE = "skill_assessment.self_rate"
    SKILL_ASSESSMENT_RATE = "skill_assessment.rate"
    SKILL_ASSESSMENT_COMMENT = "skill_assessment.comment"
    COACHING_LOG_SHARED_READ = "coaching_log_shared.read"
    COACHING_LOG_SHARED_CREATE = "coaching_log_shared.create"
    COACHING_LOG_SHARED_EDIT = "coaching_log_shared.edit"
    COACHING_LOG_SHARED_ACKNOWLEDGE = "coaching_log_shared.acknowledge"
    COACHING_LOG_SHARED_DELETE = "coaching_log_shared.delete"
    FINDING_READ_SHARED = "finding.read_shared"
    FINDING_CLOSE = "finding.close"
    FINDING_CONTEST = "finding.contest"
    TEAM_FINDINGS_READ = "team_findings.read"
    ASSIGNMENT_READ = "assignment.read"
    ASSIGNMENT_CREATE = "assignment.create"
    ASSIGNMENT_SELF_ENROL = "assignment.self_enrol"
    ASSIGNMENT_EDIT = "assignment.edit"
    ASSIGNMENT_BULK_CREATE = "assignment.bulk_create"
    TEAM_DASHBOARD_READ_TEAM = "team_dashboard.read_team"
    TEAM_DASHBOARD_READ_COACHEES = "team_dashboard.read_coachees"
    AUDIT_LOG_READ = "audit_log.read"
    AUDIT_LOG_READ_OWN_ACCESS = "audit_log.read_own_access"
    USER_ADMIN_LIST = "user_admin.list"
    USER_ADMIN_CREATE = "user_admin.create"
    USER_ADMIN_IMPORT = "user_admin.import"
    USER_ADMIN_CHANGE_ROLE = "user_admin.change_role"
    USER_ADMIN_DISABLE = "user_admin.disable"
    USER_ADMIN_SEND_RESET = "user_admin.send_reset"


_LINE: Final = frozenset({R.SELF, R.COACH, R.MANAGER, R.UPLINE})
_TREE: Final = frozenset({R.COACH, R.MANAGER, R.UPLINE})
_SELF: Final = frozenset({R.SELF})
_ADMIN: Final = frozenset({R.ADMIN})
P = Permission

POLICY: Final[Mapping[Permission, frozenset[R]]] = {
    P.OWN_ACCOUNT_READ: _SELF,
    P.OWN_ACCOUNT_EDIT_PREFS: _SELF,
    P.OWN_ACCOUNT_CHANGE_PASSWORD: _SELF,
    P.OWN_ACCOUNT_END_SESSION: _SELF | _ADMIN,
    P.PROFILE_BASIC_READ: frozenset({R.ANY_USER}),
    P.PROFILE_BASIC_SEARCH: frozenset({R.ANY_USER}),
    P.PROFILE_FULL_READ: frozenset({R.SELF, R.MANAGER, R.UPLINE, R.ADMIN}),
    P.PROFILE_FULL_READ_COACH_VIEW: _LINE,
    P.PROFILE_FULL_EDIT_HR_FIELDS: _ADMIN,
    P.ORG_STRUCTURE_READ: frozenset({R.ADMIN, R.MANAGER, R.UPLINE, R.COACH}),
    P.ORG_STRUCTURE_ASSIGN_COACH: frozenset({R.ADMIN, R.MANAGER, R.UPLINE}),
    P.ORG_STRUCTURE_END_COACHING: frozenset({R.ADMIN, R.SELF, R.MANAGER, R.UPLINE, R.COACH}),
    P.MODULE_PUBLISHED_READ: frozenset({R.EDITOR, R.ANY_USER}),
    P.MODULE_DRAFT_READ: frozenset({R.EDITOR, R.AUTHOR, R.ANY_USER}),
    P.MODULE_DRAFT_EDIT: frozenset({R.EDITOR}),
    P.MODULE_DRAFT_PUBLISH: frozenset({R.EDITOR}),
    P.QUESTION_BANK_EXPORT_EXPORT: frozenset({R.EDITOR}),
    P.QUESTION_BANK_EXPORT_IMPORT: frozenset({R.EDITOR}),
    P.QUIZ_KEY_ITEM_STATISTICS: frozenset({R.EDITOR}),
    P.ATTEMPT_OWN_START: _SELF,
    P.ATTEMPT_OWN_SAVE_ANSWER: _SELF,
    P.ATTEMPT_OWN_SUBMIT: _SELF,
    P.ATTEMPT_RESULT_READ_SCORE: _LINE,
    P.ATTEMPT_RESULT_READ_ANSWERS: frozenset({R.SELF, R.COACH, R.MANAGER}),
    P.ATTEMPT_RESULT_GRADE_OPEN: frozenset({R.COACH, R.MANAGER}),
    P.PROGRESS_READ: _LINE,
    P.PROGRESS_MARK: _SELF,
    P.SKILL_ASSESSMENT_READ: _LINE | {R.AUTHOR},
    P.SKILL_ASSESSMENT_SELF_RATE: _SELF,
    P.SKILL_ASSESSMENT_RATE: frozenset({R.COACH, R.MANAGER}),
    P.SKILL_ASSESSMENT_COMMENT: _SELF,
    P.COACHING_LOG_SHARED_READ: _LINE,
    P.COACHING_LOG_SHARED_CREATE: frozenset({R.COACH, R.MANAGER}),
    P.COACHING_LOG_SHARED_EDIT: frozenset({R.AUTHOR}),
    P.COACHING_LOG_SHARED_ACKNOWLEDGE: _SELF,
    P.COACHING_LOG_SHARED_DELETE: frozenset({R.AUTHOR}),
    P.FINDING_READ_SHARED: _LINE,
    P.FINDING_CLOSE: frozenset({R.COACH, R.MANAGER}),
    P.FINDING_CONTEST: _SELF,
    P.TEAM_FINDINGS_READ: _TREE,
    P.ASSIGNMENT_READ: _LINE | {R.AUTHOR},
    P.ASSIGNMENT_CREATE: _TREE,
    P.ASSIGNMENT_SELF_ENROL: _SELF,
    P.ASSIGNMENT_EDIT: frozenset({R.MANAGER, R.AUTHOR, R.UPLINE}),
    P.ASSIGNMENT_BULK_CREATE: _TREE,
    P.TEAM_DASHBOARD_READ_TEAM: frozenset({R.MANAGER, R.UPLINE}),
    P.TEAM_DASHBOARD_READ_COACHEES: frozenset({R.COACH}),
    P.AUDIT_LOG_READ: _ADMIN,
    P.AUDIT_LOG_READ_OWN_ACCESS: _SELF,
    P.USER_ADMIN_LIST: _ADMIN,
    P.USER_ADMIN_CREATE: _ADMIN,
    P.USER_ADMIN_IMPORT: _ADMIN,
    P.USER_ADMIN_CHANGE_ROLE: _ADMIN,
    P.USER_ADMIN_DISABLE: _ADMIN,
    P.USER_ADMIN_SEND_RESET: _ADMIN,
}

_FORBID: Final = frozenset(
    {
        "org_structure",
        "team_findings",
        "team_dashboard",
        "audit_log",
        "user_admin",
        "question_bank_export",
    }
)


def grants(permission: Permission, held: Iterable[R]) -> bool:
    """Tell whether one of the held relations grants a permission."""
    return not POLICY[permission].isdisjoint(held)


def hides(permission: Permission) -> bool:
    """Tell whether a denial must look as if there were nothing (404) rather than say no (403)."""
    return permission.split(".")[0] not in _FORBID


def needs_capability(permission: Permission) -> bool:
    """Tell whether only an editor or admin can hold the permission, whatever the record."""
    return POLICY[permission] <= {R.ADMIN, R.EDITOR}
