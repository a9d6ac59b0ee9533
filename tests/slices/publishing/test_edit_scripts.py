"""Edits to content, one published after another, never lose what somebody did; what was begun stays on its text."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.access.identity import Identity
from coach.assessments import services as assessments
from coach.assessments.models import Attempt, AttemptItem
from coach.assessments.queries import open_attempts
from coach.db import session, unit_of_work
from coach.items.models import ItemRevision
from coach.publishing.queries import published_files
from coach.publishing.services import publish
from coach.training import queries, services
from coach.training.models import Lesson, LessonRun, PartDone
from coach.training.reading import lesson_page
from tests.slices.publishing.shelf import LESSONS, MODULES, Shelf

Cast = Callable[[str], uuid.UUID]
ROLE = "account-manager"
NTH = st.integers(0, len(LESSONS) - 1)
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("rename"), NTH),
        st.tuples(st.just("move"), NTH, st.sampled_from(MODULES)),
        st.tuples(st.just("remove"), NTH),
        st.tuples(st.just("turn")),
        st.tuples(st.just("reword")),
    ),
    min_size=1,
    max_size=5,
)


@pytest.fixture
def rian(app: Flask, cast: Cast) -> uuid.UUID:
    """Let somebody have done one lesson, begun another, and begun the check of a third."""
    _publish(Shelf())
    person = cast("rian")
    with unit_of_work():
        _go_through(person, "ne-a", 4)
        _go_through(person, "ne-b", 2)
        attempt = assessments.start(by=Identity(person), quiz_id="ne-c-check")
        assert attempt.questions
    return person


def _publish(shelf: Shelf) -> Mapping[str, str]:
    sources = shelf.sources()
    with unit_of_work():
        publish(sources, by=None)
    return sources


def _go_through(person: uuid.UUID, lesson: str, parts: int) -> None:
    answers: dict[str, Any] = {"first": {"choice": "a"}, "true": {"value": True}}
    for part in ("why", "first", "true", "try")[:parts]:
        services.go_through(by=person, lesson_id=lesson, part_id=part, answer=answers.get(part))


def _record(person: uuid.UUID) -> dict[str, Any]:
    """Read everything that somebody did, with the texts they did it on."""
    session().rollback()
    session().expire_all()
    runs = session().execute(
        sa.select(LessonRun.id, LessonRun.lesson_id, LessonRun.revision_id, LessonRun.completed_at).order_by(
            LessonRun.id
        )
    )
    done = session().execute(
        sa.select(PartDone.run_id, PartDone.part_id, PartDone.item_revision_id, PartDone.score).order_by(
            PartDone.run_id, PartDone.part_id
        )
    )
    asked = session().execute(
        sa.select(AttemptItem.position, ItemRevision.id, ItemRevision.source)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(ItemRevision, ItemRevision.id == AttemptItem.item_revision_id)
        .order_by(AttemptItem.position)
    )
    pages = {name: lesson_page(Identity(person), name) for name in ("ne-a", "ne-b")}
    return {
        "runs": runs.all(),
        "done": done.all(),
        "asked": asked.all(),
        "texts": {name: (page.title, page.done, [part.title for part in page.parts]) for name, page in pages.items()},
        "completions": [run for run in queries.runs_of([person]) if run.completed_at is not None],
        "attempts": [row.attempt_id for row in open_attempts(person)],
    }


@settings(
    max_examples=8,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(script=EDITS)
def test_no_script_of_edits_loses_what_somebody_did(rian: uuid.UUID, script: list[tuple[Any, ...]]) -> None:
    before, shelf = _record(rian), Shelf()
    assert len(before["completions"]) == len(before["attempts"]) == 1
    for name, *values in script:
        shelf = getattr(shelf, name)(*values)
        _publish(shelf)
        assert _record(rian) == before, f"lost by {name} {values} in {script}"
    sources = shelf.sources()
    assert published_files() == sources
    with unit_of_work():
        assert not publish(published_files(), by=None), "what was published and exported publishes nothing"
    _publish(Shelf())
    lessons = {row.id: row for module in queries.library(Identity(rian), ROLE) for row in module.lessons}
    assert [lessons[name].was_completed for name in LESSONS] == [True, False, False, False]
    upcoming = queries.next_for(rian, ROLE)
    assert upcoming is not None
    assert (upcoming.lesson_id, upcoming.done) == ("ne-b", 2)


class _Killed(Exception):
    """Stand for the power cut."""


@pytest.mark.parametrize("after", [1, 3, 6])
def test_a_publish_that_is_killed_anywhere_leaves_the_old(rian: uuid.UUID, after: int) -> None:
    before, old = _record(rian), published_files()
    calls: list[int] = []

    def cut(done: int, _total: int) -> None:
        calls.append(done)
        if len(calls) == after:
            raise _Killed

    edited = Shelf().rename(1).remove(0).move(3, "three").reword()
    with pytest.raises(_Killed), unit_of_work():
        publish(edited.sources(), by=None, progress=cut)
    assert published_files() == old
    assert _record(rian) == before
    assert session().get_one(Lesson, "ne-a").retired_at is None
    _publish(edited)
    assert session().get_one(Lesson, "ne-a", populate_existing=True).retired_at is not None
    assert _record(rian) == before
