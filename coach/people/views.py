"""Pages of people: the table of contents, the directory and who coaches whom."""

from __future__ import annotations

import uuid
from typing import Final

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its hints are a version behind

from coach import clock
from coach.access.identity import Relation
from coach.access.policy import Permission, grants
from coach.errors import Forbidden
from coach.people import administration, import_pages, listings, queries, services
from coach.people.forms import CoachForm
from coach.web import guard
from coach.web.guard import requires
from coach.web.language import t, today
from coach.web.reader import identity, me
from coach.web.templating import render

pages: Final = Blueprint("people", __name__)
_BOTH: Final = ("GET", "POST")
_ONE: Final = "/admin/people/<uuid:person_id>"

pages.add_url_rule("/admin/people", view_func=administration.admin)
pages.add_url_rule("/admin/people/new", view_func=administration.add, methods=_BOTH)
pages.add_url_rule(_ONE, view_func=administration.edit, methods=_BOTH)
pages.add_url_rule(f"{_ONE}/capabilities", view_func=administration.capabilities, methods=("POST",))
pages.add_url_rule(f"{_ONE}/deactivate", view_func=administration.deactivate, methods=("POST",))
pages.add_url_rule(f"{_ONE}/reactivate", view_func=administration.reactivate, methods=("POST",))
pages.add_url_rule("/admin/people/import", view_func=import_pages.choose, methods=_BOTH)
pages.add_url_rule("/admin/people/import/confirm", view_func=import_pages.confirm, methods=("POST",))


@pages.get("/people")
@requires(Permission.PROFILE_BASIC_READ)
def directory() -> str:
    """List everybody who works here, or find some by name."""
    text = request.args.get("q", "").strip()[:80]
    found = queries.search(text) if text else listings.directory(after=request.args.get("after", type=uuid.UUID))
    shown = found[: listings.PAGE]
    older = url_for("people.directory", after=shown[-1].id) if len(found) > listings.PAGE else ""
    return render("people/directory.html", people=shown, text=text, older=older)


@pages.route("/people/<uuid:person_id>/coaches", methods=_BOTH)
@requires(Permission.ORG_STRUCTURE_READ)
def coaches(person_id: uuid.UUID) -> Answer:
    """Show who coaches a person; let who may pair them with another coach."""
    held = _relations(Permission.ORG_STRUCTURE_READ, person_id)
    may_assign = grants(Permission.ORG_STRUCTURE_ASSIGN_COACH, held)
    form = CoachForm.of()
    form.coach.choices = [SelectChoice(str(i), t(name)) for i, name in listings.possible_coaches(identity(), person_id)]
    if form.was_sent:
        guard.check(Permission.ORG_STRUCTURE_ASSIGN_COACH, held, about=person_id)
        if form.validate():
            return _pair(person_id, uuid.UUID(form.coach.data))
    pairs = [(p, name, _may_end(held, p.coach_id)) for p, name in listings.pairings_of(person_id)]
    row = queries.row(person_id)
    return render("people/coaches.html", person=row, pairs=pairs, form=form, may_assign=may_assign), form.status


@pages.post("/people/<uuid:person_id>/coaches/<uuid:pairing_id>/end")
@requires(Permission.ORG_STRUCTURE_END_COACHING)
def end_coaching(person_id: uuid.UUID, pairing_id: uuid.UUID) -> Answer:
    """End a pairing: what the coach could see is gone on the next request."""
    held = _relations(Permission.ORG_STRUCTURE_END_COACHING, person_id)
    pairing = listings.pairing(person_id, pairing_id)
    if not _may_end(held, pairing.coach_id):
        raise Forbidden
    services.end_coaching(pairing, by=me().person_id, until=today())
    flash(_("The coaching has ended."))
    may_look = grants(Permission.ORG_STRUCTURE_READ, held - {Relation.COACH})
    return redirect(url_for("people.coaches", person_id=person_id) if may_look else url_for("accounts.account"), 303)


def _relations(permission: Permission, person_id: uuid.UUID) -> frozenset[Relation]:
    held = queries.relations_to(identity(), person_id)
    guard.check(permission, held, about=person_id)
    return held


def _may_end(held: frozenset[Relation], coach_id: uuid.UUID) -> bool:
    """Tell whether the reader may end a pairing; a coach may end only their own."""
    return grants(Permission.ORG_STRUCTURE_END_COACHING, held - {Relation.COACH}) or coach_id == me().person_id


def _pair(person_id: uuid.UUID, coach_id: uuid.UUID) -> Answer:
    person, coach = queries.person(person_id), queries.person(coach_id)
    services.pair_with_coach(person, by=me().person_id, coach=coach, since=clock.today(person.zone))
    flash(_("%(coach)s now coaches %(person)s.", coach=t(coach.name), person=t(person.name)))
    return redirect(url_for("people.coaches", person_id=person_id), 303)
