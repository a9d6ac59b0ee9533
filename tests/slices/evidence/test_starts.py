"""Where somebody began: growth is what later looks say, and never what a pooled mean does."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from coach import clock
from coach.db import session, unit_of_work
from coach.evidence.models import Cell, Prior
from coach.evidence.starts import first_readings
from tests.slices.evidence.seeing import OBJECTIONS, logged

Cast = Callable[[str], uuid.UUID]


@pytest.mark.parametrize("pooled", [None, 1.4, 3.4])
@pytest.mark.parametrize(("later", "moved"), [(2.0, 0), (3.0, 1), (1.0, -1)])
def test_growth_is_what_later_looks_say_whatever_the_prior(
    app: Flask, cast: Cast, pooled: float | None, later: float, moved: int
) -> None:
    with unit_of_work():
        for days, level in ((14, 2.0), (9, later), (6, later), (2, later)):
            logged(cast("jiwoo"), level, by=cast("taeyang"), days_ago=days)
        if pooled is not None:
            at = clock.now()
            row = {"number": 1, "job_role_id": "sdr", "skill_id": OBJECTIONS, "people": 9, "at": at}
            session().add(Prior(**row, mu0=pooled, s0=0.4))
    began = first_readings(cast("jiwoo"), "sdr", clock.now() - timedelta(days=20))[OBJECTIONS]
    cell = session().get_one(Cell, (cast("jiwoo"), OBJECTIONS))
    gain = cell.mean - began
    assert (gain > 0.1) - (gain < -0.1) == moved, gain
    assert moved or abs(gain) < 1e-9


def test_what_was_seen_on_one_day_alone_has_no_growth(app: Flask, cast: Cast) -> None:
    with unit_of_work():
        logged(cast("jiwoo"), 2.0, by=cast("taeyang"), days_ago=3.2)
        logged(cast("jiwoo"), 3.0, by=cast("sora"), days_ago=3)
    assert first_readings(cast("jiwoo"), "sdr", clock.now() - timedelta(days=20)) == {}
