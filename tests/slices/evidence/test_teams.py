"""A team's kept sums follow its members: who comes, goes, changes role or is seen."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coach.db import db, session, unit_of_work
from coach.evidence import cells, proof, queries
from coach.evidence.models import Cell
from coach.people import services as people
from coach.people.models import Person, Team
from tests.slices.evidence.seeing import NEEDS, OBJECTIONS, checked, logged

Cast = Callable[[str], uuid.UUID]
TODAY = date(2026, 11, 23)


def test_the_sums_equal_a_recount_after_every_change_of_a_team(
    app: Flask, cast: Cast, frozen: time_machine.Traveller
) -> None:
    def team(code: str) -> Team:
        return session().scalars(sa.select(Team).where(Team.code == code)).one()

    minho, hana = session().get_one(Person, cast("minho")), session().get_one(Person, cast("hana"))
    with unit_of_work():
        for person in (minho, hana):
            logged(person.id, 2.0, by=cast("sora"), days_ago=9)
            checked(person.id, 4, days_ago=3, skill=NEEDS)
        assert proof.team_differences() == []
        north = queries.team_skills(team("north").id)
        assert (north[OBJECTIONS].people, north[NEEDS].pieces) == (2, 2)

        people.place_in_team(minho, by=None, team=team("south"), since=TODAY)
        assert proof.team_differences() == []
        logged(minho.id, 3.0, by=cast("marcus"), days_ago=1)
        assert proof.team_differences() == []
        assert queries.team_skills(team("south").id)[OBJECTIONS].pieces == 2
        assert queries.team_skills(team("north").id)[OBJECTIONS].people == 1

        people.give_role(hana, by=None, job_role_id="sdr", since=TODAY)
        assert proof.team_differences() == []
        people.deactivate(hana, by=cast("dana"))
        assert proof.team_differences() == []
        assert OBJECTIONS not in queries.team_skills(team("north").id)
        logged(hana.id, 3.0, by=cast("sora"), days_ago=1)
        assert proof.team_differences() == []
        people.reactivate(hana, by=cast("dana"))
        assert proof.team_differences() == []
        people.place_in_team(minho, by=None, team=None, since=TODAY)
        assert proof.team_differences() == []
    frozen.shift(timedelta(days=40))
    with unit_of_work():
        cells.refresh(session().scalars(sa.select(Cell)))
        assert proof.team_differences() == []


def test_a_night_moves_the_sums_of_a_team_skill_by_skill(
    app: Flask, cast: Cast, frozen: time_machine.Traveller
) -> None:
    first, second = sorted((cast("minho"), cast("hana")))
    with unit_of_work():
        for person, skill in ((first, "write-a-proposal"), (second, "close"), (second, "qualify")):
            logged(person, 2.0, by=cast("sora"), days_ago=9, skill=skill)
    frozen.shift(timedelta(days=40))
    touched: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO team_skill"):
            told = values.values() if isinstance(values, dict) else values
            touched.extend(each for each in told if each in {"close", "qualify", "write-a-proposal"})

    sa.event.listen(db.engine, "before_cursor_execute", note)
    with unit_of_work():
        cells.refresh(session().scalars(sa.select(Cell)))
    sa.event.remove(db.engine, "before_cursor_execute", note)
    assert touched == ["close", "qualify", "write-a-proposal"]


def test_a_team_is_the_mean_of_its_members_with_its_own_range(app: Flask, cast: Cast) -> None:
    with unit_of_work():
        logged(cast("minho"), 2.0, by=cast("sora"), days_ago=1)
        logged(cast("hana"), 4.0, by=cast("sora"), days_ago=1)
    two = [queries.cell(cast(who), OBJECTIONS) for who in ("minho", "hana")]
    team = next(row for row in (queries.team_skills(t.id) for t in session().scalars(sa.select(Team))) if row)
    kept = team[OBJECTIONS]
    assert kept.mean == pytest.approx(sum(cell.mean for cell in two if cell) / 2)
    assert kept.sd == pytest.approx(sum(cell.sd**2 for cell in two if cell) ** 0.5 / 2)
