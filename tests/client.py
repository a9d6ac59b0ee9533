"""A browser for tests: it follows forms as a person does, and looks at every page it gets."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from coach.db import db

_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"])


class Browser:
    """Get and post as one person; every page is checked as it arrives."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.last: TestResponse | None = None

    def hold(self, token: str) -> None:
        """Hold the token of a session that was started elsewhere."""
        with self.client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True

    def get(self, path: str, *, status: int = 200, check: bool = True, **options: Any) -> TestResponse:
        """Open a page."""
        return self._take(self._send("GET", path, **options), status, check=check)

    def post(
        self, path: str, data: dict[str, Any] | None = None, *, status: int = 303, on: str | None = None, **options: Any
    ) -> TestResponse:
        """Send a form: with the hidden fields of the page it stands on (`on`, else the last page seen)."""
        if on is not None:
            self.get(on)
        hidden = hidden_fields(self.last.text if self.last is not None else "", path)
        return self._take(self._send("POST", path, data={**hidden, **(data or {})}, **options), status)

    def follow(self, response: TestResponse) -> TestResponse:
        """Go where an answer points."""
        return self.get(response.headers["Location"])

    def _send(self, method: str, path: str, **options: Any) -> TestResponse:
        """Send a request in a context of its own, as a server does; what the test read before is stale afterwards."""
        with self.app.app_context():
            response = self.client.open(path, method=method, **options)
            response.close()
            response.request.environ["wsgi.input"].close()  # a large form waits in a file
        db.session.rollback()
        return response

    def _take(self, response: TestResponse, status: int, *, check: bool = True) -> TestResponse:
        assert response.status_code == status, f"{response.request.path}: {response.status}\n{response.text[-3000:]}"
        if check and response.mimetype == "text/html" and response.text.lstrip().startswith("<!doctype"):
            Page(response.text).check(response.request.path)
        if response.status_code < 300 or response.status_code == 422:
            self.last = response
        return response


def hidden_fields(html: str, action: str) -> dict[str, str]:
    """Read the hidden fields of the form that posts to an address, else of the one without an address."""
    forms = re.findall(r"<form\b([^>]*)>(.*?)</form>", html, re.DOTALL)
    for attributes, body in sorted(forms, key=lambda form: (f'action="{action}"' not in form[0], "action=" in form[0])):
        if 'method="post"' in attributes.lower():
            found = {}
            for tag in re.findall(r"<input\b[^>]*>", body):
                values = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
                if values.get("type") == "hidden" and "name" in values:
                    found[values["name"]] = values.get("value", "")
            return found
    return {}


class Page(HTMLParser):
    """Check what every page owes a reader: one h1 like the title, ids used once, labels, nothing inline."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title = ""
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.fields: list[dict[str, str | None]] = []
        self.labels: set[str] = set()
        self.problems: list[str] = []
        self.stack: list[str] = []
        self._texts: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag declares."""
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if "style" in values or tag == "style" or any(name.startswith("on") for name in values):
            self.problems.append(f"inline style or handler on <{tag}>")
        if tag == "script" and "src" not in values:
            self.problems.append("inline script")
        if tag == "label" and values.get("for"):
            self.labels.add(str(values["for"]))
        if tag in ("input", "select", "textarea") and values.get("type") not in ("hidden", "submit", "button"):
            self.fields.append({**values, "__wrapped": "label" if "label" in self.stack else None})
        if tag not in _VOID:
            self.stack.append(tag)
            if tag in ("title", "h1"):
                self._texts.append([])

    def handle_endtag(self, tag: str) -> None:
        """Note a text that is whole."""
        if tag in self.stack:
            while self.stack and self.stack.pop() != tag:
                pass
        if tag in ("title", "h1") and self._texts:
            text = " ".join("".join(self._texts.pop()).split())
            if tag == "title" and not self.title:
                self.title = text
            elif tag == "h1":
                self.headings.append(text)

    def handle_data(self, data: str) -> None:
        """Collect the text of headings and the title."""
        if self._texts:
            self._texts[-1].append(data)

    def check(self, path: str) -> None:
        """Assert the promises."""
        assert not self.problems, f"{path}: {self.problems}"
        assert len(self.headings) == 1, f"{path}: one h1 wanted, found {self.headings}"
        assert self.title.rpartition(" · ")[0] in (
            self.headings[0],
            *self.headings[0].split(" ", 0),
        ) or self.headings[0].startswith(self.title.rpartition(" · ")[0]), (
            f"{path}: title {self.title!r} is not the h1 {self.headings[0]!r}"
        )
        twice = {i for i in self.ids if self.ids.count(i) > 1}
        assert not twice, f"{path}: ids used twice: {twice}"
        for field in self.fields:
            named = (
                field["__wrapped"]
                or field.get("aria-label")
                or field.get("aria-labelledby")
                or field.get("id") in self.labels
            )
            assert named, f"{path}: a field without a label: {field}"
