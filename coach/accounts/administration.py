"""Views: what an admin does with somebody's account. Nobody sets a password for another, or sees their link."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _
from flask_babel import ngettext

from coach.access.policy import Permission
from coach.accounts import queries, services
from coach.errors import Invalid
from coach.people.queries import person as load
from coach.people.queries import relations_to
from coach.web import guard
from coach.web.guard import requires
from coach.web.language import t
from coach.web.reader import identity, me
from coach.web.templating import render
from coach.words import Message


@requires(Permission.USER_ADMIN_SEND_RESET)
def send_link(person_id: uuid.UUID) -> Answer:
    """Mail somebody an invitation, or a reset link where they have a password already."""
    person = load(person_id)
    if not person.email or not person.is_active:
        raise Invalid(Message("A link can only be mailed to somebody who works here and has an address."))
    purpose = "reset" if queries.password_hash(person_id) else "invite"
    services.mail_link(person, by=me().person_id, purpose=purpose)
    flash(_("A link is on its way to %(email)s.", email=person.email))
    return redirect(url_for("people.edit", person_id=person_id), 303)


@requires(Permission.USER_ADMIN_SEND_RESET)
def invitations() -> Answer:
    """List who was never invited, as after an import, and invite those who are chosen."""
    chosen = request.form.getlist("person", type=uuid.UUID)
    if request.method == "POST" and chosen:
        count = services.invite(chosen, by=me().person_id)
        flash(ngettext("%(num)d invitation is on its way.", "%(num)d invitations are on their way.", count))
        return redirect(url_for("accounts.invitations"), 303)
    is_wrong = request.method == "POST"
    page = render("accounts/invitations.html", people=queries.uninvited(), is_wrong=is_wrong)
    return page, 422 if is_wrong else 200


@requires(Permission.OWN_ACCOUNT_END_SESSION)
def sign_out_everywhere(person_id: uuid.UUID) -> Answer:
    """Sign somebody out in every browser."""
    guard.check(Permission.OWN_ACCOUNT_END_SESSION, relations_to(identity(), person_id), about=person_id)
    person = load(person_id)
    services.end_sessions(person_id, by=me().person_id)
    flash(_("%(name)s is signed out everywhere.", name=t(person.name)))
    return redirect(url_for("people.edit", person_id=person_id), 303)
