"""A conversation goes on from answer to answer, each given once, on the text it was begun on."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.access.identity import Identity
from coach.activity.models import Event
from coach.db import new_id, session, unit_of_work
from coach.demo.conversations import first_scenario
from coach.errors import Conflict, NotFound
from coach.evidence.models import Evidence
from coach.scenarios import events, services
from coach.scenarios.models import Conversation, ConversationTurn, Scenario, ScenarioRevision
from coach.training import services as training
from coach.training.models import Lesson, LessonPart, PartDone
from coach.training.trying import TryRow, conversation_after
from tests.client import Browser
from tests.slices.scenarios.conftest import Played, begin, play, say
from tests.statements import count_statements

Opens = Callable[..., Browser]
Cast = Callable[[str], uuid.UUID]


def test_the_list_shows_my_role_first_and_narrows_to_a_skill(browser: Opens, played: Played) -> None:
    opened = browser("jiwoo")
    page = opened.get("/scenarios").text
    assert page.index("For your role") < page.index("Other roles")
    assert f'href="/scenarios/{played.id}"' in page
    one = opened.get(f"/scenarios?skill={played.skill_id}").text
    ids = session().scalars(sa.select(Scenario.id).where(Scenario.skill_id != played.skill_id)).all()
    assert f'href="/scenarios/{played.id}"' in one
    assert not [name for name in ids if f'href="/scenarios/{name}"' in one]


def test_the_customer_speaks_and_the_answer_stands_at_the_right(browser: Opens, played: Played) -> None:
    opened = browser("olivia")
    assert played.script.brief.en in unescape(opened.get(f"/scenarios/{played.id}").text)
    conversation_id = begin(opened, played.id)
    page = unescape(opened.get(f"/conversations/{conversation_id}").text)
    assert played.first.says.en in page
    assert all(answer.text.en in page for answer in played.first.answers)
    chosen = played.first.answers[-1]
    assert say(opened, conversation_id, 1, chosen.id) == f"/conversations/{conversation_id}#now"
    page = unescape(opened.get(f"/conversations/{conversation_id}").text)
    assert played.script.nodes[chosen.next].says.en in page
    assert chosen.text.en in page
    assert not [a for a in played.first.answers if a is not chosen and a.text.en in page]


def test_it_goes_on_on_another_device_and_speaks_korean(browser: Opens, played: Played) -> None:
    first, second = browser("minho"), browser("minho")
    conversation_id = begin(first, played.id)
    say(first, conversation_id, 1, played.first.best.id)
    page = unescape(second.get(f"/scenarios/{played.id}").text)
    assert "이어서 하기" in page
    assert begin(second, played.id) == conversation_id
    page = unescape(second.get(f"/conversations/{conversation_id}").text)
    assert played.script.nodes[played.first.best.next].says.ko in page
    assert "뭐라고 답할까요?" in page
    assert second.get("/scenarios").text.count("하는 중") == 1


def test_answers_keep_their_order_while_the_page_is_read_again(browser: Opens, played: Played) -> None:
    opened = browser("olivia")
    path = f"/conversations/{begin(opened, played.id)}"

    def order() -> list[int]:
        page = unescape(opened.get(path).text)
        return [page.index(answer.text.en) for answer in played.first.answers]

    assert order() == order()


def test_an_answer_is_final(browser: Opens, played: Played) -> None:
    opened = browser("olivia")
    conversation_id = begin(opened, played.id)
    one, other = played.first.answers[0], played.first.answers[1]
    say(opened, conversation_id, 1, one.id)
    say(opened, conversation_id, 1, one.id)
    path = f"/conversations/{conversation_id}"
    assert "gone on from there" in opened.post(f"{path}/answers/1", {"answer": other.id}, on=path, status=409).text
    assert session().scalars(sa.select(ConversationTurn.answer_id)).all() == [one.id]


@pytest.mark.parametrize("sent", [{}, {"answer": ""}, {"answer": "zz"}])
def test_nothing_chosen_is_said_beside_the_answers(browser: Opens, played: Played, sent: dict[str, str]) -> None:
    opened = browser("olivia")
    path = f"/conversations/{begin(opened, played.id)}"
    page = opened.post(f"{path}/answers/1", sent, on=path, status=422).text
    assert page.count("Choose what you say.") == 2
    assert unescape(page).count(played.first.says.en) == 1


@pytest.mark.parametrize("position", [0, 2, 99])
def test_a_turn_that_is_not_there_yet_is_not_found(browser: Opens, played: Played, position: int) -> None:
    opened = browser("olivia")
    path = f"/conversations/{begin(opened, played.id)}"
    opened.post(f"{path}/answers/{position}", {"answer": "a"}, on=path, status=404)


def test_the_end_is_told_in_the_list_and_leaves_no_evidence(browser: Opens, played: Played, cast: Cast) -> None:
    opened = browser("olivia")
    conversation_id, said = play(opened, played)
    kept = session().get_one(Conversation, conversation_id)
    assert kept.ending in ("won", "next_step")
    assert kept.ended_at is not None
    assert "Last: " in opened.get("/scenarios").text
    assert session().scalar(sa.select(sa.func.count()).select_from(Evidence)) == 0
    event = session().scalars(sa.select(Event).where(Event.verb == events.ENDED)).one()
    assert (event.person_id, event.details) == (cast("olivia"), {"scenario": played.id, "ending": kept.ending})
    with pytest.raises(Conflict), unit_of_work():
        services.answer(
            by=Identity(cast("olivia")), conversation_id=conversation_id, position=len(said) + 1, answer_id="a"
        )
    opened.post(f"/conversations/{conversation_id}/answers/{len(said)}", {}, on="/scenarios", status=303)


def test_it_is_played_again_from_the_start(browser: Opens, played: Played) -> None:
    opened = browser("olivia")
    first, _ = play(opened, played)
    second = begin(opened, played.id)
    assert second != first
    assert opened.get(f"/conversations/{second}").text.count("answers/1") == 1
    assert f"/conversations/{first}" in opened.get(f"/scenarios/{played.id}").text


def test_a_conversation_stays_on_the_text_it_was_begun_on(browser: Opens, played: Played) -> None:
    opened = browser("olivia")
    conversation_id = begin(opened, played.id)
    with unit_of_work():
        scenario = session().get_one(Scenario, played.id)
        old = session().get_one(ScenarioRevision, scenario.revision_id)
        first = {
            **next(n for n in old.body["nodes"] if n["id"] == played.first.id),
            "says": {"en": "New.", "ko": "새."},
        }
        nodes = [first if n["id"] == played.first.id else n for n in old.body["nodes"]]
        new = ScenarioRevision(
            id=new_id(), scenario_id=played.id, number=2, body={**old.body, "nodes": nodes}, fingerprint="x",
            source="x", published_at=datetime(2026, 11, 23, tzinfo=UTC),
        )  # fmt: skip
        session().add(new)
        scenario.revision_id = new.id
        scenario.retired_at = datetime(2026, 11, 23, tzinfo=UTC)
    assert played.first.says.en in unescape(opened.get(f"/conversations/{conversation_id}").text)
    say(opened, conversation_id, 1, played.first.best.id)
    assert begin(opened, played.id) == conversation_id
    browser("minho").get(f"/scenarios/{played.id}", status=404)


def test_nobody_begins_a_scenario_that_is_gone(browser: Opens, played: Played, cast: Cast) -> None:
    with unit_of_work():
        session().get_one(Scenario, played.id).retired_at = datetime(2026, 11, 23, tzinfo=UTC)
    for name in (played.id, "never-was"):
        with pytest.raises(NotFound), unit_of_work():
            services.begin(by=Identity(cast("olivia")), scenario_id=name)
        browser("olivia").get(f"/scenarios/{name}", status=404)
    assert session().scalar(sa.select(sa.func.count()).select_from(Conversation)) == 0


def test_pages_take_a_fixed_number_of_statements(browser: Opens, played: Played) -> None:
    opened = browser("olivia")
    paths = ["/scenarios", f"/scenarios/{played.id}"]
    before = [_statements(opened, path) for path in paths]
    conversation_id = begin(opened, played.id)
    paths.append(f"/conversations/{conversation_id}")
    begun = _statements(opened, paths[2])
    say(opened, conversation_id, 1, played.first.best.id)
    assert [_statements(opened, path) for path in paths] == [*before, begun]
    ended, _ = play(browser("minho"), played)
    counts = [*before, begun, _statements(browser("minho"), f"/conversations/{ended}")]
    assert max(counts) <= 12, counts


def test_a_lesson_gone_through_names_a_conversation_of_its_step_and_role(app: Flask, played: Played) -> None:
    query = sa.select(Lesson.id).where(Lesson.skill_id == played.skill_id)
    scenario = session().get_one(Scenario, played.id)
    fits = session().scalars(query.where(Lesson.to_level == scenario.level)).first()
    other = session().scalars(query.where(Lesson.to_level != scenario.level)).first()
    assert fits is not None
    assert other is not None
    role = next(iter(scenario.roles))
    found = conversation_after(fits, role)
    assert found == TryRow(played.id, scenario.title, scenario.minutes)
    assert conversation_after(other, role) != found
    assert conversation_after(fits, "pilot") is None or "all" in scenario.roles


def test_the_page_of_a_lesson_gone_through_leads_to_the_conversation(
    browser: Opens, cast: Cast, played: Played
) -> None:
    with unit_of_work():
        scenario = session().get_one(Scenario, played.id)
        scenario.roles = ["all"]
        query = sa.select(Lesson.id).where(Lesson.skill_id == played.skill_id, Lesson.to_level == scenario.level)
        lesson = session().scalars(query.limit(1)).one()
        run = training.open_lesson(by=cast("olivia"), lesson_id=lesson)
        run.completed_at = run.touched_at
        for part in session().scalars(sa.select(LessonPart).where(LessonPart.revision_id == run.revision_id)).all():
            session().add(PartDone(run_id=run.id, part_id=part.part_id, at=run.touched_at))
    page = browser("olivia").get(f"/lessons/{lesson}").text
    assert f'href="/scenarios/{played.id}"' in page


def _statements(opened: Browser, path: str) -> int:
    with count_statements(opened.app) as seen:
        opened.get(path)
    return len(seen)


def test_every_skill_that_the_demo_plays_has_a_scenario(played: Played) -> None:
    assert first_scenario(played.skill_id) == played.id
