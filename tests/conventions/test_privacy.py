"""Every row that points at a person says what becomes of it, and what can never be rewritten holds no words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
import sqlalchemy as sa

from coach import models  # noqa: F401 -- fills the registry
from coach.columns import Id
from coach.db import Base, OnErasure, Personal
from tests.conventions.append_only import APPEND_ONLY

# A column with such a name holds a person's id, with or without a foreign key.
NAMES: Final = ("person_id", "actor_id", "by_id", "coach_id", "manager_id", "author_id", "user_id", "owner_id")
# Words of a fixed list that our own code writes; a longer or other text in an append-only table is a person's.
CODES: Final = {
    "evidence": {"skill_id", "kind", "source", "setting", "origin_kind"},
    "retraction": {"reason"},
    "event": {"verb", "object_kind", "object_id"},
    "audit_entry": {"action", "outcome", "object_id"},
}
MAPPED: Final = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda model: model.__tablename__)
DECLARED: Final = [(model.__tablename__, name, told) for model in MAPPED for name, told in model.__personal__.items()]
NAMED: Final = [f"{table}.{column}" for table, column, _ in DECLARED]


@pytest.mark.parametrize("model", MAPPED, ids=lambda model: model.__tablename__)
def test_a_model_declares_what_becomes_of_every_column_that_points_at_a_person(model: type[Any]) -> None:
    pointing = {column.name for column in _pointing(model)}
    assert set(model.__personal__) == pointing, (
        f"{model.__name__}.__personal__ declares {sorted(model.__personal__)} but these point at a person: "
        f"{sorted(pointing)}; say Personal(export=, erase=) for each"
    )
    assert all(isinstance(told, Personal) for told in model.__personal__.values())


@pytest.mark.parametrize(("table", "_column", "told"), DECLARED, ids=NAMED)
def test_what_is_blanked_is_a_text_that_can_be_emptied(table: str, _column: str, told: Personal) -> None:
    columns = Base.metadata.tables[table].c
    assert (told.erase is OnErasure.BLANK) == bool(told.blank), (
        "BLANK names the columns it empties, and only BLANK does"
    )
    for name in told.blank:
        assert name in columns, f"{table} has no column {name} to blank"
        assert isinstance(columns[name].type, sa.String | sa.JSON), f"{table}.{name} is no text"


def test_a_row_that_is_only_added_can_still_point_at_the_tombstone() -> None:
    only_added = [(table, column, told) for table, column, told in DECLARED if table in APPEND_ONLY]
    assert {table for table, _, _ in only_added} == set(APPEND_ONLY)
    for table, column, told in only_added:
        assert told.erase is OnErasure.KEEP_ID, f"{table} is append-only: erasing keeps the id, it can not delete"
        assert not Base.metadata.tables[table].c[column].foreign_keys, (
            f"{table}.{column} is append-only and needs no foreign key: the row may outlive what it names"
        )


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_an_append_only_table_holds_no_words(table: str) -> None:
    worded = {
        column.name
        for column in Base.metadata.tables[table].c
        if isinstance(column.type, sa.String) and column.name not in CODES[table]
    }
    assert not worded, f"{table} can not be rewritten: put a text about a person in an erasable row beside ({worded})"
    unbounded = {
        column.name
        for column in Base.metadata.tables[table].c
        if isinstance(column.type, sa.Text) or (isinstance(column.type, sa.String) and column.type.length is None)
    }
    assert not unbounded, f"a code has a longest length: {unbounded}"


def _pointing(model: type[Any]) -> Iterator[sa.Column[Any]]:
    for column in model.__table__.columns:
        points = any(key.column.table.name == "person" for key in column.foreign_keys)
        if model.__tablename__ != "person" and (points or column.name in NAMES or _is_somebody(column)):
            yield column


def _is_somebody(column: sa.Column[Any]) -> bool:
    return column.name.endswith("_by") and isinstance(column.type, Id)
