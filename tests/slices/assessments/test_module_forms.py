"""The checks before and after a module: parallel, each taken once, and never sold as an effect."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from html import unescape

import pytest
import sqlalchemy as sa

from coach import clock
from coach.assessments.bank import questions_of_module
from coach.assessments.models import ModuleForms
from coach.db import dialect, session, unit_of_work
from coach.evidence.models import Evidence
from coach.items.models import Item
from coach.training import services as training
from coach.training.models import Lesson, LessonPart
from tests.client import Browser
from tests.slices.assessments.conftest import asked, begin, right_answer, take
from tests.slices.assessments.test_keys import secrets_of

MODULE = "ask-about-needs"
BEFORE, AFTER = f"before-{MODULE}", f"after-{MODULE}"
Open = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]


@pytest.fixture
def finish(cast: Callable[[str], uuid.UUID]) -> Callable[..., None]:
    """Go through the lessons of a module as somebody, all or the first so many."""

    def through(who: str, module_id: str = MODULE, many: int | None = None) -> None:
        with unit_of_work() as work:
            lessons = work.scalars(sa.select(Lesson).where(Lesson.module_id == module_id).order_by(Lesson.position))
            for lesson in lessons.all()[:many]:
                _go_through(cast(who), lesson.id)

    return through


def _go_through(person: uuid.UUID, lesson_id: str) -> None:
    run = training.open_lesson(by=person, lesson_id=lesson_id)
    parts = session().scalars(sa.select(LessonPart).where(LessonPart.revision_id == run.revision_id))
    for part in sorted(parts, key=lambda part: part.position):
        if part.item_id is None:
            training.finish_part(by=person, run=run, part_id=part.part_id)
        else:
            item = session().get_one(Item, part.item_id, options=[sa.orm.joinedload(Item.revision)])
            answer = right_answer(item.revision.kind, item.revision.body)
            training.answer_part(by=person, run=run, part_id=part.part_id, answer=answer)


def test_both_forms_stand_on_the_page_of_the_module_with_the_caution(
    browser: Open, finish: Callable[..., None]
) -> None:
    opened = browser("olivia")
    first = opened.get(f"/learn/{MODULE}").text
    take(opened, BEFORE, right=3)
    between = unescape(opened.get(f"/learn/{MODULE}").text)
    finish("olivia")
    ready = unescape(opened.get(f"/learn/{MODULE}").text)
    take(opened, AFTER, right=5)
    done = unescape(opened.get(f"/learn/{MODULE}").text)
    assert "Take the check before" in first
    assert "Before: 3 of 6" in between
    assert "Take the check" not in between
    assert "Take the check after" in ready
    assert "Before: 3 of 6" in done
    assert "After: 5 of 6" in done
    assert "does not yet show that the lessons helped" in done


def test_the_forms_are_alike_and_share_no_question(browser: Open, finish: Callable[..., None]) -> None:
    opened = browser("olivia")
    before = asked(take(opened, BEFORE))
    finish("olivia")
    after = asked(take(opened, AFTER))
    kept = session().scalars(sa.select(ModuleForms)).one()
    assert [item.item_id for item, _ in before] == kept.before
    assert [item.item_id for item, _ in after] == kept.after
    assert not set(kept.before) & set(kept.after)
    assert [r.difficulty for _, r in before] == [r.difficulty for _, r in after]


@pytest.mark.parametrize(
    ("lessons", "quiz_id", "said"),
    [
        (1, BEFORE, "This check is for the time before."),
        (2, AFTER, "This check opens once you are through every lesson of the module."),
    ],
)
def test_a_form_is_not_open_out_of_turn(
    lessons: int, quiz_id: str, said: str, browser: Open, finish: Callable[..., None]
) -> None:
    finish("olivia", many=lessons)
    opened = browser("olivia")
    page = opened.get(f"/checks/{quiz_id}").text
    refused = opened.post(f"/checks/{quiz_id}", status=422).text
    assert said in page
    assert "Begin the check" not in page + refused


def test_a_form_is_taken_once(browser: Open) -> None:
    opened = browser("olivia")
    take(opened, BEFORE)
    page = opened.get(f"/checks/{BEFORE}").text
    opened.post(f"/checks/{BEFORE}", status=422)
    assert "You have taken this check. It is taken once." in page


def test_what_was_right_before_shows_only_after_the_second_form(browser: Open, finish: Callable[..., None]) -> None:
    opened = browser("olivia")
    attempt_id = take(opened, BEFORE, right=2)
    secrets = secrets_of([revision for _, revision in asked(attempt_id)])
    page = unescape(opened.get(f"/attempts/{attempt_id}/result").text)
    finish("olivia")
    take(opened, AFTER)
    later = unescape(opened.get(f"/attempts/{attempt_id}/result").text)
    assert "You had 2 of 6 right." in page
    assert not [secret for secret in secrets if secret in page]
    assert any(secret in later for secret in secrets)


def test_a_form_leaves_evidence_of_each_skill_on_which_it_asks_three(browser: Open) -> None:
    attempt_id = take(browser("olivia"), "before-our-department")
    pieces = session().scalars(sa.select(Evidence)).all()
    skills = dict(session().execute(sa.select(Item.id, Item.skill_id)).all())
    counts = [skills[item.item_id] for item, _ in asked(attempt_id)]
    assert {piece.skill_id: piece.raw["n"] for piece in pieces} == {"read-results": 3, "keep-customers": 3}
    assert sorted(counts) == ["keep-customers"] * 3 + ["read-results"] * 3
    assert {piece.source for piece in pieces} == {"quiz:before-our-department"}


@pytest.mark.parametrize("first", ["keep-customers", "read-results"])
def test_whatever_is_asked_first_evidence_is_left_in_one_order(first: str, browser: Open, cast: Cast) -> None:
    bank = sorted(questions_of_module("our-department"), key=lambda one: (one.skill_id != first, one.item_id))
    form = [one.item_id for one in (*bank[:3], *bank[-3:])]
    kept = {"module_id": "our-department", "seed": 1, "before": form, "after": [], "made_at": clock.now()}
    with unit_of_work() as work:
        work.add(ModuleForms(person_id=cast("olivia"), **kept))
    take(browser("olivia"), "before-our-department")
    written = sa.literal_column("rowid" if dialect() == "sqlite" else "ctid")
    assert session().scalars(sa.select(Evidence.skill_id).order_by(written)).all() == ["keep-customers", "read-results"]


def test_with_two_questions_on_each_skill_a_form_leaves_none(browser: Open) -> None:
    with unit_of_work() as work:
        for lesson, skill in zip(
            work.scalars(sa.select(Lesson).where(Lesson.module_id == MODULE)), ("close", "qualify"), strict=False
        ):
            lesson.skill_id = skill
    attempt_id = take(browser("olivia"), BEFORE)
    session().rollback()
    assert len(asked(attempt_id)) == 6
    assert session().scalar(sa.select(sa.func.count()).select_from(Evidence)) == 0


def test_begun_is_only_begun(browser: Open) -> None:
    opened = browser("olivia")
    begin(opened, BEFORE)
    page = opened.get(f"/learn/{MODULE}").text
    assert "Go on with the check" in page
    assert "Before:" not in page
