"""Looking changes nothing: whoever opens whatever page leaves every record as it was."""

from __future__ import annotations

import pytest
from flask import Flask

from coach.activity.models import AuditEntry
from coach.db import session
from tests.conventions.walk import WALKERS, Walker
from tests.conventions.world import AFTERWARDS, changed, state


@pytest.mark.parametrize("who", WALKERS)
def test_no_get_writes(who: str, walker: Walker) -> None:
    before = state()
    seen = walker.pages(who)
    assert len(seen) > 20
    broken = [f"{page.path}: {page.answer.status}" for page in seen if page.answer.status_code >= 500]
    assert not broken, broken
    assert changed(before, state()) == {}, "a GET changed a record; only these are written after an answer: " + str(
        sorted(AFTERWARDS)
    )


def test_looking_at_somebody_is_noted_after_the_answer(walker: Walker, filled: Flask) -> None:
    walker.browser("sora").get(f"/people/{walker.world.records['person']}/skills")
    notes = session().query(AuditEntry).all()
    assert [(note.actor_id, str(note.person_id), note.outcome) for note in notes] == [
        (walker.world.ids["sora"], walker.world.records["person"], "granted")
    ]
