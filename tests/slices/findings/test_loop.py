"""The loop: seen below target, found, given a lesson, looked at again, resolved by evidence and nothing else."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coach import clock
from coach.access.identity import Identity
from coach.advice.queries import lessons_for
from coach.assignments import queries as assignments
from coach.assignments.services import assign
from coach.db import session, unit_of_work
from coach.errors import Conflict, Invalid, NotFound
from coach.evidence import cells, queries, services
from coach.evidence.changes import change_settings
from coach.evidence.models import Cell, Contest, Evidence, SettingsVersion
from coach.findings.models import Finding, Resolution
from coach.findings.services import contest, decline, open_finding
from coach.people import services as people
from coach.people.models import Person
from coach.publishing.queries import published_files
from coach.publishing.services import publish
from tests.slices.evidence.racing import behind
from tests.slices.evidence.seeing import OBJECTIONS, checked, finished, found_below, logged

Cast = Callable[[str], uuid.UUID]


def in_the_framework(before: str, after: str) -> None:
    """Publish the library with other words in the framework."""
    files = dict(published_files())
    assert before in files["framework.yml"]
    files["framework.yml"] = files["framework.yml"].replace(before, after)
    publish(files, by=None)


def raise_target_of_objections() -> None:
    """Ask of account managers that they could teach how to handle objections."""
    in_the_framework(
        "{skill: handle-objections, level: 3, weight: 5}", "{skill: handle-objections, level: 4, weight: 5}"
    )


@pytest.fixture
def opened(app: Flask, cast: Cast) -> Finding:
    """Let a finding be open about Minho: a check with three of six right, and two talks with help."""
    minho = cast("minho")
    with unit_of_work():
        checked(minho, 3, days_ago=21)
        logged(minho, 2.0, by=cast("taeyang"), days_ago=12)
        assert open_finding(minho, OBJECTIONS) is None
        logged(minho, 2.0, by=cast("sora"), days_ago=5)
    found = open_finding(minho, OBJECTIONS)
    assert found is not None
    return found


def test_a_finding_keeps_what_it_was_made_from(opened: Finding, cast: Cast) -> None:
    rows, read = queries.pieces(cast("minho"), OBJECTIONS)
    assert opened.p_below >= 0.8
    assert opened.mean <= opened.target - 0.15
    assert (opened.target, opened.job_role_id, opened.weight) == (2.5, "account-manager", 5)
    assert (opened.pieces, opened.settings_number, opened.opened_by) == (3, 0, None)
    assert opened.shares == {str(row.id): pytest.approx(row.share, abs=1e-6) for row in rows}
    assert opened.mean == pytest.approx(read.mean)


def test_the_whole_loop_closes_by_evidence_alone(opened: Finding, cast: Cast, frozen: time_machine.Traveller) -> None:
    minho, sora = cast("minho"), Identity(cast("sora"))
    cell = queries.cell(minho, OBJECTIONS)
    assert cell is not None
    advice = lessons_for(OBJECTIONS, mean=cell.mean, gap=cell.gap or 0.0, person_id=minho)[0]
    with unit_of_work():
        act = assign(by=sora, to=[minho], lesson_id=advice.lesson_id, due=date(2026, 12, 7), because=[opened.id])
    assert [(row.lesson_id, row.because_id) for row in assignments.open_for(minho)] == [(advice.lesson_id, opened.id)]
    assert (act.made, act.had_already) == (1, 0)

    frozen.shift(timedelta(days=2))
    with unit_of_work():
        finished(minho, advice.lesson_id)
    after = queries.cell(minho, OBJECTIONS)
    assert after is not None
    assert after.mean <= cell.mean + 0.02
    assert open_finding(minho, OBJECTIONS) is not None
    recheck = assignments.open_for(minho)
    assert [(row.quiz_id, row.by_name, row.due_on) for row in recheck] == [
        (f"skill-{OBJECTIONS}", None, date(2026, 12, 2))
    ]

    frozen.shift(timedelta(days=60))
    with unit_of_work():
        cells.refresh(session().scalars(sa.select(Cell)))
    assert open_finding(minho, OBJECTIONS) is not None
    faded = queries.cell(minho, OBJECTIONS)
    assert faded is not None
    assert faded.sd > after.sd
    assert faded.mean < opened.target - 0.15

    with unit_of_work():
        closing = checked(minho, 6)
        if open_finding(minho, OBJECTIONS) is not None:
            closing = logged(minho, 3.0, by=cast("taeyang"))
    assert open_finding(minho, OBJECTIONS) is None
    ended = session().get_one(Resolution, opened.id)
    assert (ended.kind, ended.by_id, ended.evidence_id) == ("evidence", None, closing.id)


def test_the_recheck_and_one_good_talk_close_it_within_the_week(
    opened: Finding, cast: Cast, frozen: time_machine.Traveller
) -> None:
    minho = cast("minho")
    frozen.shift(timedelta(days=1))
    with unit_of_work():
        lesson = lessons_for(OBJECTIONS, mean=opened.mean, gap=opened.gap)[0].lesson_id
        finished(minho, lesson)
    frozen.shift(timedelta(days=7))
    with unit_of_work():
        check = checked(minho, 6)
        talk = logged(minho, 3.0, by=cast("taeyang"))
    ended = session().get(Resolution, opened.id)
    assert ended is not None
    assert ended.kind == "evidence"
    assert ended.evidence_id in {check.id, talk.id}


def test_self_ratings_alone_never_make_a_finding(app: Flask, cast: Cast, frozen: time_machine.Traveller) -> None:
    with unit_of_work():
        for _ in range(4):
            services.rate_self(by=cast("minho"), skill_id=OBJECTIONS, level=1)
            frozen.shift(timedelta(days=2))
    assert open_finding(cast("minho"), OBJECTIONS) is None


def test_twelve_talks_at_the_targets_own_level_never_make_one(app: Flask, cast: Cast) -> None:
    with unit_of_work():
        for week in range(12, 0, -1):
            logged(cast("minho"), 3.0, by=cast("taeyang"), days_ago=7 * week)
            assert open_finding(cast("minho"), OBJECTIONS) is None


def test_an_objection_takes_the_piece_out_at_once_and_upholding_brings_it_back(opened: Finding, cast: Cast) -> None:
    minho = cast("minho")
    before = queries.cell(minho, OBJECTIONS)
    talk = session().scalars(sa.select(Evidence).where(Evidence.entered_by == cast("taeyang"))).one()
    with unit_of_work():
        objection = services.contest(talk.id, by=minho, text="This was Hana's call.")
        assert before is not None
        without = queries.cell(minho, OBJECTIONS)
        assert without is not None
        assert without.pieces == before.pieces - 1
        row = next(row for row in queries.pieces(minho, OBJECTIONS)[0] if row.id == talk.id)
        assert (row.waits, row.share) == (True, None)
        with pytest.raises(Conflict):
            services.contest(talk.id, by=minho, text="Again")
    with unit_of_work():
        services.answer_contest(objection, by=cast("sora"), upheld=True, answer="I listened to it: it is Minho.")
    after = queries.cell(minho, OBJECTIONS)
    assert after is not None
    assert (after.pieces, after.mean) == (before.pieces, pytest.approx(before.mean, abs=1e-10))
    rows = queries.pieces(minho, OBJECTIONS)[0]
    again = next(row for row in rows if row.origin_id == talk.origin_id)
    assert len(rows) == 3
    assert again.by_name is not None
    assert (again.counts, again.by_name.en) == (True, "Taeyang Oh")
    assert again.objection is not None
    assert again.objection.answer == "I listened to it: it is Minho."
    with unit_of_work(), pytest.raises(Conflict):
        services.answer_contest(objection, by=cast("sora"), upheld=False, answer="No")


def test_what_was_upheld_goes_when_its_log_is_taken_back(opened: Finding, cast: Cast) -> None:
    talk = session().scalars(sa.select(Evidence).where(Evidence.entered_by == cast("taeyang"))).one()
    with unit_of_work():
        objection = services.contest(talk.id, by=cast("minho"), text="Not me.")
        services.answer_contest(objection, by=cast("sora"), upheld=True, answer="It was.")
        services.retract(talk, by=cast("taeyang"), reason="withdrawn")
    cell = queries.cell(cast("minho"), OBJECTIONS)
    assert cell is not None
    assert cell.pieces == 2


def test_a_log_taken_back_answers_the_objection_to_it(opened: Finding, cast: Cast) -> None:
    talk = session().scalars(sa.select(Evidence).where(Evidence.entered_by == cast("taeyang"))).one()
    with unit_of_work():
        objection = services.contest(talk.id, by=cast("minho"), text="Not me.")
        services.retract(talk, by=cast("taeyang"), reason="withdrawn")
        with pytest.raises(Conflict):
            services.answer_contest(objection, by=cast("sora"), upheld=True, answer="It was.")
    assert session().get_one(Contest, objection.id).upheld is False


def test_nobody_objects_for_somebody_else_or_answers_themselves(opened: Finding, cast: Cast) -> None:
    talk = session().scalars(sa.select(Evidence).where(Evidence.entered_by == cast("taeyang"))).one()
    with unit_of_work():
        with pytest.raises(NotFound):
            services.contest(talk.id, by=cast("hana"), text="No")
        with pytest.raises(Invalid):
            services.contest(talk.id, by=cast("minho"), text=" ")
        objection = services.contest(talk.id, by=cast("minho"), text="Not me.")
        with pytest.raises(Invalid):
            services.answer_contest(objection, by=cast("minho"), upheld=False, answer="Right")
        with pytest.raises(NotFound):
            contest(opened, by=cast("hana"), text="No")


def test_a_new_role_ends_the_findings_of_the_old_one(opened: Finding, cast: Cast) -> None:
    minho = session().get_one(Person, cast("minho"))
    with unit_of_work():
        people.give_role(minho, by=None, job_role_id="sdr", since=date(2026, 11, 23))
    assert session().get_one(Resolution, opened.id).kind == "role_changed"
    cell = queries.cell(minho.id, OBJECTIONS)
    assert cell is not None
    assert cell.target == 1.5
    assert open_finding(minho.id, OBJECTIONS) is None


def test_a_role_with_the_same_target_makes_a_finding_of_its_own(opened: Finding, cast: Cast) -> None:
    minho = session().get_one(Person, cast("minho"))
    with unit_of_work():
        people.give_role(minho, by=None, job_role_id="specialist", since=date(2026, 11, 23))
    found = open_finding(minho.id, OBJECTIONS)
    assert found is not None
    assert (found.id != opened.id, found.job_role_id) == (True, "specialist")


def test_who_leaves_has_no_open_findings(opened: Finding, cast: Cast) -> None:
    with unit_of_work():
        people.deactivate(session().get_one(Person, cast("minho")), by=cast("dana"))
    assert session().get_one(Resolution, opened.id).kind == "left"


def test_about_who_left_nothing_is_found_any_more(opened: Finding, cast: Cast) -> None:
    with unit_of_work():
        people.deactivate(session().get_one(Person, cast("minho")), by=cast("dana"))
    with unit_of_work():
        change_settings(by=cast("dana"), changes={"half_life": 119.0})
        raise_target_of_objections()
    assert open_finding(cast("minho"), OBJECTIONS) is None


def test_a_target_that_rises_opens_what_is_clearly_below_it_now(app: Flask, cast: Cast) -> None:
    with unit_of_work():
        for coach in ("taeyang", "sora", "mirae", "eunbi"):
            logged(cast("minho"), 3.0, by=cast(coach), days_ago=5)
    assert open_finding(cast("minho"), OBJECTIONS) is None
    with unit_of_work():
        raise_target_of_objections()
    found = open_finding(cast("minho"), OBJECTIONS)
    assert found is not None
    assert found.target == 3.5


def test_a_role_that_only_reads_differently_asks_nobody_again(opened: Finding, cast: Cast) -> None:
    with unit_of_work():
        decline(opened, by=cast("sora"), reason="One customer only.")
    with unit_of_work():
        in_the_framework("Carries the deal from the first need to its close.", "Carries the deal to its close.")
    assert open_finding(cast("minho"), OBJECTIONS) is None


def test_a_declined_finding_is_over_and_can_not_be_declined_twice(opened: Finding, cast: Cast) -> None:
    with unit_of_work():
        with pytest.raises(Invalid):
            decline(opened, by=cast("sora"), reason=" ")
        decline(opened, by=cast("sora"), reason="One customer only.")
        with pytest.raises(Conflict):
            decline(opened, by=cast("taeyang"), reason="Me too.")
    assert session().get_one(Resolution, opened.id).reason == "One customer only."


def test_a_finding_names_the_settings_it_was_made_with(app: Flask, cast: Cast) -> None:
    with unit_of_work():
        session().add(SettingsVersion(number=3, settings={"measurement": {"half_life": 90.0}}, at=clock.now()))
        session().flush()
        found_below(cast("hana"), coaches=[cast("mirae"), cast("sora")])
    found = open_finding(cast("hana"), OBJECTIONS)
    assert found is not None
    assert found.settings_number == 3


def test_what_is_seen_while_a_finding_is_declined_is_kept(
    app: Flask, opened: Finding, cast: Cast, frozen: time_machine.Traveller
) -> None:
    minho, finding_id = cast("minho"), opened.id
    frozen.shift(timedelta(days=3))

    def close() -> None:
        decline(session().get_one(Finding, finding_id), by=cast("sora"), reason="One customer only.")

    def see() -> None:
        for coach in ("taeyang", "sora", "mirae", "eunbi"):
            logged(minho, 4.0, by=cast(coach))

    assert behind(app, close, see) == []
    session().expire_all()
    cell = queries.cell(minho, OBJECTIONS)
    assert cell is not None
    assert cell.pieces == 7
    assert session().get_one(Resolution, finding_id).kind == "declined"


def test_a_finding_that_evidence_is_closing_can_not_be_declined(
    app: Flask, opened: Finding, cast: Cast, frozen: time_machine.Traveller
) -> None:
    minho, finding_id = cast("minho"), opened.id
    frozen.shift(timedelta(days=3))

    def see() -> None:
        for coach in ("taeyang", "sora", "mirae", "eunbi"):
            logged(minho, 4.0, by=cast(coach))
        assert open_finding(minho, OBJECTIONS) is None

    def close() -> None:
        decline(session().get_one(Finding, finding_id), by=cast("sora"), reason="One customer only.")

    assert [type(error) for error in behind(app, see, close)] == [Conflict]
    session().expire_all()
    assert session().get_one(Resolution, finding_id).kind == "evidence"
