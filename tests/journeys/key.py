"""Answer a question on the page as somebody who knows it, or who does not, with the item bank beside the server."""

from __future__ import annotations

import random
import re
import uuid
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Page

from coach.assessments.models import AttemptItem
from coach.content.kinds import ItemKind
from coach.db import session
from coach.demo.answers import right_answer, wrong_answer
from coach.items.masks import mask
from coach.items.models import ItemRevision
from coach.training.models import Lesson, LessonPart
from tests.journeys.server import Server


def choose(page: Page, server: Server, *, right: bool) -> None:
    """Fill the form of the question that the page shows."""
    revision = asked(page, server)
    fill(page, revision, right_answer(revision) if right else wrong_answer(revision, random.Random(1)))


def asked(page: Page, server: Server) -> ItemRevision:
    """Find which item the page asks, from where its form posts to."""
    action = page.locator("main form[data-question]").first.get_attribute("action") or ""
    with server.app.app_context():
        in_check = re.search(r"/attempts/([0-9a-f-]{36})/answers/(\d+)", action)
        if in_check:
            place = AttemptItem.position == int(in_check[2])
            query = sa.select(AttemptItem.item_revision_id).where(
                AttemptItem.attempt_id == uuid.UUID(in_check[1]), place
            )
            return session().get_one(ItemRevision, session().scalars(query).one())
        part = re.search(r"/lessons/([^/]+)/parts/([^/]+)", action)
        assert part, f"no question on {page.url}"
        lesson = session().get_one(Lesson, part[1])
        item = session().get_one(LessonPart, (lesson.revision_id, part[2])).item_id
        newest = (
            sa.select(ItemRevision).where(ItemRevision.item_id == item).order_by(ItemRevision.number.desc()).limit(1)
        )
        return session().scalars(newest).one()


def fill(page: Page, revision: ItemRevision, answer: dict[str, Any]) -> None:
    """Put an answer into the fields of its kind."""
    form, kind = page.locator("main form[data-question]").first, ItemKind(revision.kind)
    if kind in (ItemKind.SINGLE, ItemKind.TRUE_FALSE):
        value = answer["choice"] if kind is ItemKind.SINGLE else str(answer["value"]).lower()
        form.locator(f"input[name=answer][value='{value}']").check()
    elif kind is ItemKind.MULTIPLE:
        for box in form.locator("input[name=answer]").all():
            box.set_checked(box.get_attribute("value") in answer["choices"])
    elif kind is ItemKind.ORDER:
        for place, line in enumerate(answer["order"], start=1):
            form.locator(f"select[name='answer-{mask(revision.body, line)}']").select_option(str(place))
    elif kind is ItemKind.MATCH:
        for left, its_right in answer["pairs"].items():
            form.locator(f"select[name='answer-{left}']").select_option(mask(revision.body, its_right))
    else:
        form.locator("input[name=answer]").fill(f"{answer['number']:g}" if kind is ItemKind.NUMBER else answer["text"])
