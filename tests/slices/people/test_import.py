"""A roster comes in: what is read, what would change, all or nothing, and nothing the second time."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from coach.activity.models import Event
from coach.db import session
from coach.people.commands import commands
from coach.people.models import JobRoleHolding, Person, ReportingPath, Team
from coach.people.queries import person_by_email, row

BAMBOO = """\
Hanbit Office Supplies,,,,,,,
"Employee Roster, exported 11/20/2026",,,,,,,
Employee #,"Last Name, First Name",Job Title,Department,Hire Date,Work Email,Reports To,Location
2001,"Ruiz, Ana",VP of Sales,West team,2020-01-15,ana.ruiz@west.example,,Busan
2002,"Berg, Nils",Senior Account Executive,West team,2023-05-02,nils.berg@west.example,"Ruiz, Ana",Busan
2003,"Oh, Dan",SDR,West team,2026-11-02,dan.oh@west.example,2002,Busan
2004,"Moreau, Zoe",Customer Success Manager II,West team,2024. 3. 9.,zoe.moreau@west.example,ana.ruiz@west.example,Busan

Total employees: 4,,,,,,,
"""
WORKDAY = """\
Worker ID;First Name;Last Name;Business Title;Supervisory Organization;Hire Date;Primary Work Email;Manager
W1;지우;김;영업 팀장;서부팀;2020. 1. 15.;k1@west.example;
W2;Ana;Ruiz;Product Specialist;서부팀;15-Mar-2021;k2@west.example;김지우
"""
HEAD = "Employee #,Name,Job Title,Department,Hire Date,Work Email,Reports To\n"


@pytest.fixture
def bring(app, tmp_path):
    """Write a file and run the command on it."""

    def run(text, *options, encoding="utf-8", status=0):
        path = tmp_path / "roster.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        result = app.test_cli_runner().invoke(commands, ["import", str(path), *options])
        assert result.exit_code == status, result.output
        session().rollback()
        return result.output

    return run


def everything():
    tables = (Person, Team, JobRoleHolding, ReportingPath, Event)
    return [session().scalar(sa.select(sa.func.count()).select_from(table)) for table in tables]


def test_a_bamboohr_roster_comes_in_whole(bring):
    out = bring(BAMBOO)
    assert "4 people added, 0 changed, 0 unchanged, 1 team added." in out
    nils = row(person_by_email("nils.berg@west.example").id)
    ana = row(person_by_email("ana.ruiz@west.example").id)
    assert (str(nils.name), nils.job_role_id, str(nils.team_name)) == ("Nils Berg", "account-manager", "West team")
    assert nils.manager_id == ana.id
    assert ana.job_role_id == "sales-manager"
    assert person_by_email("zoe.moreau@west.example").hired_on.isoformat() == "2024-03-09"


def test_titles_above_totals_below_and_columns_not_used_are_named(bring):
    out = bring(BAMBOO)
    assert "Line 1 is not about a person, left out: Hanbit Office Supplies" in out
    assert "Line 9 is not about a person, left out: Total employees: 4" in out
    assert "Columns not used: Location" in out


@pytest.mark.parametrize(
    "head",
    [
        "Employee ID,Worker,Business Title,Supervisory Organization,Hire Date,Email - Primary Work,Manager",
        "사번,이름,직함,부서,입사일,업무 이메일,직속 상사",
    ],
)
def test_what_workday_and_korean_offices_call_mail_and_manager_is_known(bring, head):
    ana = "8001,Ana Ruiz,영업 팀장,West,2024-03-15,ana@acme.example,"
    bo = "8002,Bo Lind,SDR,West,2025-11-02,bo@acme.example,8001"
    assert "not used" not in bring(f"{head}\n{ana}\n{bo}\n")
    assert row(person_by_email("bo@acme.example").id).manager_id == person_by_email("ana@acme.example").id


def test_what_workday_writes_in_brackets_is_read_as_it_is_meant(bring):
    head = "Worker,Employee ID,Business Title,Supervisory Organization,Primary Work Email,Worker's Manager\n"
    ana = "Ana Ruiz (20001),20001,Sales Manager,West (Ana Ruiz),ana@west.example,Sora Han\n"
    bo = "Bo Lind (On Leave),20002,SDR,West (Ana Ruiz),bo@west.example,Ana Ruiz (20001)\n"
    cy = "Cy (Kit) Poe,20003,SDR,West (Busan),cy@west.example,Ana Ruiz (On Leave)\n"
    bring(head + ana + bo + cy)
    rows = {who: row(person_by_email(f"{who}@west.example").id) for who in ("ana", "bo", "cy")}
    assert [str(found.name) for found in rows.values()] == ["Ana Ruiz", "Bo Lind", "Cy (Kit) Poe"]
    assert {found.manager_id for found in (rows["bo"], rows["cy"])} == {rows["ana"].id}
    assert [str(found.team_name) for found in rows.values()] == ["West", "West", "West (Busan)"]
    assert "0 people added, 0 changed" in bring(head + ana + bo + cy)


@pytest.mark.parametrize("head", ["Manager ID", "Worker's Manager Employee ID", "Supervisor EID"])
def test_a_manager_is_found_by_a_column_of_numbers(bring, head):
    bring(f"Employee ID,Name,Work Email,{head}\n1,Ana Ruiz,ana@west.example,\n2,Bo Lee,bo@west.example,1\n")
    assert row(person_by_email("bo@west.example").id).manager_id == person_by_email("ana@west.example").id


@pytest.mark.parametrize(
    ("column", "left"),
    [("Status", "Inactive"), ("Employment Status", "Terminated (2026-10-01)"), ("재직 상태", "퇴사")],
)
def test_who_left_by_the_column_of_their_status_is_left_out_and_named(bring, column, left):
    text = f"Name,Work Email,{column}\nAna Ruiz,ana@west.example,Active\nBo Lee,bo@west.example,{left}\n"
    out = bring(text + "Cy Poe,cy@west.example,On Leave\n")
    assert "2 people added" in out
    assert "Line 3 is about somebody who left, left out: Bo Lee" in out
    assert "not used" not in out
    assert person_by_email("bo@west.example") is None


def test_a_quotation_mark_that_is_never_closed_swallows_nobody_in_silence(bring):
    out = bring(
        'Name,Work Email\nAna Ruiz,ana@west.example\n"Bo Lee,bo@west.example\nCy Poe,c@west.example\n', status=1
    )
    assert "A quotation mark in line 3 is never closed." in out
    assert person_by_email("ana@west.example") is None


def test_people_of_whom_the_file_has_the_name_alone_are_no_remark_below(bring):
    assert "2 people added" in bring("Name,Job Title\nAna Ruiz,\nBo Lee,\n")


def test_a_last_line_without_a_name_is_told_not_left_out(bring):
    out = bring("Name,Job Title\nAna Ruiz,SDR\n,SDR\n", status=1)
    assert re.search(r"^3 +Name +The name is missing\.", out, re.MULTILINE), out


def test_a_table_with_korean_names_stands_straight(bring):
    out = bring("이름,직함\n김지우,SDR\nAna Ruiz,SDR\n", "--dry-run")
    head, _, *lines = out.splitlines()
    wide = head.index("What")
    assert next(line for line in lines if line.startswith("2")).index("New person") == wide - 3
    assert next(line for line in lines if line.startswith("3")).index("New person") == wide


def test_a_file_that_is_no_text_is_not_answered_with_a_column(bring):
    out = bring(bytes(range(256)) * 20, status=1)
    assert "The file is not text we can read. Save it as CSV in UTF-8." in out
    assert "--map" not in out


def test_the_line_of_reporting_is_drawn_through_the_whole_file(bring):
    bring(BAMBOO)
    dan, ana = (person_by_email(f"{who}@west.example").id for who in ("dan.oh", "ana.ruiz"))
    assert session().get(ReportingPath, (ana, dan)).depth == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_a_workday_roster_comes_in_in_any_encoding(bring, encoding):
    bring(WORKDAY, encoding=encoding)
    manager, other = person_by_email("k1@west.example"), person_by_email("k2@west.example")
    assert str(manager.name) == "김지우"
    assert row(other.id).manager_id == manager.id
    assert row(other.id).job_role_id == "specialist"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_delimiters_and_line_ends_do_not_matter(bring, delimiter, line_end):
    out = bring(WORKDAY.replace(";", delimiter).replace("\n", line_end))
    assert "2 people added" in out


@pytest.mark.parametrize("text", [BAMBOO, WORKDAY])
def test_the_same_roster_again_changes_nothing(bring, text):
    bring(text)
    before = everything()
    out = bring(text)
    assert "0 people added, 0 changed" in out
    assert everything() == before


def test_a_dry_run_shows_the_table_and_writes_nothing(bring):
    before = everything()
    out = bring(BAMBOO, "--dry-run")
    assert re.search(r"^5 +Nils Berg +Role +account-manager$", out, re.MULTILINE)
    assert "4 people to add, 0 to change, 0 unchanged, 1 team to add. Nothing was written (--dry-run)." in out
    assert everything() == before


def test_one_wrong_line_stops_the_whole_file_and_every_error_is_told_with_its_place(bring):
    before = everything()
    text = HEAD + (
        "1,Ana Ruiz,Account Manager,West,2020-01-15,ana@west.example,\n"
        "2,,Account Manager,West,2020-13-15,bo@west,Nobody Here\n"
        "3,Cy Poe,Chief Happiness Officer,West,03/09/2026,cy@west.example,Ana Ruiz\n"
    )
    out = bring(text, status=1)
    for line, column, words in (
        (3, "Name", "The name is missing."),
        (3, "Hire Date", "2020-13-15 is not a day of the calendar."),
        (3, "Work Email", "bo@west is not an e-mail address."),
        (4, "Job Title", 'Say it with --role "Chief Happiness Officer=account-manager"'),
        (4, "Hire Date", "03/09/2026 could be two days: say whether day or month comes first."),
        (4, "Hire Date", 'Say it with --map "Hire Date=hired_on:dmy", or "Hire Date=hired_on:mdy".'),
    ):
        assert re.search(rf"^{line} +{column} +.*{re.escape(words)}", out, re.MULTILINE), out
    assert "Nothing was written" in out
    assert everything() == before


def test_what_is_too_long_for_the_record_is_told_with_its_place(bring):
    before = everything()
    address, name = f"{'a' * 245}@b.example", "N" * 121
    out = bring(HEAD + f"{'9' * 61},{name},Account Manager,{'W' * 81},2020-01-15,{address},\n", status=1)
    for column, longest in (("Name", 120), ("Work Email", 254), ("Employee #", 60), ("Department", 80)):
        assert re.search(rf"^2 +{column} +Keep this under {longest} characters\.", out, re.MULTILINE), out
    assert everything() == before


def test_a_name_in_two_columns_that_is_too_long_is_told_at_the_last_name(bring):
    out = bring(f"First Name,Last Name,Work Email\n{'A' * 60},{'B' * 60},a@west.example\n", status=1)
    assert re.search(r"^2 +Last Name +Keep this under 120 characters\.", out, re.MULTILINE), out


def test_what_just_fits_the_record_comes_in(bring):
    address = f"{'a' * 244}@b.example"
    bring(HEAD + f"{'9' * 60},{'N' * 120},Account Manager,{'W' * 80},2020-01-15,{address},\n")
    assert str(row(person_by_email(address).id).name) == "N" * 120


def test_a_title_can_be_told_and_may_be_no_role_at_all(bring):
    text = HEAD + "1,Ana Ruiz,Closer,,,ana@west.example,\n2,Bo Lee,Accountant,,,bo@west.example,\n"
    bring(text, "--role", "Closer=account-manager", "--role", "accountant=none")
    assert row(person_by_email("ana@west.example").id).job_role_id == "account-manager"
    assert row(person_by_email("bo@west.example").id).job_role_id is None


def test_a_role_that_is_none_of_ours_is_refused(bring):
    out = bring(HEAD + "1,Ana Ruiz,Closer,,,ana@west.example,\n", "--role", "Closer=king", status=1)
    assert "king is not a role. Roles: account-manager, customer-success" in out


@pytest.mark.parametrize(("order", "day"), [("dmy", "2026-09-03"), ("mdy", "2026-03-09")])
def test_which_comes_first_day_or_month_can_be_told(bring, order, day):
    bring(HEAD + "1,Ana Ruiz,,,03/09/2026,ana@west.example,\n", "--map", f"Hire Date=hired_on:{order}")
    assert person_by_email("ana@west.example").hired_on.isoformat() == day


def test_which_comes_first_is_learnt_from_the_rest_of_the_column(bring):
    bring(HEAD + "1,Ana Ruiz,,,03/09/2026,ana@west.example,\n2,Bo Lee,,,25/09/2026,bo@west.example,\n")
    assert person_by_email("ana@west.example").hired_on.isoformat() == "2026-09-03"


def test_a_circle_in_the_file_is_refused_with_its_names(bring):
    text = (
        HEAD
        + "1,Ana Ruiz,,,,ana@west.example,Cy Poe\n2,Bo Lee,,,,bo@west.example,Ana Ruiz\n"
        + "3,Cy Poe,,,,cy@west.example,Bo Lee\n"
    )
    out = bring(text, status=1)
    assert "This closes a circle: Ana Ruiz → Cy Poe → Bo Lee → Ana Ruiz." in out
    assert person_by_email("ana@west.example") is None


def test_a_circle_is_told_once_and_reporting_to_oneself_in_plain_words(bring):
    text = HEAD + "1,Ana Ruiz,,,,ana@west.example,Bo Lee\n2,Bo Lee,,,,bo@west.example,Ana Ruiz\n"
    out = bring(text + "3,Cy Poe,,,,cy@west.example,Cy Poe\n", status=1)
    assert out.count("This closes a circle") == 1
    assert re.search(r"^4 +Reports To +Nobody reports to themselves\.", out, re.MULTILINE), out


def test_a_circle_with_a_line_that_stands_already_is_refused(bring):
    out = bring("Name,Work Email,Reports To\nKyungmi Noh,kyungmi@hanbit-office.example,Jiwoo Park\n", status=1)
    assert "This closes a circle: Kyungmi Noh → Jiwoo Park → Sora Han → Kyungmi Noh." in out


def test_a_manager_and_a_report_may_change_places(bring, cast):
    text = (
        "Name,Work Email,Reports To\nSora Han,sora@hanbit-office.example,Taeyang Oh\n"
        "Taeyang Oh,taeyang@hanbit-office.example,Kyungmi Noh\n"
    )
    assert "0 people added, 2 changed" in bring(text)
    assert row(cast("sora")).manager_id == cast("taeyang")
    assert session().get(ReportingPath, (cast("kyungmi"), cast("jiwoo"))).depth == 3


def test_people_who_are_here_already_are_changed_not_doubled(bring, cast):
    before = everything()[0]
    text = "Name,Job Title,Work Email,Department\nPark Jiwoo,Account Executive,JIWOO@hanbit-office.example,south team\n"
    out = bring(text)
    assert everything()[0] == before
    assert "Jiwoo Park" in out
    changed = row(cast("jiwoo"))
    assert (str(changed.name), changed.name.ko, changed.job_role_id) == ("Park Jiwoo", "박지우", "account-manager")
    assert str(changed.team_name) == "South team"


def test_an_empty_cell_changes_nothing(bring):
    out = bring("Name,Job Title,Work Email,Department,Reports To\nJiwoo Park,,jiwoo@hanbit-office.example,,\n")
    assert "0 people added, 0 changed, 1 unchanged" in out


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "1,Ana Ruiz,,,,jiwoo@hanbit-office.example,\n1,Bo Lee,,,,bo@west.example,\n",
            "Line 3 has the same employee number.",
        ),
        (
            "1,Ana Ruiz,,,,ana@west.example,\n2,Bo Lee,,,,ANA@west.example,\n",
            "Line 3 has the same e-mail address.",
        ),
        ("H1004,Ana Ruiz,,,,jiwoo@hanbit-office.example,\n", "This could be more than one person here"),
        ("1,Ana Ruiz,,,,ana@west.example,Bo Nobody\n", "There is nobody called Bo Nobody"),
        (
            "1,Ana Ruiz,,,,ana@west.example,Lee Same\n2,Lee Same,,,,l1@west.example,\n3,Lee Same,,,,l2@west.example,\n",
            "could be more than one person",
        ),
        ("1,Ruiz, Ana,AE,West,2020-01-15,ana@west.example,Bo Lee\n", "more cells than there are headings"),
    ],
)
def test_what_can_not_be_told_apart_is_refused(bring, line, words):
    assert words in bring(HEAD + line, status=1)


def test_two_lines_that_find_the_same_person_by_different_cells_are_refused(bring, cast):
    number = person_by_email("jiwoo@hanbit-office.example").employee_no
    text = HEAD + f"{number},Jiwoo Park,,,,,\n,Ji Park,,,,jiwoo@hanbit-office.example,\n"
    assert "Line 2 is about the same person." in bring(text, status=1)


def test_somebody_who_left_is_not_brought_back_in_silence(bring, cast):
    from coach.db import unit_of_work
    from coach.people.queries import person
    from coach.people.services import deactivate

    with unit_of_work():
        deactivate(person(cast("hana")), by=None)
    out = bring("Name,Work Email\nHana Yoon,hana@hanbit-office.example\n", status=1)
    assert "Hana Yoon left. Let them in again first, under Accounts." in out


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n",
        b"hello",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\xff\xfe\x00",
        b"a,b,c\n1,2,3\n",
        b"Name,Work Email\n",
    ],
)
def test_a_file_that_is_no_roster_gets_a_sentence(bring, raw):
    out = bring(raw, status=1)
    assert "Traceback" not in out
    assert "Nothing was written" in out


def test_a_column_can_be_told_by_its_name(bring):
    bring(
        "Who,Mail,Boss\nAna Ruiz,ana@west.example,\nBo Lee,bo@west.example,Ana Ruiz\n",
        *("--map", "Who=name", "--map", "Mail=email", "--map", "Boss=manager"),
    )
    assert row(person_by_email("bo@west.example").id).manager_id == person_by_email("ana@west.example").id


def test_a_column_that_is_not_there_is_named(bring):
    assert "The file has no column Boss." in bring(BAMBOO, "--map", "Boss=manager", status=1)
    assert "is not COLUMN=FIELD" in bring(BAMBOO, "--map", "Boss", status=2)


def test_no_password_is_made_by_an_import(bring):
    from coach.accounts.models import Account

    before = session().scalar(sa.select(sa.func.count()).select_from(Account))
    bring(BAMBOO)
    assert session().scalar(sa.select(sa.func.count()).select_from(Account)) == before
