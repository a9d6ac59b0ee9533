"""Whose request this is, and what to write once it is answered."""

from __future__ import annotations

from flask import g, has_request_context
from flask_login import current_user

from coach.access.identity import Identity
from coach.access.reader import Reader

__all__ = ["Reader", "identity", "me", "reader", "remember_for_after"]


def reader() -> Reader | None:
    """Give the person signed in, None for a visitor."""
    if not has_request_context():
        return None
    user = g.get("_login_user")  # Flask-Login's, once it has looked: asked for often, and a proxy is slow
    if user is None:
        user = current_user._get_current_object()  # noqa: SLF001 -- the proxy's own way out
    return user if isinstance(user, Reader) else None


def me() -> Reader:
    """Give the person signed in, on a page that only they can reach."""
    found = reader()
    if found is None:
        raise RuntimeError("a guarded view ran without a reader")
    return found


def identity() -> Identity:
    """Give the identity of the person signed in."""
    return me().identity


def remember_for_after(note: object) -> None:
    """Keep a row to write once the answer is out (an audit entry, a sign of life)."""
    g.setdefault("after_answer", []).append(note)
