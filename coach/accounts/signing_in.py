"""Views: sign in and out, and set a password by a one-time link."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address

from coach.access.policy import Permission
from coach.accounts import services
from coach.accounts.entering import leave, let_in, local_path, slowly
from coach.accounts.forms import AddressForm, NewPasswordForm, SignInForm
from coach.accounts.passwords import make_hash
from coach.accounts.queries import usable_link
from coach.web.edge import keyless, spend_key
from coach.web.guard import public, requires
from coach.web.limits import limiter
from coach.web.reader import me, reader
from coach.web.templating import render


def _account() -> str:
    return request.form.get("email", "").strip().lower()[:254]


def _account_from_here() -> str:
    return f"{get_remote_address()} {_account()}"


@limiter.limit("600 per hour", methods=["POST"])
@limiter.limit("60 per hour", methods=["POST"], key_func=_account)
@limiter.limit("10 per 5 minutes", methods=["POST"], key_func=_account_from_here)
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


@limiter.limit("120 per hour", methods=["POST"])
@limiter.limit("5 per hour", methods=["POST"], key_func=_account)
@public
def ask_reset() -> Answer:
    """Send a link to set a new password; the answer says nothing about who has an account."""
    form = AddressForm.of()
    if form.was_sent and form.validate():
        services.mail_reset(form.email.data or "")
        return redirect(url_for("accounts.reset_asked"), 303)
    return render("accounts/reset.html", form=form), form.status


@public
def reset_asked() -> Answer:
    """Say what happens next, to everybody alike."""
    return render("accounts/reset_asked.html", hours=services.RESET_HOURS)


@limiter.limit("300 per hour", methods=["POST"])
@public
def choose_password(token: str) -> Answer:
    """Set the password that an invitation or a reset link is for."""
    link = usable_link(token)
    if link is None:
        return render("accounts/link_spent.html"), 404
    form, is_invitation = NewPasswordForm.of(), link.purpose == "invite"
    if form.was_sent and form.validate():
        with form.catching():
            return _take_password(token, form.password.data or "")
    return render("accounts/choose_password.html", form=form, is_invitation=is_invitation), form.status


def _take_password(token: str, password: str) -> Answer:
    """Hash outside of any transaction, then take the form's key again: hashing let go of it."""
    fresh = slowly(lambda: make_hash(password))
    if (sent_before := spend_key()) is not None:
        return sent_before
    services.use_link(token, password_hash=fresh)
    leave()
    flash(_("Your password is set. Sign in with it."))
    return redirect(url_for("accounts.sign_in"), 303)
