"""Pages of assignments: give work, take it back, move its day."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Final

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer

from coach import clock
from coach.access.identity import Relation
from coach.access.policy import Permission
from coach.accounts.entering import local_path
from coach.assignments import queries, services
from coach.assignments.forms import DueForm, GiveForm, MoveForm
from coach.assignments.giving import GivingPage, giving_page
from coach.assignments.queries import PAGE, AssignmentRow, Place
from coach.assignments.services import Act
from coach.db import discard
from coach.errors import Conflict, Invalid, NotFound
from coach.people import queries as people
from coach.web.guard import check, requires
from coach.web.language import day, t, today
from coach.web.reader import identity, me
from coach.web.templating import render
from coach.words import Message

pages: Final = Blueprint("assignments", __name__)
RECENT: Final = timedelta(days=30)


@pages.route("/assign", methods=["GET", "POST"])
@requires(Permission.ASSIGNMENT_CREATE)
def new() -> Answer:
    """Give a lesson to people; one foreign id among them and nothing is given."""
    page = giving_page(identity(), team_id=_id(request.values.get("team")))
    if not page.groups:
        raise NotFound
    form = _give_form(page)
    if form.was_sent and form.validate():
        with form.catching():
            to, due = form.people(page), form.due(today()) or today()
            act = services.assign(
                by=identity(), to=to, lesson_id=form.lesson_id.data, due=due, because=form.because.data or ()
            )
            return _made(act, to, form.back.data)
    team = request.values.get("team")
    return render("assignments/new.html", form=form, page=page, team=team, current_path=_again(form, team)), form.status


@pages.post("/assignments/mine")
@requires(Permission.ASSIGNMENT_SELF_ENROL)
def enrol() -> Answer:
    """Take a lesson on oneself."""
    form = DueForm.of()
    due = form.due(today()) if form.validate() else None
    if due is None:
        raise Invalid(Message("Pick a day."), field="due_on")
    act = services.enrol(by=identity(), lesson_id=request.form.get("lesson_id", ""), due=due)
    return _made(act, [me().person_id], request.form.get("back"))


@pages.post("/assignments/recheck")
@requires(Permission.ASSIGNMENT_CREATE)
def recheck() -> Answer:
    """Ask somebody to take the check of a skill that was seen too long ago."""
    person_id = _id(request.form.get("person"))
    if person_id is None:
        raise NotFound
    act = services.look_again(by=identity(), person_id=person_id, skill_id=request.form.get("skill", ""))
    return _made(act, [person_id], request.form.get("back"))


@pages.get("/assignments")
@requires(Permission.ASSIGNMENT_READ)
def index() -> Answer:
    """List what my people and I have to do, late first, and what was done lately."""
    place = _place(request.args.get("after"))
    found = queries.open_seen_by(identity(), after=place)
    done = [] if place else queries.done_seen_by(identity(), since=clock.now() - RECENT)
    shown, older = found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None
    late = [row for row in shown if row.is_late(today())]
    return render(
        "assignments/index.html",
        late=late,
        open=[row for row in shown if row not in late],
        done=done,
        older=older,
        may_give=me().manages or me().coaches,
    )


@pages.get("/assignments/<uuid:assignment_id>")
@requires(Permission.ASSIGNMENT_READ)
def show(assignment_id: uuid.UUID) -> Answer:
    """Show one assignment, with another day for who may change it."""
    row = queries.row(identity(), assignment_id)
    author = {Relation.AUTHOR} if row.assigned_by == me().person_id else set()
    held = people.relations_to(identity(), row.person_id) | author
    check(Permission.ASSIGNMENT_READ, held, about=row.person_id)
    form = MoveForm(due_on=row.due_on, version=row.version)
    return _assignment(row, form, editable=row.done_at is None and _may_edit(assignment_id))


@pages.post("/assignments/<uuid:assignment_id>")
@requires(Permission.ASSIGNMENT_EDIT)
def move(assignment_id: uuid.UUID) -> Answer:
    """Move the day; where somebody moved it meanwhile, show both."""
    found, form = queries.editable(identity(), assignment_id), MoveForm.of()
    if form.validate():
        with form.catching():
            try:
                services.move_due(found, by=identity(), due=form.due_on.data or today(), version=form.seen)
            except Conflict as stale:
                if not stale.current:
                    raise
                return _both(assignment_id, form)
            flash(t(Message("Now due %(day)s", day=day(found.due_on))))
            return redirect(url_for("assignments.show", assignment_id=assignment_id), 303)
    return _assignment(queries.row(identity(), assignment_id), form, editable=True), form.status


@pages.post("/assignments/<uuid:assignment_id>/withdraw")
@requires(Permission.ASSIGNMENT_EDIT)
def withdraw(assignment_id: uuid.UUID) -> Answer:
    """Take one assignment back."""
    services.withdraw(queries.editable(identity(), assignment_id), by=identity())
    flash(t(Message("Taken back")))
    return redirect(url_for("assignments.index"), 303)


@pages.post("/assignments/acts/<uuid:act_id>/undo")
@requires(Permission.ASSIGNMENT_READ)
def undo(act_id: uuid.UUID) -> Answer:
    """Take back what one click made."""
    services.undo(by=identity(), act_id=act_id)
    flash(t(Message("Taken back")))
    return redirect(_back(request.args.get("back")), 303)


def _give_form(page: GivingPage) -> GiveForm:
    asked = request.args
    chosen = [found for found in map(_id, asked.getlist("person")) if found]
    reasons = [found for found in map(_id, asked.getlist("because")) if found]
    given = {"lesson_id": asked.get("lesson", ""), "roles": asked.getlist("role"), "back": asked.get("back", "")}
    form = GiveForm.of(to=chosen, because=reasons, **given)
    form.offer(page)
    return form


def _again(form: GiveForm, team: str | None) -> str:
    """Give the address at which the form stands with what was chosen, from wherever it was sent."""
    chosen = {"lesson": form.lesson_id.data, "person": form.to.data, "role": form.roles.data}
    return url_for("assignments.new", **chosen, because=form.because.data, back=form.back.data or None, team=team)


def _made(act: Act, to: list[uuid.UUID], back: str | None) -> Answer:
    target = _back(back)
    if act.made == 0:
        flash(t(Message("Nothing new: it is there to do already.")))
        return redirect(target, 303)
    values = {"day": day(act.due), "had": act.had_already, "count": act.made}
    if act.had_already:
        said = Message("Assigned to %(count)s, due %(day)s. %(had)s had it to do already.", **values)
    elif len(to) == 1:
        said = Message("Assigned to %(name)s, due %(day)s", name=people.person(to[0]).short_name, **values)
    else:
        said = Message("Assigned to %(count)s, due %(day)s", **values)
    flash((t(said), url_for("assignments.undo", act_id=act.id, back=target)))  # type: ignore[arg-type]  # a toast with Undo
    return redirect(target, 303)


def _assignment(row: AssignmentRow, form: MoveForm, *, editable: bool, typed: date | None = None) -> str:
    return render("assignments/show.html", row=row, form=form, editable=editable, typed=typed)


def _both(assignment_id: uuid.UUID, form: MoveForm) -> Answer:
    """Show what stands and what was typed; saving again takes the typed day on the version that stands now."""
    discard()
    row = queries.row(identity(), assignment_id)
    again = MoveForm(due_on=form.due_on.data, version=row.version)
    return _assignment(row, again, editable=True, typed=form.due_on.data), 409


def _may_edit(assignment_id: uuid.UUID) -> bool:
    try:
        return queries.editable(identity(), assignment_id).withdrawn_at is None
    except NotFound:
        return False


def _back(path: str | None) -> str:
    return local_path(path) if path else url_for("assignments.index")


def _id(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def _place(text: str | None) -> Place | None:
    due, _, id_ = (text or "").partition("_")
    try:
        return date.fromisoformat(due), uuid.UUID(id_)
    except ValueError:
        return None
