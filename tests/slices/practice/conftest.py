"""What the tests of practice hand in, and who scores it."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from coach.access.identity import Identity
from coach.db import session, unit_of_work
from coach.practice import queries, services
from coach.practice.models import Submission
from coach.practice.rows import Handed, Upload
from coach.rubrics.queries import rubric_of
from coach.rubrics.rows import Said, Verdict
from tests.slices.media.files import SOUND, patterned

MAIL, CALL = "an-p-mail-after-first-call", "oc-p-clinic-voicemail"
RECORDING = patterned(SOUND, 300_000)
VERDICT = Verdict(
    {"reason-early": 3, "asks-leave": 1},
    ("asks-leave",),
    "A calm voice.",
    (Said("Pause here.", 9), Said("Well begun.")),
)
Cast = Callable[[str], uuid.UUID]
HandIn = Callable[..., Submission]
Score = Callable[..., None]


@pytest.fixture
def hand_in(app: Flask, cast: Cast) -> HandIn:
    """Hand something in as Jiwoo, or as another."""

    def hand(task: str = CALL, handed: Handed | None = None, who: str = "jiwoo") -> Submission:
        recorded = Handed(file=Upload(io.BytesIO(RECORDING), "my call.webm"))
        given = handed or (Handed(text="Dear Mina") if task == MAIL else recorded)
        with unit_of_work():
            work = services.hand_in(by=Identity(cast(who)), task=queries.task(task), handed=given)
        session().rollback()
        return work

    return hand


@pytest.fixture
def score(app: Flask, cast: Cast) -> Score:
    """Score a piece of work as Taeyang, or as another."""

    def mark(work: Submission, who: str = "taeyang", verdict: Verdict = VERDICT) -> None:
        with unit_of_work():
            standing = session().get_one(Submission, work.id)
            services.score(by=cast(who), work=standing, rubric=rubric_of(work.skill_id), verdict=verdict)
        session().rollback()

    return mark
