"""A check from its first page to its result, as a person takes it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import sqlalchemy as sa
import time_machine

from coach import clock
from coach.accounts.services import end_sessions
from coach.assessments.models import Attempt
from coach.db import session, unit_of_work
from coach.evidence.models import Evidence
from coach.items.models import Item
from tests.client import Browser
from tests.slices.assessments.conftest import (
    LESSON_CHECK,
    SKILL,
    SKILL_CHECK,
    answer_one,
    asked,
    begin,
    fields,
    right_answer,
    take,
    wrong_answer,
)

Open = Callable[..., Browser]


def test_a_whole_check_ends_with_what_was_right_and_why_and_leaves_one_piece_of_evidence(
    browser: Open, cast: Callable[[str], uuid.UUID]
) -> None:
    opened = browser("olivia")
    first = unescape(opened.get(f"/checks/{LESSON_CHECK}").text)
    attempt_id = take(opened, LESSON_CHECK, right=4)
    page = unescape(opened.get(f"/attempts/{attempt_id}/result").text)
    piece = session().scalars(sa.select(Evidence).where(Evidence.person_id == cast("olivia"))).one()
    assert "6 questions about what the lesson showed." in first
    assert "You had 4 of 6 right." in page
    assert (piece.source, piece.setting, piece.origin_id) == (f"quiz:{LESSON_CHECK}", "check", attempt_id)
    assert piece.raw["n"] == 6
    assert piece.raw["right"] == 4
    assert set(piece.raw["items"]) == {item.item_id for item, _ in asked(attempt_id)}


def test_the_result_says_where_the_skill_stands_and_how_sure_that_is(browser: Open) -> None:
    opened = browser("olivia")
    attempt_id = take(opened, LESSON_CHECK, right=6)
    page = unescape(opened.get(f"/attempts/{attempt_id}/result").text)
    assert "You had 6 of 6 right." in page
    assert re.search(r"Ask about needs: \d\.\d, likely -?\d\.\d to \d\.\d\. Too little seen to judge yet\.", page)
    assert "%" not in re.sub(r"<[^>]*>", "", page).replace("10%", "")


def test_a_check_counts_questions_for_those_who_hear_it_too(browser: Open) -> None:
    opened = browser("olivia")
    page = opened.get(f"/attempts/{begin(opened, LESSON_CHECK)}").text
    assert page.count("Question 1 of 6") == 2
    assert "Part 1 of 6" not in page


def test_each_answer_leads_to_the_next_question_and_the_last_to_the_list(browser: Open) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, LESSON_CHECK)
    ways = [answer_one(opened, attempt_id, n, right=True) for n in range(1, 7)]
    assert ways == [f"/attempts/{attempt_id}?q={n}" for n in range(2, 7)] + [f"/attempts/{attempt_id}/finish"]


def test_a_kept_answer_stands_in_its_fields_again_whatever_the_kind(browser: Open) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, "ho-hear-it-out-check")
    for position, (_, revision) in enumerate(asked(attempt_id), start=1):
        answer_one(opened, attempt_id, position, right=False)
        page = opened.get(f"/attempts/{attempt_id}?q={position}").text
        for name, value in _listed(fields(revision, wrong_answer(revision.kind, revision.body))):
            assert _stands(page, name, value), f"{revision.kind}: {name}={value}"


def test_an_answer_may_be_changed_until_the_check_is_handed_in(browser: Open) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, LESSON_CHECK)
    answer_one(opened, attempt_id, 1, right=False)
    answer_one(opened, attempt_id, 1, right=True)
    item, revision = asked(attempt_id)[0]
    assert item.answer == right_answer(revision.kind, revision.body)


def test_after_it_is_handed_in_an_answer_cannot_be_changed_and_the_page_says_so(browser: Open) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, LESSON_CHECK)
    opened.get(f"/attempts/{attempt_id}?q=1")
    _, revision = asked(attempt_id)[0]
    late = fields(revision, right_answer(revision.kind, revision.body))
    other = browser("olivia")
    other.post(f"/attempts/{attempt_id}/submit", {"leave_blank": "y"}, on=f"/attempts/{attempt_id}/finish")
    page = opened.post(f"/attempts/{attempt_id}/answers/1", late, status=409)
    assert "This check is handed in." in page.text
    assert asked(attempt_id)[0][0].answer is None


def test_an_empty_answer_is_refused_with_a_sentence_and_keeps_the_one_before(browser: Open) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, LESSON_CHECK)
    answer_one(opened, attempt_id, 1, right=True)
    page = opened.post(f"/attempts/{attempt_id}/answers/1", {}, on=f"/attempts/{attempt_id}?q=1", status=422)
    assert 'href="#answer"' in page.text
    assert page.text.count("Choose") >= 2
    assert asked(attempt_id)[0][0].answer is not None


def test_what_is_blank_stands_first_and_counts_only_when_said_so(browser: Open) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, LESSON_CHECK)
    answer_one(opened, attempt_id, 1, right=True)
    page = opened.get(f"/attempts/{attempt_id}/finish").text
    refused = opened.post(f"/attempts/{attempt_id}/submit", {}, status=422)
    assert page.index("Not answered yet") < page.index("?q=2") < page.index("Answered") < page.index("?q=1")
    assert "Some questions have no answer." in refused.text
    assert session().get_one(Attempt, attempt_id).submitted_at is None
    opened.post(f"/attempts/{attempt_id}/submit", {"leave_blank": "y"})
    result = opened.get(f"/attempts/{attempt_id}/result").text
    assert "You had 1 of 6 right." in result
    assert result.count("Left blank.") >= 5


def test_signing_in_again_after_the_session_ended_finds_every_answer(
    browser: Open, cast: Callable[[str], uuid.UUID]
) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, LESSON_CHECK)
    for position in (1, 2, 3):
        answer_one(opened, attempt_id, position, right=True)
    opened.get(f"/attempts/{attempt_id}?q=4")
    with unit_of_work():
        end_sessions(cast("olivia"), by=None)
    opened.post(f"/attempts/{attempt_id}/answers/4", {"answer": "a"}, status=302)
    again = browser("olivia")
    page = again.get(f"/attempts/{attempt_id}").text
    assert "3 of 6 answered" in page
    assert "Question 4 of 6" in page
    assert again.get(f"/checks/{LESSON_CHECK}").text.count("3 of 6 answered") == 1


def test_a_check_can_be_taken_again_when_the_page_says_and_not_before(
    browser: Open, frozen: time_machine.Traveller
) -> None:
    opened = browser("olivia")
    take(opened, LESSON_CHECK)
    page = opened.get(f"/checks/{LESSON_CHECK}").text
    opened.post(f"/checks/{LESSON_CHECK}", status=422)
    frozen.shift(timedelta(hours=24))
    begin(browser("olivia"), LESSON_CHECK)
    assert "Begin the check" not in page
    assert "Tue 24 Nov, 10:00" in page


def test_unknown_checks_and_attempts_are_not_found(browser: Open) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, LESSON_CHECK)
    nobody = uuid.UUID(int=0)
    for path in (
        "/checks/nothing-of-the-kind",
        f"/attempts/{nobody}",
        f"/attempts/{nobody}/finish",
        f"/attempts/{nobody}/result",
        f"/attempts/{attempt_id}?q=7",
        f"/attempts/{attempt_id}?q=99999999999999999999",
        f"/attempts/{attempt_id}/result",
        "/attempts/not-an-id",
    ):
        opened.get(path, status=404)
    opened.get(f"/attempts/{attempt_id}?q=one")
    opened.post(f"/attempts/{attempt_id}/answers/7", {"answer": "a"}, status=404)
    opened.post(f"/attempts/{attempt_id}/answers/99999999999999999999", {"answer": "a"}, status=404)


def test_a_skill_with_too_few_questions_says_so_and_cannot_be_begun(browser: Open) -> None:
    opened = browser("olivia")
    opened.get(f"/checks/{SKILL_CHECK}")
    with unit_of_work() as work:
        kept = work.scalars(sa.select(Item).where(Item.skill_id == SKILL, Item.use == "check")).all()
        for item in kept[2:]:
            item.retired_at = clock.now()
    refused = opened.post(f"/checks/{SKILL_CHECK}", status=422).text
    page = opened.get(f"/checks/{SKILL_CHECK}").text
    assert "No questions to ask" in page
    assert "Begin the check" not in page + refused
    assert session().scalar(sa.select(sa.func.count()).select_from(Attempt)) == 0


def _listed(sent: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in sent.items():
        for one in value if isinstance(value, list) else [value]:
            yield name, f"{one:.12g}" if isinstance(one, float) else str(one)


def _stands(page: str, name: str, value: str) -> bool:
    """Tell whether a field of the page holds a value: checked, typed or selected."""
    for tag in re.findall(r"<input\b[^>]*>", page):
        if f'name="{name}"' in tag and f'value="{value}"' in tag:
            return "checked" in tag or 'type="text"' in tag
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    return bool(select and re.search(rf'<option value="{value}"\s+selected', select.group()))
