"""A skill's check: each question chosen by the answers before it, over when it has seen enough."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from html import unescape

import pytest
import sqlalchemy as sa

from coach.accounts.services import end_sessions
from coach.assessments.models import Attempt
from coach.db import session, unit_of_work
from coach.evidence.models import Evidence
from coach.measurement.convert import quiz_evidence
from tests.client import Browser
from tests.slices.assessments.conftest import (
    SKILL,
    SKILL_CHECK,
    answer_one,
    asked,
    begin,
    fields,
    is_over,
    take,
    wrong_answer,
)
from tests.slices.assessments.test_keys import secrets_of

Open = Callable[..., Browser]


def attempt_of(attempt_id: uuid.UUID) -> Attempt:
    return session().get_one(Attempt, attempt_id, populate_existing=True)


@pytest.mark.parametrize("right", [0, 2, 99])
def test_a_check_asks_four_to_twelve_and_leaves_the_likelihood_of_what_was_answered(right: int, browser: Open) -> None:
    attempt_id = take(browser("olivia"), SKILL_CHECK, right=right)
    put = asked(attempt_id)
    piece = session().scalars(sa.select(Evidence)).one()
    y, v = quiz_evidence([r.slope for _, r in put], [r.difficulty for _, r in put], [i.score or 0 for i, _ in put])
    assert 4 <= len(put) <= 12
    assert all(item.answered_at is not None for item, _ in put)
    assert (piece.source, piece.skill_id, piece.origin_id) == (f"quiz:{SKILL_CHECK}", SKILL, attempt_id)
    assert (piece.y, piece.v) == pytest.approx((y, v))
    assert piece.raw["n"] == len(put)


def test_the_first_questions_stand_at_the_target_and_the_same_answers_meet_the_same_questions(browser: Open) -> None:
    attempt_id = begin(browser("olivia"), SKILL_CHECK)
    for position in (1, 2, 3):
        answer_one(browser("olivia"), attempt_id, position, right=position == 2)
    target = attempt_of(attempt_id).target
    assert {revision.difficulty for _, revision in asked(attempt_id)[:4]} == {target}


def test_what_was_answered_stays_after_the_session_ended_and_goes_on_elsewhere(
    browser: Open, cast: Callable[[str], uuid.UUID]
) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, SKILL_CHECK)
    for position in (1, 2):
        answer_one(opened, attempt_id, position, right=True)
    open_item = asked(attempt_id)[2][0].item_id
    with unit_of_work():
        end_sessions(cast("olivia"), by=None)
    again = browser("olivia")
    page = unescape(again.get(f"/attempts/{attempt_id}").text)
    assert "2 answered" in page
    assert "Question 3" in page
    assert asked(attempt_id)[2][0].item_id == open_item
    assert "You have begun: 2 answered." in again.get(f"/checks/{SKILL_CHECK}").text


def test_an_answer_is_final_and_the_page_says_so_before(browser: Open) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, SKILL_CHECK)
    page = opened.get(f"/attempts/{attempt_id}").text
    answer_one(opened, attempt_id, 1, right=True)
    _, revision = asked(attempt_id)[0]
    other = fields(revision, wrong_answer(revision.kind, revision.body))
    told = opened.post(f"/attempts/{attempt_id}/answers/1", other, on=f"/attempts/{attempt_id}", status=409).text
    opened.get(f"/attempts/{attempt_id}?q=1", status=303)
    assert "Your answer is final: the next question is chosen by it." in page
    assert "You have answered this question already." in told
    assert len(asked(attempt_id)) == 2


@pytest.mark.parametrize("who", ["olivia", "minho"])
def test_nothing_tells_right_from_wrong_before_the_end(who: str, browser: Open) -> None:
    opened, seen = browser(who), []
    attempt_id, position = begin(opened, SKILL_CHECK), 1
    while not is_over(attempt_id):
        assert all(item.score is None for item, _ in asked(attempt_id))
        pages = (f"/attempts/{attempt_id}", f"/attempts/{attempt_id}/finish", f"/checks/{SKILL_CHECK}", "/")
        seen += [opened.get(path) for path in pages]
        answer_one(opened, attempt_id, position, right=position % 2 == 0)
        position += 1
    secrets = secrets_of([revision for _, revision in asked(attempt_id)])
    for answer in seen:
        text = unescape(answer.text) + str(answer.headers)
        assert not [secret for secret in secrets if secret in text]
        assert '<svg class="iv"' not in text or answer.request.path == "/"


def test_the_result_says_the_range_the_target_and_how_each_answer_narrowed_it(browser: Open) -> None:
    opened = browser("olivia")
    attempt_id = take(opened, SKILL_CHECK)
    page = unescape(opened.get(f"/attempts/{attempt_id}/result").text)
    n = len(asked(attempt_id))
    assert "By this check, likely " in page
    assert ", from 2.5: reached." in page
    assert page.count("After question ") == 3 * n  # in the row, in its sentence and in the table
    assert f"You had {n} of {n} right." in page


def test_who_sees_only_the_score_sees_no_answer_through_the_narrowing(browser: Open) -> None:
    attempt_id = take(browser("diego"), SKILL_CHECK)
    pages = {who: browser(who).get(f"/attempts/{attempt_id}/result").text for who in ("olivia", "kyungmi")}
    assert [('id="narrowing"' in page) for page in pages.values()] == [True, False]


def test_fewer_than_four_answers_stay_open_and_four_may_be_ended(browser: Open) -> None:
    opened = browser("olivia")
    attempt_id = begin(opened, SKILL_CHECK)
    for position in (1, 2, 3):
        answer_one(opened, attempt_id, position, right=position == 2)
    early = opened.get(f"/attempts/{attempt_id}/finish").text
    opened.post(f"/attempts/{attempt_id}/submit", on=f"/attempts/{attempt_id}", status=422)
    assert "Fewer than four answers say too little, so the check stays open." in early
    assert not is_over(attempt_id)
    answer_one(opened, attempt_id, 4, right=True)
    assert not is_over(attempt_id), "two of four right decide nothing"
    opened.post(f"/attempts/{attempt_id}/submit", on=f"/attempts/{attempt_id}/finish")
    page = opened.get(f"/attempts/{attempt_id}/result").text
    assert len(asked(attempt_id)) == 4
    assert "not sure yet" in page
    assert "You had 2 of 4 right." in page
    assert session().scalars(sa.select(Evidence)).one().raw["n"] == 4
