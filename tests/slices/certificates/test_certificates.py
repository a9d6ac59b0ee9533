"""A certificate is earned by path and evidence, renewed by both, and proved by a link that says little."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from coach import clock
from coach.activity.models import Event
from coach.certificates import services
from coach.certificates.models import Certificate
from coach.certificates.nights import look_again
from coach.coaching import services as coaching
from coach.coaching.services import Setting, Talk
from coach.db import session, unit_of_work
from coach.evidence import nights
from coach.evidence import services as evidence
from coach.jobs.models import OutboxMessage
from coach.people import queries as people
from coach.publishing.services import publish
from coach.training import services as training
from tests.client import Browser
from tests.conftest import TODAY
from tests.statements import count_statements
from tests.unit.content.small_library import GOOD

Open = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]
YEAR = date(2027, 11, 23)


@pytest.fixture
def rian(app: Flask, cast: Cast) -> uuid.UUID:
    """Give somebody whose path is one lesson and whose certificate asks one skill."""
    with unit_of_work():
        publish(GOOD, by=None)
    return cast("rian")


def _talk(cast: Cast, level: int, *raters: str) -> None:
    for rater in raters:
        with unit_of_work():
            talk = Talk(
                setting=Setting.CALL, held_on=clock.today("Asia/Seoul"), levels={"negotiate": level}, about="",
                action="",
            )  # fmt: skip
            coaching.log(by=cast(rater), person_id=cast("rian"), talk=talk, zone="Asia/Seoul")


def _show(cast: Cast) -> None:
    """Let two people see the skill well above what is asked."""
    _talk(cast, 4, "sora", "mirae", "sora", "mirae")


def _learn(person: uuid.UUID) -> None:
    with unit_of_work():
        run = training.open_lesson(by=person, lesson_id="ne-trade-once")
        training.finish_part(by=person, run=run, part_id="why")
        training.answer_part(by=person, run=run, part_id="first", answer={"choice": "a"})
        training.answer_part(by=person, run=run, part_id="true", answer={"value": True})
        training.finish_part(by=person, run=run, part_id="try")


def _all() -> list[Certificate]:
    query = sa.select(Certificate).order_by(Certificate.number).execution_options(populate_existing=True)
    return list(session().scalars(query))


def _said() -> list[Any]:
    verbs = sa.select(Event.verb).where(Event.verb.like("certificate.%")).order_by(Event.at)
    return list(session().scalars(verbs))


def test_the_last_piece_of_evidence_brings_it(rian: uuid.UUID, cast: Cast) -> None:
    _learn(rian)
    _talk(cast, 4, "sora", "mirae")
    assert _all() == []
    _talk(cast, 4, "sora", "mirae")
    (earned,) = _all()
    assert (earned.person_id, earned.earned_on, earned.valid_until, earned.number) == (rian, TODAY, YEAR, 1)
    assert earned.name.ko == "영업 담당 인증"
    (skill,) = earned.skills
    assert (skill["skill_id"], skill["level"]) == ("negotiate", 3)
    assert skill["low"] < skill["mean"] < skill["high"]
    assert _said() == ["certificate.earned"]
    mail = session().scalars(sa.select(OutboxMessage).where(OutboxMessage.kind == "certificate_earned")).one()
    assert (mail.person_id, mail.payload) == (rian, {"certificate": str(earned.id)})


def test_the_last_lesson_brings_it_too(rian: uuid.UUID, cast: Cast) -> None:
    _show(cast)
    _show(cast)
    assert _all() == []
    _learn(rian)
    assert len(_all()) == 1


@pytest.mark.parametrize("level", [1, 2])
def test_the_path_alone_or_a_level_that_is_not_reached_brings_none(rian: uuid.UUID, cast: Cast, level: int) -> None:
    _learn(rian)
    _talk(cast, level, "sora", "mirae", "sora", "mirae")
    with unit_of_work():
        evidence.rate_self(by=rian, skill_id="negotiate", level=4)
    assert _all() == []


def test_what_one_says_of_oneself_brings_none(rian: uuid.UUID) -> None:
    _learn(rian)
    for _ in range(4):
        with unit_of_work():
            evidence.rate_self(by=rian, skill_id="negotiate", level=4)
    assert _all() == []


def test_it_is_renewed_in_its_last_sixty_days_when_it_still_holds(rian: uuid.UUID, cast: Cast, frozen: Any) -> None:
    _learn(rian)
    _show(cast)
    frozen.shift(timedelta(days=300))
    _show(cast)
    assert len(_all()) == 1
    frozen.shift(timedelta(days=10))
    look_again()
    first, second = _all()
    assert (second.number, second.valid_until) == (2, date(2028, 11, 23))
    assert second.token != first.token
    look_again()
    assert len(_all()) == 2
    assert _said() == ["certificate.earned", "certificate.renewed"]


def test_without_anything_seen_since_it_ends_and_comes_back_with_evidence(
    rian: uuid.UUID, cast: Cast, frozen: Any
) -> None:
    _learn(rian)
    _show(cast)
    frozen.shift(timedelta(days=900))
    nights.refresh()
    look_again()
    assert len(_all()) == 1
    _show(cast)
    assert [row.number for row in _all()] == [1, 2]
    assert _all()[1].valid_until == _all()[1].earned_on.replace(year=_all()[1].earned_on.year + 1)


def test_two_who_look_at_once_issue_one(rian: uuid.UUID, cast: Cast) -> None:
    _learn(rian)
    _show(cast)
    kept = _all()[0]
    row = {name: getattr(kept, name) for name in ("person_id", "job_role_id", "number", "earned_on", "valid_until")}
    found = services.queries.standing(people.row(rian), services.path_of(people.row(rian), TODAY))  # type: ignore[arg-type]
    assert found is not None
    with unit_of_work():
        assert services._issue(row, found) is None
    assert len(_all()) == 1


def test_evidence_of_somebody_on_the_way_costs_one_statement_more(rian: uuid.UUID, app: Flask) -> None:
    with count_statements(app) as seen, unit_of_work():
        assert services.consider(rian) is None
    assert len(seen) == 1


def test_so_does_evidence_of_somebody_whose_path_is_done_but_who_is_short_in_a_target(
    rian: uuid.UUID, cast: Cast, app: Flask
) -> None:
    _learn(rian)
    _talk(cast, 1, "sora", "mirae", "sora")
    with count_statements(app) as seen, unit_of_work():
        assert services.consider(rian) is None
    assert len(seen) == 1


def test_the_path_says_what_is_missing_and_then_until_when_it_holds(rian: uuid.UUID, cast: Cast, browser: Open) -> None:
    opened = browser("rian")
    page = opened.get("/path").text
    assert "1 step of the path" in page
    assert "1 skill not yet seen at its level: Negotiate" in page
    _learn(rian)
    _show(cast)
    page = opened.get("/path").text
    assert "Valid until Tue 23 Nov 2027" in page
    assert "Still missing" not in page
    with count_statements() as seen:
        opened.get("/path")
    assert len(seen) <= 12
    mine = opened.get("/certificates").text
    assert "Account manager, certified" in mine
    assert "1 of 1 steps done" in mine


def test_the_sheet_stands_in_both_languages_with_ranges(rian: uuid.UUID, cast: Cast, browser: Open) -> None:
    _learn(rian)
    _show(cast)
    page = browser("sora").get(f"/certificates/{_all()[0].id}").text
    for words in ("Rian Kwon", "권리안", "Certificate", "인증서", "2027-11-23", "Negotiate", "협상", "9 times in 10"):
        assert words in page
    browser("priya").get(f"/certificates/{_all()[0].id}", status=404)


def test_pages_of_certificates_take_few_statements(rian: uuid.UUID, cast: Cast, browser: Open) -> None:
    _learn(rian)
    _show(cast)
    opened = browser("rian")
    for path in ("/certificates", f"/certificates/{_all()[0].id}", f"/verify/{_all()[0].token}"):
        opened.get(path)
        with count_statements() as seen:
            opened.get(path)
        assert len(seen) <= 12, path


def test_a_stranger_with_the_link_learns_five_things_and_no_more(
    rian: uuid.UUID, cast: Cast, browser: Open, frozen: Any
) -> None:
    _learn(rian)
    _show(cast)
    link = f"/verify/{_all()[0].token}"
    answer = browser().get(link)
    for words in ("Rian Kwon", "Account manager", "Mon 23 Nov", "Tue 23 Nov 2027", "Valid"):
        assert words in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert not [words for words in ("Negotiate", "Alone", "sora", str(rian)) if words in answer.text]
    frozen.shift(timedelta(days=366))
    assert "Expired" in browser().get(link).text
    browser().get("/verify/another", status=404)
    browser().get("/verify/%00", status=404)


def test_links_cannot_be_tried_out_by_the_hundred(app: Flask, browser: Open) -> None:
    app.config["RATE_LIMITS"] = True
    visitor = browser()
    for _ in range(60):
        visitor.get("/verify/another", status=404, check=False)
    visitor.get("/verify/another", status=429)
