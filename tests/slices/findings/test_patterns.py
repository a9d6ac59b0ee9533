"""What several people of a role share: only one's own people, and help for all of them with one click."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.access.identity import Identity
from coach.assignments.models import Assignment
from coach.charts.tracks import State
from coach.db import session, unit_of_work
from coach.evidence.changes import change_settings
from coach.findings.pattern import pattern, subject
from coach.people.models import TeamMembership
from tests.client import Browser
from tests.conftest import TODAY
from tests.slices.evidence.counting import counter
from tests.slices.evidence.pressing import press
from tests.slices.evidence.seeing import OBJECTIONS, found_below, logged

Cast = Callable[[str], uuid.UUID]
Open = Callable[..., Browser]
BELOW = ("minho", "hana", "sojin")


@pytest.fixture
def path(app: Flask, cast: Cast) -> str:
    """Let three of the north team's five account managers be below target; give the path of the page."""
    with unit_of_work():
        for who in BELOW:
            found_below(cast(who), coaches=[cast("taeyang"), cast("sora")])
        for coach in ("mirae", "sora", "taeyang"):
            logged(cast("rian"), 3.0, by=cast(coach), days_ago=4)
    return f"/teams/{north(cast)}/findings/{OBJECTIONS}/account-manager"


def north(cast: Cast) -> uuid.UUID:
    """Give the id of the north team."""
    return session().scalars(sa.select(TeamMembership.team_id).where(TeamMembership.person_id == cast("minho"))).one()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("sora", 200),
        ("kyungmi", 200),
        ("taeyang", 200),
        ("mirae", 200),
        ("minho", 403),
        ("olivia", 403),
        ("felix", 403),
        ("marcus", 403),
        ("dana", 403),
        ("ines", 403),
    ],
)
def test_a_pattern_is_for_those_who_lead_or_coach_somebody_in_it(
    path: str, browser: Open, who: str, status: int
) -> None:
    reader = browser(who)
    reader.get(path, status=status)
    own = {"olivia": 200, "felix": 200, "marcus": 200}.get(who, status)
    if who == "ines":
        own = 403
    reader.get(f"/findings/pattern/{OBJECTIONS}/account-manager", status=own)


def test_a_coach_sees_only_whom_they_coach(path: str, browser: Open) -> None:
    page = browser("mirae").get(path).text
    assert "윤하나" in page
    assert "권리안" in page
    assert "서민호" not in page
    assert "배소진" not in page


@pytest.mark.parametrize(("who", "up"), [("taeyang", "/coachees"), ("sora", "/teams/")])
def test_the_way_back_leads_where_the_reader_may_go(path: str, browser: Open, who: str, up: str) -> None:
    reader = browser(who)
    page = reader.get(path).text
    [back] = set(re.findall(r'href="(/coachees|/team|/teams/[0-9a-f-]{36})"', page.split("<main", 1)[1]))
    assert back.startswith(up)
    reader.get(back)


def test_the_page_counts_who_is_below_and_how_many_may_be_mistaken(path: str, browser: Open) -> None:
    page = browser("sora").get(path).text
    assert "Account managers: 3 of 5 are below target on Handle objections" in page
    assert "That rests on 9 talks, seen by 3 people." in page
    assert "Of these findings, expect fewer than one to be mistaken." in page
    assert "3 of 9 talks at “Alone” or above" in page
    assert page.index("Sojin Bae") < page.index("Rian Kwon")
    assert "Daehyun Cho" in page  # nobody saw anything of him: a row, not a gap


def test_one_click_assigns_to_all_who_need_it_and_undo_takes_all_back(path: str, browser: Open, cast: Cast) -> None:
    sora = browser("sora")
    answer = sora.post("/assign", press(sora.get(path).text, "Assign to 3"))
    after = sora.follow(answer).text
    assert "Assigned to 3, due Mon 7 Dec" in after
    assert "Assign to 3" not in after.split("lesson-", 1)[0].split("What could help")[1].split("</section>")[0]
    rows = list(session().scalars(sa.select(Assignment)))
    assert {row.person_id for row in rows} == {cast(who) for who in BELOW}
    assert all(row.because_id for row in rows)
    undo = press(after, "Undo")
    sora.post(f"/assignments/acts/{rows[0].act_id}/undo?back={path}", undo)
    session().expire_all()
    assert all(row.withdrawn_at for row in session().scalars(sa.select(Assignment)))


def test_addresses_that_lead_nowhere_are_not_found(path: str, browser: Open, cast: Cast) -> None:
    sora = browser("sora")
    sora.get(f"/teams/{uuid.UUID(int=5)}/findings/{OBJECTIONS}/account-manager", status=404)
    sora.get(f"/teams/{north(cast)}/findings/no-skill/account-manager", status=404)
    sora.get(f"/findings/pattern/{OBJECTIONS}/no-role", status=404)
    empty = sora.get(f"/findings/pattern/{OBJECTIONS}/sales-manager").text
    assert "Nobody in this role" in empty


@pytest.mark.parametrize("below", [1, 5])
def test_it_takes_as_many_statements_for_five_as_for_one(app: Flask, browser: Open, cast: Cast, below: int) -> None:
    with unit_of_work():
        for who in ("minho", "hana", "sojin", "rian", "daehyun")[:below]:
            found_below(cast(who), coaches=[cast("taeyang"), cast("sora")])
    path = f"/teams/{north(cast)}/findings/{OBJECTIONS}/account-manager"
    finding = session().execute(sa.text("SELECT id FROM finding")).first()
    assert finding is not None
    count, sora = counter(app), browser("sora")
    assert count(sora, path) <= 11
    assert count(sora, f"/findings/{uuid.UUID(str(finding[0]))}") <= 12


def test_what_people_share_is_below_by_the_settings(path: str, app: Flask, browser: Open, cast: Cast) -> None:
    def whole() -> State:
        about = subject(OBJECTIONS, "account-manager")
        found = pattern(Identity(cast("sora")), about, team_id=north(cast), today=TODAY)
        assert found.whole is not None
        return found.whole.state(about.threshold)

    assert whole() is State.BELOW
    with unit_of_work():
        change_settings(by=None, changes={"thresholds.gap": 2.0})
    assert whole() is State.UNSURE
