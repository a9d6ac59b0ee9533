"""Change the settings of the measurement: a new version, and every cell read anew with it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from coach import clock
from coach.activity.services import record
from coach.db import session
from coach.errors import Invalid
from coach.evidence import cells, events, proof, standards
from coach.evidence.models import SettingsVersion
from coach.evidence.standards import Standards
from coach.measurement.checks import BadInput
from coach.measurement.estimate import SkillKind
from coach.measurement.findings import Thresholds
from coach.words import Message

CALIBRATION: Final = frozenset({"mu0", "s0"})


def in_force(rules: Standards | None = None) -> dict[str, float]:
    """List every setting by its name, as `change_settings` takes them; tau by kind of skill and kind of evidence."""
    rules = rules or standards.current()
    some = rules.settings(SkillKind.BEHAVIOUR)
    plain = {name: float(getattr(some, name)) for name in ("mu0", "s0", "half_life", "rho", "drift")}
    tau = {f"tau.{k}.{name}": float(sd) for k in SkillKind for name, sd in rules.settings(k).tau.items()}
    omega = {f"omega.{name}": float(sd) for name, sd in some.omega.items()}
    return plain | tau | omega | {f"thresholds.{name}": float(x) for name, x in asdict(rules.thresholds).items()}


def change_settings(*, by: uuid.UUID | None, changes: Mapping[str, float]) -> SettingsVersion:
    """Put a new version of the settings in force and build every cell anew; findings are evaluated by what follows.

    All in one transaction: sums made under another half-life must never be read with this one. Where only a
    calibration changed (mu0, s0), cells stay until their next reading. Names are those of `in_force`.
    Raises Invalid for a name that is none and for a value nothing can be measured with.
    """
    rules = standards.current()
    known = in_force(rules)
    for name in changes:
        if name not in known:
            raise Invalid(Message("%(name)s is not a setting of the measurement.", name=name), field="name")
    moved = {name: float(value) for name, value in changes.items() if float(value) != known[name]}
    number = rules.number + 1
    made = SettingsVersion(number=number, settings=_checked(rules, known, moved), at=clock.now())
    session().add(made)
    session().flush()
    only_calibration = moved.keys() <= CALIBRATION
    if not only_calibration:
        for person_id, skill_id in proof.pairs():
            cells.rebuild(person_id, skill_id)
    verb = events.CALIBRATED if only_calibration else events.SETTINGS_CHANGED
    record(verb, by=by, kind="settings", object_id=number, changes=moved)
    return made


def _checked(rules: Standards, known: Mapping[str, float], moved: Mapping[str, float]) -> dict[str, Any]:
    made = _made(rules.choices, known, moved)
    try:
        tried = Standards(0, made["measurement"], Thresholds(**made["thresholds"]))
        for kind in SkillKind:
            tried.settings(kind)
    except BadInput as why:
        raise Invalid(Message("Nothing can be measured with this: %(why)s.", why=str(why)), field="value") from why
    return made


def _made(choices: Mapping[str, Any], known: Mapping[str, float], moved: Mapping[str, float]) -> dict[str, Any]:
    """Write settings as a version keeps them: a group with one change is kept whole, a plain one only if ever set."""
    now = {**known, **moved}
    kept: dict[str, Any] = {}
    for name in ("mu0", "s0", "half_life", "rho", "drift"):
        if name in moved or name in choices:
            kept[name] = now[name]
    kept["tau"] = {k: _group(now, f"tau.{k}.") for k in map(str, SkillKind)}
    kept["omega"] = _group(now, "omega.")
    thresholds = _group(now, "thresholds.")
    return {"measurement": kept, "thresholds": thresholds | {"pieces": int(thresholds["pieces"])}}


def _group(values: Mapping[str, float], prefix: str) -> dict[str, float]:
    return {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}
