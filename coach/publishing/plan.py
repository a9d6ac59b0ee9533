"""What a publish would change and the statements that do it, worked out before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from coach.db import Base, session

Row = Mapping[str, Any]
Key = tuple[Any, ...]
Standing = Mapping[Key, Row]
RETIRED: Final = "retired_at"


class Kind(StrEnum):
    """Name what changed, in the order in which it is told."""

    FRAMEWORK = "framework"
    SKILL = "skill"
    ROLE = "role"
    CRITERION = "criterion"
    MODULE = "module"
    LESSON = "lesson"
    ITEM = "item"
    CHECK = "check"
    SCENARIO = "scenario"
    STEP = "step"
    CERTIFICATE = "certificate"
    FILE = "file"


class How(StrEnum):
    """Name how it changed; what vanished is retired, never deleted."""

    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Change:
    """Say what happens to one thing."""

    kind: Kind
    id: str
    how: How


@dataclass(frozen=True, slots=True)
class Changes:
    """List what a publish changes; false when that is nothing."""

    rows: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rows)

    def counts(self) -> Mapping[tuple[Kind, How], int]:
        """Count by kind and how, in the order in which they are told."""
        found = Counter((change.kind, change.how) for change in self.rows)
        return {(kind, how): found[kind, how] for kind in Kind for how in How if found[kind, how]}

    def of(self, kind: Kind, how: How | None = None) -> list[str]:
        """List the ids of one kind."""
        return [change.id for change in self.rows if change.kind == kind and how in (None, change.how)]


@dataclass(frozen=True, slots=True)
class Write:
    """Hold one statement and its rows; a bulk update is matched by primary key."""

    statement: sa.Executable
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold changes and the writes that make them, in the order in which foreign keys allow them."""

    changes: tuple[Change, ...] = ()
    writes: tuple[Write, ...] = ()

    def __add__(self, other: Plan) -> Plan:
        return Plan(self.changes + other.changes, self.writes + other.writes)


def standing(model: type[Base], *columns: str) -> dict[Key, Row]:
    """Read what stands in a table, all columns where none are named, by primary key."""
    table = model.__table__
    keys = [column.name for column in table.primary_key]
    names = [*keys, *columns] if columns else table.columns.keys()
    rows = session().execute(sa.select(*(getattr(model, name) for name in names))).mappings()
    return {tuple(row[key] for key in keys): dict(row) for row in rows}


def settle(
    kind: Kind,
    model: type[Base],
    wanted: Iterable[Row],
    stands: Standing,
    *,
    at: datetime,
    changed: Callable[[Row, Row], bool] | None = None,
) -> Plan:
    """Compare the wanted rows with those that stand: add, change, retire, bring back.

    `changed` compares a wanted row with the standing one; without it, every column that was read is compared.
    """
    keys = [column.name for column in model.__table__.primary_key]
    rows = {tuple(row[name] for name in keys): row for row in wanted}
    hows = {key: _how(stands.get(key), row, changed or _differs) for key, row in rows.items()}
    gone = sorted(key for key, old in stands.items() if key not in rows and old[RETIRED] is None)
    changes = [Change(kind, _named(key), how) for key, how in hows.items() if how]
    changes += [Change(kind, _named(key), How.RETIRED) for key in gone]
    insert = [{**rows[key], RETIRED: None} for key, how in hows.items() if how is How.ADDED]
    update = [{**rows[key], RETIRED: None} for key, how in hows.items() if how in (How.CHANGED, How.RETURNED)]
    retire = [{**dict(zip(keys, key, strict=True)), RETIRED: at} for key in gone]
    writes = (Write(sa.insert(model), insert), Write(sa.update(model), update), Write(sa.update(model), retire))
    return Plan(tuple(changes), writes)


def _named(key: Key) -> str:
    return "/".join(map(str, key))


def _how(old: Row | None, row: Row, differs: Callable[[Row, Row], bool]) -> How | None:
    if old is None:
        return How.ADDED
    if old[RETIRED] is not None:
        return How.RETURNED
    return How.CHANGED if differs(row, old) else None


def _differs(row: Row, old: Row) -> bool:
    return any(row[name] != value for name, value in old.items() if name in row)
