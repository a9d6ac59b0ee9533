"""Pages of practice: tasks, work, and what coaches say to it."""

from __future__ import annotations

import uuid
from typing import Any, Final

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer

from coach.access.policy import Permission
from coach.errors import NotFound
from coach.media.ports import limits
from coach.media.queries import media
from coach.media.serving import answer as file_answer
from coach.people.queries import relations_to
from coach.practice import queries, services
from coach.practice.forms import AnswerForm, RemarkForm, ScoreForm, WorkForm, named
from coach.practice.models import Submission
from coach.practice.pages import review
from coach.practice.rows import Task
from coach.rubrics import queries as rubrics
from coach.rubrics.rows import SEEN_NAMES, Rubric
from coach.web import guard
from coach.web.edge import takes_upload
from coach.web.guard import requires
from coach.web.headers import allow_recording
from coach.web.language import t
from coach.web.reader import identity, me
from coach.web.templating import render
from coach.words import Message

pages: Final = Blueprint("practice", __name__)
MARKS: Final = (1, 2, 3)


@pages.get("/practice")
@requires(Permission.ATTEMPT_OWN_START)
def index() -> Answer:
    """List tasks for my role, my work, and what waits for me to score."""
    scores = me().coaches or me().manages
    works = queries.own(identity())
    rows = queries.tasks(me().job_role_id, works)
    above = {row.open.id for row in rows if row.open}
    earlier = [work for work in works if work.handed_in_at and work.id not in above]
    waiting = queries.waiting_count(identity()) if scores else 0
    return render("practice/index.html", rows=rows, earlier=earlier, scores=scores, waiting=waiting)


@pages.get("/practice/<item_id>")
@requires(Permission.ATTEMPT_OWN_START)
def task(item_id: str) -> Answer:
    """Show a task and the form for it; work that waits for feedback stands on its own page."""
    work = queries.open_work(identity(), item_id)
    if work is not None and work.handed_in_at is not None:
        return redirect(url_for("practice.show", work_id=work.id), 302)
    kept = {"text": work.text, "link": work.link} if work is not None and work.handed_in_at is None else {}
    return _task_page(queries.task(item_id), WorkForm.of(**kept), work if kept else None)


@pages.post("/practice/<item_id>/keep")
@requires(Permission.ATTEMPT_OWN_SAVE_ANSWER)
@takes_upload
def keep(item_id: str) -> Answer:
    """Keep a draft on the server."""
    chosen, form = queries.task(item_id), WorkForm.of()
    if form.validate():
        with form.catching():
            services.keep(by=identity(), task=chosen, handed=form.handed)
            flash(t(Message("Draft kept. Only you can see it.")))
            return redirect(url_for("practice.task", item_id=item_id), 303)
    return _task_page(chosen, form, queries.open_work(identity(), item_id))


@pages.post("/practice/<item_id>/hand-in")
@requires(Permission.ATTEMPT_OWN_SUBMIT)
@takes_upload
def hand_in(item_id: str) -> Answer:
    """Hand a piece of work in."""
    chosen, form = queries.task(item_id), WorkForm.of()
    if form.validate():
        with form.catching():
            work = services.hand_in(by=identity(), task=chosen, handed=form.handed)
            flash(t(Message("Handed in. Your coach hears of it.")))
            return redirect(url_for("practice.show", work_id=work.id), 303)
    return _task_page(chosen, form, queries.open_work(identity(), item_id))


@pages.get("/practice/waiting")
@requires(Permission.ATTEMPT_RESULT_GRADE_OPEN)
def waiting() -> Answer:
    """List the work that I may score and have not."""
    return render("practice/waiting.html", rows=queries.waiting(identity()))


@pages.get("/practice/handed-in/<uuid:work_id>")
@requires(Permission.ATTEMPT_RESULT_READ_ANSWERS)
def show(work_id: uuid.UUID) -> Answer:
    """Show a piece of work and what was said about it."""
    work = _read(work_id)
    return _review_page(work)


@pages.get("/practice/handed-in/<uuid:work_id>/recording")
@requires(Permission.ATTEMPT_RESULT_READ_ANSWERS)
def recording(work_id: uuid.UUID) -> Answer:
    """Answer with the recording, whole or a range of it; drafts to their owner alone."""
    work = queries.submission(identity(), work_id)
    guard.check(Permission.ATTEMPT_RESULT_READ_ANSWERS, relations_to(identity(), work.person_id))
    if work.media_id is None:
        raise NotFound
    return file_answer(media(work.media_id), download="download" in request.args)


@pages.route("/practice/handed-in/<uuid:work_id>/score", methods=["GET", "POST"])
@requires(Permission.ATTEMPT_RESULT_GRADE_OPEN)
def score(work_id: uuid.UUID) -> Answer:
    """Score a piece of work, or correct my scoring."""
    work = _read(work_id, Permission.ATTEMPT_RESULT_GRADE_OPEN)
    page, form, rubric = review(identity(), work), ScoreForm.of(), _rubric(work)
    own = page.judgement.own
    if form.note.data is None and own is not None and not form.was_sent:
        form.note.data = own.note
    form.read(rubric, own)
    if form.was_sent and form.validate():
        with form.catching():
            replaces = named(request.form.get("replaces", ""))
            services.score(by=me().person_id, work=work, rubric=rubric, verdict=form.verdict, replaces=replaces)
            flash(t(Message("Saved. %(name)s can read it now.", name=page.person.short_name)))
            return redirect(url_for("practice.show", work_id=work_id), 303)
    return render("practice/score.html", page=page, form=form, rubric=rubric, marks=_marks()), form.status


@pages.post("/practice/handed-in/<uuid:work_id>/remarks")
@requires(Permission.ATTEMPT_RESULT_GRADE_OPEN)
def remark(work_id: uuid.UUID) -> Answer:
    """Add a remark to a piece of work."""
    work, form = _read(work_id, Permission.ATTEMPT_RESULT_GRADE_OPEN), RemarkForm.of()
    if form.validate():
        with form.catching():
            services.remark(by=me().person_id, work=work, said=form.said)
            return redirect(url_for("practice.show", work_id=work_id, _anchor="remarks"), 303)
    return _review_page(work, remark=form)


@pages.post("/practice/handed-in/<uuid:work_id>/answer")
@requires(Permission.SKILL_ASSESSMENT_COMMENT)
def answer(work_id: uuid.UUID) -> Answer:
    """Answer what was said about my work."""
    work, form = _read(work_id, Permission.SKILL_ASSESSMENT_COMMENT), AnswerForm.of()
    if form.validate():
        with form.catching():
            services.answer(by=me().person_id, work=work, text=form.text.data or "")
            flash(t(Message("Sent. Who gave you feedback can read it.")))
            return redirect(url_for("practice.show", work_id=work_id), 303)
    return _review_page(work, answer=form)


def _read(work_id: uuid.UUID, permission: Permission = Permission.ATTEMPT_RESULT_READ_ANSWERS) -> Submission:
    work = queries.handed_in(identity(), work_id)
    guard.check(permission, relations_to(identity(), work.person_id), about=work.person_id)
    return work


def _rubric(work: Submission) -> Rubric:
    """Give the wording that the page showed, else the one in use."""
    shown = named(request.form.get("rubric", ""))
    return rubrics.revision(shown, work.skill_id) if shown else rubrics.rubric_of(work.skill_id)


def _marks() -> tuple[tuple[int, Message], ...]:
    return tuple((level, SEEN_NAMES[level]) for level in MARKS)


def _task_page(chosen: Task, form: WorkForm, work: Submission | None) -> Answer:
    kept = media(work.media_id) if work is not None and work.media_id else None
    html = render("practice/task.html", task=chosen, form=form, work=work, kept=kept, megabytes=limits().recording)
    response = make_response(html, form.status)
    return response if chosen.is_written else allow_recording(response)


def _review_page(work: Submission, **sent: Any) -> Answer:
    """Show a piece of work, with a form that was rejected where there is one."""
    forms = {"answer": AnswerForm(None), "remark": RemarkForm(None), **sent}
    return render("practice/show.html", page=review(identity(), work), **forms), 422 if sent else 200
