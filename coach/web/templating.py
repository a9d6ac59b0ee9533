"""Templates and what they all may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, render_template, request, session, url_for
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


def install(app: Flask) -> None:
    """Give the templates their globals."""
    app.jinja_env.globals.update(
        _=say, ngettext=say_number, static=static_files.url, form_key=form_key, csrf_token=generate_csrf
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_frame)


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
    href = url_for(item.endpoint)
    below = (*((href,) if href != "/" else ()), *item.also)
    here = request.endpoint == item.endpoint or request.path.startswith(below)
    return Place(href, item.label, item.short or item.label, item.icon, item.count, here, item.on_phone)
