"""The demo department: the same story whoever tells it, true on whatever day it is looked at, whole or not at all."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

import config
from coach.accounts.services import start_session
from coach.app import create_app
from coach.db import db, session, unit_of_work
from coach.demo.cast import CAST
from coach.demo.story import replay
from coach.evidence import nights
from coach.evidence.queries import cells
from coach.findings.queries import open_for
from coach.people.models import Person
from coach.people.queries import person_by_email, rows
from coach.publishing.folder import read_folder
from coach.publishing.services import publish
from tests import databases
from tests.applications import settings
from tests.client import Browser
from tests.conftest import NOW

ROLES = {"sdr", "account-manager", "specialist", "customer-success", "sales-manager"}


@pytest.fixture
def empty(template: Any, folder: Path) -> Iterator[Flask]:
    """Give an application on a database that holds the library and nobody."""
    app = create_app(settings(template.new("story"), folder))
    with app.app_context():
        flask_migrate.upgrade()
        with unit_of_work():
            publish(read_folder(config.HERE / "content"), by=None)
        yield app
        db.session.remove()
        db.engine.dispose()


def test_who_is_stopped_half_way_has_no_department_yet(empty: Flask) -> None:
    def stop(week: int) -> None:
        if week == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replay(NOW, progress=stop)
    assert session().scalar(sa.select(Person.id).limit(1)) is None


@pytest.mark.skipif(databases.KIND != "sqlite", reason="about the lock that SQLite's writers share")
def test_a_first_start_settles_the_demo_as_the_only_writer(folder: Path) -> None:
    var = folder / "first start"
    environment = {**os.environ, "DIDIM_VAR": str(var), "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "ready"]
    with subprocess.Popen(command, cwd=config.HERE, env=environment, stdout=subprocess.PIPE, text=True) as ready:
        assert ready.stdout is not None
        told = ""
        while not re.search(r"department.*1 2 ", told):
            read = ready.stdout.read(1)
            assert read, f"it ended before the second week: {told}"
            told += read
        with (var / "write.lock").open() as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with (var / "ready.lock").open() as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ready.kill()


@pytest.mark.slow
@pytest.mark.parametrize("days", [0, 3, 6], ids=["monday", "thursday", "sunday"])
def test_every_screen_has_something_true_to_show(tmp_path: Path, days: int) -> None:
    var = tmp_path / "not made yet"
    app = create_app(settings(f"sqlite:///{var / 'didim.db'}", var))
    with time_machine.travel(NOW + timedelta(days=days), tick=False), app.app_context():
        told = app.test_cli_runner().invoke(args=["demo", "fresh", "--yes"])
        assert told.exit_code == 0, told.output
        people = rows()
        evening = cells([p.id for p in people])
        for step in nights.STEPS:
            step()
        morning = cells([p.id for p in people])
        found = [row for row in open_for([p.id for p in people]) if row.skill_id == "handle-objections"]
        team, today = _page(app, "sora", "/team"), _page(app, "jiwoo", "/")
    assert max(abs(morning[pair].mean - cell.mean) for pair, cell in evening.items()) < 0.05, "a night changes no story"
    assert 35 <= len(people) <= 45
    assert {person.job_role_id for person in people if person.job_role_id} == ROLES
    assert len({person.team_id for person in people if person.team_id}) == 3
    assert any(person.team_id is None for person in people)
    assert sum(row.job_role_id == "account-manager" for row in found) == 5
    assert all(odds > 0.6 for row in found if (odds := morning[row.person_id, row.skill_id].p_below) is not None)
    assert "Joon and Minho have not been coached for 31 and 26 days" in team
    assert "Daehyun clearly improved on Handle objections" in team
    assert "Start plan, week 3 of 8" in today


def _page(app: Flask, key: str, path: str) -> str:
    email = next(member.email for member in CAST if member.key == key)
    person = person_by_email(email)
    assert person is not None
    with unit_of_work():
        token = start_session(person.id, hours=1)
    opened = Browser(app)
    opened.hold(token)
    return re.sub(r"<[^>]+>", "", opened.get(path).text)
