"""Templates and what they all may use."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, current_app, render_template, request, session, url_for
from flask.templating import Environment
from flask_wtf.csrf import generate_csrf
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from coach.web import static_files
from coach.web.edge import form_key
from coach.web.language import language, today
from coach.web.ports import NavItem
from coach.web.reader import reader
from coach.web.speech import Speaker, say, say_number, speaker
from coach.words import Message, Text

_LINKS_KEPT: Final = 8_192


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
    """Compile templates for one language; what is the same on every page is worked out then, not on each page.

    Globals are flat: a chain of them is searched anew at every import of a macro.
    """

    speaks: str | None = None

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Copy the globals, which are whole before the first template is loaded."""
        return {**self.globals, **(d or {})}

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        """Write the code of a template, its fixed sentences and addresses put in (Jinja's hook for this)."""
        if self.speaks is not None:
            source = _Fixed(self.globals).visit(source)
        return super()._generate(source, *args, **options)


class _Fixed(NodeTransformer):
    """Put in what calls of one constant give: a sentence, the address of a page or of a static file."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.known = {name: known[name] for name in ("_", "static", "url_for")}

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 -- Jinja calls it by the name of the node
        """Work out a call that says the same each time."""
        self.generic_visit(node)
        if isinstance(node.node, nodes.Name) and node.node.name in self.known and not node.kwargs:
            match node.args:
                case [nodes.Const(value=str(word))]:
                    return nodes.Const(self.known[node.node.name](word), lineno=node.lineno)
        return node


def install(app: Flask) -> None:
    """Give the templates their globals."""
    app.jinja_env.globals.update(
        _=say, ngettext=say_number, static=static, form_key=form_key, csrf_token=generate_csrf, url_for=link
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_frame)


def link(endpoint: str, **values: Any) -> str:
    """Give an address below this host; what was asked for before is not worked out again."""
    kinds = [type(value) for value in values.values()]  # 1 and True are equal, and not the same address
    if list in kinds:
        return url_for(endpoint, **values)
    return _once((endpoint, *values.items(), *kinds), lambda: url_for(endpoint, **values))


def static(name: str) -> str:
    """Give the address of a static file, hashed where the files were built."""
    return _once(name, lambda: static_files.url(name))


def render(template: str, **values: Any) -> str:
    """Render a template in the reader's language."""
    return render_template(pages_of(speaker()).get_template(template), **values)


def pages_of(said_by: Speaker) -> Environment:
    """Give the pages in a speaker's language."""
    known: dict[str, Environment] = current_app.extensions["didim"].pages
    if said_by.code not in known:
        made: Any = current_app.jinja_env.overlay()
        made.speaks = said_by.code
        made.globals = {**made.globals, "_": said_by.say, "ngettext": said_by.say_number}
        made.filters = {**made.filters, "t": said_by.put}
        known[said_by.code] = made
    return known[said_by.code]


def _once(key: Hashable, work_out: Callable[[], str]) -> str:
    known: dict[Hashable, str] = current_app.extensions["didim"].links
    found = known.get(key)
    if found is None:
        if len(known) >= _LINKS_KEPT:
            known.clear()
        found = known[key] = work_out()
    return found


def _frame() -> dict[str, Any]:
    person = reader()
    theme = person.theme if person else session.get("theme", "system")
    return {
        "me": _me() if person else None,
        "identity": person.identity if person else None,
        "locale": language(),
        "theme": theme,
        "today": today(),
        "current_path": request.full_path.rstrip("?"),
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
