"""Templates and what they all may use."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, render_template, request, session, url_for
from flask.templating import Environment
from flask_wtf.csrf import generate_csrf

from coach.web import static_files
from coach.web.edge import form_key
from coach.web.language import language, today
from coach.web.ports import NavItem
from coach.web.reader import reader
from coach.web.speech import say, say_number
from coach.words import Message, Text


@dataclass(frozen=True, slots=True)
class Place:
    """Hold a navigation entry as a template draws it."""

    href: str
    label: Message
    short: Message
    icon: str
    count: int | None
    active: bool
    on_phone: bool


@dataclass(frozen=True, slots=True)
class Me:
    """Hold what the frame of a page shows of the person signed in."""

    name: Text
    short_name: Text
    job_role_name: Text | None
    nav: tuple[Place, ...]


class Pages(Environment):
    """Compile templates with one flat set of globals: a chain of them is searched anew at every import of a macro."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Copy the globals, which are whole before the first template is loaded."""
        return {**self.globals, **(d or {})}


def install(app: Flask) -> None:
    """Give the templates their globals."""
    app.jinja_env.globals.update(
        _=say, ngettext=say_number, static=static, form_key=form_key, csrf_token=generate_csrf, url_for=link
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_frame)


def link(endpoint: str, **values: Any) -> str:
    """Give an address below this host; one without values is worked out once."""
    if values:
        return url_for(endpoint, **values)
    return _once(endpoint, lambda: url_for(endpoint))


def static(name: str) -> str:
    """Give the address of a static file, hashed where the files were built."""
    return _once(f"/{name}", lambda: static_files.url(name))


def _once(key: str, work_out: Callable[[], str]) -> str:
    known: dict[str, str] = current_app.extensions["didim"].links
    found = known.get(key)
    if found is None:
        found = known[key] = work_out()
    return found


def render(template: str, **values: Any) -> str:
    """Render a template."""
    return render_template(template, **values)


def _frame() -> dict[str, Any]:
    person = reader()
    theme = person.theme if person else session.get("theme", "system")
    return {
        "me": _me() if person else None,
        "identity": person.identity if person else None,
        "locale": language(),
        "theme": theme,
        "today": today(),
        "current_path": request.full_path.rstrip("?") if request.method == "GET" else request.path,
    }


def _me() -> Me:
    person = reader()
    if person is None:
        raise RuntimeError("the frame of a person's page without a person")
    items = current_app.extensions["didim"].navigation(person)
    return Me(person.name, person.short_name, person.job_role_name, tuple(_place(item) for item in items))


def _place(item: NavItem) -> Place:
    href = link(item.endpoint)
    below = (*((href,) if href != "/" else ()), *item.also)
    here = request.endpoint == item.endpoint or request.path.startswith(below)
    return Place(href, item.label, item.short or item.label, item.icon, item.count, here, item.on_phone)
