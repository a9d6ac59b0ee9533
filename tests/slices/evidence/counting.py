"""Count the statements that a page takes."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask

from coach.db import db
from tests.client import Browser

Counter = Callable[[Browser, str], int]


def counter(app: Flask) -> Counter:
    """Give a function that opens a page and says how many statements it took, BEGIN and the like left out."""

    def count(browser: Browser, path: str) -> int:
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        with app.app_context():
            engine = db.engine
        sa.event.listen(engine, "before_cursor_execute", note)
        try:
            browser.get(path)
        finally:
            sa.event.remove(engine, "before_cursor_execute", note)
        return sum(statement.lstrip().upper().startswith("SELECT") for statement in seen)

    return count
