"""Pages of workshops: sign up in one click, the list, the code, what was taken elsewhere."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coach.db import session, unit_of_work
from coach.training import workshop_reads, workshop_seats
from coach.training.workshop_models import OutsideRecord, Programme, Workshop, WorkshopSeat
from coach.training.workshop_rows import ProgrammeKind
from tests.client import Browser
from tests.conftest import NOW
from tests.slices.training.workshop_setting import PDF, STARTS, letters, make_programme, make_workshop
from tests.statements import count_statements

Open = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]
WRITTEN: dict[str, Any] = {
    "kind": "in_person", "title_en": "Hard calls", "title_ko": "어려운 통화", "summary_en": "Three rounds.",
    "summary_ko": "세 번 해 봐요.", "minutes": "120", "skill": "", "roles": "account-manager", "week-sdr": "2",
}  # fmt: skip
PLANNED = {
    "day": "2026-11-26", "begins": "10:00", "until": "12:00", "place": "Room 4", "link": "", "seats": "1", "trainer": ""
}  # fmt: skip


@pytest.fixture
def made(app: Flask, cast: Cast) -> str:
    """Plan a workshop of one seat, for account managers, held by Taeyang."""
    programme = make_programme(cast("ines"), roles=("account-manager",))
    return f"/workshops/{make_workshop(cast('ines'), programme, trainer_id=cast('taeyang'), seats=1)}"


def test_one_click_signs_up_and_the_second_waits_and_is_told_so(made: str, browser: Open) -> None:
    first, second = browser("rian"), browser("hana")
    assert "1 seat left" in first.get("/workshops").text
    page = first.follow(first.post(f"{made}/sign-up"))
    assert "You have a seat" in page.text
    assert "대기 명단에 올렸어요" in second.follow(second.post(f"{made}/sign-up", on="/workshops")).text
    assert "대기 1번째" in second.get("/workshops").text
    first.post(f"{made}/give-up", on=made)
    assert [kind for kind, _ in letters()] == ["workshop_seat"]
    assert "자리를 잡았어요" in second.get(made).text


def test_what_is_for_another_role_is_not_there_but_for_its_trainer_and_editors(made: str, browser: Open) -> None:
    stranger = browser("jiwoo")
    assert "Hard calls" not in stranger.get("/workshops").text
    for path in (made, f"{made}.ics", f"{made}/attendance"):
        stranger.get(path, status=404)
    stranger.post(f"{made}/sign-up", on="/account", status=404)
    for keeper in ("taeyang", "ines"):
        assert "Code for the room" in browser(keeper).get(f"{made}/attendance").text
    browser("rian").get(f"{made}/attendance", status=404)
    browser("taeyang").get(f"{made}/edit", status=404)


def test_the_code_and_the_list_say_who_was_there(made: str, browser: Open, cast: Cast) -> None:
    at = f"{made}/attendance"
    assert "The list opens 15 minutes before the start." in browser("taeyang").get(at).text
    browser("rian").post(f"{made}/sign-up", on=made)
    with time_machine.travel(STARTS, tick=False):
        rian, trainer, code = browser("rian"), browser("taeyang"), session().scalars(sa.select(Workshop.code)).one()
        refused = rian.post(f"{made}/here", {"code": "12345"}, on=made, status=422)
        assert "That is not the code of this workshop." in refused.text
        assert "You took part" in rian.follow(rian.post(f"{made}/here", {"code": code})).text
        assert "typed the code" in trainer.get(at).text
        shown = re.findall(r'name="shown" value="([^"]+)"', trainer.get(at).text)
        trainer.post(at, {"shown": shown}, on=at)
        assert session().scalars(sa.select(WorkshopSeat.attended_at)).one() is None
        trainer.post(at, {"present": [*shown, "no id"]}, on=at)
        assert session().scalars(sa.select(WorkshopSeat.attended_how)).one() == "trainer"
    with time_machine.travel(STARTS + timedelta(days=1), tick=False):
        assert "You took part" in browser("rian").get("/workshops").text


def test_an_editor_makes_a_programme_and_plans_changes_and_calls_off_a_date(
    app: Flask, browser: Open, cast: Cast
) -> None:
    ines, new = browser("ines"), "/workshops/programmes/new"
    wrong = ines.post(new, {**WRITTEN, "week-sdr": "60", "title_ko": ""}, on=new, status=422).text
    assert "Write a title." in wrong
    assert "A week is a number from 1 to 52." in ines.post(new, {**WRITTEN, "week-sdr": "60"}, status=422).text
    programme = ines.post(new, WRITTEN, on=new).headers["Location"]
    row = session().scalars(sa.select(Programme)).one()
    assert (row.title.ko, row.roles) == ("어려운 통화", ["account-manager", "sdr"])
    assert "Hard calls" in browser("jiwoo").get("/path").text
    past_end = {**PLANNED, "until": "09:00"}
    assert (
        "It ends after it starts." in ines.post(f"{programme}/plan", past_end, on=f"{programme}/plan", status=422).text
    )
    made = ines.post(f"{programme}/plan", PLANNED).headers["Location"]
    browser("rian").post(f"{made}/sign-up", on=made)
    ines.get(f"{made}/edit")
    ines.post(f"{made}/edit", {**PLANNED, "place": "Room 9"})
    stale = ines.post(f"{made}/edit", {**PLANNED, "place": "Room 2", "version": "1"}, on=f"{made}/edit", status=409)
    assert "Room 9" in stale.text
    file = (io.BytesIO(PDF), "rounds.pdf")
    ines.post(f"{made}/materials", {"file": file}, on=f"{made}/edit", content_type="multipart/form-data")
    path = re.findall(rf'href="({made}/materials/[^"]+)"', browser("rian").get(made).text)[0]
    assert browser("rian").get(path, check=False).data == PDF
    browser("dana").get(path, status=404)
    ines.post(f"{made}/call-off", on=f"{made}/edit")
    assert [kind for kind, _ in letters()] == ["workshop_moved", "workshop_called_off"]
    assert "Called off" in browser("rian").get("/workshops").text


def test_a_diploma_from_elsewhere_waits_for_a_coach_or_manager(app: Flask, browser: Open, cast: Cast) -> None:
    programme = f"/workshops/programmes/{make_programme(cast('ines'), kind=ProgrammeKind.OUTSIDE)}"
    jiwoo, taken = browser("jiwoo"), {"issuer": "Harbour Training", "taken_on": "2026-11-20"}
    assert "Choose a file." in jiwoo.post(f"{programme}/taken", taken, on=programme, status=422).text
    nothing = jiwoo.post(f"{programme}/taken", {}, on=programme, status=422).text
    assert all(words in nothing for words in ("3 things to fix", "Say with whom", "Pick a day.", "Choose a file."))
    file = (io.BytesIO(PDF), "diploma.pdf")
    jiwoo.post(f"{programme}/taken", {**taken, "file": file}, on=programme, content_type="multipart/form-data")
    assert [person for _, person in letters()] == [cast("taeyang")]
    coach, waits = browser("taeyang"), "/workshops/outside/waiting"
    assert "1 diploma waits" in coach.get("/workshops").text
    one = re.findall(r'href="(/workshops/outside/[0-9a-f-]{36})"', coach.get(waits).text)[0]
    assert coach.get(f"{one}/diploma", check=False).data == PDF
    for who in ("rian", "ines", "dana", "felix"):
        browser(who).get(one, status=404)
        browser(who).get(f"{one}/diploma", status=404)
    coach.post(one, {"verdict": "decline", "reason": ""}, on=one, status=422)
    coach.post(one, {"verdict": "decline", "reason": "It names no day"}, on=one)
    assert "It names no day" in jiwoo.get(programme).text
    file = (io.BytesIO(PDF), "diploma.pdf")
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        jiwoo.post(f"{programme}/taken", {**taken, "file": file}, on=programme, content_type="multipart/form-data")
    again = session().scalars(sa.select(OutsideRecord.id).where(OutsideRecord.declined_at.is_(None))).one()
    coach.post(f"/workshops/outside/{again}", {"verdict": "confirm"}, on=f"/workshops/outside/{again}")
    assert "It counts on your path." in browser("jiwoo").get(programme).text


def test_pages_take_as_many_statements_for_many_as_for_few(app: Flask, browser: Open, cast: Cast) -> None:
    programme, rian, ines = make_programme(cast("ines")), browser("rian"), browser("ines")
    made = [make_workshop(cast("ines"), programme, NOW + timedelta(days=day)) for day in (-3, 2)]
    with time_machine.travel(NOW - timedelta(days=9), tick=False), unit_of_work():
        workshop_seats.sign_up(by=cast("rian"), workshop_id=made[0])
    pages = ("/workshops", f"/workshops/{made[1]}", f"/workshops/programmes/{programme}")
    before = [_counted(app, rian, path) for path in pages]
    keeping = _counted(app, ines, f"/workshops/{made[1]}/attendance")
    made += [make_workshop(cast("ines"), programme, NOW + timedelta(days=day)) for day in range(3, 9)]
    with unit_of_work():
        for who in ("rian", "hana", "minho", "yuna"):
            workshop_seats.sign_up(by=cast(who), workshop_id=made[1])
    assert [_counted(app, rian, path) for path in pages] == before
    assert _counted(app, ines, f"/workshops/{made[1]}/attendance") == keeping
    assert max(*before, keeping) <= 9
    assert len(workshop_reads.attendees(session().get_one(Workshop, made[1]))) == 4


def _counted(app: Flask, who: Browser, path: str) -> int:
    who.get(path)
    with count_statements(app) as seen:
        who.get(path)
    return len(seen)
