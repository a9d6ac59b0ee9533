"""Check a draft against the whole library as it would be, reading only the files that it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from coach.content.checks import library_problems
from coach.content.problems import Problem
from coach.content.reading import Reading, read_sources
from coach.content.rereading import read_again
from coach.publishing.pictures import problems as missing_media
from coach.publishing.queries import published_files, published_fingerprints
from coach.publishing.unwritten import problems as unwritten

Texts = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Checked:
    """Hold the library with a draft's files laid over it, and everything wrong with it in the order of files."""

    reading: Reading
    problems: tuple[Problem, ...]

    def of(self, path: str) -> tuple[Problem, ...]:
        """List the problems of one file by line."""
        return tuple(problem for problem in self.problems if problem.path == path)

    def counts(self) -> Counter[str]:
        """Count the problems of each file."""
        return Counter(problem.path for problem in self.problems)


_kept: Final[dict[str, tuple[Mapping[str, str], Reading]]] = {}
"""The published library as it was read last in this process, with its fingerprints; reading it takes a second."""


def checked(texts: Texts) -> Checked:
    """Lay texts over the published library and check the whole; None takes a file out."""
    reading = read_again(_published(), texts)
    written = _written(texts)
    problems = [*reading.problems, *library_problems(reading), *missing_media(written), *unwritten(written)]
    return Checked(reading, tuple(sorted(problems, key=lambda each: (each.path, each.line or 0, str(each.message)))))


def _written(texts: Texts) -> Mapping[str, str]:
    return {path: text for path, text in texts.items() if text is not None}


def _published() -> Reading:
    fingerprints = published_fingerprints()
    held = _kept.get("library")
    if held is None or held[0] != fingerprints:
        files = published_files()
        held = _kept["library"] = (fingerprints, read_sources(files))
    return held[1]
