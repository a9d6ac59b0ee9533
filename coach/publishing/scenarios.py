"""Plan the scenarios: a changed text is a new revision, a changed place moves the scenario alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from coach.content.library import Library
from coach.content.scenarios import ScenarioSpec
from coach.db import new_id, session
from coach.publishing.plan import Key, Kind, Plan, Row, Write, settle
from coach.scenarios.models import Scenario, ScenarioRevision

_IN_THE_BODY: Final = {"customer", "brief", "start", "first", "nodes"}


def plan_scenarios(library: Library, *, at: datetime) -> Plan:
    """Plan all scenarios, in the order of skills and steps; their fingerprints are read with one statement."""
    stands = _standing()
    specs = _in_order(library)
    new = [spec for spec in specs if _is_new(spec, stands)]
    revisions = {spec.id: _revision(spec, stands.get((spec.id,)), at) for spec in new}
    wanted = [
        _scenario(position, spec, revisions.get(spec.id) or stands[spec.id,]) for position, spec in enumerate(specs)
    ]
    plan = settle(
        Kind.SCENARIO, Scenario, wanted, stands, at=at,
        changed=lambda row, old: any(row[name] != old[name] for name in ("revision_id", "position")),
    )  # fmt: skip
    return plan + Plan(writes=(Write(sa.insert(ScenarioRevision), list(revisions.values())),))


def _in_order(library: Library) -> list[ScenarioSpec]:
    skills = [skill.id for skill in library.framework.skills]
    return sorted(library.scenarios, key=lambda spec: (skills.index(spec.skill), spec.level, spec.id))


def _standing() -> Mapping[Key, Row]:
    query = sa.select(
        Scenario.id, Scenario.position, Scenario.retired_at, Scenario.revision_id, ScenarioRevision.number,
        ScenarioRevision.fingerprint,
    ).join(ScenarioRevision, ScenarioRevision.id == Scenario.revision_id)  # fmt: skip
    return {(row["id"],): dict(row) for row in session().execute(query).mappings()}


def _is_new(spec: ScenarioSpec, stands: Mapping[Key, Row]) -> bool:
    old = stands.get((spec.id,))
    return old is None or old["fingerprint"] != spec.fingerprint


def _scenario(position: int, spec: ScenarioSpec, revision: Row) -> Row:
    return {
        "id": spec.id, "skill_id": spec.skill, "roles": list(spec.roles), "level": spec.level, "minutes": spec.minutes,
        "title": spec.title, "summary": spec.summary, "position": position,
        "revision_id": revision["revision_id"] if "revision_id" in revision else revision["id"],
    }  # fmt: skip


def _revision(spec: ScenarioSpec, old: Row | None, at: datetime) -> Row:
    return {
        "id": new_id(), "scenario_id": spec.id, "number": (old["number"] if old else 0) + 1,
        "body": spec.model_dump(mode="json", include=_IN_THE_BODY, exclude_defaults=True),
        "fingerprint": spec.fingerprint, "source": spec.origin.source, "published_at": at,
    }  # fmt: skip
