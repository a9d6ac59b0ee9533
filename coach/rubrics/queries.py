"""Read rubrics and scorings. Blindness is here: no row of another rater leaves before the reader's own is in."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coach.access.identity import Identity
from coach.db import session
from coach.errors import NotFound
from coach.people.models import Person
from coach.rubrics.models import Remark, RubricRevision, Scoring
from coach.rubrics.rows import CriterionRow, Judgement, RemarkRow, Rubric, ScoringRow, Work
from coach.words import Text


def rubric_of(skill_id: str) -> Rubric:
    """Give the wording in use of a skill's rubric; raise NotFound where there is none."""
    query = sa.select(RubricRevision).where(RubricRevision.skill_id == skill_id)
    found = session().scalar(query.order_by(RubricRevision.number.desc()).limit(1))
    if found is None:
        raise NotFound
    return _rubric(found)


def revision(revision_id: uuid.UUID, skill_id: str) -> Rubric:
    """Give one wording of a skill's rubric, old or in use."""
    found = session().get(RubricRevision, revision_id)
    if found is None or found.skill_id != skill_id:
        raise NotFound
    return _rubric(found)


def judgement(identity: Identity, work: Work) -> Judgement:
    """Give what a reader may see of a piece of work's scorings and remarks, with three statements.

    The person whose work it is sees what is in. Everybody else sees only their own until they have scored it.
    """
    reader = identity.person_id
    rows = session().execute(_scorings(work)).all()
    scorings = tuple(_row(scoring, name) for scoring, name in rows)
    own = next((row for row in scorings if row.rater_id == reader), None)
    blind = own is None and reader != work.person_id
    shown = tuple(row for row in scorings if not blind or row.rater_id == reader)
    in_already = {row.rater_id for row in shown}
    remarks = (RemarkRow(*row) for row in session().execute(_remarks(work)))
    heard = tuple(row for row in remarks if row.author_id == reader or row.author_id in in_already)
    return Judgement(shown, heard, own, blind)


def standing(work: Work, rater_id: uuid.UUID) -> Scoring | None:
    """Find a rater's scoring that stands, and hold it for the rest of the transaction."""
    query = sa.select(Scoring).where(*_of(work), Scoring.rater_id == rater_id)
    return session().scalar(query.with_for_update())


def _of(work: Work) -> tuple[sa.ColumnElement[bool], ...]:
    return Scoring.work_kind == work.kind, Scoring.work_id == work.id, Scoring.replaced_at.is_(None)


def _scorings(work: Work) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Scoring, Person.short_name)
        .join(Person, Person.id == Scoring.rater_id)
        .where(*_of(work))
        .options(joinedload(Scoring.revision))
        .order_by(Scoring.at, Scoring.id)
    )


def _remarks(work: Work) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Remark.id, Remark.author_id, Person.short_name, Remark.second, Remark.text, Remark.at)
        .join(Person, Person.id == Remark.author_id)
        .where(Remark.work_kind == work.kind, Remark.work_id == work.id)
        .order_by(sa.func.coalesce(Remark.second, -1), Remark.at, Remark.id)
    )


def _rubric(found: RubricRevision) -> Rubric:
    return Rubric(found.id, tuple(CriterionRow.of(each) for each in found.criteria))


def _row(scoring: Scoring, rater: Text) -> ScoringRow:
    criteria = _rubric(scoring.revision).criteria
    levels = {mark.criterion_id: mark.level for mark in scoring.marks}
    return ScoringRow(
        id=scoring.id,
        rater_id=scoring.rater_id,
        rater=rater,
        at=scoring.at,
        marks=tuple((each, levels.get(each.id)) for each in criteria),
        focus=tuple(each for each in criteria if each.id in scoring.focus),
        note=scoring.note,
    )
