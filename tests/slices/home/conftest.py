"""Let everybody read English, so that one sentence can be looked for whoever reads."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.db import session, unit_of_work
from coach.people.models import Person


@pytest.fixture(autouse=True)
def english(app: Flask) -> None:
    """Let the whole cast read English."""
    with unit_of_work():
        session().execute(sa.update(Person).values(language="en"))
