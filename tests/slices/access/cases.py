"""The one table of this slice: each guarded route, the permission of the matrix that decides there, and what is sent.

A path names records of the filled department (tests/conventions/world.py), all of them about Jiwoo. Where it names
none (`own`), everybody reaches what is theirs: those to whom the permission gives nothing of hers find no trace of her.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from coach.access.policy import Permission

P = Permission
TALK: Final = {"setting": "call", "held_on": "2026-11-23", "rate-qualify": "2", "action": "Ask who decides"}
TALK_LEFT: Final = {**TALK, "due": "next_call"}
PERSON: Final = {"name_en": "Robin Test", "name_ko": "", "email": "", "employee_no": "", "hired_on": ""}
PLACE: Final = {"job_role": "", "team": "", "new_team": "", "manager": ""}
PASSWORDS: Final = {
    "current": "a stone to step on each day",
    "password": "four more words here",
    "again": "four more words here",
}
GIVE: Final = {"when": "week", "lesson_id": "an-ask-before-you-quote"}
LOOK: Final = {"person": "{person}", "skill": "qualify"}
LINKED: Final = {"link": "https://example.org/my-call"}
SCORED: Final = {"mark-reason-early": "3", "focus": "asks-leave"}


@dataclass(frozen=True, slots=True)
class Case:
    """Hold one request; `refused` names personas whom the product denies though their relation is one that may ask."""

    endpoint: str
    path: str
    decides: P
    method: str = "GET"
    sent: Mapping[str, Any] = field(default_factory=dict)
    own: bool = False
    may_answer: frozenset[int] = frozenset()
    refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name the case for the report."""
        return f"{self.method} {self.path} {self.decides}"


def own(endpoint: str, path: str, decides: P, **more: Any) -> Case:
    """Make a case of a path that names no record of somebody."""
    return Case(endpoint, path, decides, own=True, **more)


def post(endpoint: str, path: str, decides: P, **more: Any) -> Case:
    """Make a case that writes."""
    return Case(endpoint, path, decides, method="POST", **more)


BROUGHT: Final = frozenset({422})  # an import needs a file; what it does with one is tested in tests/slices/people
SHOWN_ONCE: Final = frozenset({200})  # a link that is shown this once is no page to be sent to

ONE_ONLY: Final = {"admin": "an admin signs somebody out everywhere, on a page of its own; one browser is one's own"}
GIVER: Final = dict.fromkeys(("manager", "upline"), "undo belongs to the click, so to who clicked")
NO_DAYS: Final = dict.fromkeys(("coach", "author"), "a day of need is named by who answers for the people")
NOT_ITS_MAKER: Final = {**NO_DAYS, "upline": "it stands with the manager who named it"}
SEEN: Final = {"path": "{path}", "version": "1"}
NEED: Final = {"name": "New price list", "about": "skill qualify", "on_day": "2026-12-01"}
OWN_PAIR: Final = {"coach": "a coach ends their own coaching, not another's"}

NOT_ASKED: Final = dict.fromkeys(
    (
        *("author", "coach", "manager", "upline", "peer", "outsider"),
        *("coach_other", "coach_former", "manager_other", "manager_former", "admin"),
    ),
    "an invitation lets one person read one draft",
)
OWN_TEXT: Final = frozenset({409})  # nobody approves what they wrote
BEGUN: Final = {"module": "qualify", "slug": "a-new-start", "skill": "qualify", "to_level": "2"}

NOT_ITS_TRAINER: Final = dict.fromkeys(
    (
        *("self", "coach", "manager", "upline", "peer", "outsider", "coach_other", "coach_former"),
        *("manager_other", "manager_former", "admin"),
    ),
    "who comes is a list that its trainer writes: its author, and editors; nobody is invited to preview it",
)
PROGRAMME: Final = {
    "kind": "in_person", "title_en": "Three rounds", "title_ko": "세 번", "summary_en": "Three.", "summary_ko": "셋.",
    "minutes": "60", "skill": "", "roles": "all", "version": "1",
}  # fmt: skip
DATE: Final = {
    "day": "2026-12-01", "begins": "10:00", "until": "11:00", "place": "Room 5", "link": "", "seats": "3",
    "trainer": "", "version": "1",
}  # fmt: skip

CASES: Final = (
    # what one does for oneself
    own("home.today", "/", P.PROGRESS_READ),
    own("home.search", "/search?q=jiwoo", P.PROFILE_BASIC_SEARCH),
    own("accounts.account", "/account", P.OWN_ACCOUNT_READ),
    own("accounts.confirm", "/account/confirm", P.OWN_ACCOUNT_READ),
    own("accounts.confirm", "/account/confirm", P.OWN_ACCOUNT_READ, method="POST", sent=PASSWORDS, may_answer=BROUGHT),
    own(
        "accounts.change_password",
        "/account/password",
        P.OWN_ACCOUNT_CHANGE_PASSWORD,
        method="POST",
        sent=PASSWORDS,
        may_answer=BROUGHT,
    ),
    post("accounts.end_session", "/account/sessions/{session}/end", P.OWN_ACCOUNT_END_SESSION, refused=ONE_ONLY),
    own("accounts.end_other_sessions", "/account/sessions/end-others", P.OWN_ACCOUNT_END_SESSION, method="POST"),
    own("accounts.sign_out", "/sign-out", P.OWN_ACCOUNT_END_SESSION, method="POST"),
    own("operations.own_access", "/account/access", P.AUDIT_LOG_READ_OWN_ACCESS),
    # the library
    own("training.library", "/learn", P.MODULE_PUBLISHED_READ),
    own("training.module", "/learn/{module}", P.MODULE_PUBLISHED_READ),
    own("training.lesson", "/lessons/{lesson}", P.MODULE_PUBLISHED_READ),
    own("training.go_through", "/lessons/{lesson}/parts/{part}", P.PROGRESS_MARK, method="POST"),
    own("training.again", "/lessons/{lesson}/again", P.PROGRESS_MARK, method="POST"),
    own("training.path", "/path", P.PROGRESS_READ),
    Case("training.person_path", "/people/{person}/path", P.PROGRESS_READ),
    # workshops: what is offered is read like a module, made and changed like one's draft
    own("training.workshops", "/workshops", P.MODULE_PUBLISHED_READ),
    own("training.workshop", "/workshops/{workshop}", P.MODULE_PUBLISHED_READ),
    own("training.workshop_file", "/workshops/{workshop}.ics", P.MODULE_PUBLISHED_READ),
    own("training.material", "/workshops/{workshop}/materials/{sheet}", P.MODULE_PUBLISHED_READ),
    own("training.programme", "/workshops/programmes/{programme}", P.MODULE_PUBLISHED_READ),
    own("training.sign_up", "/workshops/{workshop}/sign-up", P.ASSIGNMENT_SELF_ENROL, method="POST"),
    own("training.give_up", "/workshops/{workshop}/give-up", P.ASSIGNMENT_SELF_ENROL, method="POST"),
    own("training.here", "/workshops/{running}/here", P.PROGRESS_MARK, method="POST", may_answer=BROUGHT),
    own("training.calendar", "/calendar", P.OWN_ACCOUNT_EDIT_PREFS),
    own("training.calendar", "/calendar", P.OWN_ACCOUNT_EDIT_PREFS, method="POST", may_answer=SHOWN_ONCE),
    own("training.end_calendar", "/calendar/end", P.OWN_ACCOUNT_EDIT_PREFS, method="POST"),
    Case("training.all_programmes", "/workshops/programmes", P.MODULE_DRAFT_EDIT),
    Case("training.new_programme", "/workshops/programmes/new", P.MODULE_DRAFT_EDIT),
    post("training.new_programme", "/workshops/programmes/new", P.MODULE_DRAFT_EDIT, sent=PROGRAMME),
    Case("training.edit_programme", "/workshops/programmes/{programme}/edit", P.MODULE_DRAFT_EDIT),
    post("training.edit_programme", "/workshops/programmes/{programme}/edit", P.MODULE_DRAFT_EDIT, sent=PROGRAMME),
    Case("training.plan", "/workshops/programmes/{programme}/plan", P.MODULE_DRAFT_EDIT),
    post("training.plan", "/workshops/programmes/{programme}/plan", P.MODULE_DRAFT_EDIT, sent=DATE),
    Case("training.edit_workshop", "/workshops/{workshop}/edit", P.MODULE_DRAFT_EDIT),
    post("training.edit_workshop", "/workshops/{workshop}/edit", P.MODULE_DRAFT_EDIT, sent=DATE),
    post("training.call_off", "/workshops/{workshop}/call-off", P.MODULE_DRAFT_EDIT),
    post("training.add_material", "/workshops/{workshop}/materials", P.MODULE_DRAFT_EDIT, may_answer=BROUGHT),
    post("training.remove_material", "/workshops/{workshop}/materials/{sheet}/remove", P.MODULE_DRAFT_EDIT),
    Case("training.attendance", "/workshops/{running}/attendance", P.MODULE_DRAFT_READ, refused=NOT_ITS_TRAINER),
    post("training.attendance", "/workshops/{running}/attendance", P.MODULE_DRAFT_READ, refused=NOT_ITS_TRAINER),
    own(
        "training.send_diploma",
        "/workshops/programmes/{course}/taken",
        P.PROGRESS_MARK,
        method="POST",
        may_answer=BROUGHT,
    ),
    # a diploma from elsewhere is progress that its coach or manager marks, like an open answer
    own("training.outside_waiting", "/workshops/outside/waiting", P.ATTEMPT_RESULT_GRADE_OPEN),
    Case("training.decide", "/workshops/outside/{outside}", P.ATTEMPT_RESULT_GRADE_OPEN),
    post("training.decide", "/workshops/outside/{outside}", P.ATTEMPT_RESULT_GRADE_OPEN, sent={"verdict": "confirm"}),
    Case("training.diploma", "/workshops/outside/{outside}/diploma", P.PROGRESS_READ),
    # certificates
    own("certificates.index", "/certificates", P.PROGRESS_READ),
    Case("certificates.show", "/certificates/{certificate}", P.PROGRESS_READ),
    # checks
    own("assessments.start_page", "/checks/{quiz}", P.ATTEMPT_OWN_START),
    own("assessments.start_page", "/checks/{quiz}", P.ATTEMPT_OWN_START, method="POST"),
    Case("assessments.question", "/attempts/{attempt}", P.ATTEMPT_OWN_SAVE_ANSWER),
    post("assessments.save_answer", "/attempts/{attempt}/answers/1", P.ATTEMPT_OWN_SAVE_ANSWER, may_answer=BROUGHT),
    Case("assessments.finish", "/attempts/{attempt}/finish", P.ATTEMPT_OWN_SUBMIT),
    post("assessments.submit", "/attempts/{attempt}/submit", P.ATTEMPT_OWN_SUBMIT),
    Case("assessments.result", "/attempts/{result}/result", P.ATTEMPT_RESULT_READ_SCORE),
    # practice: work that is handed in is an attempt that people mark
    own("practice.index", "/practice", P.ATTEMPT_OWN_START),
    own("practice.task", "/practice/{task}", P.ATTEMPT_OWN_START),
    own("practice.keep", "/practice/{task}/keep", P.ATTEMPT_OWN_SAVE_ANSWER, method="POST"),
    own("practice.hand_in", "/practice/{task}/hand-in", P.ATTEMPT_OWN_SUBMIT, method="POST", sent=LINKED),
    own("practice.waiting", "/practice/waiting", P.ATTEMPT_RESULT_GRADE_OPEN),
    Case("practice.show", "/practice/handed-in/{work}", P.ATTEMPT_RESULT_READ_ANSWERS),
    Case("practice.recording", "/practice/handed-in/{work}/recording", P.ATTEMPT_RESULT_READ_ANSWERS),
    Case("practice.score", "/practice/handed-in/{work}/score", P.ATTEMPT_RESULT_GRADE_OPEN),
    post("practice.score", "/practice/handed-in/{work}/score", P.ATTEMPT_RESULT_GRADE_OPEN, sent=SCORED),
    post("practice.remark", "/practice/handed-in/{work}/remarks", P.ATTEMPT_RESULT_GRADE_OPEN, sent={"text": "Good"}),
    post("practice.answer", "/practice/handed-in/{work}/answer", P.SKILL_ASSESSMENT_COMMENT, sent={"text": "I will"}),
    # scenarios: a conversation is an attempt of one's own; once it has ended it is read like a check's answers
    own("scenarios.index", "/scenarios", P.MODULE_PUBLISHED_READ),
    own("scenarios.start_page", "/scenarios/{scenario}", P.ATTEMPT_OWN_START),
    own("scenarios.start_page", "/scenarios/{scenario}", P.ATTEMPT_OWN_START, method="POST"),
    Case("scenarios.conversation", "/conversations/{talk}", P.ATTEMPT_OWN_SAVE_ANSWER),
    Case("scenarios.conversation", "/conversations/{conversation}", P.ATTEMPT_RESULT_READ_ANSWERS),
    post("scenarios.answer", "/conversations/{talk}/answers/1", P.ATTEMPT_OWN_SAVE_ANSWER, sent={"answer": "a"}),
    # skills and what was seen
    own("evidence.skills", "/skills", P.SKILL_ASSESSMENT_READ),
    own("evidence.my_skill", "/skills/{skill}", P.SKILL_ASSESSMENT_READ),
    Case("evidence.person_skills", "/people/{person}/skills", P.SKILL_ASSESSMENT_READ),
    Case("evidence.person_skill", "/people/{person}/skills/{skill}", P.SKILL_ASSESSMENT_READ),
    own("evidence.rate", "/skills/{skill}/rate", P.SKILL_ASSESSMENT_SELF_RATE),
    own("evidence.rate", "/skills/{skill}/rate", P.SKILL_ASSESSMENT_SELF_RATE, method="POST", sent={"level": "2"}),
    Case("evidence.contest", "/evidence/{evidence}/contest", P.SKILL_ASSESSMENT_COMMENT),
    post(
        "evidence.contest",
        "/evidence/{evidence}/contest",
        P.SKILL_ASSESSMENT_COMMENT,
        sent={"text": "It was the trial"},
    ),
    Case("evidence.answer", "/contests/{contest}", P.SKILL_ASSESSMENT_RATE),
    post(
        "evidence.answer",
        "/contests/{contest}",
        P.SKILL_ASSESSMENT_RATE,
        sent={"answer": "You are right", "upheld": "no"},
    ),
    # recall: a card is named by a signed ticket alone, so no path leads to another's
    own("drills.drill", "/drill", P.ATTEMPT_OWN_START),
    own("drills.answer", "/drill", P.ATTEMPT_OWN_SAVE_ANSWER, method="POST", may_answer=BROUGHT),
    Case("drills.answered", "/drill/answers/{drilled}", P.ATTEMPT_OWN_SAVE_ANSWER),
    own("drills.settings", "/drill/settings", P.ATTEMPT_OWN_START),
    own("drills.settings", "/drill/settings", P.ATTEMPT_OWN_START, method="POST", sent={"days_off": "6"}),
    # a day of need is work given to many by a manager; one for everybody is an editor's, like the lesson itself
    own("drills.days", "/days-of-need", P.ASSIGNMENT_BULK_CREATE, refused=NO_DAYS),
    own("drills.days", "/days-of-need", P.ASSIGNMENT_BULK_CREATE, method="POST", sent=NEED, refused=NO_DAYS),
    post("drills.withdraw", "/days-of-need/{need}/withdraw", P.ASSIGNMENT_BULK_CREATE, refused=NOT_ITS_MAKER),
    # coaching
    own("coaching.index", "/coaching", P.COACHING_LOG_SHARED_READ),
    own("coaching.new", "/coaching/new", P.COACHING_LOG_SHARED_CREATE),
    Case("coaching.new", "/coaching/new?person={person}", P.COACHING_LOG_SHARED_CREATE),
    post("coaching.new", "/coaching/new", P.COACHING_LOG_SHARED_CREATE, sent={**TALK_LEFT, "person": "{person}"}),
    Case("coaching.show", "/coaching/{log_fresh}", P.COACHING_LOG_SHARED_READ),
    Case("coaching.edit", "/coaching/{log_fresh}/edit", P.COACHING_LOG_SHARED_EDIT),
    post("coaching.edit", "/coaching/{log_fresh}/edit", P.COACHING_LOG_SHARED_EDIT, sent={**TALK_LEFT, "version": "1"}),
    post("coaching.withdraw", "/coaching/{log_fresh}/withdraw", P.COACHING_LOG_SHARED_DELETE),
    post("coaching.acknowledge", "/coaching/{log_fresh}/acknowledge", P.COACHING_LOG_SHARED_ACKNOWLEDGE),
    post("coaching.tick", "/coaching/actions/{action}", P.COACHING_LOG_SHARED_ACKNOWLEDGE, sent={"done": "yes"}),
    # findings
    Case("findings.show", "/findings/{finding}", P.FINDING_READ_SHARED),
    Case("findings.decline", "/findings/{finding}/decline", P.FINDING_CLOSE),
    post("findings.decline", "/findings/{finding}/decline", P.FINDING_CLOSE, sent={"reason": "It was her first week"}),
    Case("findings.contest", "/findings/{finding}/contest", P.FINDING_CONTEST),
    post("findings.contest", "/findings/{finding}/contest", P.FINDING_CONTEST, sent={"text": "It was my first week"}),
    own("findings.pattern", "/teams/{north}/findings/{skill}/{role}", P.TEAM_FINDINGS_READ),
    own("findings.own_pattern", "/findings/pattern/{skill}/{role}", P.TEAM_FINDINGS_READ),
    # work given
    own("assignments.index", "/assignments", P.ASSIGNMENT_READ),
    Case("assignments.show", "/assignments/{assignment}", P.ASSIGNMENT_READ),
    post(
        "assignments.move",
        "/assignments/{assignment}",
        P.ASSIGNMENT_EDIT,
        sent={"due_on": "2026-12-04", "version": "{version}"},
    ),
    post("assignments.withdraw", "/assignments/{assignment}/withdraw", P.ASSIGNMENT_EDIT),
    post("assignments.undo", "/assignments/acts/{act}/undo", P.ASSIGNMENT_EDIT, refused=GIVER),
    own("assignments.new", "/assign", P.ASSIGNMENT_CREATE),
    post("assignments.new", "/assign", P.ASSIGNMENT_CREATE, sent={**GIVE, "to": "{person}"}),
    post("assignments.recheck", "/assignments/recheck", P.ASSIGNMENT_CREATE, sent=LOOK),
    own("assignments.enrol", "/assignments/mine", P.ASSIGNMENT_SELF_ENROL, method="POST", sent=GIVE),
    # teams and people
    own("reports.team", "/team", P.TEAM_DASHBOARD_READ_TEAM),
    own("reports.no_team", "/team/without", P.TEAM_DASHBOARD_READ_TEAM),
    Case("reports.one_team", "/teams/{north}", P.TEAM_DASHBOARD_READ_TEAM),
    own("reports.coachees", "/coachees", P.TEAM_DASHBOARD_READ_COACHEES),
    Case("reports.person", "/people/{person}", P.PROFILE_BASIC_READ),
    own("people.directory", "/people", P.PROFILE_BASIC_READ),
    Case("people.coaches", "/people/{person}/coaches", P.ORG_STRUCTURE_READ),
    post("people.coaches", "/people/{person}/coaches", P.ORG_STRUCTURE_ASSIGN_COACH, sent={"coach": "{mirae}"}),
    post(
        "people.end_coaching", "/people/{person}/coaches/{pairing}/end", P.ORG_STRUCTURE_END_COACHING, refused=OWN_PAIR
    ),
    # accounts
    own("people.admin", "/admin/people", P.USER_ADMIN_LIST),
    own("people.add", "/admin/people/new", P.USER_ADMIN_CREATE),
    own("people.add", "/admin/people/new", P.USER_ADMIN_CREATE, method="POST", sent={**PERSON, **PLACE}),
    own("people.choose", "/admin/people/import", P.USER_ADMIN_IMPORT),
    own("people.choose", "/admin/people/import", P.USER_ADMIN_IMPORT, method="POST", may_answer=BROUGHT),
    own("people.confirm", "/admin/people/import/confirm", P.USER_ADMIN_IMPORT, method="POST", may_answer=BROUGHT),
    Case("people.edit", "/admin/people/{person}", P.PROFILE_FULL_EDIT_HR_FIELDS),
    post(
        "people.edit",
        "/admin/people/{person}",
        P.PROFILE_FULL_EDIT_HR_FIELDS,
        sent={**PERSON, **PLACE, "version": "{person_version}"},
    ),
    post(
        "people.capabilities",
        "/admin/people/{person}/capabilities",
        P.USER_ADMIN_CHANGE_ROLE,
        sent={"capabilities": "coach", "version": "{person_version}"},
    ),
    post("people.deactivate", "/admin/people/{person}/deactivate", P.USER_ADMIN_DISABLE),
    post("people.reactivate", "/admin/people/{person}/reactivate", P.USER_ADMIN_DISABLE),
    Case("accounts.invitations", "/admin/people/invitations", P.USER_ADMIN_SEND_RESET),
    post("accounts.invitations", "/admin/people/invitations", P.USER_ADMIN_SEND_RESET, sent={"person": "{person}"}),
    post("accounts.send_link", "/admin/people/{person}/link", P.USER_ADMIN_SEND_RESET),
    post("accounts.sign_out_everywhere", "/admin/people/{person}/sign-out", P.OWN_ACCOUNT_END_SESSION),
    # writing: a draft of an editor's, which Jiwoo alone was asked to read
    own("publishing.index", "/author", P.MODULE_DRAFT_READ),
    Case("publishing.show", "/author/drafts/{draft}", P.MODULE_DRAFT_READ, refused=NOT_ASKED),
    Case("publishing.preview", "/author/drafts/{draft}/preview/{path}", P.MODULE_DRAFT_READ, refused=NOT_ASKED),
    Case("publishing.changes", "/author/drafts/{draft}/changes", P.MODULE_DRAFT_READ, refused=NOT_ASKED),
    # to comment is to answer the invitation to read
    post(
        "publishing.comment",
        "/author/drafts/{draft}/comments",
        P.MODULE_DRAFT_READ,
        sent={"text": "Shorter is better"},
        refused=NOT_ASKED,
    ),
    # a picture of a draft is read with the draft, a published one with its lesson
    Case("publishing.media", "/media/{media}", P.MODULE_DRAFT_READ, refused=NOT_ASKED),
    post("publishing.upload", "/author/drafts/{draft}/media", P.MODULE_DRAFT_EDIT),
    post("publishing.begin", "/author/drafts", P.MODULE_DRAFT_EDIT, sent={"title": "Another start"}),
    Case("publishing.file", "/author/files/{path}", P.MODULE_DRAFT_EDIT),
    Case("publishing.edit", "/author/drafts/{draft}/files/{path}", P.MODULE_DRAFT_EDIT),
    post(
        "publishing.edit",
        "/author/drafts/{draft}/files/{path}",
        P.MODULE_DRAFT_EDIT,
        sent={"text": "New", "version": "1", "base": "0"},
    ),
    Case("publishing.new_lesson", "/author/drafts/{draft}/lessons/new", P.MODULE_DRAFT_EDIT),
    post("publishing.new_lesson", "/author/drafts/{draft}/lessons/new", P.MODULE_DRAFT_EDIT, sent=BEGUN),
    post("publishing.new_item", "/author/drafts/{draft}/items/new", P.MODULE_DRAFT_EDIT, sent={"skill": "qualify"}),
    Case("publishing.rename", "/author/drafts/{draft}/title", P.MODULE_DRAFT_EDIT),
    post("publishing.rename", "/author/drafts/{draft}/title", P.MODULE_DRAFT_EDIT, sent={"title": "B", "version": "1"}),
    post("publishing.take_out", "/author/drafts/{draft}/take-out", P.MODULE_DRAFT_EDIT, sent=SEEN),
    post("publishing.put_back", "/author/drafts/{draft}/put-back", P.MODULE_DRAFT_EDIT, sent=SEEN),
    post("publishing.rebase", "/author/drafts/{draft}/rebase", P.MODULE_DRAFT_EDIT, sent={"path": "{path}"}),
    post("publishing.invite", "/author/drafts/{draft}/readers", P.MODULE_DRAFT_EDIT, sent={"person": "{mirae}"}),
    post("publishing.uninvite", "/author/drafts/{draft}/readers/{person}/remove", P.MODULE_DRAFT_EDIT),
    post(
        "publishing.discard",
        "/author/drafts/{draft}/discard",
        P.MODULE_DRAFT_EDIT,
        sent={"stamp": "{stamp}"},
    ),
    post(
        "publishing.approve",
        "/author/drafts/{draft}/approve",
        P.MODULE_DRAFT_PUBLISH,
        sent={"stamp": "{stamp}"},
        may_answer=OWN_TEXT,
    ),
    Case("publishing.publish", "/author/drafts/{draft}/publish", P.MODULE_DRAFT_PUBLISH),
    post("publishing.publish", "/author/drafts/{draft}/publish", P.MODULE_DRAFT_PUBLISH, sent={"stamp": "{stamp}"}),
    # what was published: to undo is to draft
    Case("publishing.publications", "/author/history", P.MODULE_DRAFT_EDIT),
    Case("publishing.publication", "/author/history/{publication}", P.MODULE_DRAFT_EDIT),
    post("publishing.undo", "/author/history/{publication}/undo", P.MODULE_DRAFT_EDIT),
    # questions from and for other programs; what an import does with a file is tested in tests/slices/integrations
    Case("integrations.choose", "/author/import", P.QUESTION_BANK_EXPORT_IMPORT),
    post("integrations.preview", "/author/import", P.QUESTION_BANK_EXPORT_IMPORT, may_answer=BROUGHT),
    post("integrations.add", "/author/import/add", P.QUESTION_BANK_EXPORT_IMPORT, may_answer=BROUGHT),
    Case("integrations.choose_export", "/author/export", P.QUESTION_BANK_EXPORT_EXPORT),
    Case(
        "integrations.export",
        "/author/export/questions?skill=qualify&lang=en&form=gift",
        P.QUESTION_BANK_EXPORT_EXPORT,
    ),
    # how the questions behave: about no person, for editors alone
    Case("reports.items", "/items", P.QUIZ_KEY_ITEM_STATISTICS),
    Case("reports.items_of_skill", "/items/{skill}", P.QUIZ_KEY_ITEM_STATISTICS),
    Case("reports.item", "/items/{skill}/qu-c2-nice-talk", P.QUIZ_KEY_ITEM_STATISTICS),
    # the logs
    own("operations.audit", "/admin/audit", P.AUDIT_LOG_READ),
    own("operations.changes", "/admin/audit/changes", P.AUDIT_LOG_READ),
)
