"""Fixtures: the application on a fresh copy of a peopled database, its cast, and clients signed in as them."""

from __future__ import annotations

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
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

import config
from coach.accounts.services import start_session
from coach.app import create_app
from coach.db import db, unit_of_work
from coach.demo.people import settle
from coach.publishing.folder import read_folder
from coach.publishing.services import publish
from coach.web import catalogue
from tests import databases
from tests.client import Browser

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday 10:00 in Seoul
TODAY = date(2026, 11, 23)


def pytest_configure(config: pytest.Config) -> None:
    """Compile the Korean catalogue once, before any worker starts: a fresh clone has none."""
    if not hasattr(config, "workerinput"):
        catalogue.compile_korean()


class CompiledPages(FileSystemBytecodeCache):
    """Keep compiled templates between the tests of a worker: the pages of each language are code of their own."""

    def get_bucket(self, environment: Any, name: str, filename: str | None, source: str) -> Bucket:
        """Find the code of a template in a language."""
        return super().get_bucket(environment, f"{environment.speaks}: {name}", filename, source)


def _keep_what_is_compiled() -> None:
    """Let every application of a worker share the code that Werkzeug compiles for each address.

    It depends on the address alone, and compiling it is most of what making an application takes.
    """
    compiled: dict[tuple[Any, ...], Any] = {}
    compile_anew = Rule._compile_builder

    def builder(rule: Rule, append_unknown: bool = True) -> Any:
        key = (*rule._trace, repr(rule.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = compile_anew(rule, append_unknown)
        return compiled[key]

    Rule._compile_builder = builder  # type: ignore[method-assign, assignment]


_keep_what_is_compiled()


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
def template(folder: Path, worker_id: str) -> Any:
    """Migrate once, publish content/ and settle the cast."""
    made = databases.templates(folder, worker_id)
    app = create_app(_settings(made.new("cast"), folder))
    with time_machine.travel(NOW, tick=False), app.app_context():
        flask_migrate.upgrade()
        with unit_of_work():
            publish(read_folder(config.HERE / "content"), by=None)
            ids = settle(TODAY)
        (folder / "ids.json").write_text(json.dumps({key: str(value) for key, value in ids.items()}))
        db.engine.dispose()
    return made


@pytest.fixture
def app(template: Any, folder: Path) -> Iterator[Flask]:
    """Give an application on a database of its own."""
    with template.copy("cast") as url:
        made = create_app(_settings(url, folder))
        made.url_build_error_handlers.append(lambda _error, endpoint, _values: f"/missing/{endpoint}")
        made.jinja_env.bytecode_cache = CompiledPages(str(folder))
        with made.app_context():
            yield made
            db.session.remove()
            db.engine.dispose()


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


def _settings(url: str, folder: Path) -> config.Settings:
    return config.Settings(
        database_url=url, var=folder, testing=True, secret_key="for tests only, longer than thirty-two characters"
    )
