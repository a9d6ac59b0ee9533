"""A piece of work is kept, handed in once, and never changed after that."""

from __future__ import annotations

import io
import threading
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coach.access.identity import Identity
from coach.db import db, session, unit_of_work
from coach.errors import Conflict, Invalid
from coach.jobs.models import OutboxMessage
from coach.media.models import Media
from coach.media.services import remove_orphans
from coach.practice import queries, services
from coach.practice.models import Submission
from coach.practice.rows import Handed, Upload
from tests.slices.media.files import PNG
from tests.slices.practice.conftest import CALL, MAIL, RECORDING, Cast, HandIn, Score


def upload(content: bytes = RECORDING, name: str = "call.webm") -> Handed:
    return Handed(file=Upload(io.BytesIO(content), name))


def keep(who: uuid.UUID, task: str, handed: Handed) -> Submission:
    with unit_of_work():
        return services.keep(by=Identity(who), task=queries.task(task), handed=handed)


def letters(kind: str) -> set[uuid.UUID | None]:
    return set(session().scalars(sa.select(OutboxMessage.person_id).where(OutboxMessage.kind == kind)))


@pytest.mark.parametrize("task", [MAIL, CALL])
def test_sixteen_at_once_leave_one_piece_of_work(app: Flask, cast: Cast, task: str) -> None:
    who, given, start = cast("jiwoo"), [], threading.Barrier(16)

    def one() -> None:
        start.wait()
        with app.app_context():
            handed = Handed(text="Dear Mina,\r\n\r\nthank you.") if task == MAIL else upload()
            with unit_of_work():
                given.append(services.hand_in(by=Identity(who), task=queries.task(task), handed=handed).id)
            db.session.remove()

    session().rollback()
    threads = [threading.Thread(target=one) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (len(given), len(set(given))) == (16, 1)
    assert session().scalar(sa.select(sa.func.count()).select_from(Submission)) == 1
    assert session().scalar(sa.select(sa.func.count()).select_from(Media)) == (0 if task == MAIL else 1)
    told = sa.select(sa.func.count()).where(OutboxMessage.kind == "practice_waiting")
    assert session().scalar(told) == len(letters("practice_waiting"))


def test_what_says_something_else_afterwards_is_a_conflict_that_shows_both(hand_in: HandIn) -> None:
    hand_in(MAIL)
    with pytest.raises(Conflict) as refused:
        hand_in(MAIL, Handed(text="Dear Mina, another idea"))
    assert (refused.value.current, refused.value.typed) == (
        {"text": "Dear Mina"},
        {"text": "Dear Mina, another idea"},
    )
    hand_in(CALL)
    with pytest.raises(Conflict):
        hand_in(CALL, upload(RECORDING + b"!"))
    with pytest.raises(Conflict):
        keep(hand_in(MAIL).person_id, MAIL, Handed(text="a draft"))


def test_a_draft_is_kept_and_handed_in_as_it_stands(cast: Cast, hand_in: HandIn) -> None:
    draft = keep(cast("jiwoo"), CALL, upload())
    assert draft.handed_in_at is None
    work = hand_in(CALL, Handed())
    assert (work.id, work.media_id) == (draft.id, draft.media_id)


def test_a_link_takes_the_place_of_a_kept_recording_which_the_night_removes(
    cast: Cast, hand_in: HandIn, frozen: time_machine.Traveller
) -> None:
    keep(cast("jiwoo"), CALL, upload())
    work = hand_in(CALL, Handed(link="https://videos.example/mine"))
    assert (work.media_id, work.link) == (None, "https://videos.example/mine")
    kept = hand_in("qu-p-forty-chairs")
    frozen.shift(timedelta(days=2))
    remove_orphans()
    assert session().scalars(sa.select(Media.id)).all() == [kept.media_id]


@pytest.mark.parametrize(
    ("task", "handed", "field"),
    [
        (MAIL, Handed(text=" \n "), "text"),
        (MAIL, Handed(text="x" * 6001), "text"),
        (CALL, Handed(), "file"),
        (CALL, Handed(text="I called them"), "file"),
        (CALL, upload(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), "file"),
        (CALL, upload(b"<!doctype html><script>alert(1)</script>", "call.mp3"), "file"),
        (CALL, upload(PNG, "call.mp4"), "file"),
        (CALL, upload(b"%PDF-1.7", "call.webm"), "file"),
        (CALL, upload(b""), "file"),
        (CALL, Handed(link="http://videos.example/mine"), "link"),
        (CALL, Handed(link="javascript:alert(1)//.https://"), "link"),
        (CALL, Handed(link="https://me:secret@videos.example/"), "link"),
        (CALL, Handed(link="https://localhost/"), "link"),
        (CALL, Handed(link="https://[videos.example/"), "link"),
        (CALL, Handed(link="https://videos.example/\u202egpj"), "link"),
        (CALL, Handed(link="https://videos.example/mine", file=Upload(io.BytesIO(RECORDING), "a.webm")), "link"),
    ],
)
def test_what_cannot_be_handed_in_is_refused_beside_its_field(
    hand_in: HandIn, task: str, handed: Handed, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        hand_in(task, handed)
    assert refused.value.field == field
    for table in (Submission, Media):
        assert session().scalar(sa.select(sa.func.count()).select_from(table)) == 0


def test_another_may_be_handed_in_once_the_first_was_scored(hand_in: HandIn, score: Score) -> None:
    first = hand_in()
    score(first)
    assert hand_in(CALL, upload(RECORDING + b"again")).id != first.id


def test_work_that_nobody_scores_holds_nobody_up_for_longer_than_two_weeks(
    hand_in: HandIn, frozen: time_machine.Traveller
) -> None:
    first = hand_in(MAIL)
    frozen.shift(timedelta(days=15))
    second = hand_in(MAIL, Handed(text="Dear Mina, once more"))
    assert second.id != first.id
    assert session().get_one(Submission, first.id).closed_at is not None


def test_coaches_hear_that_something_waits_and_the_person_that_it_was_scored(
    cast: Cast, hand_in: HandIn, score: Score
) -> None:
    work = hand_in()
    assert letters("practice_waiting") == {cast("taeyang")}
    score(work)
    assert letters("practice_scored") == {cast("jiwoo")}


def test_without_a_coach_the_direct_manager_hears_of_it(cast: Cast, hand_in: HandIn) -> None:
    hand_in("gc-p-five-minutes", who="taeyang")
    assert letters("practice_waiting") == {cast("sora")}
