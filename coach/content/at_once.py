"""Lesson texts read on all processors at once: their Markdown takes most of the time that a large library takes."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import cpu_count, get_context
from typing import Final

from coach.content.lessons import LessonText, read_lesson_text
from coach.content.problems import Problem
from coach.content.spec import Lang

MANY: Final = 600
"""Lesson files below which starting processes takes longer than they save."""
_A_TURN: Final = 50  # files sent to a process at once

Texts = Mapping[str, str]
Read = list[tuple[LessonText | None, list[Problem]]]


class LessonReader:
    """Read lesson files, begun at once where they are many; `texts` is path -> text."""

    def __init__(self, texts: Texts, pool: ProcessPoolExecutor | None) -> None:
        paths = list(texts)
        turns = [{path: texts[path] for path in paths[at : at + _A_TURN]} for at in range(0, len(paths), _A_TURN)]
        self._turns: list[tuple[Texts, Future[Read] | None]] = [(turn, _begun(turn, pool)) for turn in turns]

    def results(self) -> Iterator[tuple[LessonText | None, list[Problem]]]:
        """Give each file's text, or what is wrong with it, in order; read here what no process could read."""
        for turn, ahead in self._turns:
            try:
                read = ahead.result() if ahead else read_lessons(turn)
            except (BrokenExecutor, OSError):
                read = read_lessons(turn)
            yield from read


def _begun(texts: Texts, pool: ProcessPoolExecutor | None) -> Future[Read] | None:
    try:
        return pool.submit(read_lessons, texts) if pool else None
    except (BrokenExecutor, OSError):
        return None


def read_lessons(texts: Texts) -> Read:
    """Read lesson files one after the other."""
    return [read_lesson_text(path, text, Lang(path.rsplit(".", 2)[1])) for path, text in texts.items()]


@contextmanager
def lessons_ahead(texts: Texts, *, many: int = MANY) -> Iterator[LessonReader]:
    """Begin to read lesson files in processes of their own, so that other files can be read meanwhile.

    New processes are spawned, not forked: a server that publishes has threads.
    """
    workers = cpu_count()
    if len(texts) < many or workers == 1:
        yield LessonReader(texts, None)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield LessonReader(texts, pool)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep the collector of reference cycles from going through everything again and again while much is made."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
