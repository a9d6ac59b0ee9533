"""A small stage for the components: Jinja with plain stand-ins for what `web` gives to a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from coach.words import Message, Text, level_name

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = ROOT / "coach" / "templates"
SPRITE = ROOT / "coach" / "static" / "vendor" / "icons.svg"
_VOID = frozenset(["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"])


def environment() -> Environment:
    """Make the environment; a name that a component forgot to take is an error."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        _=_gettext,
        ngettext=lambda one, many, n, **values: _gettext(one if n == 1 else many, num=n, **values),
        static=lambda name: f"/static/{name}",
        url_for=lambda endpoint, **_values: "/" + endpoint.replace(".", "/"),
        csrf_token=lambda: "token",
        form_key=lambda: "key",
        get_flashed_messages=lambda **_asked: [],
    )
    env.filters.update(
        t=_said,
        day=_day,
        day_short=_day,
        day_time=_day,
        level="{:.1f}".format,
        level_name=lambda value: str(level_name(value)),
        signed="{:+.1f}".format,
        initials=_initials,
    )
    return env


def macro(name: str) -> Any:
    """Give one component, to be called as a template would."""
    return getattr(environment().get_template(f"components/{name}.html").module, name)


class Page(HTMLParser):
    """Read HTML strictly: remember elements, texts, and every tag that was closed in the wrong place."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.mistakes: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(str(source))
        self.close()
        self.mistakes += [f"<{tag}> never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        within = {"in-label": None} if "label" in self.open else {}
        self.elements.append((tag, dict(attrs) | within))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.mistakes.append(f"</{tag}> after {self.open[-1:]}")
        else:
            self.open.pop()

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """Find elements by tag and attributes."""
        return [
            found
            for name, found in self.elements
            if name == tag and all(found.get(key.replace("_", "-")) == value for key, value in attributes.items())
        ]


def _gettext(sentence: str, **values: Any) -> str:
    return sentence % values if values else sentence


def _said(value: Any) -> Any:
    return str(value) if isinstance(value, Message | Text) else value


def _day(value: date | datetime) -> str:
    return f"{value:%a} {value.day} {value:%b}"


def _initials(name: Text | str) -> str:
    return "".join(word[0] for word in str(name).split()[:2]).upper()
