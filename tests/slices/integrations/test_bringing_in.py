"""Editors bring questions in from a file, into a draft, and take the bank out; nobody else does either."""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from coach import clock
from coach.accounts.models import SignInSession
from coach.activity.models import AuditEntry
from coach.content.reading import read_sources
from coach.db import new_id, session, unit_of_work
from coach.integrations.found import Found
from coach.integrations.gift.reading import read as read_gift
from coach.integrations.moodle_xml.reading import read as read_xml
from coach.people.models import Person
from coach.publishing.models import Draft, DraftFile
from coach.publishing.services import publish
from tests.client import Browser
from tests.statements import count_statements
from tests.unit.content.small_library import GOOD, ITEMS

Open = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]
Sent = Mapping[str, str]
WHERE = {"skill": "negotiate", "step": "3", "use": "check", "draft": ""}
GIFT = """\
$CATEGORY: Prices

::ne-first:: They want five per cent. What now? {
 =Ask what it is for#It may not be the price.
 ~Give three#It teaches that asking pays.
}

::Trade:: A trade costs <both>. {T####It does.}

Match these {=a -> 1 =b -> 2 =c -> 3}

Nothing to answer here.
"""


@pytest.fixture
def ines(app: Flask, browser: Open) -> Browser:
    """Open a browser as the editor, on the small library."""
    with unit_of_work():
        publish(GOOD, by=None)
    return browser("ines")


def look(
    ines: Browser, text: str = GIFT, name: str = "prices.gift", *, status: int = 200, **where: str
) -> TestResponse:
    file = (BytesIO(text.encode()), name)
    return ines.post("/author/import", {**WHERE, **where, "questions": file}, on="/author/import", status=status)


def bring(
    ines: Browser, text: str = GIFT, *, status: int = 303, changed: Sent | None = None, **where: str
) -> TestResponse:
    """Look at a file, then add what was shown; `changed` is what somebody altered in the form."""
    look(ines, text, **where)
    return ines.post("/author/import/add", dict(changed or {}), status=status)


def test_an_editor_sees_what_would_be_added_and_what_is_not_and_nothing_is_written(ines: Browser) -> None:
    page = look(ines)
    assert "They want five per cent. What now?" in page.text
    assert "A trade costs &lt;both&gt;." in page.text
    assert "Categories are not kept" in page.text
    assert "This is a description, no question" in page.text
    assert 'value="' + base64.b64encode(GIFT.encode()).decode() in page.text
    assert session().scalars(sa.select(Draft)).all() == []


def test_the_questions_stand_in_a_draft_with_ids_of_their_own_and_what_is_missing_is_told(ines: Browser) -> None:
    answer = bring(ines)
    text = session().scalars(sa.select(DraftFile.text).where(DraftFile.path == "items/negotiate.yml")).one() or ""
    assert text.startswith(ITEMS.rstrip())
    reading = read_sources({**GOOD, "items/negotiate.yml": text})
    assert {"ne-first-2", "ne-trade"} <= set(reading.items)
    assert (reading.items["ne-trade"].step, reading.items["ne-trade"].use) == (3, "check")
    told = ines.get(answer.location).text
    assert told.count("The Korean is missing. Write it.") == 2
    assert "“why” is missing" in told


def test_a_second_file_joins_the_same_draft(ines: Browser) -> None:
    bring(ines)
    draft = str(session().scalars(sa.select(Draft.id)).one())
    assert bring(ines, "::Trade:: Again. {F####No.}", draft=draft).location.endswith(draft)
    text = session().scalars(sa.select(DraftFile.text)).one() or ""
    assert re.findall(r"id: (ne-trade\S*)", text) == ["ne-trade", "ne-trade-2"]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("", "empty.gift", "Choose a file."),
        ("\n\n", "blank.gift", "holds no questions"),
        ('<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', "bad.xml", "document type"),
        ("a,b\n1,2\n", "table.csv", "a column “question”"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_beside_its_field(ines: Browser, text: str, name: str, words: str) -> None:
    assert words in look(ines, text, name, status=422).text


def test_a_skill_or_draft_that_is_not_there_is_refused(ines: Browser) -> None:
    for wrong in ({"skill": "singing"}, {"draft": str(new_id())}, {"use": "practice"}, {"held": ""}):
        bring(ines, changed=wrong, status=422)
    assert session().scalars(sa.select(Draft)).all() == []


def test_a_file_changed_on_the_way_is_refused(ines: Browser) -> None:
    assert "did not come through whole" in bring(ines, changed={"held": "%%%"}, status=422).text


@pytest.mark.parametrize(("form", "read"), [("gift", read_gift), ("moodle_xml", read_xml)])
def test_the_bank_goes_out_in_one_language_and_comes_back(
    ines: Browser, form: str, read: Callable[[str], Found]
) -> None:
    answer = ines.get(f"/author/export/questions?skill=negotiate&lang=ko&form={form}", check=False)
    assert "attachment" in answer.headers["Content-Disposition"]
    found = read(answer.text)
    assert found.notes == []
    bodies = {question.name: question.body for question in found.questions}
    assert set(bodies) == {"ne-first", "ne-second", "ne-c-many", "ne-c-match", "ne-c-number", "ne-c-word"}
    assert [option["text"] for option in bodies["ne-first"]["options"]] == ["물어요", "아니요"]
    assert "ne-c-order" in answer.text
    assert session().scalars(
        sa.select(AuditEntry.outcome).where(AuditEntry.action == "question_bank_export.export")
    ).all() == ["granted"]


def test_answers_go_out_only_to_who_gave_the_password_lately(ines: Browser) -> None:
    ines.get("/author/export")
    with unit_of_work():
        session().execute(sa.update(SignInSession).values(confirmed_at=clock.now() - timedelta(minutes=11)))
    for path in ("/author/export", "/author/export/questions?skill=&lang=en&form=gift"):
        assert "/confirm" in ines.get(path, status=303).location


def test_the_pages_speak_korean_and_cost_the_same_however_long_the_file(ines: Browser, cast: Cast) -> None:
    with unit_of_work():
        session().get_one(Person, cast("ines")).language = "ko"
    assert "문항 가져오기" in ines.get("/author/import").text
    assert "문항 내보내기" in ines.get("/author/export").text
    with count_statements() as few:
        assert "옮기지 못한 것" in look(ines).text
    with count_statements() as many:
        look(ines, "\n\n".join(f"Q{n}? {{T}}" for n in range(60)))
    assert len(few) == len(many) <= 14
