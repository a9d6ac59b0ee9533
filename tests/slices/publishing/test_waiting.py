"""Which drafts wait for an editor: each waits for one of them at a time, or for nobody."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import Flask

from coach.db import session, unit_of_work
from coach.publishing import drafts
from coach.publishing.four_eyes import stamp_of
from coach.publishing.models import Draft
from coach.publishing.waiting import Wants, waiting_for
from tests.client import Browser
from tests.statements import count_statements
from tests.unit.content.small_library import EN, GOOD

Cast = Callable[[str], uuid.UUID]
Open = Callable[..., Browser]


def _act(frozen: Any, draft: uuid.UUID, does: Callable[[Draft], object]) -> None:
    """Let somebody do something to a draft a minute later."""
    frozen.shift(60)
    with unit_of_work():
        does(session().get_one(Draft, draft))


def _begun(by: uuid.UUID, title: str = "Trade once") -> uuid.UUID:
    with unit_of_work():
        return drafts.begin(by=by, title=title).id


def _writes(by: uuid.UUID, text: str, version: int = 0) -> Callable[[Draft], object]:
    return lambda draft: drafts.write(by=by, draft=draft, path=EN, text=text, version=version, base=None)


def _approves(by: uuid.UUID) -> Callable[[Draft], object]:
    return lambda draft: drafts.approve(by=by, draft=draft, stamp=stamp_of(drafts.files_of(draft)))


def _waits(*editors: uuid.UUID) -> list[list[Wants]]:
    return [[draft.wants for draft in waiting_for(editor)] for editor in editors]


def test_a_draft_goes_from_hand_to_hand(second: uuid.UUID, cast: Cast, frozen: Any) -> None:
    ines, draft = cast("ines"), _begun(cast("ines"))
    assert _waits(ines, second) == [[], []], "an empty draft waits for nobody"
    _act(frozen, draft, _writes(ines, GOOD[EN] + "\nOne line more.\n"))
    assert _waits(ines, second) == [[], [Wants.APPROVE]]
    _act(frozen, draft, lambda it: drafts.comment(by=second, draft=it, text="Say how often."))
    assert _waits(ines, second) == [[Wants.ANSWER], []], "sent back"
    _act(frozen, draft, lambda it: drafts.comment(by=ines, draft=it, text="Twice is meant."))
    assert _waits(ines, second) == [[], [Wants.APPROVE]]
    _act(frozen, draft, _approves(second))
    assert _waits(ines, second) == [[Wants.PUBLISH], []]
    _act(frozen, draft, _writes(ines, GOOD[EN] + "\nTwo lines more.\n", version=1))
    assert _waits(ines, second) == [[], [Wants.APPROVE]], "what was approved is another text now"
    _act(frozen, draft, lambda it: drafts.discard(draft=it, stamp=stamp_of(drafts.files_of(it))))
    assert _waits(ines, second) == [[], []]


def test_where_both_wrote_it_waits_for_who_did_not_write_last(second: uuid.UUID, cast: Cast, frozen: Any) -> None:
    ines, draft = cast("ines"), _begun(cast("ines"))
    _act(frozen, draft, _writes(ines, GOOD[EN] + "\nOne line more.\n"))
    _act(frozen, draft, _writes(second, GOOD[EN] + "\nAnother line.\n", version=1))
    assert _waits(ines, second) == [[Wants.APPROVE], []]
    _act(frozen, draft, _approves(ines))
    assert _waits(ines, second) == [[Wants.PUBLISH], []]


def test_who_is_asked_to_read_is_told_until_they_say_something(second: uuid.UUID, cast: Cast, frozen: Any) -> None:
    ines, draft = cast("ines"), _begun(cast("ines"))
    _act(frozen, draft, lambda it: drafts.invite(by=ines, draft=it, person_id=second))
    assert [(row.wants, row.by.en) for row in waiting_for(second)] == [(Wants.READ, "Ines")]
    _act(frozen, draft, lambda it: drafts.comment(by=second, draft=it, text="Good so far."))
    assert _waits(second) == [[]]


def test_an_editor_finds_them_on_the_first_page(
    app: Flask, second: uuid.UUID, cast: Cast, browser: Open, frozen: Any
) -> None:
    reader = browser("nora")
    assert 'id="drafts"' not in reader.get("/").text
    with count_statements(app) as none:
        reader.get("/")
    for title in ("Trade once", "Trade twice"):
        _act(frozen, _begun(cast("ines"), title), _writes(cast("ines"), GOOD[EN] + f"\n{title}.\n"))
    page = reader.get("/").text
    assert page.index("Trade once") < page.index("Trade twice")
    assert page.count("Ines needs another editor&#39;s approval") == 2
    with count_statements(app) as two:
        reader.get("/")
    assert len(none) == len(two) <= 12, "\n".join(two)
    assert "Trade once" not in browser("ines").get("/").text
    assert "Trade once" not in browser("minho").get("/").text
