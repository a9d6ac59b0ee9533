"""The page of a team: who may see it, that nobody is missing from it, and what it says."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.accounts.services import open_account
from coach.db import new_id, session, unit_of_work
from coach.evidence.changes import change_settings
from coach.evidence.models import Evidence
from coach.evidence.services import contest
from coach.people import services as people
from coach.people.models import Person, Team, TeamMembership
from coach.words import Text
from tests.client import Browser
from tests.conftest import TODAY
from tests.slices.evidence.seeing import NEEDS, OBJECTIONS
from tests.slices.reports.living import talked, weak
from tests.statements import count_statements

Cast = Callable[[str], uuid.UUID]
Open = Callable[..., Browser]


def team_of(person_id: uuid.UUID) -> uuid.UUID:
    """Find the team of somebody in one."""
    query = sa.select(TeamMembership.team_id)
    return session().scalars(query.where(TeamMembership.person_id == person_id)).one()


def rows(html: str) -> list[str]:
    """Read the names of the people down the wide heat table, in order."""
    table = html[html.index("<table") : html.index("</table>")]
    names = re.findall(r'<th scope="row">\s*<a [^>]*><span>([^<]*)</span>', table)
    return [unescape(name) for name in names]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("sora", 200),
        ("kyungmi", 200),
        ("marcus", 403),
        ("taeyang", 403),
        ("olivia", 403),
        ("minho", 403),
        ("bora", 403),
        ("dana", 403),
        ("ines", 403),
    ],
)
def test_a_team_is_open_to_those_who_answer_for_it(
    app: Flask, browser: Open, cast: Cast, who: str, status: int
) -> None:
    browser(who).get(f"/teams/{team_of(cast('minho'))}", status=status)


def test_a_team_that_does_not_exist_is_not_found(browser: Open) -> None:
    browser("sora").get(f"/teams/{new_id()}", status=404)


@pytest.mark.parametrize(("who", "status"), [("sora", 200), ("minho", 403), ("taeyang", 403), ("dana", 403)])
def test_my_team_is_for_who_leads_one(browser: Open, who: str, status: int) -> None:
    browser(who).get("/team", status=status)


@pytest.mark.parametrize(("who", "status"), [("taeyang", 200), ("sora", 403), ("minho", 403), ("dana", 403)])
def test_the_people_i_coach_are_for_who_coaches(browser: Open, who: str, status: int) -> None:
    browser(who).get("/coachees", status=status)


def test_a_coach_sees_present_coachees_and_nobody_else(browser: Open) -> None:
    assert sorted(rows(browser("taeyang").get("/coachees").text)) == [
        "Daehyun Cho",
        "Jiwoo Park",
        "Minho Seo",
        "Sojin Bae",
    ]


def test_each_person_of_the_tree_stands_in_one_group_and_only_once(browser: Open) -> None:
    head = browser("kyungmi")
    first = head.get("/team").text
    seen = list(rows(first))
    tabs = re.findall(r'href="(/team[^"]*)"', first[first.index('class="tabs"') :])
    for path in dict.fromkeys(tabs):
        if path.startswith(("/teams/", "/team/without")) and 'aria-current="page"' not in _tab(first, path):
            seen += rows(head.get(path).text)
    assert len(seen) == len(set(seen)) == 37
    assert {"Nora Lindqvist", "Ines Duarte"} <= set(seen)


def _tab(html: str, path: str) -> str:
    return re.search(rf'<a href="{path}"[^>]*>', html).group()  # type: ignore[union-attr]


def test_people_in_no_team_are_a_group_and_one_without_a_role_is_a_row(browser: Open) -> None:
    page = browser("kyungmi").get("/team/without").text
    assert rows(page) == ["Nora Lindqvist", "Ines Duarte"]
    assert "No job role" in page


def test_who_leads_one_team_has_no_tabs_and_no_group_of_none(browser: Open) -> None:
    leader = browser("sora")
    assert 'class="tabs"' not in leader.get("/team").text
    assert "Everybody is in a team" in leader.get("/team/without").text
    browser("minho").get("/team/without", status=403)


def test_somebody_deactivated_is_no_row(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        people.deactivate(session().get_one(Person, cast("rian")), by=cast("dana"))
    assert "Rian Kwon" not in browser("sora").get("/team").text


def test_a_fresh_team_says_what_is_not_known(browser: Open) -> None:
    page = browser("sora").get("/team").text
    assert "No coaching logged yet for" in page
    assert "Too little seen to judge" in page
    assert "0 of 12" in page
    assert "clearly below target on" not in page


def test_how_often_a_skill_must_be_seen_is_said_as_it_is_set(app: Flask, browser: Open, cast: Cast) -> None:
    page = f"/teams/{team_of(cast('sora'))}"
    assert "Each skill seen 3 times" in browser("sora").get(page).text
    with unit_of_work():
        weak(cast("minho"), OBJECTIONS, by=(cast("taeyang"), cast("sora")))
        change_settings(by=None, changes={"thresholds.pieces": 5})
    assert "Each skill seen 5 times" in browser("sora").get(page).text


def test_a_weakness_that_a_role_shares_is_said_once_and_leads_to_its_pattern(
    app: Flask, browser: Open, cast: Cast
) -> None:
    with unit_of_work():
        for key in ("minho", "daehyun", "hana"):
            weak(cast(key), OBJECTIONS, by=(cast("taeyang"), cast("sora")))
    page = browser("sora").get("/team").text
    assert "3 of 5 account managers are clearly below target on Handle objections" in page
    assert f"/teams/{team_of(cast('minho'))}/findings/handle-objections/account-manager" in page
    assert "Minho Seo is clearly below target" not in page
    assert page.count("clearly below target</span>") == 6  # three people, drawn wide and for a phone


def test_a_shared_weakness_whose_evidence_is_objected_to_says_no_gap(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        for key in ("minho", "daehyun", "hana"):
            weak(cast(key), OBJECTIONS, by=(cast("taeyang"), cast("sora")))
            theirs = sa.select(Evidence.id).where(Evidence.person_id == cast(key)).order_by(Evidence.seen_at).limit(2)
            for piece in session().scalars(theirs).all():
                contest(piece, by=cast(key), text="It was a hard week")
    page = browser("sora").get("/team").text
    assert "3 of 5 account managers are clearly below target on Handle objections" in page
    assert "Gap of the group" not in page


def test_one_finding_alone_leads_to_its_evidence(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        weak(cast("minho"), OBJECTIONS, by=(cast("taeyang"), cast("sora")))
    page = browser("sora").get("/team").text
    assert "Minho Seo is clearly below target on Handle objections" in page
    assert re.search(r'href="/findings/[0-9a-f-]{36}"', page)


def test_who_was_not_coached_for_three_weeks_is_named_with_the_days(app: Flask, browser: Open, cast: Cast) -> None:
    north = ("daehyun", "hana", "sojin", "rian", "jiwoo", "yuna", "taemin", "taeyang", "mirae", "eunbi")
    with unit_of_work():
        for key in north:
            talked(cast(key), by=cast("sora"), levels={NEEDS: 3}, days_ago=3)
        talked(cast("minho"), by=cast("sora"), levels={NEEDS: 3}, days_ago=26)
        talked(cast("joon"), by=cast("sora"), levels={NEEDS: 3}, days_ago=31)
    page = browser("sora").get("/team").text
    assert "Joon and Minho have not been coached for 31 and 26 days" in page
    assert "The other 10 were coached in the last 14 days." in page
    assert "10 of 12" in page


def test_a_clear_rise_below_target_is_named(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        for days in (80, 74, 70, 66, 60, 55):
            talked(cast("rian"), by=cast("sora" if days % 2 else "mirae"), levels={OBJECTIONS: 1}, days_ago=days)
        for days in (20, 14, 9, 4):
            talked(cast("rian"), by=cast("sora" if days % 2 else "mirae"), levels={OBJECTIONS: 3}, days_ago=days)
    page = browser("sora").get("/team").text
    assert "Rian clearly improved on Handle objections" in page


def test_a_new_rep_is_compared_with_the_week_and_never_in_ochre(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        weak(cast("jiwoo"), NEEDS, by=(cast("taeyang"), cast("sora")))
    page = browser("sora").get("/team").text
    row = page[page.index("Jiwoo Park</span>") :]
    assert "week 3" in row[:200]
    assert "sure" not in row[: row.index("</tr>")]


@pytest.mark.parametrize("path", ["/team", "/teams", "/coachees"])
def test_the_statements_do_not_grow_with_people_or_what_was_seen(
    app: Flask, browser: Open, cast: Cast, path: str
) -> None:
    who = browser("taeyang" if path == "/coachees" else "sora")
    north = team_of(cast("minho"))
    path = f"/teams/{north}" if path == "/teams" else path
    who.get(path)
    with count_statements(app) as few:
        who.get(path)
    with unit_of_work():
        for n in range(24):
            _join(f"new{n}", north, cast)
        for key in ("minho", "daehyun", "hana", "jiwoo", "sojin"):
            weak(cast(key), OBJECTIONS, by=(cast("taeyang"), cast("sora")))
    with count_statements(app) as many:
        who.get(path)
    assert len(many) == len(few) <= 12, "\n".join(many)


def _join(name: str, team: uuid.UUID, cast: Cast) -> None:
    person = people.add_person(by=None, name=Text.same(f"{name} Person"), email=f"{name}@hanbit-office.example")
    people.give_role(person, by=None, job_role_id="account-manager", since=TODAY)
    people.place_in_team(person, by=None, team=session().get_one(Team, team), since=TODAY)
    people.report_to(person, by=None, manager=session().get_one(Person, cast("sora")), since=TODAY)
    people.pair_with_coach(person, by=None, coach=session().get_one(Person, cast("taeyang")), since=TODAY)
    open_account(person.id, password_hash=None)
