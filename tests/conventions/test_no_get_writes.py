"""Looking changes nothing: whoever opens whatever page leaves every record as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from coach.activity.models import AuditEntry
from coach.db import session
from tests.conventions.walk import WALKERS, Walk, Walker
from tests.conventions.world import AFTERWARDS


@pytest.mark.parametrize("who", WALKERS)
def test_no_get_writes(who: str, walk: Callable[[str], Walk]) -> None:
    walked = walk(who)
    assert len(walked.pages) > 20
    broken = [f"{page.path}: {page.answer.status}" for page in walked.pages if page.answer.status_code >= 500]
    assert not broken, broken
    assert walked.changed == {}, f"a GET changed a record; only these are written after an answer: {sorted(AFTERWARDS)}"


@pytest.mark.parametrize("who", WALKERS)
def test_every_link_leads_somewhere(who: str, walk: Callable[[str], Walk]) -> None:
    dead = [f"{page.path} {page.answer.status}, from {page.link_on}" for page in walk(who).pages if page.is_dead_link]
    assert not dead, "\n".join(dead)


def test_looking_at_somebody_is_noted_after_the_answer(walker: Walker, filled: Flask) -> None:
    walker.browser("sora").get(f"/people/{walker.world.records['person']}/skills")
    notes = session().query(AuditEntry).all()
    assert [(note.actor_id, str(note.person_id), note.outcome) for note in notes] == [
        (walker.world.ids["sora"], walker.world.records["person"], "granted")
    ]
