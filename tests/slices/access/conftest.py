"""The filled department, and browsers of everybody who holds a relation to Jiwoo."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.applications import Applications
from tests.client import Browser, hidden_fields
from tests.conventions.world import World, fill
from tests.slices.access.cases import Case
from tests.slices.access.people import HOLDS


class House:
    """Hold one copy of the filled department and open browsers in it."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world, self.records = app, world, world.records
        self._open: dict[str, Browser] = {}
        self._tokens: dict[str, str] = {}

    def browser(self, persona: str) -> Browser:
        """Open a browser signed in as a persona, or as a member of the cast; the same one each time."""
        if persona not in self._open:
            opened = self._open[persona] = Browser(self.app)
            opened.hold(self.world.tokens[HOLDS[persona][0] if persona in HOLDS else persona])
        return self._open[persona]

    def hidden(self, persona: str) -> dict[str, str]:
        """Give what every form carries: the token of this browser, and a fresh single-use key."""
        if persona not in self._tokens:
            page = self.browser(persona)._send("GET", "/account/confirm")
            self._tokens[persona] = hidden_fields(page.text, "/account/confirm")["csrf_token"]
        return {"csrf_token": self._tokens[persona], "form_key": secrets.token_urlsafe(16)}

    def path(self, case: Case) -> str:
        """Put the records into a path."""
        return case.path.format_map(self.records)

    def sent(self, case: Case) -> dict[str, Any]:
        """Put the records into what is sent."""
        return {key: str(value).format_map(self.records) for key, value in case.sent.items()}

    def ask(self, case: Case, persona: str) -> TestResponse:
        """Send the request of a case as a persona."""
        data = {**self.hidden(persona), **self.sent(case)} if case.method == "POST" else None
        return self.browser(persona)._send(case.method, self.path(case), data=data)


@pytest.fixture(scope="session")
def world(applications: Applications, folder: Path) -> World:
    """Fill the department once."""
    return fill(applications, folder)


@pytest.fixture
def house(world: World) -> Iterator[House]:
    """Give a copy of the filled department."""
    with world.app() as app:
        yield House(app, world)
