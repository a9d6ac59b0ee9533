"""Scenarios are published like lessons: revisions for good, retired and brought back, byte for byte out again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.content.library import read_library
from coach.db import session, unit_of_work
from coach.publishing.plan import Change, Changes, How, Kind
from coach.publishing.queries import published_files
from coach.publishing.services import publish
from coach.scenarios.models import Scenario, ScenarioRevision
from coach.scenarios.script import read_script
from tests.unit.content.small_library import GOOD

PATH, NAME = "scenarios/five-percent.yml", "five-percent"


@pytest.fixture
def small(app: Flask) -> Flask:
    """Publish the small library in place of the shipped one."""
    _publish(GOOD)
    return app


def _publish(sources: dict[str, str]) -> Changes:
    with unit_of_work():
        return publish(sources, by=None)


def _numbers() -> list[int]:
    query = sa.select(ScenarioRevision.number).where(ScenarioRevision.scenario_id == NAME)
    return sorted(session().scalars(query))


def test_a_scenario_is_published_whole(small: Flask) -> None:
    scenario = session().get_one(Scenario, NAME)
    assert (scenario.skill_id, scenario.roles, scenario.level, scenario.minutes, scenario.position) == (
        "negotiate", ["account-manager"], 2, 6, 0,
    )  # fmt: skip
    script = read_script(session().get_one(ScenarioRevision, scenario.revision_id).body)
    (spec,) = read_library(GOOD).scenarios
    assert (script.customer, script.brief, script.first) == (spec.customer.name, spec.brief, spec.first)
    assert [
        (a.id, a.trust, a.deal, a.criterion, a.shows, a.next) for n in script.nodes.values() for a in n.answers
    ] == [(a.id, a.trust, a.deal, a.criterion, a.shows, a.next) for node in spec.nodes for a in node.answers]
    assert {node.id: (node.end, node.lesson) for node in script.nodes.values()} == {
        node.id: (node.end, node.lesson) for node in spec.nodes
    }


def test_what_is_exported_is_what_was_published_and_publishes_to_nothing(small: Flask) -> None:
    files = dict(published_files())
    assert files == GOOD
    assert not _publish(files)
    assert _numbers() == [1]


def test_an_edited_scenario_is_a_new_revision_and_nothing_else_changes(small: Flask) -> None:
    old = session().get_one(Scenario, NAME).revision_id
    changes = _publish({**GOOD, PATH: GOOD[PATH].replace("Gone.", "She is gone.")})
    assert [row for row in changes.rows if row.kind != Kind.FILE] == [Change(Kind.SCENARIO, NAME, How.CHANGED)]
    assert session().get_one(Scenario, NAME).revision_id != old
    assert "She is gone." not in session().get_one(ScenarioRevision, old).source
    assert _numbers() == [1, 2]


def test_a_scenario_taken_out_is_retired_and_comes_back_as_it_was(small: Flask) -> None:
    gone = _publish({path: text for path, text in GOOD.items() if path != PATH})
    assert gone.of(Kind.SCENARIO, How.RETIRED) == [NAME]
    assert session().get_one(Scenario, NAME).retired_at is not None
    back = _publish(GOOD)
    assert back.of(Kind.SCENARIO, How.RETURNED) == [NAME]
    assert session().get_one(Scenario, NAME).retired_at is None
    assert _numbers() == [1]
