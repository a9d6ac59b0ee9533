"""A roster through the browser: look first, then do; nothing is written in between."""

from __future__ import annotations

import base64
import html
import io
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from coach.db import session, unit_of_work
from coach.people.models import Person
from coach.people.queries import person, person_by_email, row

PATH = "/admin/people/import"
OPEN = (
    "Employee #,Name,Job Title,Department,Hire Date,Work Email,Reports To\n"
    '1,"Ruiz, Ana",Closer,West,03/09/2026,ana@west.example,Sora Han\n'
)
HERE = "Name,Department,Work Email,Reports To\nJi-woo Park,West,jiwoo@hanbit-office.example,Kyungmi Noh\n"
CLEAR = OPEN.replace("Closer", "SDR").replace("03/09/2026", "2026-09-03")


def send(admin, text, status=200):
    admin.get(PATH)
    file = (io.BytesIO(text.encode()), "roster.csv")
    return admin.post(PATH, {"roster": file}, status=status, content_type="multipart/form-data")


def hidden(page):
    found = (dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<input\b[^>]*>", page))
    return {
        f["name"]: html.unescape(f["value"])
        for f in found
        if f.get("type") == "hidden" and f["name"] in ("file", "shown")
    }


def people():
    return session().scalar(sa.select(sa.func.count()).select_from(Person))


def test_a_clear_file_is_shown_and_then_brought_in(browser):
    admin, before = browser("dana"), people()
    page = send(admin, CLEAR).text
    assert "To add: 1." in page
    assert "<td>Sales development rep</td>" in page, "a role has a name here, not an id"
    assert people() == before
    answer = admin.post(f"{PATH}/confirm", {**hidden(page), "act": "do"})
    page = admin.follow(answer).text
    assert "1 added, 0 changed." in page
    assert 'name="person"' in page, "who is new is offered to be invited"
    assert "ana@west.example" in page
    assert row(person_by_email("ana@west.example").id).job_role_id == "sdr"


def test_what_the_file_leaves_open_is_asked_for_and_then_known(browser):
    admin = browser("dana")
    page = send(admin, OPEN).text
    assert "could be two days" in page
    assert "We do not know which role this title is: Closer." in page
    told = {"role:Closer": "account-manager", "order": "dmy"}
    page = admin.post(f"{PATH}/confirm", {**hidden(page), **told, "act": "look"}, status=422).text
    assert "To add: 1." in page
    admin.post(f"{PATH}/confirm", {**hidden(page), **told, "act": "do"})
    added = person_by_email("ana@west.example")
    assert (added.hired_on.isoformat(), row(added.id).job_role_id) == ("2026-09-03", "account-manager")


def test_a_file_with_problems_is_never_brought_in(browser):
    admin, before = browser("dana"), people()
    page = send(admin, OPEN).text
    admin.post(f"{PATH}/confirm", {**hidden(page), "act": "do"}, status=422)
    assert people() == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\0", "We found no headings with a name"),
        ("\n \n", "The file is empty."),
        ("%PDF-1.7 and so on", "The file is not text we can read."),
        ('Name,Job Title\n"Ana Ruiz,SDR\nBo Lee,SDR\n', "A quotation mark in line 2 is never closed."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_at_its_field(browser, text, told):
    page = send(browser("dana"), text, status=422).text
    assert f'<a href="#roster">{told}' in page


def test_only_what_can_be_said_here_is_asked_for_here(browser):
    page = send(browser("dana"), OPEN.replace("Closer", "SDR").replace("03/09/2026", "someday")).text
    assert "Put these right in the file, then choose it again." in page
    assert "Dates such as" not in page
    assert "Look again" not in page


def test_who_left_by_the_file_is_named_on_the_page(browser):
    page = send(browser("dana"), "Name,Job Title,Status\nAna Ruiz,SDR,Active\nBo Lee,SDR,Terminated\n").text
    assert "To add: 1." in page
    assert "Line 3 is about somebody who left, and was left out: Bo Lee" in page


def test_a_title_that_many_hold_is_asked_for_once(browser):
    page = send(browser("dana"), CLEAR.replace("SDR", "Closer") + "2,Bo Lee,closer,West,,bo@west.example,\n").text
    assert page.count("We do not know which role this title is") == 1
    assert "1 thing to fix" in page


def test_a_korean_reader_sees_who_is_here_already_by_their_korean_names(browser, cast):
    with unit_of_work():
        person(cast("dana")).language = "ko"
    page = send(browser("dana"), HERE).text
    for words in ("<td>한소라</td>", "<td>북부팀</td>", "<td>박지우</td>"):
        assert words in page


def test_what_is_not_what_was_shown_is_shown_again(browser):
    admin, before = browser("dana"), people()
    page = send(admin, CLEAR).text
    fields = hidden(page) | {
        "file": base64.b64encode(CLEAR.replace("Ana", "Eva").replace("sdr", "x").encode()).decode()
    }
    admin.post(f"{PATH}/confirm", {**fields, "act": "do", "shown": "1.0.00000000"}, status=422)
    assert people() == before


def test_bringing_in_twice_makes_one_person(browser):
    admin = browser("dana")
    page = send(admin, CLEAR).text
    for _ in range(2):
        admin.post(f"{PATH}/confirm", {**hidden(page), "act": "do"})
    assert session().scalar(sa.select(sa.func.count()).where(Person.email == "ana@west.example")) == 1


@pytest.mark.parametrize("text", ["", "x" * 450_000])
def test_no_file_or_too_large_a_file_gets_a_sentence(browser, text):
    assert 'role="alert"' in send(browser("dana"), text, status=422).text


def test_a_file_that_did_not_come_whole_gets_a_sentence(browser):
    admin = browser("dana")
    send(admin, CLEAR)
    assert "did not come through whole" in admin.post(f"{PATH}/confirm", {"file": "%%%", "act": "do"}, status=422).text


def test_the_password_is_asked_for_once_more_after_ten_minutes(browser, frozen):
    admin = browser("dana")
    admin.get(PATH)
    frozen.shift(timedelta(minutes=11))
    assert admin.get(PATH, status=303).headers["Location"] == "/account/confirm?next=/admin/people/import"
    admin.post(f"{PATH}/confirm", {"file": "", "act": "do"}, on="/account")


@pytest.mark.parametrize("who", ["sora", "taeyang", "jiwoo"])
def test_nobody_but_an_admin_brings_a_roster_in(browser, who):
    before, raw = people(), base64.b64encode(CLEAR.encode()).decode()
    browser(who).post(f"{PATH}/confirm", {"file": raw, "act": "do", "shown": "x"}, on="/account", status=403)
    assert people() == before
