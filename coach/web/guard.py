"""Who may come in: each view says it, and create_app refuses to start on a route that does not.

`@requires` checks the function; the object is loaded by a query that takes the identity (none: NotFound), and where a
relation decides, `check` asks the policy.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, Final, TypeVar

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from coach import clock
from coach.access.identity import Relation
from coach.access.policy import Permission, grants, hides, needs_capability
from coach.activity.services import Note
from coach.errors import Forbidden, NotFound
from coach.web.reader import identity, me, reader, remember_for_after

View = TypeVar("View", bound=Callable[..., Any])
_MARK: Final = "__didim_guard__"
_CONFIRMED: Final = "__didim_confirmed__"
PUBLIC: Final = "public"
CONFIRMED_FOR: Final = timedelta(minutes=10)
"""So long a password holds that was given for what matters most: the matrix calls it recent_auth."""


def public(view: View) -> View:
    """Mark a view as open to everybody."""
    setattr(view, _MARK, PUBLIC)
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Mark a view with the permission that its function needs."""

    def mark(view: View) -> View:
        setattr(view, _MARK, permission)
        return view

    return mark


def confirmed(*, back: str) -> Callable[[View], View]:
    """Mark a view that asks for the password again where it was given too long ago; then `back` is opened."""

    def mark(view: View) -> View:
        setattr(view, _CONFIRMED, back)
        return view

    return mark


def asks_to_confirm(app: Flask, endpoint: str) -> bool:
    """Tell whether an endpoint's view is marked so."""
    return hasattr(app.view_functions[endpoint], _CONFIRMED)


def guard_of(app: Flask, endpoint: str) -> str | Permission | None:
    """Read the mark of an endpoint's view."""
    return getattr(app.view_functions[endpoint], _MARK, None)


def refuse_unguarded(app: Flask) -> None:
    """Stop the start when a route says neither `@public` nor `@requires`."""
    bare = [
        str(rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and guard_of(app, rule.endpoint) is None
    ]
    if bare:
        raise RuntimeError(f"routes without a guard: {', '.join(sorted(bare))}")


def admit() -> AnyResponse | None:
    """Let the request in, send a visitor to sign in, or deny the function."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    needed = guard_of(current_app, request.endpoint)
    if needed == PUBLIC:
        return None
    if reader() is None:
        return _to_sign_in()
    if not isinstance(needed, Permission):
        raise TypeError(f"{request.endpoint} has no guard")
    if needs_capability(needed) and not grants(needed, identity().general_relations()):
        deny(needed)
    return _to_confirm(getattr(current_app.view_functions[request.endpoint], _CONFIRMED, None))


def check(permission: Permission, held: Iterable[Relation], *, about: uuid.UUID | None = None) -> None:
    """Deny unless one of the held relations grants the permission; note whose record was looked at."""
    if not grants(permission, {*held, *identity().general_relations()}):
        deny(permission, about=about)
    if about is not None and about != identity().person_id:
        remember_for_after(Note(action=permission, outcome="granted", person_id=about))


def deny(permission: Permission, *, about: uuid.UUID | None = None) -> None:
    """Say no the way the policy wants it said, and note that it was said."""
    remember_for_after(Note(action=permission, outcome="denied", person_id=about))
    raise NotFound if hides(permission) else Forbidden


def _to_sign_in() -> AnyResponse:
    wants = request.full_path.rstrip("?") if request.method == "GET" else None
    target = url_for("accounts.sign_in", next=wants)
    if request.headers.get("HX-Request"):
        return Response(status=401, headers={"HX-Redirect": target})
    if request.accept_mimetypes.best == "application/json":
        abort(401)
    return redirect(target, 302)


def _to_confirm(back: str | None) -> AnyResponse | None:
    if back is None or clock.now() - me().confirmed_at <= CONFIRMED_FOR:
        return None
    return redirect(url_for("accounts.confirm", next=url_for(back)), 303)
