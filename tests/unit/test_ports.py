"""A question that goes up the packages: answered by whoever was connected last, never by nobody."""

from __future__ import annotations

import pytest

from coach.ports import Port


def test_who_was_connected_last_answers() -> None:
    port: Port[[int], int] = Port("what comes after?")
    port.connect(lambda number: number + 1)
    port.connect(lambda number: number + 2)
    assert port(1) == 3


def test_a_question_to_nobody_names_itself() -> None:
    port: Port[[], int] = Port("is anybody there?")
    with pytest.raises(RuntimeError, match="is anybody there"):
        port()
