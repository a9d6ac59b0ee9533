"""What the folder brings, set against what was edited in the browser since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from coach.db import session
from coach.publishing.models import FolderFile
from coach.words import Message


@dataclass(frozen=True, slots=True)
class Merged:
    """Hold the paths to take from the folder, those to take out, and those that both sides changed.

    `noted` is what to remember as brought; a path in conflict keeps what was remembered, so that it is told again.
    """

    take: frozenset[str]
    leave_out: frozenset[str]
    conflicts: tuple[str, ...]
    noted: Mapping[str, str]


def merge(
    folder: Mapping[str, str], brought: Mapping[str, str], stands: Mapping[str, str], *, force: bool = False
) -> Merged:
    """Compare three sets of fingerprints by path: the folder's, those it brought last, the published ones.

    Only what the folder changed since it was last published is taken; where the browser changed the same file, the
    browser's text stays, unless forced.
    """
    take, leave_out, conflicts, noted = set[str](), set[str](), list[str](), dict(brought)
    for path in sorted({*folder, *brought}):
        new, old, now = folder.get(path), brought.get(path), stands.get(path)
        if new == old and not (force and new != now):
            continue
        if now not in (new, old) and not force:
            conflicts.append(path)
            continue
        if new is None:
            noted.pop(path, None)
        else:
            noted[path] = new
        if new != now:
            (leave_out if new is None else take).add(path)
    return Merged(frozenset(take), frozenset(leave_out), tuple(conflicts), noted)


def brought_last() -> Mapping[str, str]:
    """Give the fingerprint that the folder brought last, by path."""
    return {row.path: row.fingerprint for row in session().execute(sa.select(FolderFile.path, FolderFile.fingerprint))}


def note_brought(fingerprints: Mapping[str, str]) -> None:
    """Remember what the folder brought."""
    before = brought_last()
    gone = [path for path in before if path not in fingerprints]
    if gone:
        session().execute(sa.delete(FolderFile).where(FolderFile.path.in_(gone)))
    for path in [path for path in before if fingerprints.get(path, before[path]) != before[path]]:
        session().execute(
            sa.update(FolderFile).where(FolderFile.path == path).values(fingerprint=fingerprints[path]),
            execution_options={"synchronize_session": False},
        )
    new = [{"path": path, "fingerprint": value} for path, value in fingerprints.items() if path not in before]
    if new:
        session().execute(sa.insert(FolderFile), new)


def told(path: str) -> Message:
    """Say that a file was changed in both places."""
    return Message(
        "%(path)s was changed in the folder and in the browser. The browser's text stays; "
        "“flask content publish --force” takes the folder's.",
        path=path,
    )
