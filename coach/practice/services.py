"""Keep a draft, hand it in once, score it, answer what was said."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from coach import clock
from coach.access.identity import Identity
from coach.activity.services import record
from coach.db import insert_once, new_id, session
from coach.errors import Conflict, Forbidden, Invalid, NotFound
from coach.media.formats import RECORDINGS
from coach.media.links import checked
from coach.media.models import Media
from coach.media.services import store
from coach.practice import events
from coach.practice.models import Submission
from coach.practice.rows import Handed, Task, Upload
from coach.rubrics import services as rubrics
from coach.rubrics.models import Remark, Scoring
from coach.rubrics.rows import Rubric, Said, Verdict, Work
from coach.words import Message

LONGEST_TEXT: Final = 6000
LONGEST_ANSWER: Final = 1000
OPEN_FOR: Final = timedelta(days=14)
"""How long a piece of work that nobody scores keeps its person from handing in another for the same task."""


def keep(*, by: Identity, task: Task, handed: Handed) -> Submission:
    """Keep a draft on the server; raise Conflict where the work was handed in meanwhile."""
    work = _open(by.person_id, task)
    if work.handed_in_at is not None:
        raise _already(work, handed)
    _fill(work, task, handed)
    return work


def hand_in(*, by: Identity, task: Task, handed: Handed) -> Submission:
    """Hand a piece of work in; the same one handed in twice is one, whoever is faster."""
    work = _open(by.person_id, task)
    if work.handed_in_at is not None:
        if _is_same(work, handed):
            return work
        raise _already(work, handed)
    _fill(work, task, handed)
    _check_whole(work, task)
    work.handed_in_at = clock.now()
    session().flush()
    record(
        events.HANDED_IN,
        by=by.person_id,
        about=by.person_id,
        kind=events.KIND,
        object_id=work.id,
        skill=task.skill_id,
        item=task.item_id,
    )
    return work


def score(
    *, by: uuid.UUID, work: Submission, rubric: Rubric, verdict: Verdict, replaces: uuid.UUID | None = None
) -> Scoring:
    """Score a piece of work; the first scoring closes it, so that another may be handed in."""
    session().refresh(work, with_for_update=True)
    if replaces is not None and work.answered_at is not None:
        raise Conflict(Message("Your feedback was answered. Add a remark to say more."))
    made = rubrics.score(by=by, work=as_work(work), rubric=rubric, verdict=verdict, replaces=replaces)
    if work.closed_at is None:
        work.closed_at = clock.now()
        session().flush()
    return made


def remark(*, by: uuid.UUID, work: Submission, said: Said) -> Remark:
    """Let somebody who may score a piece of work remark on it."""
    if by == work.person_id:
        raise Forbidden
    return rubrics.remark(by=by, work=as_work(work), said=said)


def answer(*, by: uuid.UUID, work: Submission, text: str) -> None:
    """Let the person answer what was said, once; what was marked stays as it is from then on."""
    session().refresh(work, with_for_update=True)
    if by != work.person_id:
        raise Forbidden
    if work.answered_at is not None:
        raise Conflict(Message("You answered this already."))
    if work.closed_at is None:
        raise NotFound
    if not text.strip():
        raise Invalid(Message("Write your answer."), field="text")
    if len(text) > LONGEST_ANSWER:
        raise Invalid(Message("Keep this under %(max)d characters.", max=LONGEST_ANSWER), field="text")
    work.answer, work.answered_at = text.strip(), clock.now()
    session().flush()
    record(events.ANSWERED, by=by, about=by, kind=events.KIND, object_id=work.id)


def as_work(work: Submission) -> Work:
    """Give a piece of work that was handed in as what is scored."""
    if work.handed_in_at is None:
        raise NotFound
    return Work(events.KIND, work.id, work.person_id, work.skill_id, work.handed_in_at)


def _open(person_id: uuid.UUID, task: Task) -> Submission:
    """Find or begin the open piece of work of a person and task, and hold it for the rest of the transaction."""
    now = clock.now()
    row = {
        "id": new_id(),
        "person_id": person_id,
        "item_id": task.item_id,
        "revision_id": task.revision_id,
        "skill_id": task.skill_id,
        "text": "",
        "link": "",
        "answer": "",
        "started_at": now,
        "touched_at": now,
    }
    query = sa.select(Submission).where(
        Submission.person_id == person_id, Submission.item_id == task.item_id, Submission.closed_at.is_(None)
    )
    standing = session().scalar(query.with_for_update())
    if standing is not None and standing.handed_in_at is not None and now - standing.handed_in_at > OPEN_FOR:
        standing.closed_at = now
        session().flush()
    insert_once(Submission, row)
    return session().scalars(query.with_for_update().execution_options(populate_existing=True)).one()


def _fill(work: Submission, task: Task, handed: Handed) -> None:
    text, link = _lines(handed.text), handed.link.strip()
    if len(text) > LONGEST_TEXT:
        raise Invalid(Message("Keep this under %(max)d characters.", max=LONGEST_TEXT), field="text")
    work.text, work.touched_at = text, clock.now()
    if task.is_written:
        session().flush()
        return
    if link and handed.file is not None:
        raise Invalid(Message("Give a recording or a link, not both."), field="link")
    work.link = checked(link)
    if handed.file is not None:
        stored = store(by=work.person_id, stream=handed.file.stream, filename=handed.file.filename, allowed=RECORDINGS)
        work.media_id = stored.id
    elif link:
        work.media_id = None
    session().flush()


def _check_whole(work: Submission, task: Task) -> None:
    if task.is_written and not work.text.strip():
        raise Invalid(Message("Write something first."), field="text")
    if not task.is_written and work.media_id is None and not work.link:
        raise Invalid(Message("Record something, choose a file, or give a link."), field="file")


def _is_same(work: Submission, handed: Handed) -> bool:
    if work.text != _lines(handed.text) or work.link != handed.link.strip():
        return False
    if handed.file is None:
        return True
    kept = session().get(Media, work.media_id) if work.media_id else None
    return kept is not None and kept.sha256 == _digest(handed.file)


def _lines(text: str) -> str:
    """Give a text the line ends that it had before the browser sent it."""
    return text.replace("\r\n", "\n").strip()


def _digest(file: Upload) -> str:
    digest = hashlib.sha256()
    while piece := file.stream.read(1 << 18):
        digest.update(piece)
    return digest.hexdigest()


def _already(work: Submission, handed: Handed) -> Conflict:
    """Give both texts, by field, so that what was typed after the first was handed in is not lost."""
    field = "text" if work.text or handed.text else "link"
    return Conflict(
        Message("You handed this in already. It waits for feedback."),
        current={field: work.text or work.link},
        typed={field: handed.text or handed.link},
    )
