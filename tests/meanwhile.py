"""Two transactions that overlap: the second begins when the first has done its work and not yet kept it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from coach.db import db, session, unit_of_work
from coach.errors import DidimError


def meanwhile(app: Flask, first: Callable[[], Any], second: Callable[[], Any]) -> list[Exception]:
    """Do both, each in a transaction of its own; give what the second one raised."""
    raised: list[Exception] = []

    def other() -> None:
        with app.app_context():
            try:
                with unit_of_work():
                    second()
            except (DidimError, SQLAlchemyError) as error:
                raised.append(error)
            finally:
                db.session.remove()

    session().rollback()
    thread = threading.Thread(target=other)
    with unit_of_work():
        first()
        session().flush()
        thread.start()
        thread.join(0.5)
    thread.join(30)
    assert not thread.is_alive()
    session().rollback()
    session().expire_all()
    return raised
