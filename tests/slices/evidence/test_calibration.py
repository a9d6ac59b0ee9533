"""Calibration: what people start from and how raters write follow the log, and never open or close a finding."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from coach import clock
from coach.activity.models import Event
from coach.db import session, unit_of_work
from coach.evidence import calibration, cells, nights, proof, queries, standards
from coach.evidence import events as evidence_events
from coach.evidence.commands import commands
from coach.evidence.models import Cell, Evidence, Prior, PriorWithout, RaterSeverity
from coach.findings.models import Finding, Resolution
from coach.people.models import JobRoleHolding, Person
from coach.people.ordering import sort_names
from tests.client import Browser
from tests.slices.evidence.seeing import NEEDS, OBJECTIONS, checked, found_below, logged

Cast = Callable[[str], uuid.UUID]
Open = Callable[..., Browser]


def seen_well(person: uuid.UUID, level: float, raters: list[uuid.UUID], skill: str = OBJECTIONS) -> None:
    """Let two raters see a person twice each, so that the cell is reliable enough to be pooled."""
    for day, rater in enumerate(raters * 2):
        logged(person, level, by=rater, days_ago=day + 1, skill=skill)


def role_of(person: uuid.UUID) -> str:
    query = sa.select(JobRoleHolding.job_role_id)
    held = query.where(JobRoleHolding.person_id == person, JobRoleHolding.until.is_(None))
    return session().scalars(held).one()


def colleagues(role: str, count: int) -> list[uuid.UUID]:
    """Hire people into a role."""
    hired = []
    for n in range(count):
        person = Person(name=_text(n), short_name=_text(n), **sort_names(_text(n)))
        session().add(person)
        session().flush()
        session().add(JobRoleHolding(person_id=person.id, job_role_id=role, since=clock.today()))
        hired.append(person.id)
    session().flush()
    return hired


def _text(n: int) -> object:
    from coach.words import Text

    return Text(en=f"New {n}", ko=f"새 {n}")


def test_a_prior_is_pooled_for_every_role_and_skill_and_used_at_the_next_reading(app: Flask, cast: Cast) -> None:
    minho, raters = cast("minho"), [cast("taeyang"), cast("sora")]
    with unit_of_work():
        for person in colleagues(role_of(minho), 8):
            seen_well(person, 3.5, raters)
        logged(minho, 2.0, by=raters[0], days_ago=190)
        before = queries.cell(minho, OBJECTIONS)
        made = calibration.calibrate()
        assert queries.cell(minho, OBJECTIONS) == before
        prior = session().get_one(Prior, (1, role_of(minho), OBJECTIONS))
        cells.refresh([session().get_one(Cell, (minho, OBJECTIONS))])
    after = queries.cell(minho, OBJECTIONS)
    assert (made.number, made.cells, prior.people) == (1, 8, 8)
    assert prior.mu0 > 2.4
    assert made.groups == session().scalar(sa.select(sa.func.count()).select_from(Prior))
    assert before is not None
    assert after is not None
    assert after.mean > before.mean
    assert standards.applied(minho, OBJECTIONS)[1].mu0 == prior.mu0
    assert proof.cell_differences([(minho, OBJECTIONS)]) == []


def test_every_run_has_a_new_number_and_the_newest_counts(app: Flask, cast: Cast) -> None:
    with unit_of_work():
        assert calibration.calibrate().number == 1
        seen_well(cast("minho"), 3.5, [cast("taeyang"), cast("sora")])
        assert calibration.calibrate().number == 2
    role = role_of(cast("jiwoo"))
    first, second = (session().get_one(Prior, (n, role, NEEDS)) for n in (1, 2))
    assert first.mu0 == pytest.approx(2.2)
    assert second.mu0 > first.mu0, "the organisation that a role leans on was seen to be higher"
    assert standards.applied(cast("jiwoo"), NEEDS)[1].mu0 == second.mu0


def test_nights_in_which_nothing_was_seen_pool_the_same_priors(app: Flask, cast: Cast) -> None:
    """People who are alike make a narrow prior, under which one look at each of them is worth less."""
    minho = cast("minho")
    with unit_of_work():
        for person in colleagues(role_of(minho), 8):
            logged(person, 3.0, by=cast("taeyang"), days_ago=2)
    first, priors = nights.pool_priors(), _priors(1)
    nights.refresh()
    second = nights.pool_priors()
    assert (first.cells, second.cells) == (8, 8)
    assert priors[role_of(minho), OBJECTIONS][1] < 0.6
    assert _priors(2) == priors


def _priors(number: int) -> dict[tuple[str, str], tuple[float, float]]:
    rows = session().scalars(sa.select(Prior).where(Prior.number == number))
    return {(row.job_role_id, row.skill_id): (row.mu0, row.s0) for row in rows}


def test_a_person_among_few_starts_from_a_prior_that_never_saw_them(app: Flask, cast: Cast) -> None:
    minho, raters = cast("minho"), [cast("taeyang"), cast("sora")]
    with unit_of_work():
        (colleague,) = colleagues(role_of(minho), 1)
        seen_well(minho, 1.0, raters)
        seen_well(colleague, 3.5, raters)
        calibration.calibrate()
        prior = session().get_one(Prior, (1, role_of(minho), OBJECTIONS))
        own = standards.expectations([(minho, OBJECTIONS), (colleague, OBJECTIONS)])
        assert own[minho, OBJECTIONS].mu0 > prior.mu0 > own[colleague, OBJECTIONS].mu0
        assert standards.applied(minho, OBJECTIONS)[1] == own[minho, OBJECTIONS]
        for person in colleagues(role_of(minho), 3):
            seen_well(person, 2.0, raters)
        calibration.calibrate()
        newest = session().scalars(sa.select(PriorWithout.person_id).where(PriorWithout.number == 2)).all()
        assert newest == [], "five were seen: nobody is left out any more"
        mu0 = session().get_one(Prior, (2, role_of(minho), OBJECTIONS)).mu0
    assert standards.applied(minho, OBJECTIONS)[1].mu0 == mu0


def test_neither_a_calibration_nor_a_night_opens_or_closes_a_finding(app: Flask, cast: Cast) -> None:
    """Priors far above and far below what was assumed move estimates across their thresholds; nothing is evaluated."""
    minho, jiwoo, raters = cast("minho"), cast("jiwoo"), [cast("taeyang"), cast("sora")]
    with unit_of_work():
        found_below(minho, coaches=raters)
        for days, level in ((9, 3.0), (6, 2.0), (3, 2.0)):
            logged(jiwoo, level, by=raters[0], days_ago=days)
        was = _findings()
        assert [finding for _, finding in was] == [OBJECTIONS]
        calibration.calibrate()
    for mu0 in (0.8, 3.9):
        with unit_of_work():
            session().execute(sa.update(Prior).values(mu0=mu0, s0=0.35))
            session().execute(sa.update(PriorWithout).values(mu0=mu0, s0=0.35))
        for _ in nights.refreshed():
            pass
        high = queries.cell(minho, OBJECTIONS)
        low = queries.cell(jiwoo, OBJECTIONS)
        assert high is not None
        assert low is not None
        assert _findings() == was, f"at mu0 {mu0} p is {high.p_below}, {low.p_below}"
        crossed = (low.p_below or 0.0) >= 0.8 if mu0 < 1 else (high.p_below or 1.0) <= 0.5
        assert crossed, "the test has to move an estimate across its threshold"
    for step in nights.STEPS:
        step()
    assert _findings() == was
    assert session().scalar(sa.select(sa.func.count()).select_from(Resolution)) == 0


def _findings() -> list[tuple[uuid.UUID, str]]:
    rows = session().execute(sa.select(Finding.id, Finding.skill_id).where(Finding.resolved_at.is_(None)))
    return [(row.id, row.skill_id) for row in rows]


def rate_many(strict: uuid.UUID, mild: uuid.UUID, people: list[uuid.UUID]) -> None:
    """Let two raters see the same people in the same skills, one of them most of a level lower."""
    for n, person in enumerate(people):
        for skill in (OBJECTIONS, NEEDS):
            level = 2.0 + 0.25 * (n % 5)
            logged(person, level + 0.5, by=mild, days_ago=20 + n, skill=skill)
            logged(person, level - 0.25 * (n % 2), by=strict, days_ago=10 + n, skill=skill)


def test_raters_are_calibrated_from_common_people_and_what_they_wrote_is_read_so(app: Flask, cast: Cast) -> None:
    strict, mild, alone = cast("taeyang"), cast("sora"), cast("mirae")
    with unit_of_work():
        people = [*colleagues(role_of(cast("minho")), 11), cast("minho")]
        rate_many(strict, mild, people)
        logged(cast("jiwoo"), 4.0, by=alone, days_ago=2)
        before = queries.cell(people[0], OBJECTIONS)
        made = calibration.calibrate_raters()
        by_rater = {row.rater_id: row for row in session().scalars(sa.select(RaterSeverity))}
        severity = standards.current().severity
        cells.refresh(session().scalars(sa.select(Cell)))
    assert made == calibration.Raters(1, 3, 2)
    assert by_rater[strict].severity < 0 < by_rater[mild].severity
    assert (by_rater[strict].shared, by_rater[alone].is_calibrated, by_rater[alone].severity) == (12, False, 0.0)
    assert severity == {f"rater:{mild}": by_rater[mild].severity, f"rater:{strict}": by_rater[strict].severity}
    after = queries.cell(people[0], OBJECTIONS)
    assert before is not None
    assert after is not None
    assert after.mean != pytest.approx(before.mean, abs=1e-6)
    assert proof.cell_differences([(people[0], OBJECTIONS)]) == [], "sums are of what was written"


def test_a_page_says_how_far_a_rater_leans_and_how_sure_that_is(app: Flask, cast: Cast, browser: Open) -> None:
    with unit_of_work():
        rate_many(cast("taeyang"), cast("sora"), [*colleagues(role_of(cast("minho")), 11), cast("minho")])
        session().execute(sa.update(Person).values(language="en"))
    page = f"/people/{cast('minho')}/skills/{OBJECTIONS}"
    assert "than others, 8 times in 10" not in browser("sora").get(page).text, "nothing is taken off before"
    with unit_of_work():
        calibration.calibrate_raters()
    said = browser("sora").get(page).text.replace("\u2212", "-")
    rows = {row.rater_id: row for row in session().scalars(sa.select(RaterSeverity))}
    mild, strict = rows[cast("sora")], rows[cast("taeyang")]
    higher = f"{mild.severity:.1f} higher than others, 8 times in 10 by {mild.low:.1f} to {mild.high:.1f}."
    assert f"Sora Han marks {higher} That is taken off." in said
    lower = f"{-strict.severity:.1f} lower than others, 8 times in 10 by {-strict.high:.1f} to {-strict.low:.1f}."
    assert f"Taeyang Oh marks {lower} That is added." in said


def test_raters_are_calibrated_once_a_month_and_smoothed_with_the_last_time(
    app: Flask, cast: Cast, frozen: time_machine.Traveller
) -> None:
    with unit_of_work():
        assert calibration.calibrate_raters() is None, "nobody rated anybody yet"
        rate_many(cast("taeyang"), cast("sora"), colleagues(role_of(cast("minho")), 8))
    assert nights.calibrate_raters() is not None
    assert nights.calibrate_raters() is None
    frozen.move_to(clock.now() + timedelta(days=31))
    again = nights.calibrate_raters()
    assert again is not None
    assert again.number == 2
    first, second = (session().get_one(RaterSeverity, (number, cast("sora"))).severity for number in (1, 2))
    assert second == pytest.approx(first, abs=1e-9), "the same log says the same"
    frozen.move_to(clock.now() + timedelta(days=400))
    assert nights.calibrate_raters() is None, "what was written more than a year ago says nothing of a rater now"


def test_the_night_pools_the_priors_and_reads_every_estimate_with_them_as_of_now(
    app: Flask, cast: Cast, frozen: time_machine.Traveller
) -> None:
    minho = cast("minho")
    with unit_of_work():
        seen_well(minho, 3.0, [cast("taeyang"), cast("sora")])
        checked(cast("jiwoo"), 3)
        before = queries.cell(minho, OBJECTIONS)
    later = frozen.move_to(clock.now() + timedelta(days=30)) or clock.now()
    assert nights.people() == 2
    for step in nights.STEPS:
        step()
    after = queries.cell(minho, OBJECTIONS)
    assert before is not None
    assert after is not None
    assert (after.as_of, after.pieces) == (later, before.pieces)
    assert after.reliability < before.reliability
    explained = queries.explained(minho, OBJECTIONS).estimate
    assert (after.mean, after.sd) == pytest.approx((explained.mean, explained.sd)), "a list and its reason say the same"
    assert session().scalar(sa.select(sa.func.max(Prior.number))) == 1
    verbs = session().scalars(sa.select(Event.verb).where(Event.verb == evidence_events.CALIBRATED)).all()
    assert len(verbs) == 2, "raters and priors"
    assert proof.team_differences() == []
    assert session().scalar(sa.select(sa.func.count()).select_from(Evidence)) == 5


def test_the_command_says_what_it_calibrated(app: Flask, cast: Cast) -> None:
    with unit_of_work():
        seen_well(cast("minho"), 3.0, [cast("taeyang"), cast("sora")])
    run = app.test_cli_runner()
    first, again = run.invoke(commands, ["calibrate"]).output, run.invoke(commands, ["calibrate", "--raters"]).output
    assert "Raters 1: 0 of 2 calibrated." in first
    assert "from 1 cells." in first
    assert "Raters 2: 0 of 2 calibrated." in again
    assert "Priors 2: 95 roles and skills" in again
