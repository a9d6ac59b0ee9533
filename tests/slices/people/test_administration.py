"""The pages of an admin: add, edit, rights, let go; a stale save loses nothing, and nobody else gets in."""

from __future__ import annotations

import html
import re

import pytest
import sqlalchemy as sa

from coach import clock
from coach.accounts.models import OneTimeLink
from coach.activity.models import AuditEntry
from coach.db import session, unit_of_work
from coach.jobs.models import OutboxMessage
from coach.people.models import Person
from coach.people.queries import person, person_by_email, row
from coach.people.services import deactivate, set_capabilities
from coach.skills.models import JobRole

NEW = {"name_en": "Ana Ruiz", "email": "ana@west.example", "job_role": "account-manager", "hired_on": "2026-11-02"}


def typed_on(page):
    """Read what the record's form holds, as a browser would send it back."""
    form = re.search(r'<form class="narrow"[^>]*>(.*?)</form>', page, re.DOTALL).group(1)
    fields = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        values = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        fields[values["name"]] = html.unescape(values.get("value", ""))
    for name, body in re.findall(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', body)
        fields[name] = chosen.group(1) if chosen else ""
    return fields


def test_an_admin_sees_every_account_and_finds_one_by_name(browser, cast):
    with unit_of_work():
        deactivate(person(cast("hana")), by=None)
    page = browser("dana").get("/admin/people").text
    for words in ("Jiwoo Park", "jiwoo@hanbit-office.example", "Hana Yoon", "Left", "Coach"):
        assert words in page
    found = browser("dana").get("/admin/people?q=hana").text
    assert "Hana Yoon" in found
    assert "Jiwoo Park" not in found
    assert "Nobody found" in browser("dana").get("/admin/people?q=zzz").text


def test_an_admin_adds_a_person_and_invites_them(browser, cast):
    admin = browser("dana")
    answer = admin.post(
        "/admin/people/new", {**NEW, "manager": str(cast("sora")), "new_team": "West team"}, on="/admin/people/new"
    )
    page = admin.follow(answer).text
    assert "Ana Ruiz is here now" in page
    added = row(person_by_email("ana@west.example").id)
    assert (added.job_role_id, str(added.team_name), added.manager_id) == ("account-manager", "West team", cast("sora"))
    admin.post(f"/admin/people/{added.id}/link")
    assert session().scalar(sa.select(OneTimeLink.purpose)) == "invite"
    assert session().scalar(sa.select(OutboxMessage.kind)) == "link_invite"


def test_the_link_is_never_on_the_page_of_the_admin(browser, cast):
    admin, one = browser("dana"), cast("jiwoo")
    page = admin.follow(admin.post(f"/admin/people/{one}/link", on=f"/admin/people/{one}")).text
    assert session().scalar(sa.select(OutboxMessage.payload))["token"] not in page


def test_the_form_sent_twice_makes_one_person(browser):
    admin = browser("dana")
    admin.get("/admin/people/new")
    first = admin.post("/admin/people/new", NEW)
    again = admin.post("/admin/people/new", NEW)
    assert first.headers["Location"] == again.headers["Location"]
    assert session().scalar(sa.select(sa.func.count()).where(Person.email == "ana@west.example")) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name_en": "  "}, "Write a name."),
        ({"email": "nowhere"}, "Write an address"),
        ({"email": "Jiwoo@hanbit-office.example"}, "belongs to somebody already"),
        ({"hired_on": "soon"}, "Write a day such as 2026-03-09."),
        ({"new_team": "north"}, "There is a team of that name already"),
        ({"job_role": "king"}, "Choose one of the list."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(browser, wrong, words):
    page = browser("dana").post("/admin/people/new", NEW | wrong, on="/admin/people/new", status=422).text
    assert words in html.unescape(page)
    assert 'role="alert"' in page
    kept = (NEW | wrong)["email"]
    assert f'value="{kept}"' in page
    assert person_by_email("ana@west.example") is None


def test_a_saved_record_holds_what_was_typed_and_keeps_the_rest(browser, cast):
    admin, path = browser("dana"), f"/admin/people/{cast('jiwoo')}"
    before = row(cast("jiwoo"))
    typed = typed_on(admin.get(path).text) | {"name_en": "Jiwoo Park-Lee", "job_role": "account-manager"}
    admin.post(path, typed)
    after = row(cast("jiwoo"))
    assert (str(after.name), after.name.ko, after.job_role_id) == ("Jiwoo Park-Lee", "박지우", "account-manager")
    assert (after.team_id, after.manager_id) == (before.team_id, before.manager_id)


def test_a_stale_save_is_a_conflict_that_shows_both_texts(browser, cast):
    path = f"/admin/people/{cast('jiwoo')}"
    first, second = browser("dana"), browser("dana")
    mine, theirs = typed_on(first.get(path).text), typed_on(second.get(path).text)
    first.post(path, mine | {"name_en": "Jiwoo the First"})
    page = html.unescape(second.post(path, theirs | {"name_en": "Jiwoo the Second"}, status=409).text)
    assert "Jiwoo the First" in page
    assert "Jiwoo the Second" in page
    assert str(row(cast("jiwoo")).name) == "Jiwoo the First"


def test_a_change_of_a_relation_alone_makes_an_open_form_stale_too(browser, cast):
    path = f"/admin/people/{cast('jiwoo')}"
    first, second = browser("dana"), browser("dana")
    mine, theirs = typed_on(first.get(path).text), typed_on(second.get(path).text)
    first.post(path, mine | {"job_role": "specialist"})
    second.post(path, theirs | {"email": "j@hanbit-office.example"}, status=409)


def test_a_circle_of_reporting_is_refused_beside_the_field(browser, cast):
    admin, path = browser("dana"), f"/admin/people/{cast('kyungmi')}"
    typed = typed_on(admin.get(path).text) | {"manager": str(cast("jiwoo"))}
    assert "already reports to" in admin.post(path, typed, status=422).text


def test_rights_are_given_and_taken_but_never_by_their_bearer(browser, cast):
    admin, path = browser("dana"), f"/admin/people/{cast('jiwoo')}"
    admin.post(f"{path}/capabilities", {"capabilities": ["coach", "editor"]}, on=path)
    assert sorted(g.capability for g in person(cast("jiwoo")).capabilities) == ["coach", "editor"]
    admin.post(f"{path}/capabilities", {}, on=path)
    assert person(cast("jiwoo")).capabilities == []
    own = f"/admin/people/{cast('dana')}"
    page = admin.post(f"{own}/capabilities", {"capabilities": ["admin", "editor"]}, on=own, status=422).text
    assert "Ask another admin" in page


def test_an_admin_corrects_their_own_details_but_moves_and_deactivates_others_alone(browser, cast):
    admin, own = browser("dana"), f"/admin/people/{cast('dana')}"
    mine = typed_on(admin.get(own).text)
    admin.post(own, mine | {"employee_no": "A-1"})
    for moved in ({"job_role": "sdr"}, {"manager": str(cast("kyungmi"))}, {"new_team": "A team of mine"}):
        page = admin.post(own, typed_on(admin.get(own).text) | moved, status=422).text
        assert "You cannot change your own role, team or manager" in page
    with unit_of_work():
        set_capabilities(person(cast("hana")), by=None, capabilities={"admin"})
    page = admin.post(f"{own}/deactivate", on=own, status=422).text
    assert "You cannot deactivate your own account" in page
    assert person(cast("dana")).is_active


def test_rights_saved_on_a_stale_form_are_a_conflict_that_shows_both(browser, cast):
    path = f"/admin/people/{cast('jiwoo')}"
    first, second = browser("dana"), browser("dana")
    second.get(path)
    first.post(f"{path}/capabilities", {"capabilities": ["coach"]}, on=path)
    page = second.post(f"{path}/capabilities", {"capabilities": ["editor"]}, status=409).text
    assert "Coach: may be paired" in page
    assert "Editor: writes lessons" in page
    assert [g.capability for g in person(cast("jiwoo")).capabilities] == ["coach"]


def test_rights_saved_make_an_open_record_stale(browser, cast):
    path = f"/admin/people/{cast('jiwoo')}"
    first, second = browser("dana"), browser("dana")
    theirs = typed_on(second.get(path).text)
    first.post(f"{path}/capabilities", {"capabilities": ["coach"]}, on=path)
    second.post(path, theirs | {"name_en": "Jiwoo the Second"}, status=409)


def test_a_person_keeps_a_role_that_was_retired_when_something_else_is_saved(browser, cast):
    admin, path = browser("dana"), f"/admin/people/{cast('jiwoo')}"
    with unit_of_work() as work:
        work.get_one(JobRole, "sdr").retired_at = clock.now()
    admin.post(path, typed_on(admin.get(path).text) | {"name_en": "Jiwoo the Second"})
    assert row(cast("jiwoo")).job_role_id == "sdr"


def test_a_deactivated_person_keeps_the_manager_they_reported_to(browser, cast):
    admin, path = browser("dana"), f"/admin/people/{cast('jiwoo')}"
    before = row(cast("jiwoo")).manager_id
    admin.post(f"{path}/deactivate", on=path)
    assert row(cast("jiwoo")).manager_id == before is not None


def test_an_admin_sees_who_still_reports_to_a_manager_who_left(browser, cast):
    admin, path = browser("dana"), f"/admin/people/{cast('sora')}"
    assert "Still report to them" not in admin.get(path).text
    admin.post(f"{path}/deactivate", on=path)
    admin.post(f"/admin/people/{cast('hana')}/deactivate", on=f"/admin/people/{cast('hana')}")
    left = admin.get(path).text.partition("Still report to them")[2].partition("</section>")[0]
    assert f'href="/admin/people/{cast("jiwoo")}"' in left
    assert f'href="/admin/people/{cast("hana")}"' not in left
    assert f'href="/admin/people/{cast("priya")}"' not in left


def test_a_deactivated_person_is_out_at_once_and_can_be_let_in_again(browser, cast):
    admin, one, path = browser("dana"), browser("jiwoo"), f"/admin/people/{cast('jiwoo')}"
    one.get("/account")
    admin.follow(admin.post(f"{path}/deactivate", on=path))
    one.get("/account", status=302)
    assert "Jiwoo Park" not in admin.get("/people?q=jiwoo").text
    admin.post(f"{path}/reactivate", on=path)
    one.get("/account", status=302)
    browser("jiwoo").get("/account")


def test_the_last_admin_can_not_be_deactivated(browser, cast):
    path = f"/admin/people/{cast('dana')}"
    page = browser("dana").post(f"{path}/deactivate", on=path, status=422).text
    assert "This is the last admin" in page
    assert person(cast("dana")).is_active


def test_an_admin_signs_somebody_out_everywhere(browser, cast):
    admin, one, path = browser("dana"), browser("jiwoo"), f"/admin/people/{cast('jiwoo')}"
    admin.post(f"{path}/sign-out", on=path)
    one.get("/account", status=302)


@pytest.mark.parametrize("who", ["jiwoo", "taeyang", "sora", "kyungmi", "ines"])
@pytest.mark.parametrize(
    "path", ["/admin/people", "/admin/people/new", "/admin/people/import", "/admin/people/{jiwoo}"]
)
def test_nobody_but_an_admin_opens_the_pages(browser, cast, who, path):
    wanted = path.format(jiwoo=cast("jiwoo"))
    status = 404 if "{" in path else 403
    assert "jiwoo@" not in browser(who).get(wanted, status=status).text
    browser().get(wanted, status=302)


@pytest.mark.parametrize("act", ["capabilities", "deactivate", "reactivate", "link"])
def test_nobody_but_an_admin_changes_an_account(browser, cast, act):
    manager = browser("sora")
    manager.post(f"/admin/people/{cast('jiwoo')}/{act}", {"capabilities": "admin"}, on="/account", status=403)
    assert person(cast("jiwoo")).is_active
    assert session().scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 0


def test_ids_that_are_not_there_are_404_for_an_admin(browser):
    browser("dana").get("/admin/people/01900000-0000-7000-8000-000000000000", status=404)
    browser("dana").get("/admin/people/nobody", status=404)


def test_what_nobody_offered_as_a_field_is_not_written(browser, cast):
    admin, path = browser("dana"), f"/admin/people/{cast('jiwoo')}"
    typed = typed_on(admin.get(path).text) | {
        "capabilities": "admin",
        "deactivated_at": "2020-01-01",
        "version": "1",
        "is_demo": "0",
    }
    admin.post(path, typed)
    assert person(cast("jiwoo")).is_active
    assert person(cast("jiwoo")).capabilities == []


def test_opening_a_record_is_noted_for_its_person(browser, cast):
    browser("dana").get(f"/admin/people/{cast('jiwoo')}")
    found = (
        session()
        .execute(sa.select(AuditEntry.actor_id, AuditEntry.action).where(AuditEntry.person_id == cast("jiwoo")))
        .one()
    )
    assert tuple(found) == (cast("dana"), "profile_full.edit_hr_fields")
