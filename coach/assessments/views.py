"""Pages of assessments."""

from __future__ import annotations

import uuid
from typing import Final

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer

from coach import clock
from coach.access.policy import Permission, grants
from coach.assessments import queries, results, services, starting
from coach.assessments.forms import AnswerForm, BeginForm, HandInForm
from coach.assessments.kept import typed_before
from coach.assessments.models import Attempt
from coach.assessments.rows import QuestionRow
from coach.assessments.standing import standing
from coach.items import answers
from coach.items.typed import Typed
from coach.people import queries as people
from coach.web.guard import check, requires
from coach.web.language import today
from coach.web.reader import identity
from coach.web.templating import render

pages: Final = Blueprint("assessments", __name__)


@pages.route("/checks/<quiz_id>", methods=["GET", "POST"])
@requires(Permission.ATTEMPT_OWN_START)
def start_page(quiz_id: str) -> Answer:
    """Say what a check is and how it counts; begin it, or go on with it."""
    form = BeginForm.of()
    if form.was_sent:
        with form.catching():
            attempt = services.start(by=identity(), quiz_id=quiz_id)
            return redirect(url_for("assessments.question", attempt_id=attempt.id), 303)
    return render("assessments/start.html", row=starting.start_page(identity(), quiz_id), form=form), form.status


@pages.get("/attempts/<uuid:attempt_id>")
@requires(Permission.ATTEMPT_OWN_SAVE_ANSWER)
def question(attempt_id: uuid.UUID) -> Answer:
    """Show one question with the answer kept so far; of a skill's check the one that is open."""
    attempt = queries.own_attempt(identity(), attempt_id)
    if attempt.submitted_at is not None:
        return redirect(url_for("assessments.result", attempt_id=attempt_id), 303)
    if attempt.is_over(clock.now()):
        return _finish_page(attempt, HandInForm())
    row = queries.question_page(attempt, request.args.get("q", type=int))
    if row.check.is_adaptive and row.is_answered:
        return redirect(url_for("assessments.question", attempt_id=attempt_id), 303)
    typed = typed_before(row.asked, row.answer)
    return render("assessments/question.html", row=row, typed=typed, form=AnswerForm())


@pages.post("/attempts/<uuid:attempt_id>/answers/<int:position>")
@requires(Permission.ATTEMPT_OWN_SAVE_ANSWER)
def save_answer(attempt_id: uuid.UUID, position: int) -> Answer:
    """Keep an answer and go to the next question, or to the result where that was the last."""
    attempt, form = queries.own_attempt(identity(), attempt_id), AnswerForm.of()
    row = queries.question_page(attempt, position)
    if form.validate():
        with form.catching():
            given = answers.read(row.asked.kind, request.form, body=row.asked.body)
            kept = services.save_answer(by=identity(), attempt=attempt, position=position, answer=given)
            return redirect(_after(row, kept), 303)
    again, typed = url_for("assessments.question", attempt_id=attempt_id, q=position), Typed.of(request.form)
    return render("assessments/question.html", row=row, typed=typed, form=form, current_path=again), 422


@pages.get("/attempts/<uuid:attempt_id>/finish")
@requires(Permission.ATTEMPT_OWN_SUBMIT)
def finish(attempt_id: uuid.UUID) -> Answer:
    """List what is answered, what is blank first, before it is handed in; a skill's check may be left or ended."""
    attempt = queries.own_attempt(identity(), attempt_id)
    if attempt.submitted_at is not None:
        return redirect(url_for("assessments.result", attempt_id=attempt_id), 303)
    return _finish_page(attempt, HandInForm())


@pages.post("/attempts/<uuid:attempt_id>/submit")
@requires(Permission.ATTEMPT_OWN_SUBMIT)
def submit(attempt_id: uuid.UUID) -> Answer:
    """Hand an attempt in; twice is once."""
    attempt, form = queries.own_attempt(identity(), attempt_id), HandInForm.of()
    if form.validate():
        with form.catching():
            services.submit(by=identity(), attempt=attempt, leave_blank=form.leave_blank.data)
            return redirect(url_for("assessments.result", attempt_id=attempt_id), 303)
    return _finish_page(attempt, form), 422


@pages.get("/attempts/<uuid:attempt_id>/result")
@requires(Permission.ATTEMPT_RESULT_READ_SCORE)
def result(attempt_id: uuid.UUID) -> Answer:
    """Show what an attempt came to: the answers to the person, coach and manager, to the upline the score alone."""
    attempt = results.submitted(identity(), attempt_id)
    held = people.relations_to(identity(), attempt.person_id)
    check(Permission.ATTEMPT_RESULT_READ_SCORE, held, about=attempt.person_id)
    may_see = grants(Permission.ATTEMPT_RESULT_READ_ANSWERS, held)
    row = results.result_page(identity(), attempt, with_answers=may_see)
    person = people.row(attempt.person_id)
    now = standing(person, row.check, today())
    return render("assessments/result.html", row=row, person=person, now=now)


def _finish_page(attempt: Attempt, form: HandInForm) -> str:
    row = queries.finish_page(attempt)
    if row.check.is_adaptive:
        return render("assessments/stop.html", row=row, form=form)
    return render("assessments/finish.html", row=row, form=form)


def _after(row: QuestionRow, kept: Attempt) -> str:
    if kept.submitted_at is not None:
        return url_for("assessments.result", attempt_id=row.attempt_id)
    if row.check.is_adaptive:
        return url_for("assessments.question", attempt_id=row.attempt_id)
    if row.position == row.size:
        return url_for("assessments.finish", attempt_id=row.attempt_id)
    return url_for("assessments.question", attempt_id=row.attempt_id, q=row.position + 1)
