"""What the tests of accounts share: people with a password, and the links that were mailed."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.accounts.passwords import make_hash
from coach.accounts.services import open_account
from coach.db import session, unit_of_work
from coach.jobs.models import OutboxMessage

PASSWORD = "a horse that sells paper"


@pytest.fixture(scope="session")
def password_hash() -> str:
    """Hash the password of the tests once."""
    return make_hash(PASSWORD)


@pytest.fixture
def with_password(app: Flask, cast: Callable[[str], uuid.UUID], password_hash: str) -> Callable[[str], str]:
    """Give a member of the cast a password; return their address."""

    def give(key: str) -> str:
        with unit_of_work():
            open_account(cast(key), password_hash=password_hash)
        return f"{key}@hanbit-office.example"

    return give


@pytest.fixture
def mailed_token(app: Flask) -> Callable[[], str]:
    """Read the token of the one link in the outbox."""

    def read() -> str:
        session().rollback()
        return str(session().scalars(sa.select(OutboxMessage)).one().payload["token"])

    return read
