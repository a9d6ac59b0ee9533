"""Many lesson files are read by several processes, with the same outcome."""

from __future__ import annotations

import gc

import pytest

from coach.content.at_once import without_collecting
from coach.content.reading import read_sources
from tests.unit.content.small_library import EN, GOOD, KO, LESSON_EN


def test_several_processes_read_what_one_reads() -> None:
    broken = LESSON_EN.replace("{#why}", "")
    sources = {**GOOD, "modules/trade/lessons/02-broken.en.md": broken}
    one, many = read_sources(sources), read_sources(sources, many=1)
    assert many.texts == one.texts
    assert list(many.texts) == [EN, KO]
    assert [str(each) for each in many.problems] == [str(each) for each in one.problems] != []


def test_the_collector_is_on_again_after_an_error() -> None:
    def fail() -> None:
        with without_collecting():
            assert not gc.isenabled()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert gc.isenabled()
