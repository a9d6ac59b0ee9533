"""Publish a library: validate it whole, plan every change, write them in the caller's one transaction.

Readers see the library before or after, never a mix. Nothing published is ever changed or deleted: a lesson or item
with a new text gets a new revision, what vanished is retired, what returned is in use again.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.activity.services import record
from coach.content.at_once import without_collecting
from coach.content.library import read_library
from coach.content.problems import ContentErrors
from coach.content.spec import fingerprint_of
from coach.db import session
from coach.publishing import events
from coach.publishing.bank import plan_items
from coach.publishing.brought import brought_last, merge, note_brought
from coach.publishing.framework import plan_framework, plan_rubrics
from coach.publishing.lessons import plan_checks, plan_lessons, plan_modules
from coach.publishing.models import ContentFile
from coach.publishing.past import plan_past
from coach.publishing.paths import plan_certificates, plan_steps
from coach.publishing.pictures import goes_out
from coach.publishing.pictures import problems as missing_media
from coach.publishing.plan import Change, Changes, How, Kind, Plan, Row, Write
from coach.publishing.queries import published_files, published_fingerprints
from coach.publishing.scenarios import plan_scenarios
from coach.publishing.turns import take_turn
from coach.publishing.unwritten import problems as unwritten

Progress = Callable[[int, int], None]
_AT_ONCE: Final = 1000
_PLANNERS: Final = (
    *(plan_framework, plan_rubrics, plan_items, plan_modules, plan_lessons, plan_checks, plan_steps, plan_certificates),
    plan_scenarios,
)


@dataclass(frozen=True, slots=True)
class Brought:
    """Say what a folder changed, and which files stayed as the browser left them."""

    changes: Changes
    conflicts: tuple[str, ...]


def publish(
    sources: Mapping[str, str],
    *,
    by: uuid.UUID | None,
    progress: Progress | None = None,
    draft_id: uuid.UUID | None = None,
    brought: Mapping[str, str] | None = None,
) -> Changes:
    """Publish files (path below content/ -> text) and say what changed.

    Raises ContentErrors with every problem. `progress` hears of rows written and rows in all. What nobody signed in
    publishes comes from the folder and is remembered as such: `brought`, all of it unless told otherwise.
    """
    fingerprints = _fingerprints(sources)
    if fingerprints == published_fingerprints():
        return Changes()
    take_turn()
    with without_collecting():
        whole = plan(sources)
        changes = Changes(whole.changes)
        past = plan_past(changes, sources, fingerprints, by=by, draft_id=draft_id, at=clock.now())
        _carry_out(whole + past, progress)
    goes_out(sources)
    if by is None:
        note_brought(fingerprints if brought is None else brought)
    _tell(changes, by)
    return changes


def publish_folder(folder: Mapping[str, str], *, force: bool = False, progress: Progress | None = None) -> Brought:
    """Publish what the folder changed since it was last published; what was edited in the browser stays.

    Raises ContentErrors where both together are no fit library.
    """
    if _fingerprints(folder) == brought_last() and not force:
        return Brought(Changes(), ())
    take_turn()
    sources, noted, conflicts = _with_folder(folder, force=force)
    changes = publish(sources, by=None, progress=progress, brought=noted)
    if not changes:
        note_brought(noted)
    return Brought(changes, conflicts)


def plan_folder(folder: Mapping[str, str], *, force: bool = False) -> Brought:
    """Work out what publishing a folder would change, without writing."""
    sources, _, conflicts = _with_folder(folder, force=force)
    return Brought(Changes(plan(sources).changes), conflicts)


def plan(sources: Mapping[str, str]) -> Plan:
    """Work out what publishing would change, without writing; raise ContentErrors where the library is not fit."""
    fingerprints, stands = _fingerprints(sources), published_fingerprints()
    if fingerprints == stands:
        return Plan()
    library = read_library(sources)
    changed = {path: text for path, text in sources.items() if stands.get(path) != fingerprints[path]}
    wrong = [*missing_media(sources), *unwritten(changed)]
    if wrong:
        raise ContentErrors(wrong)
    at = clock.now()
    whole = Plan()
    for planner in _PLANNERS:
        whole += planner(library, at=at)
    return whole + _plan_files(sources, fingerprints, stands, at=at)


def _fingerprints(sources: Mapping[str, str]) -> Mapping[str, str]:
    return {path: fingerprint_of(text) for path, text in sources.items()}


def _with_folder(
    folder: Mapping[str, str], *, force: bool
) -> tuple[Mapping[str, str], Mapping[str, str], tuple[str, ...]]:
    """Lay what the folder changed over what is published; give the files, what to remember, and the conflicts."""
    stands = published_files()
    merged = merge(_fingerprints(folder), brought_last(), _fingerprints(stands), force=force)
    kept = {path: text for path, text in stands.items() if path not in merged.leave_out}
    return {**kept, **{path: folder[path] for path in merged.take}}, merged.noted, merged.conflicts


def _tell(changes: Changes, by: uuid.UUID | None) -> None:
    if changes:
        session().expire_all()
        counts: dict[str, Any] = {f"{kind}_{how}": count for (kind, how), count in changes.counts().items()}
        record(events.PUBLISHED, by=by, kind="content", **counts)
    if changes.of(Kind.ROLE):
        record(events.TARGETS_CHANGED, by=by, kind="content")


def _carry_out(whole: Plan, progress: Progress | None) -> None:
    total, done = sum(len(write.rows) for write in whole.writes), 0
    for written in _written(whole):
        done += written
        if progress:
            progress(done, total)


def _written(whole: Plan) -> Iterator[int]:
    for write in whole.writes:
        if write.rows:
            for start in range(0, len(write.rows), _AT_ONCE):
                some = [dict(row) for row in write.rows[start : start + _AT_ONCE]]
                session().execute(write.statement, some)
                yield len(some)
        elif isinstance(write.statement, sa.Delete):
            session().execute(write.statement, execution_options={"synchronize_session": False})


def _plan_files(
    sources: Mapping[str, str], fingerprints: Mapping[str, str], stands: Mapping[str, str], *, at: datetime
) -> Plan:
    differing = [path for path in sources if stands.get(path) != fingerprints[path]]
    gone = [path for path in stands if path not in sources]
    changes = [Change(Kind.FILE, path, How.CHANGED if path in stands else How.ADDED) for path in differing]
    changes += [Change(Kind.FILE, path, How.RETIRED) for path in gone]
    new: list[Row] = []
    old: list[Row] = []
    for path in differing:
        row = {"path": path, "fingerprint": fingerprints[path], "text": sources[path], "published_at": at}
        (old if path in stands else new).append(row)
    clear = Write(sa.delete(ContentFile).where(ContentFile.path.in_(gone)), [])
    return Plan(tuple(changes), (Write(sa.insert(ContentFile), new), Write(sa.update(ContentFile), old), clear))
