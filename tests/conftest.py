"""Fixtures: the application on a fresh copy of a peopled database, its cast, and clients signed in as them."""

from __future__ import annotations

import gc
import json
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as properties

import config
from coach.accounts.services import start_session
from coach.app import create_app
from coach.db import db, unit_of_work
from coach.demo.people import settle
from coach.publishing.folder import read_folder
from coach.publishing.services import publish
from coach.web import catalogue
from tests import databases
from tests.applications import Applications, settings
from tests.client import Browser

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday 10:00 in Seoul
TODAY = date(2026, 11, 23)

# How long an example takes depends on what else the machine does; nothing is asserted on time.
properties.register_profile("didim", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("didim")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the Korean catalogue once, before any worker starts: a fresh clone has none."""
    if not hasattr(config, "workerinput"):
        catalogue.compile_korean()


def pytest_collection_finish() -> None:
    """Spare the collector what stays to the end: it would look at half a million objects again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def frozen() -> Iterator[time_machine.Traveller]:
    """Stop the clock at a Monday morning."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give this worker a folder of its own."""
    return tmp_path_factory.mktemp("didim")


@pytest.fixture(scope="session")
def template(folder: Path, worker_id: str) -> Iterator[Any]:
    """Migrate once, publish content/ and settle the cast."""
    made = databases.templates(folder, worker_id)
    app = create_app(settings(made.new("cast"), folder))
    with time_machine.travel(NOW, tick=False), app.app_context():
        flask_migrate.upgrade()
        with unit_of_work():
            publish(read_folder(config.HERE / "content"), by=None)
            ids = settle(TODAY)
        (folder / "ids.json").write_text(json.dumps({key: str(value) for key, value in ids.items()}))
        db.engine.dispose()
    yield made
    made.drop()


@pytest.fixture(scope="session")
def applications(template: Any, folder: Path) -> Applications:
    """Lend the applications of this worker."""
    return Applications(template, folder)


@pytest.fixture
def app(applications: Applications) -> Iterator[Flask]:
    """Give an application on a database of its own."""
    with applications.lend("cast") as lent:
        yield lent


@pytest.fixture
def cast(template: Any, folder: Path) -> Callable[[str], uuid.UUID]:
    """Give the id of a member of the cast by key."""
    ids = {key: uuid.UUID(value) for key, value in json.loads((folder / "ids.json").read_text()).items()}
    return ids.__getitem__


@pytest.fixture
def browser(app: Flask, cast: Callable[[str], uuid.UUID]) -> Callable[..., Browser]:
    """Open a browser signed in as a member of the cast, or as nobody."""

    def open_browser(who: str | None = None) -> Browser:
        opened = Browser(app)
        if who is not None:
            with app.app_context(), unit_of_work():
                token = start_session(cast(who), hours=12)
            opened.hold(token)
        return opened

    return open_browser
