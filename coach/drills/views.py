"""Pages of the drill: one question at a time, one's rhythm, and days of need."""

from __future__ import annotations

import uuid
from typing import Any, Final

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer

from coach.access.identity import Capability, Relation
from coach.access.policy import Permission
from coach.drills import needs, queries, services
from coach.drills.forms import AnswerForm, NeedForm, RhythmForm, Ticket
from coach.drills.rhythm import rhythm
from coach.drills.rows import CardRow, Due, Rhythm
from coach.items import answers
from coach.items.typed import Typed
from coach.skills.queries import skills
from coach.training.queries import library
from coach.web.guard import check, requires
from coach.web.language import today
from coach.web.reader import identity, me
from coach.web.templating import render

pages: Final = Blueprint("drills", __name__)


@pages.get("/drill")
@requires(Permission.ATTEMPT_OWN_START)
def drill() -> Answer:
    """Ask the next question of today, or say what comes back when."""
    due = queries.due(me().person_id, me().zone)
    if due.cards and (due.is_offered or "anyway" in request.args):
        row = queries.card(identity(), due.cards[0])
        return _question(row, Ticket.of(row), AnswerForm(), due)
    off = queries.settings(me().person_id).days_off
    ahead = queries.coming(me().person_id, me().zone, off)
    return render("drills/done.html", due=due, coming=ahead, own=_rhythm(), may_name=_may_name())


@pages.post("/drill")
@requires(Permission.ATTEMPT_OWN_SAVE_ANSWER)
def answer() -> Answer:
    """Take an answer, once a turn, and go to what is said about it."""
    form = AnswerForm.of()
    ticket = Ticket.read(form.ticket.data or "", me().person_id)
    row = queries.card_asked(identity(), ticket.card_id, ticket.turn, ticket.revision_id)
    if form.validate():
        with form.catching():
            given = answers.read(row.asked.kind, request.form, body=row.asked.body)
            kept = services.answer(by=me().person_id, answer=given, **_of(ticket))
            return redirect(url_for("drills.answered", answer_id=kept), 303)
    return _question(row, ticket, form, queries.due(me().person_id, me().zone)), 422


@pages.get("/drill/answers/<uuid:answer_id>")
@requires(Permission.ATTEMPT_OWN_SAVE_ANSWER)
def answered(answer_id: uuid.UUID) -> Answer:
    """Say whether an answer was right, why, and when the question comes back."""
    row = queries.answered(identity(), answer_id)
    return render("drills/answered.html", row=row, due=queries.due(me().person_id, me().zone), own=_rhythm())


@pages.route("/drill/settings", methods=["GET", "POST"])
@requires(Permission.ATTEMPT_OWN_START)
def settings() -> Answer:
    """Choose the days off, and pause."""
    form = RhythmForm.from_settings(queries.settings(me().person_id), today())
    if form.was_sent and form.validate():
        with form.catching():
            off, until = [int(n) for n in form.days_off.data or []], form.paused_until(today())
            services.choose_rhythm(by=me().person_id, days_off=off, paused_until=until)
            return redirect(url_for("drills.drill"), 303)
    return render("drills/settings.html", form=form), form.status


@pages.route("/days-of-need", methods=["GET", "POST"])
@requires(Permission.ASSIGNMENT_BULK_CREATE)
def days() -> Answer:
    """List the days of need that the reader may make, and name one."""
    tree_of, form = _whose(), NeedForm.of()
    form.offer(skills(), library(identity(), me().job_role_id))
    if form.was_sent and form.validate():
        with form.catching():
            services.name_day(by=me().person_id, tree_of=tree_of, **form.named())
            return redirect(url_for("drills.days"), 303)
    rows = needs.made_for(tree_of, today())
    return render("drills/days.html", form=form, rows=rows, for_all=tree_of is None), form.status


@pages.post("/days-of-need/<uuid:need_id>/withdraw")
@requires(Permission.ASSIGNMENT_BULK_CREATE)
def withdraw(need_id: uuid.UUID) -> Answer:
    """Take a day of need back."""
    services.call_off(need_id, tree_of=_whose())
    return redirect(url_for("drills.days"), 303)


def _may_name() -> bool:
    return me().manages or identity().can(Capability.EDITOR)


def _whose() -> uuid.UUID | None:
    """Say for whom the reader may name a day: an editor for everybody (None), a manager for their own people."""
    if identity().can(Capability.EDITOR):
        check(Permission.MODULE_DRAFT_EDIT, ())
        return None
    check(Permission.ASSIGNMENT_BULK_CREATE, {Relation.MANAGER} if me().manages else ())
    return me().person_id


def _question(row: CardRow, ticket: Ticket, form: AnswerForm, due: Due) -> str:
    sealed, typed = ticket.seal(me().person_id), Typed.of(request.form)
    return render("drills/question.html", row=row, ticket=sealed, form=form, typed=typed, due=due, own=_rhythm())


def _rhythm() -> Rhythm:
    return rhythm(me().person_id, today=today(), zone=me().zone)


def _of(ticket: Ticket) -> dict[str, Any]:
    return {name: getattr(ticket, name) for name in Ticket.__slots__}
