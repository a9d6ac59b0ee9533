"""Views: one's own account."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from coach.access.policy import Permission
from coach.accounts import queries, services
from coach.accounts.entering import hold, knows_password, leave, local_path, pick, slowly
from coach.accounts.forms import ChangePasswordForm, ConfirmForm, PreferencesForm
from coach.accounts.passwords import make_hash
from coach.errors import Invalid
from coach.people.listings import pairings_of
from coach.web.edge import keyless, spend_key
from coach.web.guard import public, requires
from coach.web.limits import limited
from coach.web.reader import me, reader
from coach.web.templating import render
from coach.words import Message


def _person() -> str:
    found = reader()
    return str(found.person_id) if found else "nobody"


@requires(Permission.OWN_ACCOUNT_READ)
def account() -> Answer:
    """Show preferences, password and the browsers one is signed in with."""
    return _account_page(ChangePasswordForm())


@public
@keyless
def preferences() -> Answer:
    """Remember language, colours and time zone: for a person in their record, for a visitor in the browser."""
    chosen = {name: request.form.get(name) or None for name in ("language", "theme", "zone")}
    found = reader()
    if found is not None:
        services.set_preferences(found.person_id, **chosen)
    else:
        services.check_preferences(**chosen)
        pick({name: value for name, value in chosen.items() if value and name != "zone"})
    return redirect(local_path(request.form.get("next")), 303)


@limited("20 per hour", by=_person)
@requires(Permission.OWN_ACCOUNT_CHANGE_PASSWORD)
def change_password() -> Answer:
    """Change the password of somebody who knows the present one; every other browser is signed out."""
    form = ChangePasswordForm.of()
    if form.validate():
        with form.catching():
            return _change(form)
    return _account_page(form)


@requires(Permission.OWN_ACCOUNT_END_SESSION)
def end_session(session_id: uuid.UUID) -> Answer:
    """Sign one browser out."""
    services.end_session(session_id, by=me().person_id, person_id=me().person_id)
    if session_id == me().session_id:
        leave()
        return redirect(url_for("accounts.sign_in"), 303)
    flash(_("That browser is signed out."))
    return redirect(url_for("accounts.account"), 303)


@requires(Permission.OWN_ACCOUNT_END_SESSION)
def end_other_sessions() -> Answer:
    """Sign every other browser out."""
    services.end_sessions(me().person_id, by=me().person_id, but=me().session_id)
    flash(_("Every other browser is signed out."))
    return redirect(url_for("accounts.account"), 303)


@limited("20 per hour", by=_person)
@requires(Permission.OWN_ACCOUNT_READ)
@keyless
def confirm() -> Answer:
    """Ask for the password once more, then go on to what was asked for."""
    form, target = ConfirmForm.of(), local_path(request.values.get("next"))
    if form.was_sent and form.validate():
        with form.catching():
            _refuse_wrong(form.current.data)
            services.confirm(me().session_id)
            return redirect(target, 303)
    return render("accounts/confirm.html", form=form, target=target), form.status


def _change(form: ChangePasswordForm) -> Answer:
    person_id = me().person_id
    _refuse_wrong(form.current.data)
    fresh = slowly(lambda: make_hash(form.password.data or ""))
    if (sent_before := spend_key()) is not None:
        return sent_before
    services.set_password(person_id, by=person_id, password_hash=fresh)
    hold(person_id)
    flash(_("Your password is changed. Every other browser is signed out."))
    return redirect(url_for("accounts.account"), 303)


def _refuse_wrong(password: str | None) -> None:
    if not knows_password(me().person_id, password or ""):
        raise Invalid(Message("This is not your present password."), field="current")


def _account_page(form: ChangePasswordForm) -> tuple[str, int]:
    person = me()
    choices = PreferencesForm(language=person.language, theme=person.theme, zone=person.zone)
    page = render(
        "accounts/account.html",
        form=form,
        choices=choices,
        sessions=queries.open_sessions(person.person_id),
        here=person.session_id,
        pairs=pairings_of(person.person_id),
    )
    return page, form.status
