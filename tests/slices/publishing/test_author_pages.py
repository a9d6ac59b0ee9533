"""The author's pages: what is typed stays, mistakes stand at their lines, answers are for editors alone."""

from __future__ import annotations

import html
import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.db import session, unit_of_work
from coach.people.models import Person
from coach.publishing import drafts
from coach.publishing.four_eyes import stamp_of
from coach.publishing.models import Draft, DraftComment, DraftFile
from coach.publishing.queries import published_text
from coach.publishing.unwritten import problems as unwritten
from tests.client import Browser
from tests.statements import count_statements
from tests.unit.content.small_library import EN, GOOD, KO

Open = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]
BANK = "items/negotiate.yml"


@pytest.fixture
def ines(small: Flask, browser: Open) -> Browser:
    """Open a browser as the editor."""
    return browser("ines")


def _begin(ines: Browser) -> str:
    ines.post("/author/drafts", {"title": "Trade once", "path": EN}, on="/author")
    return f"/author/drafts/{session().scalars(sa.select(Draft.id)).one()}"


def _save(ines: Browser, draft: str, path: str, text: str) -> None:
    ines.post(f"{draft}/files/{path}", {"text": text.replace("\n", "\r\n")}, on=f"{draft}/files/{path}")


def _korean(cast: Cast) -> None:
    with unit_of_work():
        session().get_one(Person, cast("ines")).language = "ko"


def test_an_editor_writes_looks_and_publishes_without_a_script(ines: Browser) -> None:
    draft = _begin(ines)
    _save(ines, draft, EN, GOOD[EN].replace("asked for again.", "asked for twice."))
    assert session().scalars(sa.select(DraftFile.text)).one() == GOOD[EN].replace(
        "asked for again.", "asked for twice."
    )
    assert "asked for twice." in ines.get(f"{draft}/preview/{EN}").text
    assert "asked for twice." in ines.get(f"{draft}/changes").text
    assert "Ready to publish" in ines.get(draft).text
    ines.post(f"{draft}/publish", on=f"{draft}/publish")
    assert "asked for twice." in (published_text(EN) or "")
    assert "Trade once" in ines.get("/author/history").text


@pytest.mark.parametrize(
    ("title", "told"),
    [("", "Write a title."), ("   ", "Write a title."), ("A" * 201, "Keep this under 200 characters.")],
)
def test_a_draft_without_a_fit_title_is_asked_for_one_and_keeps_its_file(ines: Browser, title: str, told: str) -> None:
    page = ines.post("/author/drafts", {"title": title, "path": EN}, on="/author", status=422).text
    assert told in page
    assert f'value="{title.strip()}"' in page
    begun = ines.post("/author/drafts", {"title": "Trade once"}).headers["Location"]
    assert begun.endswith(EN)


def test_a_path_too_long_to_keep_is_not_found(ines: Browser) -> None:
    draft, path = _begin(ines), f"items/{'x' * 400}.yml"
    ines.get(f"{draft}/files/{path}", status=404)
    for place in (f"{draft}/files/{path}", f"{draft}/take-out", f"{draft}/put-back", f"{draft}/rebase"):
        ines.post(place, {"path": path, "text": "skill: negotiate"}, on=draft, status=404)


def test_a_text_saved_unchanged_is_no_change(ines: Browser) -> None:
    draft = _begin(ines)
    _save(ines, draft, EN, GOOD[EN])
    assert session().scalars(sa.select(DraftFile.path)).all() == []


def test_a_mistake_stands_at_its_line_in_the_readers_language(ines: Browser, cast: Cast) -> None:
    draft = _begin(ines)
    _save(ines, draft, EN, GOOD[EN].replace("{#try task}", "{#try tsk}"))
    line = GOOD[EN].split("\n").index(next(row for row in GOOD[EN].split("\n") if "{#try task}" in row)) + 1
    page = html.unescape(ines.get(f"{draft}/files/{EN}").text)
    assert f'<a href="#line-{line}" data-line="{line}">Line {line}</a>' in page
    assert f'<li id="line-{line}" class="bad">' in page
    assert "here stands “tsk”" in page
    assert f"{EN}:{line}" in ines.get(draft).text
    _korean(cast)
    page = ines.get(f"{draft}/files/{EN}").text
    assert f"{line}번째 줄" in page
    assert "지금 쓴 것: “tsk”" in html.unescape(page)


def test_a_stale_save_shows_both_texts_and_writes_nothing(ines: Browser, browser: Open) -> None:
    draft = _begin(ines)
    page = f"{draft}/files/{EN}"
    ines.get(page)
    other = browser("ines")
    _save(other, draft, EN, GOOD[EN].replace("asked for again.", "written first."))
    answer = ines.post(page, {"text": GOOD[EN].replace("asked for again.", "written second.")}, status=409)
    assert "written first." in answer.text
    assert "written second." in answer.text
    assert answer.text.count("<textarea") == 2, "a text of several lines is shown so that its lines can be copied"
    session().rollback()
    assert "written first." in (session().scalars(sa.select(DraftFile.text)).one() or "")


@pytest.mark.parametrize("act", ["put-back", "take-out"])
def test_what_another_wrote_meanwhile_is_not_thrown_away_with_a_file(ines: Browser, browser: Open, act: str) -> None:
    draft = _begin(ines)
    _save(ines, draft, EN, GOOD[EN].replace("asked for again.", "written first."))
    seen = ines.get(f"{draft}/files/{EN}" if act == "take-out" else draft)
    assert f'action="{draft}/{act}"' in seen.text
    _save(browser("ines"), draft, EN, GOOD[EN].replace("asked for again.", "written meanwhile."))
    answer = ines.post(f"{draft}/{act}", {"path": EN, "version": "1"}, status=409)
    assert "written meanwhile." in answer.text
    session().rollback()
    assert "written meanwhile." in (session().scalars(sa.select(DraftFile.text)).one() or "")
    ines.post(f"{draft}/{act}", {"path": EN, "version": "2"}, on=draft)
    session().rollback()
    assert session().scalars(sa.select(DraftFile.text)).all() == ([None] if act == "take-out" else [])


def test_a_draft_is_renamed_and_two_names_at_once_stand_side_by_side(ines: Browser, browser: Open) -> None:
    draft = _begin(ines)
    path, other = f"{draft}/title", browser("ines")
    assert path in ines.get(draft).text
    assert 'value="Trade once"' in ines.get(path).text
    ines.post(path, {"title": " "}, status=422)
    ines.get(path)
    other.post(path, {"title": "Trade twice"}, on=path)
    told = ines.post(path, {"title": "Trade thrice"}, status=409).text
    assert "Trade twice" in told
    assert "Trade thrice" in told
    ines.post(path, {"title": "Trade thrice"}, on=path)
    assert "<h1>Trade thrice</h1>" in ines.get(draft).text.replace(' class="in-bar"', "")
    ines.post(f"{draft}/discard", on=draft)
    ines.post(path, {"title": "Too late"}, on="/author", status=409)


def test_a_draft_is_thrown_away_only_as_it_was_seen(ines: Browser, browser: Open) -> None:
    draft, other = _begin(ines), browser("ines")
    ines.get(draft)
    seen = ines.last
    _save(other, draft, BANK, GOOD[BANK].replace("What first?", "What comes first?"))
    ines.last = seen
    assert "The draft changed while you looked at it" in ines.post(f"{draft}/discard", status=409).text
    ines.post(f"{draft}/discard", on=draft)
    assert "Thrown away" in ines.get(draft).text


def test_who_was_asked_reads_the_draft_without_its_answers_and_comments(
    ines: Browser, browser: Open, cast: Cast
) -> None:
    draft = _begin(ines)
    _save(ines, draft, BANK, GOOD[BANK].replace("What first?", "What comes first?"))
    browser("jiwoo").get(draft, status=404)
    found = ines.get(f"{draft}?who=jiwoo")
    assert "Jiwoo Park" in found.text
    ines.post(f"{draft}/readers", {"person": str(cast("jiwoo"))})
    jiwoo = browser("jiwoo")
    assert "Trade once" in jiwoo.get("/author").text
    for page in (draft, f"{draft}/changes", f"{draft}/preview/{BANK}", f"{draft}/preview/{EN}"):
        shown = jiwoo.get(page).text
        assert "Too soon." not in shown, "the reason of an option is part of the key"
        assert "right: true" not in shown
    assert "What comes first?" in jiwoo.get(f"{draft}/preview/{BANK}").text
    assert "Too soon." in ines.get(f"{draft}/preview/{BANK}").text
    jiwoo.post(f"{draft}/comments", {"text": "Shorter, please"}, on=draft)
    assert "Shorter, please" in ines.get(draft).text
    assert session().scalars(sa.select(DraftComment.person_id)).one() == cast("jiwoo")
    jiwoo.get(f"{draft}/files/{EN}", status=404)


def test_a_new_lesson_begins_in_both_languages_and_goes_out_once_it_is_written(ines: Browser) -> None:
    draft = _begin(ines)
    sent = {"module": "trade", "slug": "ask-back", "skill": "negotiate", "to_level": "2"}
    ines.post(f"{draft}/lessons/new", {**sent, "slug": "Ask back"}, on=f"{draft}/lessons/new", status=422)
    ines.post(f"{draft}/lessons/new", sent)
    paths = session().scalars(sa.select(DraftFile.path).order_by(DraftFile.path)).all()
    folder = "modules/trade/lessons/02-ask-back"
    assert paths == [BANK, f"{folder}.en.md", f"{folder}.ko.md", "modules/trade/module.yml"]
    begun = "This still stands as it was begun. Write your own words in its place."
    assert begun in ines.get(f"{draft}/files/{folder}.en.md").text
    stamp = stamp_of(session().scalars(sa.select(DraftFile).order_by(DraftFile.path)).all())
    assert begun in ines.post(f"{draft}/publish", {"stamp": stamp}, status=422, on=draft).text
    assert published_text(f"{folder}.ko.md") is None
    for path in paths:
        text = str(session().scalars(sa.select(DraftFile.text).where(DraftFile.path == path)).one())
        for problem in unwritten({path: text}):
            text = _write_out(text, problem.line or 0)
        _save(ines, draft, path, text)
    ines.post(f"{draft}/publish", on=f"{draft}/publish")
    assert published_text(f"{folder}.ko.md")


def _write_out(text: str, number: int) -> str:
    """Write something else on a line, whatever its key."""
    lines = text.split("\n")
    key, colon, _ = lines[number - 1].rpartition(": ")
    lines[number - 1] = f'{key}{colon}"Written on line {number}"' if key else f"Written on line {number}"
    return "\n".join(lines)


def test_a_file_published_meanwhile_is_told_and_can_be_laid_on_top(ines: Browser) -> None:
    draft = _begin(ines)
    _save(ines, draft, EN, GOOD[EN].replace("asked for again.", "mine."))
    other = Browser(ines.app)
    other.client = ines.client
    with unit_of_work():
        first = drafts.begin(by=session().scalars(sa.select(Draft.author_id)).one(), title="First")
    _save(other, f"/author/drafts/{first.id}", EN, GOOD[EN].replace("asked for again.", "theirs."))
    other.post(f"/author/drafts/{first.id}/publish", on=f"/author/drafts/{first.id}/publish")
    assert "Published since" in ines.get(draft).text
    assert "theirs." in ines.post(f"{draft}/publish", on=f"{draft}/publish", status=409).text
    ines.post(f"{draft}/rebase", on=f"{draft}/files/{EN}")
    ines.post(f"{draft}/publish", on=f"{draft}/publish")
    assert "mine." in (published_text(EN) or "")


def test_the_pages_take_few_statements_however_much_there_is(ines: Browser, cast: Cast) -> None:
    draft = _begin(ines)
    _save(ines, draft, EN, GOOD[EN].replace("asked for again.", "once."))
    pages = ("/author", draft, f"{draft}/files/{EN}", f"{draft}/preview/{EN}", f"{draft}/changes", "/author/history")
    few = [_count(ines, page) for page in pages]
    with unit_of_work():
        found = session().scalars(sa.select(Draft)).one()
        for key in ("jiwoo", "sora", "minho"):
            drafts.invite(by=cast("ines"), draft=found, person_id=cast(key))
            drafts.comment(by=cast(key), draft=found, text="Good")
            drafts.begin(by=cast("ines"), title="Another")
        drafts.write(by=cast("ines"), draft=found, path=KO, text=GOOD[KO] + "\n", version=0, base=None)
    assert [_count(ines, page) for page in pages] == few
    assert max(few) <= 12


def _count(ines: Browser, page: str) -> int:
    ines.get(page)
    with count_statements(ines.app) as seen:
        ines.get(page)
    return len(seen)
