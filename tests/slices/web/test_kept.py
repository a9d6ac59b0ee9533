"""What never changes once written is read once a process; what may still be taken back is not kept."""

from __future__ import annotations

import pytest
from flask import Flask

from coach.db import db, kept, unit_of_work


def test_it_is_read_once(app: Flask) -> None:
    read: list[int] = []

    def count() -> int:
        read.append(1)
        return len(read)

    assert [kept("once", count), kept("once", count)] == [1, 1]
    assert kept("another", count) == 2


def test_what_is_read_while_writing_is_kept_after_the_commit(app: Flask) -> None:
    with unit_of_work():
        assert kept("committed", lambda: 1) == 1
    assert kept("committed", lambda: 2) == 1


def test_what_was_taken_back_is_read_again(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), unit_of_work():
        kept("taken back", lambda: 1) / 0
    assert kept("taken back", lambda: 2) == 2
    with unit_of_work():
        pass
    assert kept("taken back", lambda: 3) == 2


def test_who_lets_go_of_a_database_forgets_what_it_said(app: Flask) -> None:
    assert kept("of one database", lambda: 1) == 1
    db.engine.dispose()
    assert kept("of one database", lambda: 2) == 2
