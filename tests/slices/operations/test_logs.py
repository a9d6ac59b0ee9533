"""The logs: an admin reads all of them, everybody reads who looked at their own record."""

from __future__ import annotations

import re
from html import unescape

import pytest

from coach.access.policy import Permission
from coach.activity.services import Note, audit
from coach.db import unit_of_work
from coach.operations.names import ACTS, CHANGES, KINDS, OUTCOMES
from coach.publishing.drafts import ALONE


def note(cast, actor, person, action="profile_full.read", outcome="granted", times=1):
    with unit_of_work():
        audit([Note(action, outcome, cast(person)) for _ in range(times)], by=cast(actor))


def test_an_admin_sees_who_looked_at_whom_in_names(browser, cast):
    note(cast, "sora", "jiwoo", "skill_assessment.read")
    page = browser("dana").get("/admin/audit").text
    assert re.search(r"Sora Han.*Skills and evidence.*Jiwoo Park.*Opened", page, re.DOTALL)
    assert str(cast("jiwoo")) not in page


def test_refusals_can_be_seen_alone(browser, cast):
    note(cast, "sora", "jiwoo")
    note(cast, "seojun", "jiwoo", outcome="denied")
    page = browser("dana").get("/admin/audit?only=refused").text
    assert "Seojun Ahn" in page
    assert "Sora Han" not in page


def test_changes_to_accounts_are_listed(browser, cast, frozen):
    frozen.shift(60)
    admin, path = browser("dana"), f"/admin/people/{cast('jiwoo')}"
    admin.post(f"{path}/deactivate", on=path)
    page = admin.get("/admin/audit/changes").text
    assert re.search(r"Dana Kim.*Deactivated.*Jiwoo Park", page, re.DOTALL)


def test_a_long_log_comes_in_pages_that_lose_nothing(browser, cast, frozen):
    for _ in range(3):
        note(cast, "sora", "jiwoo", times=45)
        frozen.shift(60)
    admin, path, rows = browser("dana"), "/admin/audit", 0
    while path:
        page = admin.get(path).text
        rows += page.count("<tr>") - 1
        more = re.search(r'href="(/admin/audit\?before=[\w-]+)" rel="next"', page)
        path = more.group(1) if more else None
    assert rows == 135


@pytest.mark.parametrize("who", ["jiwoo", "taeyang", "sora", "kyungmi", "ines"])
@pytest.mark.parametrize("path", ["/admin/audit", "/admin/audit/changes"])
def test_nobody_but_an_admin_reads_the_audit(browser, who, path):
    browser(who).get(path, status=403)
    browser().get(path, status=302)


def test_everybody_sees_who_opened_their_own_record(browser, cast):
    note(cast, "sora", "jiwoo", "skill_assessment.read")
    note(cast, "marcus", "seojun")
    note(cast, "seojun", "jiwoo", outcome="denied")
    page = browser("jiwoo").get("/account/access").text
    assert "Sora Han" in page
    assert "Sales manager" in page
    assert "Skills and evidence" in page
    assert "Marcus Webb" not in page
    assert "Seojun Ahn" not in page, "a refusal is not a look"


def test_health_says_ok_and_nothing_else(browser):
    assert browser().get("/healthz").text == "ok\n"


def test_the_log_has_a_name_for_every_kind_of_record_and_every_outcome(browser, cast):
    assert set(KINDS) == {"public", *(permission.split(".")[0] for permission in Permission)}
    assert set(ACTS) == {"login", *(permission.split(".")[1] for permission in Permission)}
    assert set(OUTCOMES) == {"granted", "denied", ALONE}
    note(cast, "ines", "jiwoo", "module_draft.publish", outcome=ALONE)
    page = browser("dana").get("/admin/audit").text
    assert re.search(r"Ines.*Drafts.*publish.*Done without a second editor", page, re.DOTALL)


@pytest.mark.parametrize("path", ["/admin/audit", "/admin/audit?only=refused", "/admin/audit/changes"])
def test_no_code_stands_on_a_page_of_the_log(browser, cast, frozen, path):
    for permission in Permission:
        note(cast, "sora", "jiwoo", permission, outcome="denied")
    frozen.shift(60)
    admin, person = browser("dana"), f"/admin/people/{cast('jiwoo')}"
    admin.post(f"{person}/deactivate", on=person)
    codes = {*Permission, *CHANGES}
    while path:
        page = admin.get(path).text
        assert not [code for code in codes if f">{code}<" in page]
        more = re.search(r'href="(/admin/audit[^"]*before=[^"]+)" rel="next"', page)
        path = unescape(more.group(1)) if more else None
