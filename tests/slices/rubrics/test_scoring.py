"""Each rater scores by themselves; what they marked counts once, and keeps its words."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

import config
from coach import clock
from coach.access.identity import Identity
from coach.db import db, new_id, session, unit_of_work
from coach.errors import Conflict, Forbidden, Invalid
from coach.evidence.models import Evidence, Retraction
from coach.publishing.folder import read_folder
from coach.publishing.services import publish
from coach.rubrics import queries, services
from coach.rubrics.models import RubricRevision, Scoring
from coach.rubrics.rows import Said, Verdict, Work

Cast = Callable[[str], uuid.UUID]
SKILL = "open-a-call"
MARKS = {"reason-early": 3, "fits-only-them": 2, "asks-leave": 1}
VERDICT = Verdict(MARKS, focus=("asks-leave",), note="Clear voice.", remarks=(Said("Here you talk on.", 12),))


@pytest.fixture
def work(app: Flask, cast: Cast) -> Work:
    return Work("practice", new_id(), cast("jiwoo"), SKILL, clock.now() - timedelta(hours=1))


def score(work: Work, by: uuid.UUID, verdict: Verdict = VERDICT, replaces: uuid.UUID | None = None) -> Scoring:
    with unit_of_work():
        return services.score(
            by=by, work=work, rubric=queries.rubric_of(work.skill_id), verdict=verdict, replaces=replaces
        )


def pieces(work: Work) -> list[Evidence]:
    """List the evidence of a work that counts."""
    query = sa.select(Evidence).outerjoin(Retraction, Retraction.evidence_id == Evidence.id)
    counting = query.where(Evidence.origin_id == work.id, Retraction.evidence_id.is_(None))
    return list(session().scalars(counting))


def test_a_rater_sees_nothing_of_others_until_their_own_is_in(work: Work, cast: Cast) -> None:
    score(work, cast("taeyang"))
    before = queries.judgement(Identity(cast("sora")), work)
    assert (before.scorings, before.remarks, before.is_blind) == ((), (), True)
    score(work, cast("sora"), Verdict({"reason-early": 2}))
    after = queries.judgement(Identity(cast("sora")), work)
    assert {row.rater_id for row in after.scorings} == {cast("taeyang"), cast("sora")}
    assert [row.text for row in after.remarks] == ["Here you talk on."]
    assert not after.is_blind


def test_a_remark_is_read_once_its_raters_scoring_is_in(work: Work, cast: Cast) -> None:
    with unit_of_work():
        services.remark(by=cast("taeyang"), work=work, said=Said("A good pause.", 4))
    assert not queries.judgement(Identity(cast("jiwoo")), work).remarks
    assert len(queries.judgement(Identity(cast("taeyang")), work).remarks) == 1
    score(work, cast("taeyang"))
    heard = queries.judgement(Identity(cast("jiwoo")), work).remarks
    assert [(row.second, row.text) for row in heard] == [(4, "A good pause."), (12, "Here you talk on.")]


def test_the_person_sees_what_is_in_and_scores_nothing_of_their_own(work: Work, cast: Cast) -> None:
    score(work, cast("taeyang"))
    seen = queries.judgement(Identity(cast("jiwoo")), work)
    assert seen.scorings[0].level_of("asks-leave") == 1
    assert [each.id for each in seen.scorings[0].focus] == ["asks-leave"]
    with pytest.raises(Forbidden):
        score(work, cast("jiwoo"))


def test_a_scoring_is_one_piece_of_evidence_by_its_rater(work: Work, cast: Cast) -> None:
    score(work, cast("taeyang"))
    (piece,) = pieces(work)
    assert (piece.kind, piece.source, piece.setting) == ("observation", f"rater:{cast('taeyang')}", "practice")
    assert (piece.y, piece.v) == (pytest.approx(2.0), pytest.approx(0.085 + 0.27 / 3))
    assert (piece.seen_at, piece.entered_by) == (work.done_at, cast("taeyang"))


def test_a_correction_takes_the_old_piece_out_and_keeps_the_old_marks(work: Work, cast: Cast) -> None:
    first = score(work, cast("taeyang"))
    score(work, cast("taeyang"), Verdict({"reason-early": 3}), replaces=first.id)
    (piece,) = pieces(work)
    assert piece.y == 3.0
    rows = (
        session()
        .scalars(sa.select(Scoring).where(Scoring.work_id == work.id).order_by(Scoring.replaced_at.is_(None)))
        .all()
    )
    assert [row.replaced_at is None for row in rows] == [False, True]
    assert {mark.criterion_id: mark.level for mark in rows[0].marks} == MARKS


def test_a_correction_of_something_older_is_a_conflict(work: Work, cast: Cast) -> None:
    first = score(work, cast("taeyang"))
    score(work, cast("taeyang"), Verdict({"reason-early": 3}), replaces=first.id)
    with pytest.raises(Conflict):
        score(work, cast("taeyang"), Verdict({"reason-early": 1}), replaces=first.id)


@pytest.mark.parametrize(
    ("verdict", "field"),
    [
        (Verdict({}), "marks"),
        (Verdict({"no-such": 2}), "marks"),
        (Verdict({"reason-early": 5}), "marks"),
        (Verdict(MARKS, focus=tuple(MARKS)), "focus"),
        (Verdict(MARKS, focus=("no-such",)), "focus"),
        (Verdict(MARKS, note="x" * 1001), "note"),
    ],
)
def test_what_is_no_scoring_is_refused_beside_its_field(work: Work, cast: Cast, verdict: Verdict, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        score(work, cast("taeyang"), verdict)
    assert refused.value.field == field
    assert not pieces(work)


def test_sixteen_at_once_leave_one_scoring_and_one_piece(app: Flask, work: Work, cast: Cast) -> None:
    by, given, start = cast("taeyang"), [], threading.Barrier(16)

    def one() -> None:
        start.wait()
        with app.app_context():
            try:
                given.append(score(work, by).id)
            except Conflict:
                given.append(None)
            finally:
                db.session.remove()

    session().rollback()
    threads = [threading.Thread(target=one) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(given) == 16
    assert len({each for each in given if each}) == 1
    assert len(pieces(work)) == 1


def test_an_old_score_keeps_the_words_it_was_given_by(app: Flask, work: Work, cast: Cast) -> None:
    score(work, cast("taeyang"))
    sources = read_folder(config.HERE / "content")
    path = f"rubrics/{SKILL}.yml"
    changed = {**sources, path: sources[path].replace("Gives the reason in ten seconds", "Reason first")}
    with unit_of_work():
        publish(changed, by=None)
    seen = queries.judgement(Identity(cast("jiwoo")), work).scorings[0]
    assert seen.marks[0][0].name.en == "Gives the reason in ten seconds"
    assert queries.rubric_of(SKILL).criteria[0].name.en == "Reason first"
    numbers = sa.select(RubricRevision.number).where(RubricRevision.skill_id == SKILL).order_by(RubricRevision.number)
    assert session().scalars(numbers).all() == [1, 2]
    others = sa.select(sa.func.max(RubricRevision.number)).where(RubricRevision.skill_id != SKILL)
    assert session().scalar(others) == 1
