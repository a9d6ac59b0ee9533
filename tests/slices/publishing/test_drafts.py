"""Drafts: nobody's text is lost, nothing goes out that only its writer has read, and everything can be undone."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.activity.models import AuditEntry
from coach.content.problems import ContentErrors
from coach.content.spec import fingerprint_of
from coach.db import session, unit_of_work
from coach.errors import Conflict
from coach.publishing import drafts
from coach.publishing.appending import add_items_to_draft
from coach.publishing.four_eyes import stamp_of
from coach.publishing.models import Draft, Publication
from coach.publishing.queries import published_files, published_text
from coach.publishing.services import publish
from coach.training.models import Lesson, LessonPart
from tests.meanwhile import meanwhile
from tests.unit.content.small_library import EN, GOOD

Cast = Callable[[str], uuid.UUID]
MINE, THEIRS = (GOOD[EN].replace("asked for again.", f"asked for {often}.") for often in ("twice", "a third time"))
BANK = "items/negotiate.yml"


def _draft(by: uuid.UUID, text: str | None = MINE, path: str = EN) -> uuid.UUID:
    with unit_of_work():
        draft = drafts.begin(by=by, title="Trade once")
        _write(by, draft, text, path=path)
        return draft.id


def _write(by: uuid.UUID, draft: Draft, text: str | None, *, version: int = 0, path: str = EN) -> None:
    stands = published_text(path)
    base = None if stands is None else fingerprint_of(stands)
    drafts.write(by=by, draft=draft, path=path, text=text, version=version, base=base)


def _get(draft_id: uuid.UUID) -> Draft:
    return session().get_one(Draft, draft_id)


def _stamp(draft_id: uuid.UUID) -> str:
    return stamp_of(drafts.files_of(_get(draft_id)))


def _publish(by: uuid.UUID, draft_id: uuid.UUID) -> None:
    with unit_of_work():
        drafts.publish_draft(by=by, draft=_get(draft_id), stamp=_stamp(draft_id))


def _approve(by: uuid.UUID, draft_id: uuid.UUID) -> None:
    with unit_of_work():
        drafts.approve(by=by, draft=_get(draft_id), stamp=_stamp(draft_id))


def test_a_draft_is_nobodys_business_until_it_is_published(small: Flask, cast: Cast) -> None:
    draft = _draft(cast("ines"))
    assert published_files() == GOOD
    _publish(cast("ines"), draft)
    assert published_files() == {**GOOD, EN: MINE}
    lesson = session().get_one(Lesson, "ne-trade-once")
    html = session().scalars(sa.select(LessonPart.html).where(LessonPart.revision_id == lesson.revision_id)).all()
    assert any("asked for twice." in each.en for each in html)


def test_a_single_editor_publishes_alone_and_the_audit_log_says_so(small: Flask, cast: Cast) -> None:
    draft = _draft(cast("ines"))
    _publish(cast("ines"), draft)
    note = session().scalars(sa.select(AuditEntry).where(AuditEntry.action == "module_draft.publish")).one()
    assert (note.actor_id, note.outcome, note.object_id) == (cast("ines"), "alone", str(draft))


def test_with_a_second_editor_nothing_goes_out_unread(small: Flask, cast: Cast, second: uuid.UUID) -> None:
    draft = _draft(cast("ines"))
    with pytest.raises(Conflict, match="Another editor"):
        _publish(cast("ines"), draft)
    with pytest.raises(Conflict, match="wrote this yourself"):
        _approve(cast("ines"), draft)
    _approve(second, draft)
    _publish(cast("ines"), draft)
    assert published_text(EN) == MINE


def test_an_approval_counts_for_the_texts_that_were_read_and_no_others(
    small: Flask, cast: Cast, second: uuid.UUID
) -> None:
    draft = _draft(cast("ines"))
    seen = _stamp(draft)
    _approve(second, draft)
    with unit_of_work():
        _write(cast("ines"), _get(draft), THEIRS, version=1)
    with pytest.raises(Conflict, match="Another editor"):
        _publish(cast("ines"), draft)
    with pytest.raises(Conflict, match="changed while you read"), unit_of_work():
        drafts.approve(by=second, draft=_get(draft), stamp=seen)


def test_where_both_editors_wrote_the_one_who_did_not_write_last_approves(
    small: Flask, cast: Cast, second: uuid.UUID, frozen
) -> None:
    draft = _draft(cast("ines"))
    frozen.shift(60)
    with unit_of_work():
        _write(second, _get(draft), THEIRS, version=1)
    with pytest.raises(Conflict, match="wrote this yourself"):
        _approve(second, draft)
    _approve(cast("ines"), draft)
    _publish(second, draft)
    assert published_text(EN) == THEIRS


def test_a_stale_save_gives_both_texts_back(small: Flask, cast: Cast) -> None:
    draft = _draft(cast("ines"))
    with pytest.raises(Conflict) as told, unit_of_work():
        _write(cast("ines"), _get(draft), THEIRS, version=0)
    assert (told.value.current, told.value.typed) == ({EN: MINE}, {EN: THEIRS})


def test_two_editors_who_save_at_once_lose_nothing(small: Flask, cast: Cast, second: uuid.UUID) -> None:
    with unit_of_work():
        draft = drafts.begin(by=cast("ines"), title="Both").id
    raised = meanwhile(
        small,
        lambda: _write(cast("ines"), _get(draft), MINE),
        lambda: _write(second, _get(draft), THEIRS),
    )
    (conflict,) = raised
    assert isinstance(conflict, Conflict)
    assert (conflict.current, conflict.typed) == ({EN: MINE}, {EN: THEIRS})


def test_a_draft_published_twice_at_once_is_published_once(small: Flask, cast: Cast) -> None:
    draft, before = _draft(cast("ines")), session().scalar(sa.select(sa.func.count()).select_from(Publication))
    stamp = _stamp(draft)

    def go() -> None:
        drafts.publish_draft(by=cast("ines"), draft=_get(draft), stamp=stamp)

    (refused,) = meanwhile(small, go, go)
    assert isinstance(refused, Conflict)
    assert session().scalar(sa.select(sa.func.count()).select_from(Publication)) == (before or 0) + 1


def test_a_text_published_meanwhile_is_not_written_over(small: Flask, cast: Cast) -> None:
    draft = _draft(cast("ines"))
    with unit_of_work():
        publish({**GOOD, EN: THEIRS}, by=cast("ines"))
    with pytest.raises(Conflict, match="published since") as told:
        _publish(cast("ines"), draft)
    assert (told.value.current, told.value.typed) == ({EN: THEIRS}, {EN: MINE})
    with unit_of_work():
        drafts.rebase(by=cast("ines"), draft=_get(draft), path=EN, base=fingerprint_of(THEIRS))
    _publish(cast("ines"), draft)
    assert published_text(EN) == MINE


def test_a_draft_that_is_not_fit_is_refused_whole(small: Flask, cast: Cast) -> None:
    draft = _draft(cast("ines"), MINE.replace("{#try task}", "{#try}"))
    with pytest.raises(ContentErrors, match="exactly one task"):
        _publish(cast("ines"), draft)
    assert published_files() == GOOD
    assert _get(draft).is_open


def test_undo_brings_the_texts_from_before_back(small: Flask, cast: Cast) -> None:
    _publish(cast("ines"), _draft(cast("ines")))
    made = sa.select(Publication).where(Publication.draft_id.is_not(None))
    with unit_of_work():
        undo = drafts.undo(by=cast("ines"), publication=session().scalars(made).one(), title="Undo").id
    _publish(cast("ines"), undo)
    assert published_files() == GOOD


def test_questions_added_to_a_draft_leave_the_file_byte_for_byte(small: Flask, cast: Cast) -> None:
    item = {
        "id": "ne-added", "use": "check", "step": 3, "kind": "true_false", "answer": True,
        "stem": {"en": "Note: “no” costs: 5 % #1", "ko": "“아니요”: 5 %"}, "why": {"en": "Yes", "ko": "네"},
    }  # fmt: skip
    with unit_of_work():
        draft = drafts.begin(by=cast("ines"), title="Questions")
        for name in ("ne-added", "ne-added-too"):
            added = [{**item, "id": name}]
            assert add_items_to_draft(by=cast("ines"), draft=draft, skill="negotiate", items=added) == BANK
        (file,) = drafts.files_of(draft)
    assert file.text is not None
    assert file.text.startswith(GOOD[BANK])
    _publish(cast("ines"), draft.id)
    assert published_text(BANK) == file.text
