"""A lesson through the browser: part by part, right and wrong, twice, elsewhere, again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.activity.models import Event
from coach.content.library import read_library
from coach.db import session, unit_of_work
from coach.errors import Invalid, NotFound
from coach.training import services
from coach.training.models import LessonRun, PartDone
from tests.client import Browser
from tests.slices.training.conftest import address, done, go_to, republish, right_answer
from tests.slices.training.every_kind import ASKED, LESSON, LIBRARY, PART_IDS
from tests.statements import count_statements
from tests.unit.content.small_library import EN, GOOD, KO

Open = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]
PAGE = f"/lessons/{LESSON}"


def _count(model: type[Any]) -> int:
    return session().scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_opening_a_lesson_writes_nothing_and_shows_the_first_part(small: Flask, browser: Open) -> None:
    page = browser("minho").get(PAGE)
    assert "A discount given for nothing" in page.text
    assert "8분 남음" in page.text or "8 min left" in page.text
    assert _count(LessonRun) == 0


def test_every_kind_of_question_is_answered_right_up_to_the_end(small: Flask, browser: Open, cast: Cast) -> None:
    opened = browser("rian")
    for part in PART_IDS:
        page = opened.get(PAGE)
        answered = opened.follow(opened.post(address(part), right_answer(part, page.text)))
        if part in ASKED:
            assert "Right." in answered.text
            assert "Next part" in answered.text
    assert "Lesson done" in answered.text
    assert "/checks/ne-trade-once-check" in answered.text
    assert [row.score for row in done()] == [None, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, None]
    run = session().scalars(sa.select(LessonRun)).one()
    assert (run.person_id, run.completed_at is not None) == (cast("rian"), True)


def test_a_wrong_answer_is_told_with_the_reason_of_every_option(small: Flask, browser: Open) -> None:
    opened = browser("rian")
    go_to(opened, "first")
    opened.get(PAGE)
    page = opened.follow(opened.post(address("first"), {"answer": "b"}))
    for words in ("Not quite.", "You chose this", "Too soon.", "The right answer", "Yes."):
        assert words in page.text
    assert done()[-1].answer == {"choice": "b"}
    assert done()[-1].score == 0.0


def test_partly_right_lines_say_where_they_belong(small: Flask, browser: Open) -> None:
    opened = browser("rian")
    go_to(opened, "order")
    right = right_answer("order", opened.get(PAGE).text)
    swapped = {name: {1: 2, 2: 1}.get(place, place) for name, place in right.items()}
    page = opened.follow(opened.post(address("order"), swapped))
    assert "Partly right." in page.text
    assert "You gave it place 2" in page.text
    assert done()[-1].score == pytest.approx(1 / 3)


@pytest.mark.parametrize("part", ASKED)
def test_no_key_and_no_reason_is_sent_before_the_answer(small: Flask, browser: Open, part: str) -> None:
    opened = browser("rian")
    go_to(opened, part)
    spec = read_library(LIBRARY).items[ASKED[part]]
    body = spec.model_dump(mode="json")
    pages = [opened.get(PAGE).text, opened.get(f"{PAGE}?part={part}").text, opened.get("/learn").text]
    pages.append(opened.post(address(part), {}, status=422, on=PAGE).text)
    whys = [body.get("why"), *(option["why"] for option in body.get("options", ()))]
    secrets = [text for why in whys if why for text in why.values() if text not in ("Yes.", "No.", "네.", "아니요.")]
    secrets += [
        text for texts in body.get("accept", {}).values() for text in texts if text not in PAGE + address("why")
    ]
    secrets += [f'{mark}{line["id"]}"' for line in body.get("sequence", ()) for mark in '-"']
    for page in pages:
        assert not [secret for secret in secrets if secret in page]
        assert "opt right" not in page
        assert "feedback" not in page


def test_an_answer_sent_twice_is_one_row_and_the_first_one_counts(small: Flask, browser: Open) -> None:
    opened, elsewhere = browser("rian"), browser("rian")
    go_to(opened, "first")
    opened.get(PAGE)
    elsewhere.get(PAGE)
    first = opened.post(address("first"), {"answer": "b"})
    again = opened.post(address("first"), {"answer": "b"})
    late = elsewhere.post(address("first"), {"answer": "a"})
    assert first.headers["Location"] == again.headers["Location"] == late.headers["Location"]
    assert [row.answer for row in done() if row.part_id == "first"] == [{"choice": "b"}]
    assert "Too soon." in elsewhere.follow(late).text


def test_a_lesson_goes_on_where_it_stopped_in_another_browser(small: Flask, browser: Open) -> None:
    go_to(browser("rian"), "many")
    page = browser("rian").get(PAGE)
    assert "Which ones?" in page.text
    assert "3 / 8" in page.text
    assert "6 min left" in page.text
    assert "Your place is saved" in page.text


def test_nobody_sees_another_persons_run(small: Flask, browser: Open, cast: Cast) -> None:
    go_to(browser("rian"), "many")
    stranger = browser("priya")
    assert "A discount given for nothing" in stranger.get(PAGE).text
    assert stranger.get(f"{PAGE}?part=first", status=302).headers["Location"] == PAGE
    assert "Your place is saved" not in stranger.get(PAGE).text
    run = session().scalars(sa.select(LessonRun)).one()
    with pytest.raises(NotFound), unit_of_work():
        services.finish_part(by=cast("priya"), run=run, part_id="why")


@pytest.mark.parametrize(
    "path", ["/lessons/nothing", f"{PAGE}?part=nothing", "/learn/nothing", "/lessons/%00", "/learn/a%2Fb"]
)
def test_an_unknown_id_is_not_found(small: Flask, browser: Open, path: str) -> None:
    browser("rian").get(path, status=404)


@pytest.mark.parametrize("path", [address("nothing"), address("why", "nothing"), "/lessons/nothing/again"])
def test_an_unknown_id_is_not_found_by_a_form_either(small: Flask, browser: Open, path: str) -> None:
    browser("rian").post(path, on=PAGE, status=404)


def test_nothing_chosen_is_told_and_the_page_stays(small: Flask, browser: Open) -> None:
    opened = browser("rian")
    go_to(opened, "first")
    page = opened.post(address("first"), {}, on=PAGE, status=422)
    assert page.text.count("Choose an answer.") == 2
    assert "What first?" in page.text
    assert [row.part_id for row in done()] == ["why"]


def test_what_was_typed_stays_in_a_form_that_is_refused(small: Flask, browser: Open) -> None:
    opened = browser("rian")
    go_to(opened, "order")
    name = next(iter(right_answer("order", opened.get(PAGE).text)))
    page = opened.post(address("order"), {name: "3"}, status=422)
    assert '<option value="3" selected>' in page.text
    go_to_number = right_answer("order", page.text)
    opened.post(address("order"), go_to_number)
    opened.post(address("match"), right_answer("match", opened.get(PAGE).text))
    page = opened.post(address("number"), {"answer": "a <b> lot"}, on=PAGE, status=422)
    assert 'value="a &lt;b&gt; lot"' in page.text
    assert "Write a number, such as 1200 or 2.5." in page.text


def test_no_part_can_be_leapt_over(small: Flask, browser: Open) -> None:
    opened = browser("rian")
    page = opened.post(address("try"), {}, on=PAGE, status=422)
    assert "Finish the parts before this one first." in page.text
    assert _count(PartDone) == 0
    assert opened.get(f"{PAGE}?part=try", status=302).headers["Location"] == PAGE


def test_a_question_is_not_done_without_its_answer(small: Flask, cast: Cast) -> None:
    with unit_of_work():
        run = services.open_lesson(by=cast("rian"), lesson_id=LESSON)
        services.finish_part(by=cast("rian"), run=run, part_id="why")
        with pytest.raises(Invalid, match="Answer the question first"):
            services.finish_part(by=cast("rian"), run=run, part_id="first")
        with pytest.raises(Invalid, match="asks nothing"):
            services.answer_part(by=cast("rian"), run=run, part_id="why", answer={"choice": "a"})


def test_the_end_is_told_once_to_the_rest_of_the_house(small: Flask, browser: Open, cast: Cast) -> None:
    opened = browser("rian")
    go_to(opened, "try")
    opened.get(PAGE)
    opened.post(address("try"))
    opened.post(address("try"))
    events = list(session().scalars(sa.select(Event).where(Event.verb == "lesson.completed")))
    run = session().scalars(sa.select(LessonRun)).one()
    assert [(e.person_id, e.object_kind, e.object_id) for e in events] == [(cast("rian"), "lesson", LESSON)]
    assert events[0].details == {"run": str(run.id), "skill": "negotiate"}


def test_a_lesson_that_is_done_can_be_read_and_taken_again(small: Flask, browser: Open) -> None:
    opened = browser("rian")
    go_to(opened, "try")
    opened.post(address("try"), on=PAGE)
    assert "Lesson done" in opened.get(PAGE).text
    assert "Too soon." in opened.get(f"{PAGE}?part=first").text
    assert "To the end" in opened.get(f"{PAGE}?part=try").text
    opened.post(f"{PAGE}/again", on=PAGE)
    assert "A discount given for nothing" in opened.get(PAGE).text
    assert "Too soon." not in opened.get(PAGE).text
    assert _count(LessonRun) == 2


def test_a_person_in_the_middle_keeps_the_text_they_began(small: Flask, browser: Open) -> None:
    opened = browser("rian")
    go_to(opened, "many")
    asking_else = {path: LIBRARY[path].replace(" item=ne-l-many", " item=ne-second") for path in (EN, KO)}
    republish({**LIBRARY, **asking_else, EN: asking_else[EN].replace("asked for again.", "asked for twice.")})
    assert "asked for again." in opened.get(f"{PAGE}?part=why").text
    assert "Which ones?" in opened.get(PAGE).text
    newcomer = browser("priya")
    assert "asked for twice." in newcomer.get(PAGE).text


def test_a_lesson_that_was_retired_stays_open_to_who_began_it_alone(small: Flask, browser: Open) -> None:
    opened = browser("rian")
    go_to(opened, "many")
    republish({"framework.yml": GOOD["framework.yml"]})
    assert "Which ones?" in opened.get(PAGE).text
    assert "Trade once" in opened.get("/learn/trade").text
    assert "Trade once" not in browser("priya").get("/learn").text
    for path in (PAGE, "/learn/trade"):
        browser("priya").get(path, status=404)
    browser("priya").post(address("why"), on="/learn", status=404)
    for part in PART_IDS[2:]:
        opened.post(address(part), right_answer(part, opened.get(PAGE).text))
    assert "Lesson done" in opened.get(PAGE).text
    opened.post(f"{PAGE}/again", on=PAGE, status=404)


@pytest.mark.parametrize("part", [*PART_IDS, None])
def test_a_lesson_page_needs_the_same_few_statements(small: Flask, browser: Open, part: str | None) -> None:
    opened = browser("rian")
    go_to(opened, part or "try")
    if part is None:
        opened.post(address("try"), on=PAGE)
    with count_statements(small) as seen:
        opened.get(PAGE)
    assert len(seen) <= 12, seen


def test_somebody_signed_out_is_sent_to_sign_in(small: Flask, browser: Open) -> None:
    for path in (PAGE, "/learn", "/learn/trade"):
        assert "/sign-in" in browser().get(path, status=302).headers["Location"]


def test_a_lesson_reads_in_korean(small: Flask, browser: Open) -> None:
    page = browser("minho").get(PAGE)
    assert "한 번 주고받기" in page.text
    assert '<html lang="ko"' in page.text
