"""Item statistics: what an editor learns about the questions, and that nobody else does."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coach import clock
from coach.assessments.models import Attempt, AttemptItem, Quiz
from coach.db import session, unit_of_work
from coach.demo.answers import right_answer, wrong_answer
from coach.items.models import Item, ItemRevision
from coach.items.queries import currents
from coach.people.models import Person
from coach.people.ordering import sort_names
from coach.reports.items_page import TOO_FEW, ItemLine, item_page, skill_items, skill_lines
from coach.words import Text
from tests.client import Browser
from tests.statements import count_statements

Open = Callable[..., Browser]
SKILL, MANY = "qualify", 66


@pytest.fixture
def answered(app: Flask) -> list[str]:
    """Let many take a check of six: the first item is easy for all, the second has its key the wrong way round."""
    query = sa.select(Item.id).join(ItemRevision, ItemRevision.id == Item.revision_id)
    here = query.where(Item.skill_id == SKILL, Item.use == "check", ItemRevision.kind == "single")
    asked = list(session().scalars(here.order_by(Item.id).limit(6)))
    with unit_of_work():
        session().execute(sa.update(Person).values(language="en"))
        for n in range(MANY):
            _sit(n, [_is_right(n, place) for place in range(6)], asked)
    return asked


def _is_right(n: int, place: int) -> bool:
    knows = n % 3 > 0
    return True if place == 0 else (not knows) if place == 1 else (knows or (n + place) % 5 == 0)


def _sit(n: int, right: list[bool], asked: list[str], *, again: Person | None = None) -> Person:
    name = Text.same(f"T{n}")
    person = again or Person(name=Text.same(f"Taker {n}"), short_name=name, **sort_names(name))
    session().add(person)
    session().flush()
    now, found, chance = clock.now() + timedelta(days=1 if again else 0), currents(asked), random.Random(n)
    quiz = session().scalars(sa.select(Quiz.id).where(Quiz.skill_id == SKILL).limit(1)).one()
    attempt = Attempt(
        person_id=person.id, quiz_id=quiz, skill_id=SKILL, seed=n, started_at=now, submitted_at=now, right=sum(right)
    )  # fmt: skip
    session().add(attempt)
    session().flush()
    for place, (item_id, ok) in enumerate(zip(asked, right, strict=True), start=1):
        given = right_answer(found[item_id]) if ok else wrong_answer(found[item_id], chance)
        session().add(
            AttemptItem(
                attempt_id=attempt.id, position=place, item_id=item_id, item_revision_id=found[item_id].id,
                answer=given, answered_at=now, score=float(ok),
            )
        )  # fmt: skip
    return person


def lines() -> dict[str, ItemLine]:
    """Give the lines of the skill by item."""
    return {line.id: line for line in skill_items(SKILL).lines}


def test_what_is_wrong_with_a_question_is_said_in_words(answered: list[str]) -> None:
    found = lines()
    assert "Too easy" in [str(note) for note in found[answered[0]].notes]
    assert "Wrong key suspected" in [str(note) for note in found[answered[1]].notes]
    assert found[answered[2]].notes == ()
    assert skill_items(SKILL).lines[0].is_flagged, "what is to be looked at comes first"
    unasked = next(line for line in found.values() if line.id not in answered)
    assert (unasked.notes, unasked.right) == ((TOO_FEW,), None)
    here = next(line for line in skill_lines() if line.id == SKILL)
    assert (here.answers, here.enough, here.odd) == (6 * MANY, 6, 1)


def test_only_the_first_answer_to_the_wording_in_use_counts(answered: list[str]) -> None:
    with unit_of_work():
        person = session().scalars(sa.select(Person).where(Person.sort_name == "t1")).one()
        _sit(1, [False] * 6, answered, again=person)
    assert lines()[answered[0]].found.facility == 1
    with unit_of_work():
        item = session().get_one(Item, answered[0])
        old = session().get_one(ItemRevision, item.revision_id)
        copied = {c.name: getattr(old, c.name) for c in ItemRevision.__table__.columns if c.name != "id"}
        new = ItemRevision(**{**copied, "number": old.number + 1})
        session().add(new)
        session().flush()
        item.revision_id = new.id
    assert lines()[answered[0]].found.answers == 0


def test_options_are_counted_with_the_thirds(answered: list[str]) -> None:
    options = item_page(SKILL, answered[1]).options
    assert sum(option.count for option in options) == MANY
    right = next(option for option in options if option.right)
    assert right.lower is not None
    assert right.upper is not None
    assert right.lower > right.upper, "the key stands the wrong way round"


def test_an_editor_reads_them_and_nobody_else(
    app: Flask, browser: Open, answered: list[str], cast: Callable[[str], uuid.UUID]
) -> None:
    paths = ["/items", f"/items/{SKILL}", f"/items/{SKILL}/{answered[1]}"]
    editor = browser("ines")
    for path in paths:
        with count_statements(app) as seen:
            editor.get(path)
        assert len(seen) <= 5
    assert "Wrong key suspected" in editor.get(paths[2]).text
    for path in ("/items/nothing", f"/items/{SKILL}/nothing", "/items/%ED%A0%80"):
        editor.get(path, status=404)
    for who in ("sora", "taeyang", "jiwoo", "dana"):
        for path in paths:
            browser(who).get(path, status=404)
    with unit_of_work():
        session().get_one(Person, cast("ines")).language = "ko"
    assert "정답이 잘못된 듯해요" in editor.get(paths[1]).text
