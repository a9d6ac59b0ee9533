"""The pages of evidence, as each relation sees them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coach.db import session, unit_of_work
from coach.evidence import queries
from coach.evidence import services as evidence
from coach.evidence.commands import commands
from coach.evidence.models import Accumulator, Cell, TeamSkill
from coach.evidence.ports import open_findings
from coach.jobs.models import OutboxMessage
from tests.client import Browser
from tests.conftest import NOW
from tests.slices.evidence.counting import counter
from tests.slices.evidence.seeing import OBJECTIONS, found_below, logged

Cast = Callable[[str], uuid.UUID]
Open = Callable[..., Browser]
RELATIONS = [
    ("minho", 200),
    ("taeyang", 200),
    ("sora", 200),
    ("kyungmi", 200),
    ("hana", 404),
    ("olivia", 404),
    ("felix", 404),
    ("marcus", 404),
    ("dana", 404),
    ("ines", 404),
]


@pytest.fixture
def minho_below(app: Flask, cast: Cast) -> uuid.UUID:
    """Let Minho have been seen clearly below target."""
    with unit_of_work():
        found_below(cast("minho"), coaches=[cast("taeyang"), cast("sora")])
    return cast("minho")


def test_the_manager_is_told_of_an_objection(app: Flask, cast: Cast) -> None:
    with unit_of_work():
        piece = logged(cast("minho"), 1.0, by=cast("taeyang"))
        evidence.contest(piece.id, by=cast("minho"), text="It was another rep's call.")
    letters = session().execute(sa.select(OutboxMessage.kind, OutboxMessage.person_id, OutboxMessage.payload)).all()
    where = {"person": str(cast("minho")), "skill": piece.skill_id}
    assert [tuple(row) for row in letters if row.kind == "objection_made"] == [("objection_made", cast("sora"), where)]


def test_my_skills_begin_with_those_of_my_role_and_say_what_is_not_known(
    minho_below: uuid.UUID, browser: Open, cast: Cast
) -> None:
    with unit_of_work():
        logged(minho_below, 3.0, by=cast("taeyang"), days_ago=4, skill="close")
    page = browser("minho").get("/skills").text
    assert "확실히 미달인 역량이 1개 있어요." in page
    assert page.index("/skills/research-leads") < page.index("/skills/close")


@pytest.mark.parametrize(("who", "status"), RELATIONS)
@pytest.mark.parametrize("path", ["/people/{}/skills", "/people/{}/skills/handle-objections"])
def test_a_persons_skills_are_open_to_those_who_answer_for_them(
    minho_below: uuid.UUID, browser: Open, who: str, status: int, path: str
) -> None:
    browser(who).get(path.format(minho_below), status=status)


def test_a_skill_page_names_every_piece_its_share_and_what_it_would_take(minho_below: uuid.UUID, browser: Open) -> None:
    page = browser("sora").get(f"/people/{minho_below}/skills/{OBJECTIONS}").text
    assert "Taeyang Oh" in page
    shares = [int(n) for n in re.findall(r"counts for (\d+)%", page)]
    assert len(shares) == 6  # in the list and in the table twin
    assert 40 < sum(shares) / 2 < 100
    assert "What it would take" in page
    assert "it takes several" in page


@pytest.mark.parametrize("path", ["skills", f"skills/{OBJECTIONS}", "path"])
def test_a_heading_breaks_no_name(browser: Open, cast: Cast, path: str) -> None:
    page = browser("sora").get(f"/people/{cast('minho')}/{path}").text
    assert "Minho\u00a0Seo" in page[page.index("<h1>") : page.index("</h1>")]


def test_a_skill_nobody_saw_says_so_and_an_unknown_one_is_not_there(browser: Open) -> None:
    reader = browser("jiwoo")
    assert "Nothing was seen of this yet" in reader.get("/skills/open-a-call").text
    reader.get("/skills/no-such-skill", status=404)
    reader.get(f"/people/{uuid.UUID(int=1)}/skills", status=404)


def test_an_objection_from_the_page_is_answered_by_the_coach_and_shown_to_both(
    minho_below: uuid.UUID, browser: Open
) -> None:
    minho, coach = browser("minho"), browser("taeyang")
    here = f"/people/{minho_below}/skills/{OBJECTIONS}"
    path = re.findall(r'action="(/evidence/[^"]+/contest)"', minho.get(f"/skills/{OBJECTIONS}").text)[0]
    coach.get(path, status=404)
    assert 'id="text"' in minho.post(path, {"text": " "}, status=422).text
    page = minho.follow(minho.post(path, {"text": "That call was Hana's."}, on=f"/skills/{OBJECTIONS}")).text
    assert "That call was Hana&#39;s." in page
    answer = re.findall(r'href="(/contests/[^"]+)"', coach.get(here).text)[0]
    assert "Contested, waiting for an answer" in coach.get(here).text
    for nobody in ("minho", "kyungmi", "hana", "olivia", "dana"):
        browser(nobody).get(answer, status=404)
    coach.get(answer)
    assert "Say in a sentence why" in coach.post(answer, {"upheld": "no"}, status=422).text
    coach.post(answer, {"upheld": "no", "answer": "Right, it was hers."})
    assert "Right, it was hers." in coach.get(here).text
    coach.get(answer)
    coach.post(answer, {"upheld": "yes", "answer": "Or not."}, status=409)


def test_a_person_rates_themselves_on_what_one_can_see_at_each_level(browser: Open, cast: Cast) -> None:
    jiwoo = browser("jiwoo")
    assert jiwoo.get("/skills/qualify/rate").text.count('type="radio"') == 4
    assert "Choose one of the four levels." in jiwoo.post("/skills/qualify/rate", status=422).text
    jiwoo.post("/skills/qualify/rate", {"level": "7"}, status=422)
    jiwoo.post("/skills/qualify/rate", {"level": "3"})
    jiwoo.get("/skills/qualify/rate")
    page = jiwoo.follow(jiwoo.post("/skills/qualify/rate", {"level": "2"})).text
    assert "Not enough evidence yet: 1 seen." in page
    assert "Self-rating: With help" in page
    jiwoo.get("/skills/no-such-skill/rate", status=404)


def test_the_commands_prove_and_mend_what_is_kept(app: Flask, minho_below: uuid.UUID) -> None:
    run = app.test_cli_runner()
    proved = run.invoke(commands, ["recompute", "--check"])
    assert proved.exit_code == 0, proved.output
    with unit_of_work():
        kept = session().scalars(sa.select(Accumulator)).first()
        assert kept is not None
        kept.a *= 1 + 1e-8
        session().execute(sa.update(TeamSkill).values(people=9))
    failed = run.invoke(commands, ["recompute", "--check"])
    assert failed.exit_code == 1
    assert "a is kept as" in failed.output
    assert "people is kept as 9" in failed.output
    assert run.invoke(commands, ["recompute"]).exit_code == 0
    assert run.invoke(commands, ["recompute", "--check"]).exit_code == 0
    refreshed = run.invoke(commands, ["refresh"])
    assert "1 estimates and 3 teams read as of now." in refreshed.output


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("mean", 3.4),
        ("p_below", 0.1),
        ("gap", 0.0),
        ("pieces", 9),
        ("others", 9),
        ("raters", 0),
        ("last_seen_at", NOW - timedelta(days=90)),
    ],
)
def test_what_pages_read_of_a_cell_is_proved_too(
    app: Flask, minho_below: uuid.UUID, column: str, value: object
) -> None:
    with unit_of_work():
        session().execute(sa.update(Cell).values({column: value}))
    failed = app.test_cli_runner().invoke(commands, ["recompute", "--check"])
    assert failed.exit_code == 1
    assert f"person {minho_below}, handle-objections:" in failed.output


@pytest.mark.parametrize("people_seen", [1, 6])
def test_a_page_takes_as_many_statements_for_many_pieces_as_for_few(
    app: Flask, browser: Open, cast: Cast, people_seen: int
) -> None:
    with unit_of_work():
        for days in range(people_seen):
            found_below(cast("minho"), coaches=[cast("taeyang"), cast("sora")])
            logged(cast("minho"), 2.0, by=cast("mirae"), days_ago=days, skill="close")
    count_statements, sora, minho = counter(app), browser("sora"), browser("minho")
    assert count_statements(sora, f"/people/{cast('minho')}/skills/{OBJECTIONS}") <= 11
    assert count_statements(sora, f"/people/{cast('minho')}/skills") <= 9
    assert count_statements(minho, "/skills") <= 8


def test_a_new_rep_sees_growth_before_distance(app: Flask, browser: Open, cast: Cast) -> None:
    with unit_of_work():
        for days, level in ((10, 1.0), (6, 2.0), (3, 2.0), (1, 2.0)):
            logged(cast("jiwoo"), level, by=cast("taeyang"), days_ago=days, skill="qualify")
        assert queries.cell(cast("jiwoo"), "qualify") is not None
        found_below(cast("jiwoo"), coaches=[cast("taeyang"), cast("sora")])
        assert open_findings([cast("jiwoo")])
    page = browser("jiwoo").get("/skills").text
    assert "clearly below" not in page
    assert "of the start plan: growth comes first." in page
    assert "judged" not in page, "a finding opens in the start plan too"
    assert "start to now" in page
    assert "Started at 1." in page
    assert "+0." in page
