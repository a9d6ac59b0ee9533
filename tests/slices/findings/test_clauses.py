"""Clause by clause: what keeps a finding shut while all else would open it, and open while all else would close it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from coach.db import unit_of_work
from coach.evidence import queries, services
from coach.evidence.changes import change_settings
from coach.evidence.queries import CellRow
from coach.evidence.standards import current
from coach.findings.services import open_finding
from tests.slices.evidence.seeing import OBJECTIONS, found_below, logged
from tests.slices.findings.test_loop import raise_target_of_objections

Cast = Callable[[str], uuid.UUID]


def would_open(person: uuid.UUID) -> CellRow:
    """See that chance, gap and reliability alone would open a finding, so that a test is about the clause it names."""
    cell, rules = queries.cell(person, OBJECTIONS), current().thresholds
    assert cell is not None
    assert cell.p_below is not None
    assert cell.target is not None
    assert cell.p_below >= rules.open_at
    assert cell.mean <= cell.target - rules.gap
    assert cell.reliability >= rules.reliability
    return cell


def test_two_pieces_never_open_one_however_far_below_and_the_third_does(app: Flask, cast: Cast) -> None:
    minho = cast("minho")
    with unit_of_work():
        for who in ("taeyang", "sora"):
            logged(minho, 1.0, by=cast(who))
    assert would_open(minho).pieces == 2
    assert open_finding(minho, OBJECTIONS) is None
    with unit_of_work():
        logged(minho, 1.0, by=cast("kyungmi"))
    assert open_finding(minho, OBJECTIONS) is not None


def test_self_ratings_alone_never_open_one_even_where_they_are_trusted(
    app: Flask, cast: Cast, frozen: time_machine.Traveller
) -> None:
    minho = cast("minho")
    with unit_of_work():
        change_settings(by=None, changes={"tau.behaviour.self": 0.35})
        for _ in range(4):
            services.rate_self(by=minho, skill_id=OBJECTIONS, level=1)
            frozen.shift(timedelta(days=1))
    assert would_open(minho).pieces >= 3
    assert open_finding(minho, OBJECTIONS) is None
    with unit_of_work():
        logged(minho, 1.0, by=cast("sora"))
    assert open_finding(minho, OBJECTIONS) is not None


def test_what_the_role_suggests_never_opens_one_about_who_was_seen_at_the_target(app: Flask, cast: Cast) -> None:
    minho = cast("minho")
    with unit_of_work():
        raise_target_of_objections()
        for who in ("taeyang", "sora", "kyungmi"):
            logged(minho, 3.55, by=cast(who))
    assert would_open(minho).mean < 3.5
    assert open_finding(minho, OBJECTIONS) is None


def test_little_known_never_opens_one(app: Flask, cast: Cast) -> None:
    minho = cast("minho")
    with unit_of_work():
        change_settings(by=None, changes={"thresholds.reliability": 0.9})
        for who in ("taeyang", "sora", "kyungmi"):
            logged(minho, 1.0, by=cast(who))
    cell = queries.cell(minho, OBJECTIONS)
    assert cell is not None
    assert (cell.p_below or 0.0) >= 0.8
    assert cell.reliability < 0.9
    assert open_finding(minho, OBJECTIONS) is None


def would_close(person: uuid.UUID) -> None:
    """See that the chance alone would close a finding."""
    cell = queries.cell(person, OBJECTIONS)
    assert cell is not None
    assert cell.p_below is not None
    assert cell.p_below <= current().thresholds.close_at


@pytest.fixture
def below(app: Flask, cast: Cast, frozen: time_machine.Traveller) -> uuid.UUID:
    """Let a finding have stood open about Minho for a week."""
    minho = cast("minho")
    with unit_of_work():
        found_below(minho, coaches=[cast("taeyang"), cast("sora")])
    assert open_finding(minho, OBJECTIONS) is not None
    frozen.shift(timedelta(days=7))
    return minho


def was_seen_well_before(person: uuid.UUID, by: Iterable[uuid.UUID]) -> None:
    """Let talks be logged late that went well before the finding opened."""
    for rater in by:
        logged(person, 4.0, by=rater, days_ago=10)


def test_what_was_seen_before_it_opened_never_closes_one_however_good(below: uuid.UUID, cast: Cast) -> None:
    raters = [cast(who) for who in ("kyungmi", "olivia", "felix", "marcus")]
    with unit_of_work():
        was_seen_well_before(below, raters)
    would_close(below)
    assert open_finding(below, OBJECTIONS) is not None
    with unit_of_work():
        logged(below, 3.0, by=cast("sora"))
    assert open_finding(below, OBJECTIONS) is None


def test_a_newer_piece_that_was_taken_back_never_closes_one(below: uuid.UUID, cast: Cast) -> None:
    raters = [cast(who) for who in ("kyungmi", "olivia", "felix", "marcus")]
    with unit_of_work():
        newer = logged(below, 2.0, by=cast("sora"))
        services.retract(newer, by=cast("sora"), reason="withdrawn")
        was_seen_well_before(below, raters)
    would_close(below)
    assert open_finding(below, OBJECTIONS) is not None
