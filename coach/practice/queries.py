"""Read tasks, and the work of people whom the reader may read: their own, and who they coach or directly manage."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa

from coach import clock
from coach.access.identity import Identity, Relation
from coach.content.kinds import ItemKind, ItemUse
from coach.db import session
from coach.errors import NotFound
from coach.items.models import Item, ItemRevision
from coach.people.models import Person
from coach.people.queries import visible_to
from coach.practice.events import KIND
from coach.practice.models import Submission
from coach.practice.rows import Task, TaskRow, WorkRow
from coach.rubrics.models import Scoring
from coach.skills.models import Skill, Target
from coach.words import Text

WAITS_FOR: Final = timedelta(days=60)
SHOWN: Final = 30


def task(item_id: str) -> Task:
    """Load a task in use, in its present wording; raise NotFound where there is none."""
    query = _tasks().where(Item.id == item_id, Item.retired_at.is_(None))
    found = session().execute(query).one_or_none()
    if found is None:
        raise NotFound
    return _task(found)


def task_of(work: Submission) -> Task:
    """Load the wording of a task that a piece of work was begun on."""
    query = _wordings().where(ItemRevision.id == work.revision_id)
    return _task(session().execute(query).one())


def tasks(job_role_id: str | None, works: Iterable[WorkRow]) -> list[TaskRow]:
    """List the tasks of a role's skills (all where there is no role), each with the first of the given works for it."""
    query = _tasks().where(Item.retired_at.is_(None), Skill.retired_at.is_(None))
    if job_role_id is not None:
        held = sa.select(Target.skill_id).where(Target.job_role_id == job_role_id)
        query = query.where(Item.skill_id.in_(held))
    last: dict[str, WorkRow] = {}
    for row in works:
        last.setdefault(row.item_id, row)
    found = (_task(row) for row in session().execute(query.order_by(Skill.position, Item.step, Item.id)))
    return [TaskRow(each, last.get(each.item_id)) for each in found]


def own(identity: Identity) -> list[WorkRow]:
    """List the reader's own work, drafts and what was handed in, the newest first."""
    query = _works().where(Submission.person_id == identity.person_id)
    return [_row(*row) for row in session().execute(query.order_by(Submission.started_at.desc(), Submission.id.desc()))]


def waiting(identity: Identity) -> list[WorkRow]:
    """List the work of coachees and direct reports that the reader has not scored, what nobody scored first."""
    query = _works().where(*_to_score(identity)).order_by(_raters() > 0, Submission.handed_in_at, Submission.id)
    return [_row(*row) for row in session().execute(query.limit(SHOWN))]


def waiting_count(identity: Identity) -> int:
    """Count the work that nobody has scored yet and that the reader may score."""
    query = sa.select(sa.func.count()).select_from(Submission).where(*_to_score(identity), _raters() == 0)
    return session().scalar(query) or 0


def submission(identity: Identity, submission_id: uuid.UUID) -> Submission:
    """Load a piece of work that the reader may read: a draft of their own, or one that was handed in."""
    readable = visible_to(identity, Relation.SELF, Relation.COACH, Relation.MANAGER)
    found = session().scalar(
        sa.select(Submission).where(
            Submission.id == submission_id,
            sa.or_(
                Submission.person_id == identity.person_id,
                sa.and_(Submission.handed_in_at.is_not(None), Submission.person_id.in_(readable)),
            ),
        )
    )
    if found is None:
        raise NotFound
    return found


def handed_in(identity: Identity, submission_id: uuid.UUID) -> Submission:
    """Load a piece of work as `submission` does, but no draft."""
    found = submission(identity, submission_id)
    if found.handed_in_at is None:
        raise NotFound
    return found


def open_work(identity: Identity, item_id: str) -> Submission | None:
    """Find the reader's open piece of work for a task: a draft, or one that waits for feedback."""
    return session().scalar(
        sa.select(Submission).where(
            Submission.person_id == identity.person_id, Submission.item_id == item_id, Submission.closed_at.is_(None)
        )
    )


def _to_score(identity: Identity) -> tuple[sa.ColumnElement[bool], ...]:
    mine = sa.exists().where(*_scored(), Scoring.rater_id == identity.person_id)
    return (
        Submission.handed_in_at > clock.now() - WAITS_FOR,
        Submission.person_id.in_(visible_to(identity, Relation.COACH, Relation.MANAGER)),
        Submission.person_id != identity.person_id,
        ~mine,
    )


def _scored() -> tuple[sa.ColumnElement[bool], ...]:
    return Scoring.work_kind == KIND, Scoring.work_id == Submission.id, Scoring.replaced_at.is_(None)


def _raters() -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).where(*_scored()).correlate(Submission).scalar_subquery()


def _works() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Submission.id,
            Submission.item_id,
            ItemRevision.body,
            Submission.person_id,
            Person.short_name,
            Submission.handed_in_at,
            Submission.closed_at,
            Submission.answered_at,
            _raters(),
        )
        .join(ItemRevision, ItemRevision.id == Submission.revision_id)
        .join(Person, Person.id == Submission.person_id)
    )


def _row(work_id: uuid.UUID, item_id: str, body: Mapping[str, Any], *rest: Any) -> WorkRow:
    return WorkRow(work_id, item_id, Text(**body["title"]), *rest)


def _tasks() -> sa.Select[*tuple[Any, ...]]:
    """Select the present wordings of all tasks, retired ones too."""
    return _wordings(Item.revision_id == ItemRevision.id).where(Item.use == ItemUse.PRACTICE)


def _wordings(*which: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Item.id, ItemRevision.id, Item.skill_id, Skill.name, ItemRevision.kind, ItemRevision.body)
        .join(ItemRevision, sa.and_(ItemRevision.item_id == Item.id, *which))
        .join(Skill, Skill.id == Item.skill_id)
    )


def _task(row: Sequence[Any]) -> Task:
    item_id, revision_id, skill_id, skill_name, kind, body = row
    return Task(
        item_id=item_id,
        revision_id=revision_id,
        skill_id=skill_id,
        skill_name=skill_name,
        kind=kind,
        title=Text(**body["title"]),
        stem=Text(**body["stem"]),
        limit=body["minutes"] if kind == ItemKind.WRITTEN else body["seconds"],
        guide=tuple(Text(**line) for line in body["guide"]),
    )
