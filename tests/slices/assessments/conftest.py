"""What the tests of checks share: an attempt's questions, and how one answers them rightly or not."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, Final

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.access.identity import Identity
from coach.assessments import services
from coach.assessments.models import Attempt, AttemptItem, Quiz
from coach.db import session, unit_of_work
from coach.items.masks import mask
from coach.items.models import ItemRevision
from tests.client import Browser

LESSON_CHECK: Final = "an-ask-before-you-quote-check"
SKILL_CHECK: Final = "skill-ask-about-needs"
SKILL: Final = "ask-about-needs"


def asked(attempt_id: uuid.UUID) -> list[tuple[AttemptItem, ItemRevision]]:
    """List the questions of an attempt as they stand in the database now."""
    session().rollback()
    query = (
        sa.select(AttemptItem, ItemRevision)
        .join(ItemRevision, ItemRevision.id == AttemptItem.item_revision_id)
        .where(AttemptItem.attempt_id == attempt_id)
        .order_by(AttemptItem.position)
        .execution_options(populate_existing=True)
    )
    return [(row[0], row[1]) for row in session().execute(query)]


def right_answer(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """Give the whole right answer to a question."""
    if kind in ("single", "multiple"):
        right = [option["id"] for option in body["options"] if option["right"]]
        return {"choice": right[0]} if kind == "single" else {"choices": right}
    if kind == "order":
        return {"order": [line["id"] for line in body["sequence"]]}
    if kind == "match":
        return {"pairs": {pair["id"]: pair["id"] for pair in body["pairs"]}}
    if kind == "short_text":
        return {"text": body["accept"]["en"][0]}
    return {"value" if kind == "true_false" else "number": body["answer"]}


def wrong_answer(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """Give an answer that earns nothing."""
    if kind in ("single", "multiple"):
        wrong = [option["id"] for option in body["options"] if not option["right"]]
        return {"choice": wrong[0]} if kind == "single" else {"choices": wrong[:1]}
    if kind == "order":
        lines = [line["id"] for line in body["sequence"]]
        return {"order": [*lines[1:], lines[0]]}
    if kind == "match":
        names = [pair["id"] for pair in body["pairs"]]
        return {"pairs": dict(zip(names, [*names[1:], names[0]], strict=True))}
    if kind == "short_text":
        return {"text": "nothing of the kind"}
    return {"value": not body["answer"]} if kind == "true_false" else {"number": body["answer"] + 999}


def fields(revision: ItemRevision, answer: dict[str, Any]) -> dict[str, Any]:
    """Fill the form of a question with an answer, as a browser sends it."""
    if "order" in answer:
        return {f"answer-{mask(revision.body, line)}": str(n) for n, line in enumerate(answer["order"], start=1)}
    if "pairs" in answer:
        return {f"answer-{left}": mask(revision.body, right) for left, right in answer["pairs"].items()}
    if "value" in answer:
        return {"answer": str(answer["value"]).lower()}
    return {"answer": next(iter(answer.values()))}


def begin(opened: Browser, quiz_id: str) -> uuid.UUID:
    """Begin a check as a person does; give the attempt's id."""
    answer = opened.post(f"/checks/{quiz_id}", on=f"/checks/{quiz_id}")
    return uuid.UUID(answer.headers["Location"].rsplit("/", 1)[1])


def answer_one(opened: Browser, attempt_id: uuid.UUID, position: int, *, right: bool) -> str:
    """Answer one question on its page; give where it leads."""
    _, revision = asked(attempt_id)[position - 1]
    given = (right_answer if right else wrong_answer)(revision.kind, revision.body)
    path = f"/attempts/{attempt_id}"
    sent = opened.post(f"{path}/answers/{position}", fields(revision, given), on=f"{path}?q={position}")
    return sent.headers["Location"]


def take(opened: Browser, quiz_id: str, *, right: int = 99) -> uuid.UUID:
    """Take a whole check, the first `right` questions rightly; hand it in where it does not end by itself."""
    attempt_id, position = begin(opened, quiz_id), 1
    while position <= len(asked(attempt_id)) and not is_over(attempt_id):
        answer_one(opened, attempt_id, position, right=position <= right)
        position += 1
    if not is_over(attempt_id):
        opened.post(f"/attempts/{attempt_id}/submit", on=f"/attempts/{attempt_id}/finish")
    return attempt_id


def is_over(attempt_id: uuid.UUID) -> bool:
    """Tell whether an attempt is handed in."""
    return session().get_one(Attempt, attempt_id, populate_existing=True).submitted_at is not None


@pytest.fixture
def begun(app: Flask, cast: Callable[[str], uuid.UUID]) -> Callable[..., Attempt]:
    """Begin a check through the services, with every question answered rightly where `answered`."""

    def make(who: str, quiz_id: str = LESSON_CHECK, *, answered: bool = False) -> Attempt:
        by = Identity(cast(who))
        with unit_of_work():
            attempt = services.start(by=by, quiz_id=quiz_id)
            pairs = [
                (item.position, right_answer(revision.kind, revision.body))
                for item, revision in _asked_within(attempt)
                if answered
            ]
            for position, answer in pairs:
                services.save_answer(by=by, attempt=attempt, position=position, answer=answer)
        return attempt

    return make


def _asked_within(attempt: Attempt) -> list[Any]:
    query = sa.select(AttemptItem, ItemRevision).join(ItemRevision, ItemRevision.id == AttemptItem.item_revision_id)
    return list(session().execute(query.where(AttemptItem.attempt_id == attempt.id)))


@pytest.fixture
def short_check(app: Flask) -> str:
    """Cut a lesson's check down to two questions, as an author may."""
    name = "an-follow-up-and-sum-up-check"
    with unit_of_work():
        quiz = session().get_one(Quiz, name)
        quiz.items = quiz.items[2:4]
    return name
