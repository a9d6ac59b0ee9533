"""Migrations build what the models say, go back, and lose nothing on the way; append-only tables stay so."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

import config
from coach import clock
from coach.access.policy import Permission
from coach.activity.models import RetentionPermit
from coach.activity.services import Note, audit
from coach.app import create_app
from coach.coaching import services as coaching
from coach.coaching.services import Setting, Talk
from coach.db import Base, begin_writing, db, end_writing, session, unit_of_work
from coach.evidence import services as evidence
from coach.evidence.models import Evidence
from tests import databases
from tests.conftest import TODAY
from tests.conventions.append_only import APPEND_ONLY

Tables = dict[str, int]


@pytest.fixture
def bare(folder: Path) -> Iterator[Flask]:
    """Give an application on a database in which nothing is yet."""
    made = databases.templates(folder / "bare", "bare")
    name = f"bare_{uuid.uuid1().hex[:12]}"
    app = create_app(
        config.Settings(
            database_url=made.new(name),
            var=folder,
            testing=True,
            secret_key="for tests only, thirty-two characters and more",
        )
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    made.drop()


@pytest.fixture
def told(app: Flask, cast: Any) -> Flask:
    """Let something be in every append-only table."""
    with unit_of_work():
        talk = Talk(
            setting=Setting.CALL, held_on=TODAY, levels={"qualify": 2, "negotiate": 3}, action="Ask who decides"
        )
        log_id = coaching.log(by=cast("taeyang"), person_id=cast("jiwoo"), talk=talk, zone="Asia/Seoul")
        piece = session().scalars(sa.select(Evidence).where(Evidence.origin_id == log_id)).first()
        assert piece is not None
        evidence.retract(piece, by=cast("taeyang"), reason="corrected")
        audit([Note(action=Permission.PROFILE_FULL_READ, outcome="granted", person_id=cast("jiwoo"))], by=cast("sora"))
    db.session.remove()
    return app


def test_revisions_are_numbered_one_after_the_other() -> None:
    revisions = sorted(_scripts().walk_revisions(), key=lambda script: script.revision)
    assert [script.revision for script in revisions] == [f"{n:04d}" for n in range(1, len(revisions) + 1)]
    assert [script.down_revision for script in revisions] == [None, *(s.revision for s in revisions[:-1])]
    assert all(Path(script.path).name.startswith(f"{script.revision}_") for script in revisions)


def test_migrating_from_nothing_builds_what_the_models_say(bare: Flask) -> None:
    flask_migrate.upgrade()
    assert _differences() == [], "write a migration for what differs between the models and the database"
    assert _names(sa.inspect(db.engine)) == _declared_names(), "the migration names a constraint or index otherwise"
    assert _triggers() == _wanted_triggers()


def test_migrations_go_down_to_nothing_and_up_again(bare: Flask) -> None:
    flask_migrate.upgrade()
    flask_migrate.downgrade(revision="base")
    assert set(sa.inspect(db.engine).get_table_names()) <= {"alembic_version"}
    assert _triggers() == set()
    flask_migrate.upgrade()
    assert _differences() == []
    assert _triggers() == _wanted_triggers()


def test_a_step_down_and_up_again_with_data_loses_nothing(told: Flask) -> None:
    before, words = _counts(), _fingerprint()
    assert all(before[table] for table in APPEND_ONLY)
    flask_migrate.downgrade()
    assert _broken_references() == []
    flask_migrate.upgrade()
    assert _counts() == before
    assert _fingerprint() == words
    assert _broken_references() == []
    assert _triggers() == _wanted_triggers()
    assert _differences() == []


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_what_is_only_added_can_not_be_changed(told: Flask, table: str) -> None:
    column = next(c for c in Base.metadata.tables[table].c if not c.primary_key and isinstance(c.type, sa.String))
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        _run(f"UPDATE {table} SET {column.name} = 'other'")  # noqa: S608 -- names of our own tables


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_what_is_only_added_can_not_be_deleted(told: Flask, table: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        _run(f"DELETE FROM {table}")  # noqa: S608 -- names of our own tables


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
@pytest.mark.skipif(databases.KIND != "postgresql", reason="SQLite knows no TRUNCATE")
def test_what_is_only_added_can_not_be_truncated(told: Flask, table: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        _run(f"TRUNCATE {table}")


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_what_is_only_added_is_deleted_by_a_permit_and_only_before_its_day(told: Flask, table: str) -> None:
    count = _counts()[table]
    _permit(table, clock.now() - timedelta(days=1))
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        _run(f"DELETE FROM {table}")  # noqa: S608 -- names of our own tables
    assert _counts()[table] == count
    _permit(table, datetime(2030, 1, 1, tzinfo=UTC))
    _run(f"DELETE FROM {table}")  # noqa: S608 -- names of our own tables
    assert _counts()[table] == 0


def test_a_permit_for_one_table_opens_no_other(told: Flask) -> None:
    _permit("event", datetime(2030, 1, 1, tzinfo=UTC))
    for table in set(APPEND_ONLY) - {"event"}:
        with pytest.raises(sa.exc.DBAPIError, match="append-only"):
            _run(f"DELETE FROM {table}")  # noqa: S608 -- names of our own tables


@pytest.mark.skipif(databases.KIND != "sqlite", reason="PostgreSQL checks every reference by itself")
def test_a_migration_that_leaves_rows_pointing_nowhere_is_taken_back(
    told: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    begin_writing()
    with db.engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            connection.execute(sa.text("DELETE FROM team"))
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")
    with pytest.raises(SystemExit):
        flask_migrate.downgrade()
    end_writing()
    assert "rows without what they point at" in caplog.text
    assert _triggers() == _wanted_triggers(), "the step down was kept although it was refused"


def _scripts() -> ScriptDirectory:
    folder = config.HERE / "migrations"
    found = Config(str(folder / "alembic.ini")) if (folder / "alembic.ini").is_file() else Config()
    found.set_main_option("script_location", str(folder))
    return ScriptDirectory.from_config(found)


def _differences() -> list[Any]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def _names(inspector: sa.Inspector) -> dict[str, set[str]]:
    found = {}
    for table in set(inspector.get_table_names()) - {"alembic_version"}:
        names = {inspector.get_pk_constraint(table)["name"]}
        names |= {row["name"] for row in inspector.get_foreign_keys(table)}
        names |= {row["name"] for row in inspector.get_unique_constraints(table)}
        names |= {row["name"] for row in inspector.get_check_constraints(table)}
        names |= {row["name"] for row in inspector.get_indexes(table)}
        found[table] = {str(name) for name in names}
    return found


def _declared_names() -> dict[str, set[str]]:
    return {
        table.name: {str(c.name) for c in table.constraints} | {str(index.name) for index in table.indexes}
        for table in Base.metadata.sorted_tables
    }


def _triggers() -> set[str]:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if databases.KIND == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with db.engine.connect() as connection:
        return set(connection.execute(sa.text(query)).scalars())


def _wanted_triggers() -> set[str]:
    return {f"append_only_{table}_{what}" for table in APPEND_ONLY for what in ("update", "delete")}


def _counts() -> Tables:
    with db.engine.connect() as connection:
        return {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }


def _fingerprint() -> dict[str, list[str]]:
    with db.engine.connect() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(sa.select(table)))
            for table in Base.metadata.sorted_tables
        }


def _broken_references() -> list[Any]:
    if databases.KIND != "sqlite":
        return []  # PostgreSQL checks each statement by itself
    with db.engine.connect() as connection:
        return list(connection.exec_driver_sql("PRAGMA foreign_key_check"))


def _permit(table: str, before: datetime) -> None:
    with unit_of_work():
        session().merge(RetentionPermit(table_name=table, before=before))
    db.session.remove()


def _run(statement: str) -> None:
    begin_writing()
    try:
        with db.engine.connect() as connection, connection.begin():
            connection.execute(sa.text(statement))
    finally:
        end_writing()


def test_an_operator_migrates_by_the_command(bare: Flask) -> None:
    """The group of Flask-Migrate has options of its own, which its commands need."""
    runner = bare.test_cli_runner()
    assert runner.invoke(args=["db", "upgrade"]).exit_code == 0
    assert runner.invoke(args=["db", "current"]).exit_code == 0
    assert sa.inspect(db.engine).has_table("person")
