"""Views: the accounts of the department, for admins."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from coach.access.policy import Permission
from coach.people import listings, queries, records, services
from coach.people.forms import CapabilitiesForm, PersonForm
from coach.people.models import Person
from coach.web import guard
from coach.web.guard import requires
from coach.web.language import t
from coach.web.reader import me
from coach.web.templating import render


@requires(Permission.USER_ADMIN_LIST)
def admin() -> Answer:
    """List the accounts, also of who left."""
    text = request.args.get("q", "").strip()[:80]
    after = request.args.get("after", type=uuid.UUID)
    found = queries.search(text, active=False) if text else listings.directory(after=after, active=False)
    shown = found[: listings.PAGE]
    older = url_for("people.admin", after=shown[-1].id) if len(found) > listings.PAGE else ""
    return render("people/admin.html", accounts=listings.account_rows(shown), text=text, older=older)


@requires(Permission.USER_ADMIN_CREATE)
def add() -> Answer:
    """Add a person; the invitation is sent from their page."""
    form = PersonForm.about()
    if form.was_sent and form.validate():
        with form.catching():
            person = records.add(by=me().person_id, wanted=form.wanted())
            flash(_("%(name)s is here now. Send an invitation so that they can sign in.", name=t(person.name)))
            return redirect(url_for("people.edit", person_id=person.id), 303)
    return render("people/add.html", form=form), form.status


@requires(Permission.PROFILE_FULL_EDIT_HR_FIELDS)
def edit(person_id: uuid.UUID) -> Answer:
    """Show and change the record of a person, and what their account may do."""
    person, row = queries.person(person_id), queries.row(person_id)
    guard.check(Permission.PROFILE_FULL_EDIT_HR_FIELDS, (), about=person_id)
    form = PersonForm.about(person, row)
    if form.was_sent and form.validate():
        with form.catching():
            form.refuse_stale(person.version, lambda: PersonForm.about(person, row, sent=False))
            records.edit(person, by=me().person_id, wanted=form.wanted())
            flash(_("Saved."))
            return redirect(url_for("people.edit", person_id=person_id), 303)
    return _page(person, form, CapabilitiesForm.about(person))


@requires(Permission.USER_ADMIN_CHANGE_ROLE)
def capabilities(person_id: uuid.UUID) -> Answer:
    """Give or take what an account may do beyond its own work; nobody does so for themselves."""
    person, form = queries.person(person_id), CapabilitiesForm.of()
    if form.validate():
        with form.catching():
            form.refuse_stale(person.version, lambda: CapabilitiesForm.about(person))
            services.set_capabilities(person, by=me().person_id, capabilities=form.capabilities.data or [])
            flash(_("Saved."))
            return redirect(url_for("people.edit", person_id=person_id), 303)
    blank = PersonForm.about(person, queries.row(person_id), sent=False)
    return _page(person, blank, form)


@requires(Permission.USER_ADMIN_DISABLE)
def deactivate(person_id: uuid.UUID) -> Answer:
    """End a person's time here: every session and pairing ends at once."""
    person = queries.person(person_id)
    services.deactivate(person, by=me().person_id)
    name = t(person.name)
    flash(
        _("%(name)s can no longer sign in, and their coaching has ended. What was seen of their work stays.", name=name)
    )
    return redirect(url_for("people.edit", person_id=person_id), 303)


@requires(Permission.USER_ADMIN_DISABLE)
def reactivate(person_id: uuid.UUID) -> Answer:
    """Let a person in again."""
    person = queries.person(person_id)
    services.reactivate(person, by=me().person_id)
    flash(_("%(name)s can sign in again.", name=t(person.name)))
    return redirect(url_for("people.edit", person_id=person_id), 303)


def _page(person: Person, form: PersonForm, can: CapabilitiesForm) -> tuple[str, int]:
    pairs = listings.pairings_of(person.id)
    orphaned = () if person.is_active else listings.reports_of(person.id)
    page = render("people/edit.html", person=person, form=form, can=can, pairs=pairs, orphaned=orphaned)
    return page, 422 if form.status == 422 or can.errors else 200
