"""The small library in place of the shipped one, and a second editor beside Ines."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from coach.access.identity import Capability
from coach.db import session, unit_of_work
from coach.people.models import Person
from coach.people.services import set_capabilities
from coach.publishing.services import publish
from tests.unit.content.small_library import GOOD

Cast = Callable[[str], uuid.UUID]


@pytest.fixture
def small(app: Flask) -> Flask:
    """Bring the small library from a folder in place of the shipped one."""
    with unit_of_work():
        publish(GOOD, by=None)
    return app


@pytest.fixture
def second(small: Flask, cast: Cast) -> uuid.UUID:
    """Make Nora an editor beside Ines."""
    with unit_of_work():
        set_capabilities(session().get_one(Person, cast("nora")), by=None, capabilities=[Capability.EDITOR])
    return cast("nora")
