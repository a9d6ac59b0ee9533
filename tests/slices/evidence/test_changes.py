"""Settings change as numbered versions: what was decided with the old ones is looked at anew, a calibration is not."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from coach import wiring
from coach.activity import services as activity
from coach.activity.models import Event
from coach.db import session, unit_of_work
from coach.errors import Invalid
from coach.evidence import changes, events, proof, queries, standards
from coach.evidence.commands import commands
from coach.evidence.models import SettingsVersion
from coach.findings import services as findings
from coach.reports.queries import standing
from tests.slices.evidence.seeing import OBJECTIONS, logged
from tests.statements import count_statements

Cast = Callable[[str], uuid.UUID]


@pytest.fixture
def just_below(app: Flask, cast: Cast) -> uuid.UUID:
    """Let Minho be seen below the target, but not so clearly that a finding opens; a change evaluates what follows."""

    def look_again(_event: Event) -> None:
        for person_id, skill_id in proof.pairs():
            findings.review(person_id=person_id, skill_id=skill_id)

    activity.connect({**wiring.REACTIONS, events.SETTINGS_CHANGED: (look_again,)})
    with unit_of_work():
        for days, level, rater in ((9, 2.0, "taeyang"), (6, 3.0, "sora"), (3, 2.0, "mirae")):
            logged(cast("minho"), level, by=cast(rater), days_ago=days)
    assert findings.open_finding(cast("minho"), OBJECTIONS) is None
    return cast("minho")


def test_thresholds_that_change_open_what_is_below_them_now(just_below: uuid.UUID) -> None:
    cell = queries.cell(just_below, OBJECTIONS)
    assert cell is not None
    assert cell.p_below is not None
    with unit_of_work():
        changes.change_settings(by=None, changes={"thresholds.open_at": cell.p_below - 0.01})
    found = findings.open_finding(just_below, OBJECTIONS)
    assert found is not None
    assert found.settings_number == 1


def test_what_is_too_little_to_judge_follows_the_settings_on_every_read(just_below: uuid.UUID) -> None:
    def known() -> set[bool]:
        rows = (
            queries.cell(just_below, OBJECTIONS),
            queries.cells([just_below])[just_below, OBJECTIONS],
            queries.cells_of([(just_below, OBJECTIONS)])[just_below, OBJECTIONS],
            queries.cells_of_skill([just_below], OBJECTIONS)[just_below],
            next(row.cell for row in standing(just_below, "account-manager") if row.skill_id == OBJECTIONS),
            queries.explained(just_below, OBJECTIONS),
        )
        return {row.is_known for row in rows if row is not None}

    assert known() == {True}
    with unit_of_work():
        changes.change_settings(by=None, changes={"thresholds.pieces": 4})
    assert known() == {False}
    with unit_of_work():
        changes.change_settings(by=None, changes={"thresholds.pieces": 2, "thresholds.reliability": 0.1})
    assert known() == {True}


def test_pages_read_the_thresholds_once_a_process(just_below: uuid.UUID) -> None:
    with unit_of_work():
        changes.change_settings(by=None, changes={"thresholds.pieces": 4})
    queries.cell(just_below, OBJECTIONS)
    with count_statements() as sent:
        queries.cells([just_below])
    assert len(sent) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("half_life", 30.0),
        ("rho", 0.25),
        ("drift", 0.01),
        ("omega.observation", 1.0),
        ("tau.behaviour.observation", 1.0),
    ],
)
def test_a_choice_that_changes_is_read_from_the_log_at_once(just_below: uuid.UUID, name: str, value: float) -> None:
    before = queries.cell(just_below, OBJECTIONS)
    with unit_of_work():
        logged(just_below, 2.0, by=just_below, days_ago=200)
        changes.change_settings(by=just_below, changes={name: value})
    after = queries.cell(just_below, OBJECTIONS)
    assert before is not None
    assert after is not None
    if name != "rho":  # no lesson was finished
        assert after.reliability < before.reliability
    assert changes.in_force()[name] == value
    assert proof.cell_differences([(just_below, OBJECTIONS)]) == []
    assert proof.team_differences() == []


def test_versions_add_up_and_leave_the_rest_as_it_was(just_below: uuid.UUID) -> None:
    was = changes.in_force()
    with unit_of_work():
        changes.change_settings(by=None, changes={"tau.knowledge.quiz": 0.5})
        changes.change_settings(by=None, changes={"thresholds.pieces": 4, "half_life": 90})
    assert changes.in_force() == was | {"tau.knowledge.quiz": 0.5, "thresholds.pieces": 4.0, "half_life": 90.0}
    assert standards.current().number == 2
    assert session().scalar(sa.select(sa.func.count()).select_from(SettingsVersion)) == 2


def test_what_people_are_assumed_to_start_from_is_a_calibration_and_evaluates_nothing(just_below: uuid.UUID) -> None:
    before, drift = queries.cell(just_below, OBJECTIONS), changes.in_force()["drift"]
    with unit_of_work():
        changes.change_settings(by=None, changes={"mu0": 0.8, "s0": 0.4})
    assert queries.cell(just_below, OBJECTIONS) == before
    assert findings.open_finding(just_below, OBJECTIONS) is None
    now = changes.in_force()
    assert (now["mu0"], now["s0"], now["drift"]) == (0.8, 0.4, drift), "the drift is a choice: it stays"
    recorded = {events.SETTINGS_CHANGED, events.CALIBRATED}
    assert session().scalars(sa.select(Event.verb).where(Event.verb.in_(recorded))).all() == [events.CALIBRATED]


@pytest.mark.parametrize(
    "wrong",
    [{"half_lives": 3.0}, {"half_life": 0.0}, {"rho": 1.5}, {"thresholds.close_at": 0.9}, {"tau.behaviour.quiz": -1.0}],
)
def test_settings_nothing_can_be_measured_with_are_refused(just_below: uuid.UUID, wrong: dict[str, float]) -> None:
    with pytest.raises(Invalid), unit_of_work():
        changes.change_settings(by=None, changes=wrong)
    assert standards.current().number == 0


def test_the_command_prints_and_changes_them(app: Flask) -> None:
    run = app.test_cli_runner()
    assert "half_life = 120" in run.invoke(commands, ["settings"]).output
    changed = run.invoke(commands, ["settings", "half_life=90", "omega.quiz=.2"])
    assert "Settings 1 are in force." in changed.output
    assert "omega.quiz = 0.2" in changed.output
    for wrong in ("half_life", "half_life=soon", "halflife=9"):
        assert run.invoke(commands, ["settings", wrong]).exit_code != 0
    assert standards.current().number == 1
