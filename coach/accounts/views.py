"""Pages of accounts: the table of contents."""

from __future__ import annotations

from typing import Final

from flask import Blueprint

from coach.accounts import administration, own_account, signing_in

pages: Final = Blueprint("accounts", __name__)
_BOTH: Final = ("GET", "POST")

pages.add_url_rule("/sign-in", view_func=signing_in.sign_in, methods=_BOTH)
pages.add_url_rule("/sign-out", view_func=signing_in.sign_out, methods=("POST",))
pages.add_url_rule("/reset", view_func=signing_in.ask_reset, methods=_BOTH)
pages.add_url_rule("/reset/asked", view_func=signing_in.reset_asked)
pages.add_url_rule("/reset/<token>", "reset_link", signing_in.choose_password, methods=_BOTH)
pages.add_url_rule("/welcome/<token>", "welcome_link", signing_in.choose_password, methods=_BOTH)

pages.add_url_rule("/account", view_func=own_account.account)
pages.add_url_rule("/preferences", view_func=own_account.preferences, methods=("POST",))
pages.add_url_rule("/account/password", view_func=own_account.change_password, methods=("POST",))
pages.add_url_rule("/account/confirm", view_func=own_account.confirm, methods=_BOTH)
pages.add_url_rule("/account/sessions/<uuid:session_id>/end", view_func=own_account.end_session, methods=("POST",))
pages.add_url_rule("/account/sessions/end-others", view_func=own_account.end_other_sessions, methods=("POST",))

pages.add_url_rule("/admin/people/invitations", view_func=administration.invitations, methods=_BOTH)
pages.add_url_rule("/admin/people/<uuid:person_id>/link", view_func=administration.send_link, methods=("POST",))
pages.add_url_rule(
    "/admin/people/<uuid:person_id>/sign-out", view_func=administration.sign_out_everywhere, methods=("POST",)
)
