"""Pages of the coaching log."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer

from coach.access.policy import Permission
from coach.accounts.entering import local_path
from coach.coaching import queries, services
from coach.coaching.forms import LogForm
from coach.coaching.models import CoachingSession
from coach.coaching.pages import log_page, people_to_log
from coach.errors import NotFound
from coach.people.queries import relations_to, short_name
from coach.people.queries import row as person_row
from coach.skills import queries as skills
from coach.web import guard
from coach.web.guard import requires
from coach.web.language import t, today
from coach.web.reader import identity, me
from coach.web.templating import render
from coach.words import Message

pages: Final = Blueprint("coaching", __name__)


@pages.get("/coaching")
@requires(Permission.COACHING_LOG_SHARED_READ)
def index() -> Answer:
    """List what I wrote as a coach, or what was written about me."""
    writes = me().coaches or me().manages
    mine = request.args.get("about") == "me" or not writes
    own = me().person_id
    rows = queries.logs(identity(), about=own if mine else None, written_by=None if mine else own, before=_before())
    return render("coaching/index.html", rows=rows, mine=mine, writes=writes, size=queries.PAGE)


@pages.route("/coaching/new", methods=["GET", "POST"])
@requires(Permission.COACHING_LOG_SHARED_CREATE)
def new() -> Answer:
    """Log a talk; without a person, ask for whom."""
    chosen = request.values.get("person", "")
    if not chosen:
        return render("coaching/whom.html", people=people_to_log(identity()))
    person_id = _person(chosen)
    form = _form({skill_id: skill_id for skill_id in skills.ids()} if request.method == "POST" else {})
    if form.was_sent and form.validate():
        with form.catching():
            return redirect(url_for("coaching.show", log_id=_write(person_id, form)), 303)
    page, again = log_page(identity(), person_id), url_for("coaching.new", person=person_id)
    others = people_to_log(identity())
    return render("coaching/log.html", page=page, form=form, log=None, people=others, current_path=again), form.status


def _write(person_id: uuid.UUID, form: LogForm) -> uuid.UUID:
    """Keep the talk and how what was agreed last went; nothing is read that only the form would show."""
    by = me().person_id
    last = queries.last_action(by, person_id) if form.went is not None else None
    log_id = services.log(by=by, person_id=person_id, talk=form.talk(today()), zone=me().zone)
    if last is not None and form.went is not None:
        services.look_back(last, by=by, outcome=form.went)
    flash(t(Message("Saved. %(name)s can read it now.", name=short_name(person_id))))
    return log_id


@pages.get("/coaching/<uuid:log_id>")
@requires(Permission.COACHING_LOG_SHARED_READ)
def show(log_id: uuid.UUID) -> Answer:
    """Show one log."""
    log = queries.log(identity(), log_id)
    guard.check(Permission.COACHING_LOG_SHARED_READ, relations_to(identity(), log.person_id), about=log.person_id)
    return render("coaching/show.html", log=log, **_details(log))


@pages.route("/coaching/<uuid:log_id>/edit", methods=["GET", "POST"])
@requires(Permission.COACHING_LOG_SHARED_EDIT)
def edit(log_id: uuid.UUID) -> Answer:
    """Mend a log until it is acknowledged."""
    log = queries.own_log(identity(), log_id)
    if log.acknowledged_at is not None and request.method == "GET":
        return redirect(url_for("coaching.show", log_id=log.id), 302)
    page = log_page(identity(), log.person_id)
    names = {skill.id: t(skill.name) for skill in page.all_skills}
    form = _form(names, log)
    if form.was_sent and form.validate():
        with form.catching():
            form.refuse_stale(log.version, lambda: _form(names, log, sent=False))
            services.mend(log, by=me().person_id, talk=form.talk(today()), zone=me().zone)
            flash(t(Message("Saved.")))
            return redirect(url_for("coaching.show", log_id=log.id), 303)
    return render("coaching/log.html", page=page, form=form, log=log, people=[]), form.status


@pages.post("/coaching/<uuid:log_id>/withdraw")
@requires(Permission.COACHING_LOG_SHARED_DELETE)
def withdraw(log_id: uuid.UUID) -> Answer:
    """Take a log back."""
    services.withdraw(queries.own_log(identity(), log_id), by=me().person_id)
    flash(t(Message("Taken back. What it showed counts no longer.")))
    return redirect(url_for("coaching.index"), 303)


@pages.post("/coaching/<uuid:log_id>/acknowledge")
@requires(Permission.COACHING_LOG_SHARED_ACKNOWLEDGE)
def acknowledge(log_id: uuid.UUID) -> Answer:
    """Say that I read what was written about me."""
    log = queries.log(identity(), log_id)
    guard.check(Permission.COACHING_LOG_SHARED_ACKNOWLEDGE, relations_to(identity(), log.person_id))
    services.acknowledge(log, by=me().person_id)
    return redirect(url_for("coaching.show", log_id=log.id), 303)


@pages.post("/coaching/actions/<uuid:action_id>")
@requires(Permission.COACHING_LOG_SHARED_ACKNOWLEDGE)
def tick(action_id: uuid.UUID) -> Answer:
    """Say that I did what we agreed, or take that back."""
    services.tick(queries.action_of(identity(), action_id), by=me().person_id, done=request.form.get("done") == "yes")
    return redirect(local_path(request.values.get("next")), 303)


def _person(text: str) -> uuid.UUID:
    try:
        person_id = uuid.UUID(text)
    except ValueError as error:
        raise NotFound from error
    guard.check(Permission.COACHING_LOG_SHARED_CREATE, relations_to(identity(), person_id), about=person_id)
    return person_id


def _form(names: Mapping[str, str], log: CoachingSession | None = None, *, sent: bool = True) -> LogForm:
    defaults: dict[str, Any] = {"held_on": today()}
    if log is not None:
        action = log.actions[0] if log.actions else None
        defaults = {"setting": log.setting, "held_on": log.held_on, "about": log.note, "version": log.version}
        defaults |= {"action": action.text, "due": action.due_kind, "due_on": action.due_on} if action else {}
    form = LogForm.of(**defaults) if sent else LogForm(None, **defaults)
    before = {o.skill_id: o.level for o in log.observations} if log else {}
    form.read_levels(request.form if sent and form.was_sent else None, names, before)
    return form


def _details(log: CoachingSession) -> dict[str, Any]:
    person, coach = person_row(log.person_id), person_row(log.coach_id)
    rated = {skill.id: skill for skill in queries.rated_skills(person.job_role_id)}
    own = log.coach_id == me().person_id and log.acknowledged_at is None
    return {
        "person": person,
        "coach": coach,
        "skills": rated,
        "own": own,
        "about_me": log.person_id == me().person_id,
        "setting_name": queries.SETTING_NAMES[log.setting],
        "may_withdraw": services.may_withdraw(log),
    }


def _before() -> Any:
    day, _, last = request.args.get("before", "").partition("_")
    try:
        return (date.fromisoformat(day), uuid.UUID(last)) if last else None
    except ValueError as error:
        raise NotFound from error
