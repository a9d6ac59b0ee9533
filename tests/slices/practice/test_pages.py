"""The screens of practice: what stands on them, for whom, and what does not."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.db import session, unit_of_work
from coach.errors import Conflict
from coach.evidence.models import Evidence, Retraction
from coach.media import ports
from coach.people.models import Person
from coach.practice.models import Submission
from coach.practice.rows import Handed
from coach.rubrics.models import Remark, Scoring
from coach.rubrics.rows import Said, Verdict
from tests.client import Browser
from tests.slices.practice.conftest import CALL, MAIL, RECORDING, VERDICT, Cast, HandIn, Score
from tests.statements import count_statements

Open = Callable[..., Browser]
MARKED = {"mark-reason-early": "3", "mark-dated-step": "2", "focus": ["dated-step"], "note": "Good pace."}


def korean(cast: Cast, who: str) -> None:
    with unit_of_work():
        session().get_one(Person, cast(who)).language = "ko"


def at(work: Submission, place: str = "") -> str:
    return f"/practice/handed-in/{work.id}{place}"


def test_a_text_is_kept_handed_in_and_answered_by_forms_alone(browser: Open) -> None:
    jiwoo, taeyang, task = browser("jiwoo"), browser("taeyang"), f"/practice/{MAIL}"
    jiwoo.post(f"{task}/keep", {"text": "Dear Mina"}, on=task)
    assert "Dear Mina</textarea>" in jiwoo.get(task).text
    assert "Draft kept" in jiwoo.get("/practice").text
    place = jiwoo.post(f"{task}/hand-in", {"text": "Dear Mina, thank you"}, on=task).headers["Location"]
    assert "waits for feedback" in jiwoo.get(place).text
    jiwoo.get(task, status=302)
    assert place in taeyang.get("/practice/waiting").text
    taeyang.post(f"{place}/score", {"mark-use-first": "3", "note": "Kind and short."}, on=f"{place}/score")
    assert "Feedback is there" in jiwoo.get("/practice").text
    jiwoo.post(f"{place}/answer", {"text": "I ask for the number"}, on=place)
    assert "I ask for the number" in taeyang.get(place).text
    assert "Correct my scoring" not in taeyang.last.text
    taeyang.post(f"{place}/score", {"mark-use-first": "1"}, status=409, on=f"{place}/score")


def test_before_it_is_handed_in_neither_rubric_nor_guide_is_in_the_page(browser: Open, hand_in: HandIn) -> None:
    jiwoo = browser("jiwoo")
    before = jiwoo.get(f"/practice/{CALL}").text
    after = jiwoo.get(at(hand_in())).text
    for secret in ("No price list is read out.", "Gives the reason in ten seconds"):
        assert secret not in before
    assert "No price list is read out." in after


def test_only_the_page_of_a_recorded_task_may_ask_for_the_microphone(browser: Open) -> None:
    jiwoo = browser("jiwoo")
    recorded, written = jiwoo.get(f"/practice/{CALL}").headers, jiwoo.get(f"/practice/{MAIL}").headers
    assert "microphone=(self)" in recorded["Permissions-Policy"]
    assert "media-src 'self' blob:" in recorded["Content-Security-Policy"]
    assert "camera=()" in written["Permissions-Policy"]
    assert "microphone=()" in written["Permissions-Policy"]
    assert "blob:" not in written["Content-Security-Policy"]


def test_a_recording_larger_than_any_other_form_is_taken_and_played_by_ranges(browser: Open) -> None:
    jiwoo, large = browser("jiwoo"), RECORDING + bytes(5_000_000)
    sent: dict[str, Any] = {"file": (io.BytesIO(large), "내 통화.webm")}
    place = jiwoo.post(f"/practice/{CALL}/hand-in", sent, on=f"/practice/{CALL}").headers["Location"]
    assert f'src="{place}/recording"' in jiwoo.get(place).text
    part = jiwoo.client.get(f"{place}/recording", headers={"Range": "bytes=262140-262150"})
    assert (part.status_code, part.data) == (206, large[262140:262151])
    assert part.headers["Content-Type"] == "audio/webm"
    saved = jiwoo.client.get(f"{place}/recording?download=")
    assert saved.headers["Content-Disposition"].startswith("attachment")


def test_an_upload_beyond_the_limit_is_told_and_nothing_is_kept(app: Flask, browser: Open) -> None:
    ports.connect(ports.Limits(recording=1))
    jiwoo = browser("jiwoo")
    sent: dict[str, Any] = {"file": (io.BytesIO(RECORDING + bytes(1_000_000)), "call.webm")}
    answer = jiwoo.post(f"/practice/{CALL}/hand-in", sent, status=422, on=f"/practice/{CALL}")
    assert "larger than 1 MB" in answer.text
    assert session().scalar(sa.select(sa.func.count()).select_from(Submission)) == 0


def test_nobody_who_is_not_signed_in_may_send_a_large_body(app: Flask, browser: Open) -> None:
    stranger = browser()
    sent = {"file": (io.BytesIO(bytes(5_000_000)), "call.webm")}
    answer = stranger._send("POST", f"/practice/{CALL}/hand-in", data=sent)
    assert answer.status_code == 401
    assert "Please sign in" in answer.text


def test_a_rater_sees_no_mark_and_no_remark_of_another_before_their_own_is_in(
    browser: Open, hand_in: HandIn, score: Score
) -> None:
    work, sora = hand_in(), browser("sora")
    score(work)
    for place in (at(work), at(work, "/score"), "/practice/waiting", "/practice"):
        page = sora.get(place).text
        for secret in ("Pause here.", "Well begun.", "A calm voice.", "Taeyang"):
            assert secret not in page, (place, secret)
    sora.post(at(work, "/score"), MARKED, on=at(work, "/score"))
    page = sora.get(at(work)).text
    for said in ("Pause here.", "Well begun.", "A calm voice.", "Taeyang: Not met", "Sora: Half"):
        assert said in page


def test_the_person_reads_marks_points_and_the_second_of_a_remark(browser: Open, hand_in: HandIn, score: Score) -> None:
    work = hand_in()
    score(work)
    page = browser("jiwoo").get(at(work)).text
    assert 'href="#work" data-seek="9">0:09</a>' in page
    assert "Next time: Names the time, asks leave and waits" in page
    assert "Score this" not in page


def test_a_form_sent_back_keeps_marks_points_and_remarks(browser: Open, hand_in: HandIn) -> None:
    work, taeyang = hand_in(), browser("taeyang")
    place = at(work, "/score")
    sent = {**MARKED, "second-0": "soon", "remark-0": "A good pause", "note": "Kind."}
    page = taeyang.post(place, sent, status=422, on=place).text
    assert "Write the moment as 1:05." in page
    for kept in ('value="soon"', 'value="A good pause"', "Kind.</textarea>", 'value="dated-step" checked'):
        assert kept in page
    assert session().scalar(sa.select(sa.func.count()).select_from(Scoring)) == 0


def test_a_correction_replaces_the_piece_of_evidence(browser: Open, hand_in: HandIn) -> None:
    work, taeyang = hand_in(), browser("taeyang")
    place = at(work, "/score")
    taeyang.post(place, MARKED, on=place)
    assert 'value="3" aria-describedby="mark-reason-early-a3" checked' in taeyang.get(place).text
    taeyang.post(place, {"mark-reason-early": "1"}, on=place)
    counting = sa.select(Evidence.y).outerjoin(Retraction, Retraction.evidence_id == Evidence.id)
    assert session().scalars(counting.where(Retraction.evidence_id.is_(None))).all() == [1.0]


def test_remarks_of_a_second_or_of_all_of_it_can_follow(browser: Open, hand_in: HandIn, score: Score) -> None:
    work, taeyang = hand_in(), browser("taeyang")
    score(work)
    taeyang.post(at(work, "/remarks"), {"second": "1:05", "text": "And here again."}, on=at(work))
    assert 'data-seek="65">1:05</a>' in taeyang.get(at(work)).text
    taeyang.post(at(work, "/remarks"), {"second": "x", "text": "When?"}, status=422, on=at(work))


@pytest.mark.parametrize("who", ["yuna", "mirae", "jaehee", "kyungmi", "dana", "ines"])
def test_work_is_nothing_to_who_neither_coaches_nor_directly_manages(browser: Open, hand_in: HandIn, who: str) -> None:
    work = hand_in()
    for place in (at(work), at(work, "/recording"), at(work, "/score")):
        browser(who).get(place, status=404)
    assert "voicemail" not in browser(who).get("/practice/waiting").text


def test_a_draft_is_nothing_to_anybody_else(browser: Open) -> None:
    jiwoo = browser("jiwoo")
    sent: dict[str, Any] = {"file": (io.BytesIO(RECORDING), "call.webm")}
    jiwoo.post(f"/practice/{CALL}/keep", sent, on=f"/practice/{CALL}")
    work = session().scalars(sa.select(Submission)).one()
    assert jiwoo.client.get(at(work, "/recording")).status_code == 200
    jiwoo.get(at(work), status=404)
    for who in ("taeyang", "sora"):
        browser(who).get(at(work), status=404)
        browser(who).get(at(work, "/recording"), status=404)


def test_nobody_scores_their_own_work(browser: Open, hand_in: HandIn) -> None:
    work = hand_in()
    browser("jiwoo").get(at(work, "/score"), status=404)


def test_what_was_typed_after_handing_in_elsewhere_is_shown_beside_what_stands(browser: Open, hand_in: HandIn) -> None:
    jiwoo, task = browser("jiwoo"), f"/practice/{MAIL}"
    jiwoo.get(task)
    hand_in(MAIL)
    page = jiwoo.post(f"{task}/hand-in", {"text": "Dear Mina, better"}, status=409).text
    assert "Your text" in page
    assert "Dear Mina, better" in page


def test_text_of_people_is_shown_as_text(browser: Open, hand_in: HandIn) -> None:
    work = hand_in(MAIL, Handed(text="<script>alert(1)</script> <b>bold</b>"))
    page = browser("taeyang").get(at(work)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;bold" in page


def test_every_screen_speaks_korean(browser: Open, cast: Cast, hand_in: HandIn, score: Score) -> None:
    work = hand_in()
    score(work, verdict=Verdict({"reason-early": 2}))
    hand_in(MAIL)
    for who in ("jiwoo", "taeyang"):
        korean(cast, who)
    jiwoo, taeyang = browser("jiwoo"), browser("taeyang")
    assert "피드백이 왔어요" in jiwoo.get("/practice").text
    assert "소리 녹음하기" in jiwoo.get("/practice/qu-p-forty-chairs").text
    assert "절반쯤" in jiwoo.get(at(work)).text
    assert "첫 통화 뒤에 보내는 메일" in taeyang.get("/practice/waiting").text
    assert "평가 저장하기" in taeyang.get(at(work, "/score")).text


def test_a_page_asks_the_database_the_same_whatever_there_is(
    app: Flask, browser: Open, hand_in: HandIn, score: Score
) -> None:
    work = hand_in()
    score(work)
    taeyang, jiwoo = browser("taeyang"), browser("jiwoo")
    places = ((taeyang, at(work)), (taeyang, at(work, "/score")), (taeyang, "/practice/waiting"), (jiwoo, "/practice"))
    few = [statements(app, *each) for each in places]
    score(work, "sora", Verdict({"reason-early": 1}))
    score(hand_in("cd-p-note-after-visit", Handed(text="A note")), verdict=Verdict({"same-day": 2}))
    for task in (MAIL, "qu-p-forty-chairs"):
        hand_in(task)
    assert [statements(app, *each) for each in places] == few
    assert max(few) <= 12


def statements(app: Flask, who: Browser, place: str) -> int:
    """Count what a page reads; what is written after the answer is left out."""
    with count_statements(app) as seen:
        who.get(place)
    return sum(each.startswith(("SELECT", "WITH")) for each in seen)


@pytest.mark.parametrize(
    "more",
    [{"focus": ("reason-early",)}, {"remarks": (*VERDICT.remarks, Said("Say it slower."))}, {"note": "Calm."}],
    ids=["another focus", "one more remark", "another note"],
)
def test_the_same_scoring_twice_is_one_and_what_says_more_is_told(
    hand_in: HandIn, score: Score, more: dict[str, Any]
) -> None:
    work = hand_in()
    score(work)
    score(work)
    with pytest.raises(Conflict):
        score(work, verdict=replace(VERDICT, **more))
    assert session().scalar(sa.select(sa.func.count()).select_from(Scoring)) == 1
    assert session().scalar(sa.select(sa.func.count()).select_from(Remark)) == len(VERDICT.remarks)
