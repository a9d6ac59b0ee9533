"""Read a library again after a few of its files changed: only those are read, the rest is taken over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from coach.content.reading import FRAMEWORK_PATH, Reading, read_sources


def read_again(base: Reading, changed: Mapping[str, str | None]) -> Reading:
    """Lay changed files over a reading that stays as it is; None takes a file out."""
    fresh = read_sources({path: text for path, text in changed.items() if text is not None})
    kept = {path: text for path, text in base.sources.items() if path not in changed}
    problems = [problem for problem in base.problems if problem.path not in changed]
    made = Reading({**kept, **fresh.sources}, [*problems, *fresh.problems])
    for field in fields(Reading):
        held = getattr(base, field.name)
        if field.name != "sources" and isinstance(held, dict):
            stays = {key: value for key, value in held.items() if _path(base, key, value) not in changed}
            joined = {**getattr(fresh, field.name), **stays}
            getattr(made, field.name).update(sorted(joined.items()))
    made.framework = fresh.framework if FRAMEWORK_PATH in changed else base.framework
    return made


def _path(base: Reading, key: str, value: Any) -> str:
    """Name the file that something was read from: most are kept by their path, items by their id."""
    path: str = key if key in base.sources else value.origin.path
    return path
