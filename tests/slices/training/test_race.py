"""Many at once: two devices, an impatient thumb, a slow line."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa
from flask import Flask

from coach.activity.models import Event
from coach.db import session
from coach.training.models import LessonRun, PartDone
from tests.client import Browser
from tests.slices.training.conftest import address, done, go_to
from tests.slices.training.every_kind import LESSON

Open = Callable[..., Browser]
MANY = 8
PAGE = f"/lessons/{LESSON}"


def _at_once(browsers: list[Browser], path: str, forms: list[dict[str, str]]) -> set[str]:
    """Send one form from every browser at the same moment; give the addresses that they were sent to."""
    gate = Barrier(len(browsers))

    def send(browser: Browser, form: dict[str, str]) -> str:
        with browser.app.app_context():
            gate.wait()
            return str(browser.post(path, form).headers["Location"])

    with ThreadPoolExecutor(len(browsers)) as pool:
        return set(pool.map(send, browsers, forms))


def test_many_hands_make_one_run_and_one_answer(small: Flask, browser: Open) -> None:
    browsers = [browser("rian") for _ in range(MANY)]
    for each in browsers:
        each.get(PAGE)
    assert _at_once(browsers, address("why"), [{}] * MANY) == {PAGE}
    for each in browsers:
        each.get(PAGE)
    answers = [{"answer": "ab"[at % 2]} for at in range(MANY)]
    assert _at_once(browsers, address("first"), answers) == {f"{PAGE}?part=first"}
    session().rollback()
    assert [row.part_id for row in done()] == ["why", "first"]
    assert len({each.get(f"{PAGE}?part=first").text.count("Not quite.") for each in browsers}) == 1


def test_the_last_part_sent_by_many_completes_the_lesson_once(small: Flask, browser: Open) -> None:
    browsers = [browser("rian") for _ in range(MANY)]
    go_to(browsers[0], "try")
    for each in browsers:
        each.get(PAGE)
    assert _at_once(browsers, address("try"), [{}] * MANY) == {PAGE}
    session().rollback()
    counts = [
        session().scalar(sa.select(sa.func.count()).select_from(PartDone).where(PartDone.part_id == "try")),
        session().scalar(sa.select(sa.func.count()).select_from(LessonRun)),
        session().scalar(sa.select(sa.func.count()).select_from(Event).where(Event.verb == "lesson.completed")),
    ]
    assert counts == [1, 1, 1]
