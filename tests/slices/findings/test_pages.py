"""The pages of findings, as each relation sees them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coach.assignments.models import Assignment
from coach.db import session, unit_of_work
from coach.evidence import calibration, nights
from coach.evidence.changes import change_settings
from coach.evidence.models import Prior, PriorWithout
from coach.findings.models import Resolution
from coach.findings.services import open_finding
from coach.people.models import Person
from tests.client import Browser
from tests.slices.evidence.pressing import press
from tests.slices.evidence.seeing import OBJECTIONS, found_below, logged

Cast = Callable[[str], uuid.UUID]
Open = Callable[..., Browser]
RELATIONS = [
    ("minho", 200),
    ("taeyang", 200),
    ("sora", 200),
    ("kyungmi", 200),
    ("hana", 404),
    ("olivia", 404),
    ("felix", 404),
    ("marcus", 404),
    ("dana", 404),
    ("ines", 404),
]


@pytest.fixture
def finding(app: Flask, cast: Cast) -> uuid.UUID:
    """Let a finding be open about Minho."""
    with unit_of_work():
        found_below(cast("minho"), coaches=[cast("taeyang"), cast("sora")])
        found = open_finding(cast("minho"), OBJECTIONS)
    assert found is not None
    return found.id


@pytest.mark.parametrize(("who", "status"), RELATIONS)
def test_a_finding_is_open_to_the_person_and_those_who_answer_for_them(
    finding: uuid.UUID, browser: Open, who: str, status: int
) -> None:
    browser(who).get(f"/findings/{finding}", status=status)


def test_a_finding_that_a_new_prior_eased_says_why_it_is_still_open(finding: uuid.UUID, browser: Open) -> None:
    clear = {"/": "Minho Seo: Handle objections", "/team": "Minho Seo is clearly below target on Handle objections"}
    assert all(words in browser("sora").get(path).text for path, words in clear.items())
    page = browser("sora").get(f"/findings/{finding}").text
    assert "Minho is below target on Handle objections" in page
    assert "It stays open" not in page
    with unit_of_work():
        calibration.calibrate()
        for model in (Prior, PriorWithout):
            session().execute(sa.update(model).values(mu0=3.9, s0=0.35))
    nights.refresh()
    assert not any(words in browser("sora").get(path).text for path, words in clear.items()), "it stands out no more"
    page = browser("sora").get(f"/findings/{finding}").text
    assert "Minho was below target on Handle objections" in page
    assert "It stays open until the next talk or check shows it too." in page
    assert "What could help" in page
    assert "Clearly below target" not in page


def test_an_eased_finding_is_called_clear_nowhere(finding: uuid.UUID, browser: Open, cast: Cast) -> None:
    who = f"/people/{cast('minho')}"
    clear = {
        ("taeyang", "/"): "Clearly below target: 1",
        ("sora", who): "Clearly below target.",
        ("sora", f"{who}/skills"): "1 skill is clearly below target.",
        ("sora", f"{who}/skills/{OBJECTIONS}"): "Clearly below target",
        ("sora", f"/findings/pattern/{OBJECTIONS}/account-manager"): "1 of 5 are below target",
    }
    assert [page for page, words in clear.items() if words not in browser(page[0]).get(page[1]).text] == []
    with unit_of_work():
        change_settings(by=None, changes={"thresholds.open_at": 0.999, "thresholds.close_at": 0.998})
    assert [page for page, words in clear.items() if words in browser(page[0]).get(page[1]).text] == []


def test_a_finding_is_called_eased_by_the_settings(finding: uuid.UUID, browser: Open) -> None:
    with unit_of_work():
        change_settings(by=None, changes={"thresholds.open_at": 0.999, "thresholds.close_at": 0.998})
    assert "Minho was below target on Handle objections" in browser("sora").get(f"/findings/{finding}").text


@pytest.mark.parametrize(
    ("who", "status"),
    [("minho", 404), ("taeyang", 200), ("sora", 200), ("kyungmi", 404), ("olivia", 404), ("dana", 404)],
)
def test_only_a_coach_or_manager_may_close_it(finding: uuid.UUID, browser: Open, who: str, status: int) -> None:
    browser(who).get(f"/findings/{finding}/decline", status=status)


@pytest.mark.parametrize(("who", "status"), [("minho", 200), ("sora", 404), ("taeyang", 404), ("dana", 404)])
def test_only_the_person_adds_their_own_words(finding: uuid.UUID, browser: Open, who: str, status: int) -> None:
    browser(who).get(f"/findings/{finding}/contest", status=status)


def test_one_click_assigns_the_proposed_lesson_and_undo_takes_it_back(
    finding: uuid.UUID, browser: Open, cast: Cast
) -> None:
    sora = browser("sora")
    page = sora.get(f"/findings/{finding}")
    assert "Minho is below target on Handle objections" in page.text
    assert page.text.count('class="btn primary') == 2  # in the card, and as the phone's sticky action
    answer = sora.post("/assign", press(page.text, "Assign"))
    assert answer.headers["Location"] == f"/findings/{finding}"
    after = sora.follow(answer).text
    assert "Assigned to Minho, due Mon 7 Dec" in after
    row = session().scalars(sa.select(Assignment)).one()
    assert (row.person_id, row.because_id, row.assigned_by) == (cast("minho"), finding, cast("sora"))
    back = sora.post(f"/assignments/acts/{row.act_id}/undo?back=/findings/{finding}")
    assert "Taken back" in sora.follow(back).text
    assert session().scalars(sa.select(Assignment.withdrawn_at)).one() is not None


def test_the_person_reads_the_same_page_worded_to_them_and_takes_the_lesson(
    finding: uuid.UUID, browser: Open, cast: Cast
) -> None:
    with unit_of_work():
        session().get_one(Person, cast("minho")).language = "en"
    minho = browser("minho")
    page = minho.get(f"/findings/{finding}").text
    assert "You are below target on Handle objections" in page
    assert "Take this lesson" in page
    minho.follow(minho.post("/assignments/mine", press(page, "Take this lesson")))
    row = session().scalars(sa.select(Assignment)).one()
    assert (row.person_id, row.assigned_by, row.because_id) == (cast("minho"), cast("minho"), finding)
    minho.get(f"/findings/{finding}")
    answer = minho.post(f"/findings/{finding}/contest", {"text": "Half of these were one customer."})
    assert "Half of these were one customer." in minho.follow(answer).text
    assert "Half of these were one customer." in browser("sora").get(f"/findings/{finding}").text


def test_a_decline_needs_a_reason_and_stays_with_a_name(finding: uuid.UUID, browser: Open) -> None:
    sora = browser("sora")
    sora.get(f"/findings/{finding}")
    sora.post(f"/findings/{finding}/decline", {"reason": "  "}, status=422)
    page = sora.follow(sora.post(f"/findings/{finding}/decline", {"reason": "All three calls were one customer."})).text
    assert "All three calls were one customer." in page
    assert "Sora Han" in page
    assert "was below target" in page
    sora.get(f"/findings/{finding}/decline")
    sora.post(f"/findings/{finding}/decline", {"reason": "Again"}, status=409)
    assert session().scalars(sa.select(Resolution.kind)).one() == "declined"


def test_what_ended_a_finding_is_named_and_nothing_is_proposed_any_more(
    finding: uuid.UUID, browser: Open, cast: Cast, frozen: time_machine.Traveller
) -> None:
    frozen.shift(timedelta(days=3))
    with unit_of_work():
        while open_finding(cast("minho"), OBJECTIONS) is not None:
            logged(cast("minho"), 4.0, by=cast("taeyang"))
            logged(cast("minho"), 4.0, by=cast("mirae"))
    page = browser("sora").get(f"/findings/{finding}").text
    assert "Minho was below target on Handle objections" in page
    assert "Over since Thu 26 Nov" in page
    assert "saw it on Thu 26 Nov." in page
    assert "What could help" not in page
