"""Views: sign in and out, and set a password by a one-time link."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from coach.access.policy import Permission
from coach.accounts import services
from coach.accounts.entering import leave, let_in, local_path, slowly
from coach.accounts.forms import NewPasswordForm, ResetForm, SignInForm
from coach.accounts.models import OneTimeLink
from coach.accounts.passwords import make_hash
from coach.accounts.queries import hashed, usable_link
from coach.web.edge import keyless, spend_key
from coach.web.guard import public, requires
from coach.web.language import language
from coach.web.limits import address, limited
from coach.web.reader import me, reader
from coach.web.templating import render


def _account() -> str:
    """Name the address that was typed by its hash: a counter is no place to keep an address."""
    return hashed(request.form.get("email", "").strip().lower())


def _account_from_here() -> str:
    return f"{address()} {_account()}"


@limited("600 per hour")
@limited("60 per hour", by=_account)
@limited("10 per 5 minutes", by=_account_from_here)
@public
@keyless
def sign_in() -> Answer:
    """Let somebody in who knows the address and the password."""
    form, target = SignInForm.of(), local_path(request.values.get("next"))
    if reader() is not None and not form.was_sent:
        return redirect(target, 303)
    if form.was_sent and form.validate():
        if let_in(form.email.data or "", form.password.data or ""):
            return redirect(target, 303)
        form.form_errors.append(_("This address and password do not go together. Check both and try again."))
    return render("accounts/sign_in.html", form=form, target=target), form.status


@requires(Permission.OWN_ACCOUNT_END_SESSION)
@keyless
def sign_out() -> Answer:
    """End the session of this browser."""
    services.end_session(me().session_id, by=me().person_id, person_id=me().person_id)
    leave()
    return redirect(url_for("accounts.sign_in"), 303)


@limited("120 per hour")
@limited("5 per hour", by=_account)
@public
def ask_reset() -> Answer:
    """Send a link to set a new password; the answer says nothing about who has an account."""
    form = ResetForm.of()
    if form.was_sent and form.validate():
        services.mail_reset(form.email.data or "")
        return redirect(url_for("accounts.reset_asked"), 303)
    return render("accounts/reset.html", form=form), form.status


@public
def reset_asked() -> Answer:
    """Say what happens next, to everybody alike."""
    return render("accounts/reset_asked.html", hours=services.RESET_HOURS)


@limited("300 per hour")
@public
def choose_password(token: str) -> Answer:
    """Set the password that an invitation or a reset link is for."""
    link = usable_link(token)
    if link is None:
        return render("accounts/link_spent.html"), 404
    form, is_invitation = NewPasswordForm.of(), link.purpose == "invite"
    if form.was_sent and form.validate():
        with form.catching():
            return _take_password(link, token, form.password.data or "")
    return render("accounts/choose_password.html", form=form, is_invitation=is_invitation), form.status


def _take_password(link: OneTimeLink, token: str, password: str) -> Answer:
    """Hash outside of any transaction, then take the form's key again: hashing let go of it.

    Whoever accepts an invitation goes on in the language in which they read it.
    """
    is_new, fresh = link.purpose == "invite", slowly(lambda: make_hash(password))
    if (sent_before := spend_key()) is not None:
        return sent_before
    person_id = services.use_link(token, password_hash=fresh)
    if is_new:
        services.set_preferences(person_id, language=language())
    leave()
    flash(_("Your password is set. Sign in with it."))
    return redirect(url_for("accounts.sign_in"), 303)
