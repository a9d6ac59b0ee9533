"""Plan the scenarios: a changed text is a new revision, a changed place moves the scenario alone."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from coach.content.library import Library
from coach.content.scenarios import ScenarioSpec
from coach.publishing import wording
from coach.publishing.plan import Kind, Plan, Row, Standing, Write, settle
from coach.scenarios.models import Scenario, ScenarioRevision

_IN_THE_BODY: Final = {"customer", "brief", "start", "first", "nodes"}


def plan_scenarios(library: Library, *, at: datetime) -> Plan:
    """Plan all scenarios, in the order of skills and steps; their fingerprints are read with one statement."""
    stands = wording.standing(Scenario, ScenarioRevision, "position")
    specs = _in_order(library)
    revisions = {spec.id: _revision(spec, stands, at) for spec in specs if wording.is_new(spec, stands)}
    wanted = [_scenario(position, spec, wording.in_use(spec, stands, revisions)) for position, spec in enumerate(specs)]
    plan = settle(
        Kind.SCENARIO,
        Scenario,
        wanted,
        stands,
        at=at,
        changed=lambda row, old: any(row[name] != old[name] for name in ("revision_id", "position")),
    )
    return plan + Plan(writes=(Write(sa.insert(ScenarioRevision), list(revisions.values())),))


def _in_order(library: Library) -> list[ScenarioSpec]:
    skills = [skill.id for skill in library.framework.skills]
    return sorted(library.scenarios, key=lambda spec: (skills.index(spec.skill), spec.level, spec.id))


def _scenario(position: int, spec: ScenarioSpec, revision_id: uuid.UUID) -> Row:
    return {
        "id": spec.id,
        "skill_id": spec.skill,
        "roles": list(spec.roles),
        "level": spec.level,
        "minutes": spec.minutes,
        "title": spec.title,
        "summary": spec.summary,
        "position": position,
        "revision_id": revision_id,
    }


def _revision(spec: ScenarioSpec, stands: Standing, at: datetime) -> Row:
    body = spec.model_dump(mode="json", include=_IN_THE_BODY, exclude_defaults=True)
    return wording.revision(spec, stands, at=at, scenario_id=spec.id, body=body, source=spec.origin.source)
