"""Applications to test with: each is made once and lent to one test after the other, on a fresh copy of a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

import config
from coach.app import _connect, create_app
from coach.db import db
from tests.databases import PostgresqlTemplates, SqliteTemplates

SECRET = "for tests only, longer than thirty-two characters"


def settings(url: str, folder: Path) -> config.Settings:
    """Give the settings of an application under test."""
    return config.Settings(database_url=url, var=folder, testing=True, secret_key=SECRET)


class Applications:
    """Lend applications of one worker.

    Templates, addresses and statements are compiled once an application; what a test changes of it is put back.
    """

    def __init__(self, templates: SqliteTemplates | PostgresqlTemplates, folder: Path) -> None:
        self.templates, self.folder = templates, folder
        self._waiting: list[Flask] = []
        self._made = 0

    @contextmanager
    def lend(self, template: str) -> Iterator[Flask]:
        """Lend an application that nobody else holds, on a copy of a template, in its context."""
        app = self._waiting.pop() if self._waiting else self._make()
        self.templates.fill(app.config["SQLALCHEMY_DATABASE_URI"], template)
        kept, extensions = dict(app.config), dict(app.extensions)
        _connect(app.config["SETTINGS"])
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()
        for held, before in ((app.config, kept), (app.extensions, extensions)):
            held.clear()
            held.update(before)
        self._waiting.append(app)

    def _make(self) -> Flask:
        self._made += 1
        return create_app(settings(self.templates.place(f"lent_{self._made}"), self.folder))
