"""The directory, and who coaches whom."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from coach.db import session, unit_of_work
from coach.people import listings
from coach.people.models import CoachPairing
from coach.people.queries import person, relations_to
from coach.people.services import add_person
from coach.words import Text


def pairing(coach, coachee):
    return session().scalar(
        sa.select(CoachPairing.id).where(
            CoachPairing.coach_id == coach, CoachPairing.person_id == coachee, CoachPairing.until.is_(None)
        )
    )


def test_everybody_finds_colleagues_by_name_and_sees_no_address(browser):
    page = browser("jiwoo").get("/people").text
    assert "Marcus Webb" in page
    assert "@hanbit-office.example" not in page
    found = browser("jiwoo").get("/people?q=marcus").text
    assert "Marcus Webb" in found
    assert "Jaehee Moon" not in found


@pytest.mark.parametrize("text", ["marcus@", "%", "_", "hanbit-office", "zzzz"])
def test_a_search_finds_no_address_and_no_wildcard(browser, text):
    page = browser("jiwoo").get("/people", query_string={"q": text})
    assert "Nobody found" in page.text
    assert "Marcus Webb" not in page.text


def test_a_korean_name_is_found_too(browser):
    assert "Jiwoo Park" in browser("sora").get("/people?q=박지우").text


def test_a_long_directory_comes_in_pages_that_lose_nobody(browser):
    with unit_of_work():
        for number in range(70):
            add_person(by=None, name=Text.same(f"Extra {'Same' if number % 2 else number}"))
    one, path, seen = browser("jiwoo"), "/people", []
    while path:
        page = one.get(path).text
        seen += re.findall(r'class="strong" href="/people/([\w-]+)"', page)
        more = re.search(r'href="(/people\?after=[\w-]+)" rel="next"', page)
        path = more.group(1) if more else None
    assert len(seen) == len(set(seen)) == len(listings.directory()) - 1 + (len(seen) - listings.PAGE)
    assert len(seen) == 109


def test_a_manager_pairs_a_person_with_a_coach_of_the_team(browser, cast):
    sora, path = browser("sora"), f"/people/{cast('jiwoo')}/coaches"
    page = sora.get(path).text
    assert "Taeyang Oh" in page
    assert "Olivia Brandt" not in page, "a coach of another team is not offered"
    sora.post(path, {"coach": str(cast("mirae"))})
    assert pairing(cast("mirae"), cast("jiwoo"))


def test_a_manager_can_not_pair_with_a_coach_outside_their_tree(browser, cast):
    path = f"/people/{cast('jiwoo')}/coaches"
    page = browser("sora").post(path, {"coach": str(cast("olivia"))}, on=path, status=422).text
    assert "Choose one of the list." in page
    assert pairing(cast("olivia"), cast("jiwoo")) is None


def test_an_admin_pairs_across_teams(browser, cast):
    path = f"/people/{cast('jiwoo')}/coaches"
    browser("dana").post(path, {"coach": str(cast("olivia"))}, on=path)
    assert pairing(cast("olivia"), cast("jiwoo"))


def test_pairing_twice_makes_one_pairing(browser, cast):
    sora, path = browser("sora"), f"/people/{cast('jiwoo')}/coaches"
    for _ in range(2):
        sora.post(path, {"coach": str(cast("mirae"))}, on=path)
    assert pairing(cast("mirae"), cast("jiwoo"))
    count = sa.select(sa.func.count()).where(
        CoachPairing.coach_id == cast("mirae"),
        CoachPairing.person_id == cast("jiwoo"),
        CoachPairing.until.is_(None),
    )
    assert session().scalar(count) == 1


@pytest.mark.parametrize("who", ["seojun", "minho", "marcus", "olivia", "ines", "jiwoo"])
def test_who_stands_nowhere_near_sees_and_pairs_nothing(browser, cast, who):
    path = f"/people/{cast('jiwoo')}/coaches"
    assert "Taeyang" not in browser(who).get(path, status=403).text
    browser(who).post(path, {"coach": str(cast("mirae"))}, on="/account", status=403)
    assert pairing(cast("mirae"), cast("jiwoo")) is None
    browser().get(path, status=302)


def test_a_coach_sees_the_pairings_but_pairs_nobody(browser, cast):
    coach, path = browser("taeyang"), f"/people/{cast('jiwoo')}/coaches"
    assert "Add a coach" not in coach.get(path).text
    coach.post(path, {"coach": str(cast("mirae"))}, status=403)
    assert pairing(cast("mirae"), cast("jiwoo")) is None


def end(browser, cast, coach, coachee, on, status=303):
    found = pairing(cast(coach), cast(coachee))
    return browser.post(f"/people/{cast(coachee)}/coaches/{found}/end", on=on, status=status)


@pytest.mark.parametrize(
    ("who", "on"),
    [
        ("sora", "/people/{}/coaches"),
        ("taeyang", "/people/{}/coaches"),
        ("jiwoo", "/account"),
        ("dana", "/people/{}/coaches"),
    ],
)
def test_a_pairing_is_ended_by_who_may_and_access_is_gone_at_once(browser, cast, who, on):
    end(browser(who), cast, "taeyang", "jiwoo", on.format(cast("jiwoo")))
    assert pairing(cast("taeyang"), cast("jiwoo")) is None
    browser("taeyang").get(f"/people/{cast('jiwoo')}/coaches", status=403)


def test_a_coach_ends_no_pairing_of_another_coach(browser, cast):
    end(browser("taeyang"), cast, "mirae", "daehyun", f"/people/{cast('daehyun')}/coaches", status=403)
    assert pairing(cast("mirae"), cast("daehyun"))


def test_an_outsider_ends_nothing(browser, cast):
    end(browser("seojun"), cast, "taeyang", "jiwoo", "/account", status=403)
    assert pairing(cast("taeyang"), cast("jiwoo"))


def test_a_pairing_of_somebody_else_is_not_found_under_a_person(browser, cast):
    other = pairing(cast("mirae"), cast("daehyun"))
    path = f"/people/{cast('jiwoo')}/coaches"
    browser("sora").post(f"{path}/{other}/end", on=path, status=404)
    assert pairing(cast("mirae"), cast("daehyun"))


def test_the_person_keeps_their_relation_to_themselves(app, cast):
    from coach.access.identity import Identity, Relation

    assert Relation.SELF in relations_to(Identity(cast("jiwoo")), cast("jiwoo"))
    assert person(cast("jiwoo")).is_active
