"""Give work, see it, move it, take it back; as each relation may."""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coach.access.identity import Identity
from coach.assignments import queries
from coach.assignments.models import Assignment
from coach.assignments.services import assign, enrol, move_due, undo
from coach.db import new_id, session, unit_of_work
from coach.errors import Conflict, Invalid, NotFound
from coach.people import services as people
from coach.people.models import CoachPairing, Person
from coach.training.models import Lesson
from tests.client import Browser
from tests.slices.evidence.counting import counter
from tests.slices.evidence.pressing import press
from tests.slices.evidence.seeing import finished

Cast = Callable[[str], uuid.UUID]
Open = Callable[..., Browser]
LESSON = "ho-ask-why-first"
DUE = date(2026, 12, 7)


def rows() -> list[Assignment]:
    """Read every assignment there is."""
    session().expire_all()
    return list(session().scalars(sa.select(Assignment).order_by(Assignment.id)))


@pytest.fixture
def given(app: Flask, cast: Cast) -> uuid.UUID:
    """Let Sora have given Minho a lesson."""
    with unit_of_work():
        assign(by=Identity(cast("sora")), to=[cast("minho")], lesson_id=LESSON, due=DUE)
    return rows()[0].id


def test_one_foreign_person_and_nobody_gets_anything(app: Flask, cast: Cast, browser: Open) -> None:
    with unit_of_work(), pytest.raises(NotFound):
        assign(by=Identity(cast("sora")), to=[cast("minho"), cast("priya")], lesson_id=LESSON, due=DUE)
    sora = browser("sora")
    sora.get("/assign")
    both = [str(cast("minho")), str(cast("priya"))]
    sora.post("/assign", {"lesson_id": LESSON, "to": both, "when": "two_weeks"}, status=404)
    assert rows() == []


def test_undo_takes_back_one_click_whole_and_only_its_own(app: Flask, cast: Cast) -> None:
    sora, marcus = Identity(cast("sora")), Identity(cast("marcus"))
    with unit_of_work():
        act = assign(by=sora, to=[cast("minho"), cast("hana"), cast("rian")], lesson_id=LESSON, due=DUE)
        other = assign(by=sora, to=[cast("sojin")], lesson_id=LESSON, due=DUE)
        finished(cast("rian"), LESSON)
        with pytest.raises(NotFound):
            undo(by=marcus, act_id=act.id)
        with pytest.raises(NotFound):
            undo(by=sora, act_id=new_id())
        assert undo(by=sora, act_id=act.id) == 2
        assert undo(by=sora, act_id=act.id) == 0
    assert {row.act_id for row in rows() if row.withdrawn_at is None and row.lesson_id} == {act.id, other.id}


def test_who_has_it_to_do_keeps_that_one(given: uuid.UUID, cast: Cast) -> None:
    with unit_of_work():
        again = assign(by=Identity(cast("taeyang")), to=[cast("minho"), cast("sojin")], lesson_id=LESSON, due=DUE)
        own = enrol(by=Identity(cast("minho")), lesson_id=LESSON, due=DUE)
    assert (again.made, again.had_already, own.made) == (1, 1, 0)
    assert len(rows()) == 2


@pytest.mark.parametrize("givers", [("sora", "taeyang"), ("sora", "minho"), ("minho", "minho")])
def test_two_who_give_the_same_at_once_make_one(app: Flask, cast: Cast, givers: tuple[str, str]) -> None:
    made: list[int] = []
    start = threading.Barrier(2)

    def give(who: uuid.UUID) -> None:
        with app.app_context():
            start.wait(10)
            with unit_of_work():
                if who == cast("minho"):
                    made.append(enrol(by=Identity(who), lesson_id=LESSON, due=DUE).made)
                else:
                    made.append(assign(by=Identity(who), to=[cast("minho")], lesson_id=LESSON, due=DUE).made)

    threads = [threading.Thread(target=give, args=(cast(who),)) for who in givers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(made) == [0, 1]
    assert len(rows()) == 1


def test_a_day_counts_where_the_giver_is(app: Flask, cast: Cast, frozen: time_machine.Traveller) -> None:
    frozen.shift(timedelta(hours=20))  # Mon 21:00 UTC: already Tuesday in Seoul, still Monday in New York
    with unit_of_work():
        session().get_one(Person, cast("marcus")).zone = "America/New_York"
        with pytest.raises(Invalid):
            assign(by=Identity(cast("sora")), to=[cast("minho")], lesson_id=LESSON, due=date(2026, 11, 23))
        assign(by=Identity(cast("marcus")), to=[cast("priya")], lesson_id=LESSON, due=date(2026, 11, 23))
        with pytest.raises(Invalid):
            assign(by=Identity(cast("marcus")), to=[cast("priya")], lesson_id=LESSON, due=date(2028, 1, 1))
        with pytest.raises(Invalid):
            assign(by=Identity(cast("marcus")), to=[], lesson_id=LESSON, due=DUE)
        with pytest.raises(Invalid):
            assign(by=Identity(cast("marcus")), to=[cast("priya")], lesson_id="no-such-lesson", due=DUE)


def test_the_list_names_the_giver_and_says_you_for_oneself(given: uuid.UUID, browser: Open) -> None:
    assert "Minho Seo, given by you" in browser("sora").get("/assignments").text
    assert "배정한 사람: 한소라 님" in browser("minho").get("/assignments").text


def test_done_is_read_from_what_was_done_since(given: uuid.UUID, cast: Cast, frozen: time_machine.Traveller) -> None:
    frozen.shift(timedelta(days=20))
    late = queries.open_for(cast("minho"))
    assert [row.is_late(date(2026, 12, 13)) for row in late] == [True]
    with unit_of_work():
        finished(cast("minho"), LESSON)
    assert [row.lesson_id for row in queries.open_for(cast("minho"))] == [None]  # only the check that follows
    assert queries.row(Identity(cast("sora")), given).done_at is not None


@pytest.mark.parametrize(
    ("who", "read", "edit"),
    [
        ("minho", 200, 404),
        ("sora", 200, 303),
        ("kyungmi", 200, 303),
        ("taeyang", 200, 404),
        ("hana", 404, 404),
        ("olivia", 404, 404),
        ("felix", 404, 404),
        ("marcus", 404, 404),
        ("dana", 404, 404),
        ("ines", 404, 404),
    ],
)
def test_an_assignment_is_read_by_its_line_and_changed_by_who_leads(
    given: uuid.UUID, browser: Open, who: str, read: int, edit: int
) -> None:
    reader = browser(who)
    reader.get(f"/assignments/{given}", status=read)
    if reader.last is None:
        reader.get("/account")
    reader.post(f"/assignments/{given}", {"due_on": "2026-12-10", "version": "1"}, status=edit)
    reader.get("/account")
    reader.post(f"/assignments/{given}/withdraw", status=edit)
    assert (rows()[0].withdrawn_at is not None) == (edit == 303)


def test_a_coach_changes_their_own_only_while_they_coach(app: Flask, cast: Cast, browser: Open) -> None:
    taeyang = browser("taeyang")
    with unit_of_work():
        assign(by=Identity(cast("taeyang")), to=[cast("minho")], lesson_id=LESSON, due=DUE)
    path = f"/assignments/{rows()[0].id}"
    taeyang.get(path)
    taeyang.post(path, {"due_on": "2026-12-10"})
    with unit_of_work():
        pairing = (
            session()
            .scalars(
                sa.select(CoachPairing).where(
                    CoachPairing.coach_id == cast("taeyang"), CoachPairing.person_id == cast("minho")
                )
            )
            .one()
        )
        people.end_coaching(pairing, by=None, until=date(2026, 11, 23))
    taeyang.get(path)  # the author may still read it
    taeyang.post(path, {"due_on": "2026-12-11", "version": "2"}, status=404)
    taeyang.get("/assign", check=False)
    assert rows()[0].due_on == date(2026, 12, 10)


def test_a_stale_day_is_told_with_both_and_kept(given: uuid.UUID, browser: Open, cast: Cast) -> None:
    sora = browser("sora")
    sora.get(f"/assignments/{given}")
    with unit_of_work():
        row = session().get_one(Assignment, given)
        move_due(row, by=Identity(cast("kyungmi")), due=date(2026, 12, 14), version=row.version)
    page = sora.post(f"/assignments/{given}", {"due_on": "2026-12-10"}, status=409).text
    assert "Mon 14 Dec" in page
    assert "Thu 10 Dec" in page
    assert 'value="2026-12-10"' in page
    assert rows()[0].due_on == date(2026, 12, 14)
    sora.post(f"/assignments/{given}", {**press(page, "Save"), "due_on": "2026-12-10"})
    assert rows()[0].due_on == date(2026, 12, 10)
    with unit_of_work(), pytest.raises(Conflict):
        move_due(session().get_one(Assignment, given), by=Identity(cast("sora")), due=DUE, version=1)


def test_a_double_click_makes_one_and_the_same_answer(app: Flask, browser: Open, cast: Cast) -> None:
    sora = browser("sora")
    page = sora.get(f"/assign?person={cast('minho')}&lesson={LESSON}").text
    sent = {**press(page, "Assign"), "lesson_id": LESSON, "to": str(cast("minho")), "when": "week"}
    first, second = sora.post("/assign", sent), sora.post("/assign", sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(rows()) == 1
    assert rows()[0].due_on == date(2026, 11, 30)


def test_another_lesson_goes_to_a_whole_role_with_four_choices(app: Flask, browser: Open, cast: Cast) -> None:
    sora = browser("sora")
    page = sora.get("/assign").text
    assert page.count('name="roles"') == 4  # account managers, SDRs, specialists, customer success
    answer = sora.post(
        "/assign", {"lesson_id": LESSON, "roles": "account-manager", "when": "day", "due_on": "2026-12-01"}
    )
    assert "Assigned to 5, due Tue 1 Dec" in sora.follow(answer).text
    assert {row.person_id for row in rows()} == {cast(who) for who in ("minho", "daehyun", "hana", "sojin", "rian")}
    assert len({row.act_id for row in rows()}) == 1


def test_what_is_missing_is_told_beside_its_field_and_nothing_is_lost(browser: Open, cast: Cast) -> None:
    sora = browser("sora")
    sora.get("/assign")
    page = sora.post("/assign", {"to": str(cast("minho")), "when": "day"}, status=422).text
    assert "Choose a lesson." in page
    assert "Pick a day." in page
    assert f'value="{cast("minho")}" checked' in page
    page = sora.post("/assign", {"lesson_id": LESSON, "when": "week"}, status=422).text
    assert "Choose at least one person." in page
    sora.post("/assign", {"lesson_id": LESSON, "to": "nobody", "when": "week"}, status=422)
    sora.post("/assign", {"lesson_id": "gone", "to": str(cast("minho")), "when": "week"}, status=422)


def test_only_who_leads_or_coaches_has_the_page(browser: Open) -> None:
    for who, status in (("sora", 200), ("taeyang", 200), ("kyungmi", 200), ("minho", 404), ("dana", 404)):
        browser(who).get("/assign", status=status)


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "/" + "x" * 3000, "/" + "팀" * 300])
def test_a_way_back_leads_to_a_page_of_the_house(back: str, browser: Open, cast: Cast) -> None:
    sora = browser("sora")
    sora.get("/assign")
    sent = {"lesson_id": LESSON, "to": str(cast("minho")), "when": "week", "back": back}
    assert sora.post("/assign", sent).headers["Location"] == "/"


@pytest.mark.parametrize("people_count", [1, 9])
def test_the_pages_take_as_many_statements_for_many_as_for_few(
    app: Flask, browser: Open, cast: Cast, people_count: int
) -> None:
    team = ["minho", "daehyun", "hana", "sojin", "rian", "yuna", "taemin", "joon", "mirae"]
    with unit_of_work():
        assign(by=Identity(cast("sora")), to=[cast(who) for who in team[:people_count]], lesson_id=LESSON, due=DUE)
    count, sora = counter(app), browser("sora")
    assert count(sora, "/assignments") <= 5
    assert count(sora, "/assign") <= 6
    assert count(sora, f"/assignments/{rows()[0].id}") <= 6


def test_late_work_comes_first_and_what_is_done_last(
    given: uuid.UUID, browser: Open, cast: Cast, frozen: time_machine.Traveller
) -> None:
    frozen.shift(timedelta(days=20))
    with unit_of_work():
        assign(by=Identity(cast("sora")), to=[cast("hana"), cast("rian")], lesson_id=LESSON, due=date(2026, 12, 20))
        finished(cast("rian"), LESSON)
    page = browser("sora").get("/assignments").text
    order = [page.index(words) for words in ('id="late"', "Minho Seo", 'id="open"', "Hana Yoon", 'id="done"')]
    assert order == sorted(order)
    assert 'href="/assign"' in page
    own = browser("minho").get("/assignments").text
    assert "윤하나" not in own
    assert 'href="/assign"' not in own


def test_who_left_is_not_late_for_ever(
    given: uuid.UUID, browser: Open, cast: Cast, frozen: time_machine.Traveller
) -> None:
    frozen.shift(timedelta(days=20))
    sora = browser("sora")
    assert "Minho Seo" in sora.get("/assignments").text
    with unit_of_work():
        people.deactivate(session().get_one(Person, cast("minho")), by=cast("dana"))
    assert "Minho Seo" not in sora.get("/assignments").text


def test_a_long_list_goes_on_where_the_page_before_ended(app: Flask, browser: Open, cast: Cast) -> None:
    people_ids = [cast(who) for who in ("minho", "daehyun", "hana", "sojin", "rian", "yuna", "taemin", "joon")]
    with unit_of_work():
        for lesson_id in session().scalars(sa.select(Lesson.id).order_by(Lesson.id).limit(14)):
            assign(by=Identity(cast("sora")), to=people_ids, lesson_id=lesson_id, due=DUE)
    sora = browser("sora")
    first = sora.get("/assignments").text
    older = re.findall(r'href="(/assignments\?after=[^"]+)"', first)[0]
    second = sora.get(older).text
    seen = [set(re.findall(r'href="/assignments/([0-9a-f-]{36})"', page)) for page in (first, second)]
    assert (len(seen[0]), len(seen[1])) == (100, 12)
    assert not seen[0] & seen[1]
    sora.get("/assignments?after=nonsense")
