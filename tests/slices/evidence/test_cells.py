"""The kept sums of a cell: they equal the log whatever happens to it, in whatever order."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DatabaseError

from coach import clock
from coach.db import new_id, session, unit_of_work
from coach.evidence import cells, proof, queries, services, standards, sums
from coach.evidence.models import Accumulator, Cell, Evidence, Retraction, SettingsVersion
from coach.measurement.estimate import posterior
from tests.slices.evidence.seeing import OBJECTIONS, checked, logged

Cast = Callable[[str], uuid.UUID]

moves = st.lists(
    st.tuples(
        st.sampled_from(["log", "log", "log", "check", "self", "retract", "lesson"]),
        st.integers(0, 2),
        st.floats(1.0, 4.0, allow_nan=False),
        st.integers(0, 400),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(moves=moves)
def test_the_kept_sums_read_as_the_log_does_through_any_story(app: Flask, cast: Cast, moves: list[object]) -> None:
    minho, raters = cast("minho"), [cast("taeyang"), cast("sora"), cast("mirae")]
    with unit_of_work():
        added: list[Evidence] = []
        for what, n, level, days in moves:
            if what == "log":
                added.append(logged(minho, round(level, 2), by=raters[n], days_ago=days))
            elif what == "check":
                added.append(checked(minho, n * 3, days_ago=days))
            elif what == "self":
                services.rate_self(by=minho, skill_id=OBJECTIONS, level=n + 1)
            elif what == "retract" and added:
                services.retract(added.pop(n % len(added)), by=minho, reason="withdrawn")
            elif what == "lesson":
                at = clock.now() - timedelta(days=days)
                services.lesson_finished(person_id=minho, skill_id=OBJECTIONS, run_id=new_id(), at=at)
        expected = standards.expectations([(minho, OBJECTIONS)])[minho, OBJECTIONS]
        read = posterior(
            standards.current().settings(expected.skill_kind),
            [cells.piece_of(row) for row in cells.counting(minho, OBJECTIONS)],
            sums.lessons(minho, OBJECTIONS),
            clock.days(clock.now()),
            expected.threshold,
        )
        kept = session().get(Cell, (minho, OBJECTIONS))
        if kept is not None:
            assert kept.mean == pytest.approx(read.mean, abs=1e-10)
            assert kept.sd == pytest.approx(read.sd, abs=1e-10)
            assert kept.pieces == len(cells.counting(minho, OBJECTIONS))
        assert proof.cell_differences([(minho, OBJECTIONS)] if kept else []) == []
        assert proof.team_differences() == []
        session().rollback()


def test_shares_and_the_part_of_the_prior_add_to_one_and_name_the_mean(app: Flask, cast: Cast) -> None:
    minho = cast("minho")
    with unit_of_work():
        checked(minho, 3, days_ago=30)
        logged(minho, 2.0, by=cast("taeyang"), days_ago=10)
        logged(minho, 2.0, by=cast("sora"), days_ago=3)
    rows, read = queries.pieces(minho, OBJECTIONS)
    assert sum(row.share or 0.0 for row in rows) + read.prior_share == pytest.approx(1.0)
    assert 2.2 + sum(row.moved or 0.0 for row in rows) == pytest.approx(read.mean)
    newest = rows[0]
    assert newest.by_name is not None
    assert newest.by_name.en == "Sora Han"
    assert newest.without is not None
    assert newest.without > read.mean


def test_a_second_reading_of_nothing_new_gives_the_same_and_no_evidence_gives_no_cell(app: Flask, cast: Cast) -> None:
    minho = cast("minho")
    with unit_of_work():
        piece = logged(minho, 3.0, by=cast("taeyang"), days_ago=1)
        before = queries.cell(minho, OBJECTIONS)
        cells.refresh([session().get_one(Cell, (minho, OBJECTIONS))])
        assert queries.cell(minho, OBJECTIONS) == before
        services.retract(piece, by=cast("taeyang"), reason="withdrawn")
        services.retract(piece, by=cast("taeyang"), reason="withdrawn")
    assert queries.cell(minho, OBJECTIONS) is None
    assert session().scalar(sa.select(sa.func.count()).select_from(Retraction)) == 1


def test_what_was_seen_last_goes_back_when_the_newest_piece_is_taken_out(app: Flask, cast: Cast) -> None:
    minho = cast("minho")
    with unit_of_work():
        first = logged(minho, 3.0, by=cast("taeyang"), days_ago=9)
        newest = logged(minho, 2.0, by=cast("taeyang"), days_ago=1)
        services.retract(newest, by=cast("taeyang"), reason="withdrawn")
        assert proof.cell_differences([(minho, OBJECTIONS)]) == []
    cell = queries.cell(minho, OBJECTIONS)
    assert cell is not None
    assert cell.last_seen_at == first.seen_at


def test_a_piece_behind_the_newest_of_its_source_leaves_the_sums_too(app: Flask, cast: Cast) -> None:
    minho = cast("minho")
    with unit_of_work():
        alone = logged(minho, 3.0, by=cast("taeyang"), days_ago=1)
        without = queries.cell(minho, OBJECTIONS)
        older = logged(minho, 1.0, by=cast("taeyang"), days_ago=9)
        assert queries.cell(minho, OBJECTIONS) != without
        services.retract(older, by=cast("taeyang"), reason="withdrawn")
        assert proof.cell_differences([(minho, OBJECTIONS)]) == []
    left = queries.cell(minho, OBJECTIONS)
    assert without is not None
    assert left is not None
    assert (left.pieces, left.last_seen_at) == (1, alone.seen_at)
    assert (left.mean, left.sd) == pytest.approx((without.mean, without.sd))


def test_a_lesson_finished_raises_nobody_and_only_widens_the_range(app: Flask, cast: Cast) -> None:
    minho = cast("minho")
    with unit_of_work():
        logged(minho, 3.0, by=cast("taeyang"), days_ago=9)
        before = queries.cell(minho, OBJECTIONS)
        services.lesson_finished(person_id=minho, skill_id=OBJECTIONS, run_id=new_id(), at=clock.now())
        after = queries.cell(minho, OBJECTIONS)
    assert before is not None
    assert after is not None
    assert after.mean <= before.mean
    assert after.sd > before.sd


def test_two_raters_at_once_both_count(app: Flask, cast: Cast) -> None:
    minho, raters = cast("minho"), [cast("taeyang"), cast("sora"), cast("mirae"), cast("eunbi")]
    failures: list[BaseException] = []
    start = threading.Barrier(len(raters))

    def rate(rater: uuid.UUID) -> None:
        try:
            with app.app_context():
                start.wait(10)
                with unit_of_work():
                    logged(minho, 2.0, by=rater, days_ago=1)
        except BaseException as error:  # noqa: BLE001 -- told in the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=rate, args=(rater,)) for rater in raters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    cell = queries.cell(minho, OBJECTIONS)
    assert cell is not None
    assert (cell.pieces, cell.raters) == (4, 4)
    assert proof.cell_differences([(minho, OBJECTIONS)]) == []
    assert proof.team_differences() == []


def test_settings_that_change_are_versioned_and_rebuild_the_sums(app: Flask, cast: Cast) -> None:
    minho = cast("minho")
    with unit_of_work():
        logged(minho, 2.0, by=cast("taeyang"), days_ago=100)
        before = queries.cell(minho, OBJECTIONS)
        session().add(SettingsVersion(number=1, settings={"measurement": {"half_life": 30.0}}, at=clock.now()))
        session().flush()
        assert proof.cell_differences([(minho, OBJECTIONS)]) != []
        cells.rebuild(minho, OBJECTIONS)
        assert proof.cell_differences([(minho, OBJECTIONS)]) == []
    after = session().get_one(Cell, (minho, OBJECTIONS))
    assert before is not None
    assert after.settings_number == 1
    assert after.reliability < before.reliability


@pytest.mark.parametrize("statement", ["UPDATE {} SET {}", "DELETE FROM {}"])
@pytest.mark.parametrize(
    ("table", "change"), [("evidence", "y = 4"), ("retraction", "reason = 'x'"), ("event", "verb = 'x'")]
)
def test_the_log_refuses_to_be_changed_or_deleted(
    app: Flask, cast: Cast, statement: str, table: str, change: str
) -> None:
    with unit_of_work():
        services.retract(logged(cast("minho"), 2.0, by=cast("sora"), days_ago=1), by=None, reason="withdrawn")
    with pytest.raises(DatabaseError, match="append-only"), unit_of_work():
        session().execute(sa.text(statement.format(table, change)))
    assert session().scalar(sa.select(sa.func.count()).select_from(Evidence)) == 1


def test_no_source_is_left_when_its_last_piece_goes(app: Flask, cast: Cast) -> None:
    with unit_of_work():
        piece = logged(cast("minho"), 2.0, by=cast("sora"), days_ago=1)
        logged(cast("minho"), 2.0, by=cast("taeyang"), days_ago=1)
        services.retract(piece, by=None, reason="withdrawn")
    assert list(session().scalars(sa.select(Accumulator.source))) == [f"rater:{cast('taeyang')}"]
