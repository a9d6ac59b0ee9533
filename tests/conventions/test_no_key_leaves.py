"""No answer of any kind holds a reason of a question that the reader has not answered for good."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any, Final

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coach.access.identity import Identity
from coach.assessments import services as assessments
from coach.assessments.models import Attempt, AttemptItem, Quiz
from coach.db import session, unit_of_work
from coach.demo.answers import wrong_answer
from coach.items.models import ItemRevision
from tests.conventions.walk import Walker

# A question's reason is known by its beginning; what is shorter could be said by anybody.
_BEGINNING: Final = 24
TIMED: Final = "ho-hear-it-out-check"
CHECKS: Final = ("skill-negotiate", "before-product-knowledge", TIMED)


def reasons(value: Any) -> Iterator[str]:
    """Collect the reasons of a question in both languages."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from inner.values() if name == "why" else reasons(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from reasons(inner)


def closed_reasons(person: uuid.UUID) -> dict[str, str]:
    """Give the beginning of every reason that a person may not see yet, with its question."""
    mine = sa.select(AttemptItem.item_id).join(Attempt, Attempt.id == AttemptItem.attempt_id)
    mine = mine.where(Attempt.person_id == person)
    still = set(session().scalars(mine.where(Attempt.submitted_at.is_(None))))
    released = set(session().scalars(mine.where(Attempt.submitted_at.is_not(None)))) - still
    revisions = session().scalars(sa.select(ItemRevision).where(ItemRevision.item_id.not_in(released)))
    found = {why[:_BEGINNING]: row.item_id for row in revisions for why in reasons(row.body)}
    return {start: item for start, item in found.items() if len(start) == _BEGINNING}


def leaks(text: str, closed: dict[str, str]) -> set[str]:
    """Name the questions of which a reason stands in a text, wherever in it."""
    return {closed[part] for at in range(len(text)) if (part := text[at : at + _BEGINNING]) in closed}


def begin(person: uuid.UUID, quiz_id: str) -> Attempt:
    """Begin a check and answer one question of it wrongly."""
    by = Identity(person)
    with unit_of_work() as work:
        attempt = assessments.start(by=by, quiz_id=quiz_id)
        item = work.scalars(sa.select(AttemptItem).where(AttemptItem.attempt_id == attempt.id)).first()
        assert item is not None
        revision = work.get_one(ItemRevision, item.item_revision_id)
        answer = wrong_answer(revision, random.Random(quiz_id))
        assessments.save_answer(by=by, attempt=attempt, position=item.position, answer=answer)
    return attempt


@pytest.mark.usefixtures("filled")
def test_with_checks_of_every_kind_open_no_answer_holds_a_reason(
    walker: Walker, frozen: time_machine.Traveller
) -> None:
    person = walker.world.ids["jiwoo"]
    with unit_of_work() as work:
        work.get_one(Quiz, TIMED).minutes = 5
    begun = [begin(person, quiz_id) for quiz_id in CHECKS]
    frozen.shift(timedelta(minutes=9))
    closed, opened = closed_reasons(person), walker.browser("jiwoo")
    pages = [*(page.path for page in walker.pages("jiwoo")), *addresses(begun), *searches(person)]
    found = {}
    for path in dict.fromkeys(pages):
        for headers in ({}, {"HX-Request": "true"}):
            answer = opened._send("GET", path, headers=headers)
            told = leaks(unescape(answer.get_data().decode(errors="replace")) + str(answer.headers), closed)
            if told:
                found[path] = told
    assert len(pages) > 60
    assert len(closed) > 1000
    assert not found


def test_a_reason_that_stands_in_an_answer_is_noticed(walker: Walker, filled: Flask) -> None:
    closed = closed_reasons(walker.world.ids["jiwoo"])
    start = next(iter(closed))
    assert leaks(f"<p>As said: {start} and so on.</p>", closed) == {closed[start]}
    assert not leaks("<p>Nothing of the kind.</p>", closed)


def addresses(begun: list[Attempt]) -> Iterator[str]:
    """Give every page of the attempts, those of places that there may not be too."""
    for attempt in begun:
        yield f"/checks/{attempt.quiz_id}"
        yield from (
            f"/attempts/{attempt.id}{end}" for end in ("", "/finish", "/result", *(f"?q={n}" for n in range(8)))
        )


def searches(person: uuid.UUID) -> Iterator[str]:
    """Search for words of questions that are open, and of their reasons."""
    query = sa.select(ItemRevision).join(AttemptItem, AttemptItem.item_revision_id == ItemRevision.id)
    query = query.join(Attempt, Attempt.id == AttemptItem.attempt_id).where(Attempt.person_id == person)
    for revision in session().scalars(query.limit(4)):
        for text in (revision.body["stem"]["en"], *list(reasons(revision.body))[:1]):
            yield f"/search?q={max(text.split(), key=len)}"
