"""What a relation gives ends with the relation, stops at each field, and holds for everybody in a request at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa

from coach import clock
from coach.activity.models import AuditEntry, Event
from coach.assessments.models import Attempt, AttemptItem
from coach.assignments.models import Assignment
from coach.db import session, unit_of_work
from coach.evidence.models import Evidence
from coach.items.models import ItemRevision
from coach.people import services as people
from coach.people.models import CoachPairing, Person
from tests.conventions.world import changed, state
from tests.slices.access.cases import CASES
from tests.slices.access.conftest import House

CODE = re.compile(r"[\w.:/+-]{0,120}")


@pytest.mark.parametrize("what", ["/coaching/{log_mirae}/edit", "/coaching/{log_mirae}"])
def test_a_former_coach_neither_reads_nor_mends_what_she_wrote(what: str, house: House) -> None:
    house.browser("coach_former").get(what.format_map(house.records), status=404)


def test_a_log_that_was_acknowledged_is_not_mended_any_more(house: House) -> None:
    before = state()
    path = f"/coaching/{house.records['log_read']}"
    talk = {"setting": "call", "held_on": "2026-11-22", "rate-qualify": "4", "due": "next_call", "version": "2"}
    for sent, to in ((talk, f"{path}/edit"), ({}, f"{path}/withdraw")):
        answer = house.browser("author")._send("POST", to, data={**house.hidden("author"), **sent})
        assert answer.status_code in (404, 409), answer.status
    assert changed(before, state()) == {}


def test_access_ends_with_the_coaching_on_the_next_request(house: House) -> None:
    opened = house.browser("coach")
    opened.get(f"/people/{house.records['person']}/skills")
    with unit_of_work():
        pairing = (
            session()
            .scalars(
                sa.select(CoachPairing).where(CoachPairing.coach_id == house.world.ids["eunbi"], _current_of(house))
            )
            .one()
        )
        people.end_coaching(pairing, by=None, until=clock.today())
    for case in (c for c in CASES if c.method == "GET" and not c.own and c.endpoint != "reports.person"):
        answer = opened._send("GET", house.path(case))
        assert answer.status_code in (403, 404), f"{case.name}: {answer.status}"


def test_one_foreign_person_among_many_and_nothing_is_given(house: House) -> None:
    before = session().scalar(sa.select(sa.func.count()).select_from(Assignment))
    ids = [str(house.world.ids[key]) for key in ("minho", "sojin", "haeun")]
    for persona in ("manager", "author"):
        data: dict[str, Any] = {
            **house.hidden(persona),
            "when": "week",
            "lesson_id": house.records["lesson"],
            "to": ids,
        }
        assert house.browser(persona)._send("POST", "/assign", data=data).status_code == 404
    session().rollback()
    assert session().scalar(sa.select(sa.func.count()).select_from(Assignment)) == before


@pytest.mark.parametrize("persona", ["peer", "outsider", "coach_other", "coach_former", "manager_other", "editor"])
def test_a_card_says_no_more_than_the_directory(persona: str, house: House) -> None:
    with unit_of_work():
        jiwoo = session().get_one(Person, house.world.ids["jiwoo"])
        jiwoo.phone, email, number = "010-5550-1234", jiwoo.email, jiwoo.employee_no
    page = house.browser(persona).get(f"/people/{house.records['person']}").text
    assert "Jiwoo Park" in page or "박지우" in page
    for private in (email, number, "010-5550-1234"):
        assert str(private) not in page
    found = house.browser(persona).get("/search?q=jiwoo").text
    assert str(email) not in found


def test_a_search_finds_nobody_by_their_address(house: House) -> None:
    assert "Jiwoo" not in house.browser("outsider").get("/search?q=jiwoo@hanbit").text.replace(
        'value="jiwoo@hanbit"', ""
    )


def test_the_answers_of_a_check_are_not_for_the_upline(house: House) -> None:
    path = f"/attempts/{house.records['result']}/result"
    asked = _first_question()
    assert asked in house.browser("manager").get(path).text
    shown = house.browser("upline").get(path).text
    assert asked not in shown, "the upline sees the score alone"
    assert _first_question("ko") not in shown


def test_a_denial_is_noted_with_ids_and_codes_alone(house: House) -> None:
    house.browser("peer").get(f"/people/{house.records['person']}/skills", status=404)
    note = session().scalars(sa.select(AuditEntry).where(AuditEntry.outcome == "denied")).one()
    assert note.actor_id == house.world.ids["yuna"]
    assert str(note.person_id) == house.records["person"]
    assert note.action == "skill_assessment.read"


def test_what_is_only_added_holds_ids_numbers_and_codes_alone(house: House) -> None:
    rows = [*session().scalars(sa.select(Event.details)), *session().scalars(sa.select(Evidence.raw))]
    assert len(rows) > 50
    worded = [text for row in rows for text in _texts(row) if not CODE.fullmatch(text)]
    assert worded == [], "a text about a person stands in an erasable row beside"


def _first_question(language: str = "en") -> str:
    """Read the longest piece of the check's first question without a mark that a page would write otherwise."""
    query = (
        sa.select(ItemRevision.body)
        .join(AttemptItem, AttemptItem.item_revision_id == ItemRevision.id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .where(Attempt.submitted_at.is_not(None), AttemptItem.position == 1)
    )
    stem = session().scalars(query).one()["stem"][language]
    return max(re.split(r"[\"'“”‘’&<>*_`\n]", stem), key=len)


def _current_of(house: House) -> sa.ColumnElement[bool]:
    return sa.and_(CoachPairing.person_id == house.world.ids["jiwoo"], CoachPairing.until.is_(None))


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, inner in value.items() for text in (key, *_texts(inner))]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []
