"""Two who change the same at once: nothing is lost, nothing counts twice, nobody sees a broken page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.db import session, unit_of_work
from coach.errors import Conflict
from coach.evidence import cells, proof, queries, services, teams
from coach.evidence.models import Cell, Contest
from coach.people import services as people
from coach.people.models import Person, Team, TeamMembership
from tests.slices.evidence.racing import behind
from tests.slices.evidence.seeing import OBJECTIONS, logged

Cast = Callable[[str], uuid.UUID]


@pytest.fixture
def talk(app: Flask, cast: Cast) -> uuid.UUID:
    """Let a talk of Minho's have been seen."""
    with unit_of_work():
        return logged(cast("minho"), 2.0, by=cast("taeyang"), days_ago=9).id


def north(cast: Cast) -> uuid.UUID:
    """Give the id of Minho's team."""
    return session().scalars(sa.select(TeamMembership.team_id).where(TeamMembership.person_id == cast("minho"))).one()


def test_what_is_seen_while_a_night_reads_anew_stays_in_the_estimate(app: Flask, cast: Cast, talk: uuid.UUID) -> None:
    failed = behind(
        app,
        lambda: logged(cast("minho"), 4.0, by=cast("sora"), days_ago=1),
        lambda: cells.refresh(session().scalars(sa.select(Cell))),
    )
    assert failed == []
    session().expire_all()
    cell = queries.cell(cast("minho"), OBJECTIONS)
    assert cell is not None
    assert (cell.pieces, cell.raters) == (2, 2)
    assert proof.cell_differences([(cast("minho"), OBJECTIONS)]) == []
    assert proof.team_differences() == []


def test_two_counts_of_a_team_at_once_come_one_after_the_other(app: Flask, cast: Cast, talk: uuid.UUID) -> None:
    team_id = north(cast)
    assert behind(app, lambda: teams.recount(team_id), lambda: teams.recount(team_id)) == []
    assert proof.team_differences() == []


def test_two_who_join_a_team_at_once_are_both_counted(app: Flask, cast: Cast, talk: uuid.UUID) -> None:
    with unit_of_work():
        logged(cast("hana"), 2.0, by=cast("sora"), days_ago=9)

    def join(who: str) -> None:
        south = session().scalars(sa.select(Team).where(Team.code == "south")).one()
        person = session().get_one(Person, cast(who))
        people.place_in_team(person, by=None, team=south, since=date(2026, 11, 23))

    assert behind(app, lambda: join("minho"), lambda: join("hana")) == []
    session().expire_all()
    assert proof.team_differences() == []


def test_two_objections_at_once_take_a_piece_out_once(app: Flask, cast: Cast, talk: uuid.UUID) -> None:
    def object_to_it() -> None:
        services.contest(talk, by=cast("minho"), text="That was not my call.")

    with unit_of_work():
        logged(cast("minho"), 3.0, by=cast("taeyang"), days_ago=2)
    assert [type(error) for error in behind(app, object_to_it, object_to_it)] == [Conflict]
    assert session().scalar(sa.select(sa.func.count()).select_from(Contest)) == 1
    assert proof.cell_differences([(cast("minho"), OBJECTIONS)]) == []


def test_taking_back_tells_whether_it_counted_until_then(app: Flask, cast: Cast) -> None:
    with unit_of_work():
        piece = logged(cast("minho"), 2.0, by=cast("sora"), days_ago=1)
        assert services.retract(piece, by=None, reason="withdrawn") is True
        assert services.retract(piece, by=None, reason="withdrawn") is False
