"""Between a browser and the services: who is let in, what its cookie holds, and slow work outside any transaction."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from typing import Final, TypeVar
from urllib.parse import urlsplit

from flask import current_app, request, url_for
from flask import session as cookie
from flask_login import login_user, logout_user
from werkzeug.urls import iri_to_uri

from coach.accounts.passwords import matches
from coach.accounts.queries import account_by_email, load_reader, password_hash
from coach.accounts.services import set_preferences, start_session
from coach.activity.services import Note
from coach.db import pause
from coach.web.reader import reader, remember_for_after

Result = TypeVar("Result")
_LONGEST: Final = 1500  # what a form led to is kept with its key, in a column of 2,000
_CONTROL: Final = re.compile(r"[\x00-\x20\x7f\\]")
_BROWSERS: Final = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
                    ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_DEVICES: Final = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
                   ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip


def let_in(email: str, password: str) -> bool:
    """Sign the browser in where address and password go together; the work is the same for an unknown address."""
    found = account_by_email(email)
    person_id, stored = found or (None, None)
    verified = slowly(lambda: matches(stored, password))
    if person_id is not None and verified and hold(person_id):
        return True
    remember_for_after(Note(action="public.login", outcome="denied", person_id=person_id))
    return False


def hold(person_id: uuid.UUID) -> bool:
    """Begin a session in this browser with a fresh cookie; False where the person may not come in any more."""
    if picked := _picked():
        set_preferences(person_id, **picked)
    token = start_session(person_id, hours=current_app.config["SETTINGS"].session_hours, device=device())
    person = load_reader(token)
    if person is None:
        return False
    cookie.clear()
    login_user(person)
    return True


def leave() -> None:
    """Forget the person in this browser, not how it was read; the session itself is ended by the service."""
    person, picked = reader(), _picked()
    logout_user()
    cookie.clear()
    if person is not None:
        cookie.update(language=person.language, theme=person.theme)
    elif picked:
        pick(picked)


def pick(chosen: Mapping[str, str]) -> None:
    """Remember in the browser what a visitor chose; it becomes theirs once they sign in.

    What stands there since somebody signed out is how they read, not what the next one chose.
    """
    cookie.update(chosen, picked=sorted({*chosen, *_picked()}))


def _picked() -> dict[str, str]:
    return {name: cookie[name] for name in cookie.get("picked", ())}


def knows_password(person_id: uuid.UUID, password: str) -> bool:
    """Tell whether somebody signed in knows the account's password."""
    stored = password_hash(person_id)
    return slowly(lambda: matches(stored, password))


def slowly(work: Callable[[], Result]) -> Result:
    """Run slow work (hashing) outside of any transaction; what follows begins a new one."""
    pause()
    return work()


def local_path(wanted: str | None) -> str:
    """Give the path to go on to, the first page where it is missing, leads out of the house or is no page's address."""
    if not wanted or not wanted.startswith("/") or wanted.startswith("//") or _CONTROL.search(wanted):
        return url_for("home.today")
    if len(iri_to_uri(wanted)) > _LONGEST:
        return url_for("home.today")
    parts = urlsplit(wanted)
    return url_for("home.today") if parts.scheme or parts.netloc else _shown(parts.path) or wanted


def _shown(path: str) -> str | None:
    """Give the page above a path that takes forms only, as the browser names it where a form was wrong; else None."""
    routes, place = current_app.url_map.bind(""), path
    allowed = routes.allowed_methods(path)
    if not allowed or "GET" in allowed:
        return None
    while place and "GET" not in routes.allowed_methods(place):
        place = place.rpartition("/")[0]
    return place or "/"


def device() -> str:
    """Name the browser and the device in words that their owner knows."""
    agent = request.user_agent.string
    names = (next((name for mark, name in known if mark in agent), "") for known in (_BROWSERS, _DEVICES))
    return " · ".join(name for name in names if name)
