"""Let two write at once: the second begins before the first has ended."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask

from coach.db import unit_of_work

Act = Callable[[], object]


def behind(app: Flask, first: Act, second: Act) -> list[Exception]:
    """Do `first`, and before its transaction ends let `second` run into it; give what `second` raised.

    On SQLite the second waits for the write lock, on PostgreSQL for the first row that both want.
    """
    failed: list[Exception] = []

    def follow() -> None:
        try:
            with app.app_context(), unit_of_work():
                second()
        except Exception as error:  # noqa: BLE001 -- told in the test's own thread
            failed.append(error)

    thread = threading.Thread(target=follow)
    with unit_of_work():
        first()
        thread.start()
        thread.join(0.5)
    thread.join(30)
    return failed
