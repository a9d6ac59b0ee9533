"""Every published text is kept, and the folder never writes over what was edited in the browser."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.db import session, unit_of_work
from coach.publishing.commands import bring
from coach.publishing.folder import read_folder
from coach.publishing.models import ContentFileRevision, Publication
from coach.publishing.queries import published_files
from coach.publishing.services import publish, publish_folder
from tests.meanwhile import meanwhile
from tests.statements import count_statements
from tests.unit.content.small_library import EN, GOOD, KO

Cast = Callable[[str], uuid.UUID]
NEW = {**GOOD, EN: GOOD[EN].replace("asked for again.", "asked for twice.")}


def _texts(path: str) -> list[str | None]:
    query = sa.select(ContentFileRevision.text).where(ContentFileRevision.path == path)
    return list(session().scalars(query.order_by(ContentFileRevision.number)))


def test_every_text_of_a_file_is_kept_with_when_and_by_whom(small: Flask, cast: Cast) -> None:
    without = {path: text for path, text in NEW.items() if path == "framework.yml"}
    for sources in (NEW, without, GOOD):
        with unit_of_work():
            publish(sources, by=cast("ines"))
    assert _texts(EN) == [GOOD[EN], NEW[EN], None, GOOD[EN]]
    people = (
        sa.select(Publication.by_id)
        .join(ContentFileRevision, ContentFileRevision.publication_id == Publication.id)
        .where(ContentFileRevision.path == EN)
        .order_by(ContentFileRevision.number)
    )
    assert session().scalars(people).all() == [None, *[cast("ines")] * 3]


def test_a_text_edited_in_the_browser_survives_the_next_start(small: Flask, cast: Cast) -> None:
    with unit_of_work():
        publish(NEW, by=cast("ines"))
    with count_statements(small) as seen, unit_of_work():
        assert not publish_folder(GOOD).changes
    assert len(seen) == 1
    assert published_files() == NEW


def test_the_folders_own_change_is_taken_beside_the_browsers(small: Flask, cast: Cast) -> None:
    with unit_of_work():
        publish(NEW, by=cast("ines"))
    path = "items/negotiate.yml"
    edited = {**GOOD, path: GOOD[path].replace("answer: 20", "answer: 25")}
    with unit_of_work():
        assert publish_folder(edited).conflicts == ()
    assert published_files() == {**NEW, path: edited[path]}


def test_a_file_changed_in_both_stays_and_the_start_names_it(
    small: Flask, cast: Cast, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with unit_of_work():
        publish(NEW, by=cast("ines"))
    theirs = {**GOOD, EN: GOOD[EN].replace("asked for again.", "asked for again and again.")}
    for _start in (1, 2):
        bring(theirs, {})
        assert f"{EN} was changed in the folder and in the browser." in capsys.readouterr().out
    assert published_files() == NEW
    for path, text in theirs.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    forced = small.test_cli_runner().invoke(args=["content", "publish", "--force", "--from", str(tmp_path)])
    assert forced.exit_code == 0
    session().rollback()
    assert published_files() == dict(read_folder(tmp_path)) == theirs
    bring(theirs, {})
    assert "was changed" not in capsys.readouterr().out


def test_a_folder_that_does_not_fit_the_browsers_texts_keeps_nobody_from_starting(
    small: Flask, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = {**GOOD, KO: GOOD[KO].replace("한 번 주고받기", "한 번만 주고받기")}
    with unit_of_work():
        publish(mine, by=cast("ines"))
    bring({**GOOD, **{path: GOOD[path].replace("{#why", "{#reason") for path in (EN, KO)}}, {})
    assert "does not fit what was edited in the browser" in capsys.readouterr().out
    session().rollback()
    assert published_files() == mine


def test_two_publishes_at_once_follow_each_other(small: Flask, cast: Cast) -> None:
    other = {**GOOD, EN: GOOD[EN].replace("asked for again.", "asked for a third time.")}
    raised = meanwhile(small, lambda: publish(NEW, by=cast("ines")), lambda: publish(other, by=cast("dana")))
    assert raised == []
    assert _texts(EN) == [GOOD[EN], NEW[EN], other[EN]]
    assert published_files() == other
