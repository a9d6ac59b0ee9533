"""Who sees a result, and how much of it."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
import sqlalchemy as sa

from coach.activity.models import AuditEntry
from coach.db import session
from coach.evidence.models import Evidence
from tests.client import Browser
from tests.slices.assessments.conftest import LESSON_CHECK, SKILL_CHECK, answer_one, asked, begin, take
from tests.statements import count_statements


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("diego", "answers"),
        ("olivia", "answers"),
        ("marcus", "answers"),
        ("kyungmi", "score"),
        ("priya", "nothing"),
        ("rian", "nothing"),
        ("taeyang", "nothing"),
        ("sora", "nothing"),
        ("dana", "nothing"),
        ("ines", "nothing"),
    ],
)
def test_a_result_shows_the_answers_the_score_or_nothing(who: str, sees: str, browser: Callable[..., Browser]) -> None:
    """Diego is coached by Olivia, reports to Marcus, who reports to Kyungmi."""
    attempt_id = take(browser("diego"), LESSON_CHECK, right=4)
    answer = browser(who).get(f"/attempts/{attempt_id}/result", status=404 if sees == "nothing" else 200)
    page = unescape(answer.text)
    language = "ko" if '<html lang="ko"' in page else "en"
    stems = [revision.body["stem"][language] for _, revision in asked(attempt_id)]
    shown = sum(stem in page for stem in stems)
    assert shown == (len(stems) if sees == "answers" else 0)
    assert ('<svg class="iv few"' in page) is (sees != "nothing")


def test_looking_at_somebody_elses_result_is_written_down(browser: Callable[..., Browser]) -> None:
    attempt_id = take(browser("diego"), LESSON_CHECK)
    browser("marcus").get(f"/attempts/{attempt_id}/result")
    session().rollback()
    actions = list(session().scalars(sa.select(AuditEntry.action)))
    assert actions == ["attempt_result.read_score"]


def test_two_checks_of_a_skill_are_two_sources_of_evidence(browser: Callable[..., Browser]) -> None:
    opened = browser("olivia")
    take(opened, LESSON_CHECK, right=2)
    attempt_id = take(opened, SKILL_CHECK, right=5)
    session().rollback()
    pieces = list(session().scalars(sa.select(Evidence)))
    page = unescape(opened.get(f"/attempts/{attempt_id}/result").text)
    assert {piece.source for piece in pieces} == {f"quiz:{LESSON_CHECK}", f"quiz:{SKILL_CHECK}"}
    assert "From 2 pieces of evidence." in page


def test_the_pages_of_a_check_take_few_statements(browser: Callable[..., Browser]) -> None:
    """The first page, a question, the list and the result: a reader and at most eleven more."""
    opened = browser("olivia")
    opened.get("/account")
    counts = {"start": _count(opened, f"/checks/{SKILL_CHECK}")}
    attempt_id = begin(opened, SKILL_CHECK)
    counts["question"] = _count(opened, f"/attempts/{attempt_id}")
    counts["finish"] = _count(opened, f"/attempts/{attempt_id}/finish")
    for position in range(1, 5):
        answer_one(opened, attempt_id, position, right=position % 2 == 0)
    opened.post(f"/attempts/{attempt_id}/submit", on=f"/attempts/{attempt_id}/finish")
    counts["result"] = _count(opened, f"/attempts/{attempt_id}/result")
    assert max(counts.values()) <= 12, counts


def test_a_longer_check_takes_no_more_statements_than_a_short_one(
    browser: Callable[..., Browser], short_check: str
) -> None:
    opened = browser("olivia")
    counts = []
    for quiz_id in (short_check, LESSON_CHECK):
        attempt_id = begin(opened, quiz_id)
        pages = [f"/attempts/{attempt_id}?q=1", f"/attempts/{attempt_id}/finish"]
        found = [_count(opened, page) for page in pages]
        opened.post(f"/attempts/{attempt_id}/submit", {"leave_blank": "y"}, on=pages[1])
        counts.append([*found, _count(opened, f"/attempts/{attempt_id}/result")])
    assert counts[0] == counts[1]


def test_a_check_of_two_questions_is_marked_but_leaves_no_evidence(
    browser: Callable[..., Browser], short_check: str
) -> None:
    opened = browser("olivia")
    first = opened.get(f"/checks/{short_check}").text
    attempt_id = take(opened, short_check)
    page = opened.get(f"/attempts/{attempt_id}/result").text
    assert "It is too short to count for your level." in first
    assert "You had 2 of 2 right." in page
    assert session().scalar(sa.select(sa.func.count()).select_from(Evidence)) == 0


def _count(opened: Browser, path: str) -> int:
    with count_statements() as seen:
        opened.get(path)
    return len(seen)
