"""Walk the product as somebody: every GET route with what is there, then every link of every page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from typing import Final

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from tests.client import Browser
from tests.conventions.world import World, changed, state

# People whose pages differ: learner, coach, manager, head of sales, editor, admin, somebody in no team.
_PEOPLE: Final = ("jiwoo", "taeyang", "sora", "kyungmi", "ines", "dana", "nora")
# All that looks at the walk of one person runs on one worker, which walks it once.
WALKERS: Final = [pytest.param(who, id=who, marks=pytest.mark.xdist_group(f"walk of {who}")) for who in _PEOPLE]
_LINK: Final = re.compile(r'\b(?:href|hx-get)="(/[^"]*)"')
_EACH: Final = 2


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold one page that somebody came to."""

    who: str
    path: str
    endpoint: str
    answer: TestResponse
    link_on: str | None

    @property
    def is_dead_link(self) -> bool:
        """Tell whether a page offers this one and it is not there or not open."""
        return self.link_on is not None and self.answer.status_code >= 400


@dataclass(frozen=True, slots=True)
class Walk:
    """Hold every page that somebody came to, and what their looking changed."""

    pages: tuple[Seen, ...]
    changed: dict[str, list[str]]


class Walker:
    """Open pages as members of the cast."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        self.urls = app.url_map.bind("localhost")

    def browser(self, who: str) -> Browser:
        """Open a browser as somebody."""
        opened = Browser(self.app)
        opened.hold(self.world.tokens[who])
        return opened

    def pages(self, who: str) -> list[Seen]:
        """Come to every page that somebody can reach, of one kind at most two."""
        opened, found, known = self.browser(who), [], set()
        waiting: list[tuple[str, str | None]] = [("/", None), *((path, None) for path in self._routes())]
        visits = Counter[str]()
        while waiting:
            path, link_on = waiting.pop(0)
            endpoint = self.endpoint(path)
            if path in known or endpoint in (None, "static") or visits[str(endpoint)] >= _EACH:
                continue
            known.add(path)
            answer = opened._send("GET", path)
            if answer.status_code < 400:
                visits[str(endpoint)] += 1
                text = answer.text if answer.mimetype == "text/html" else ""
                waiting += [(unescape(link), path) for link in _LINK.findall(text)]
            found.append(Seen(who, path, str(endpoint), answer, link_on))
        return found

    def walk(self, who: str) -> Walk:
        """Walk everywhere, and compare every record before and after."""
        before = state()
        pages = tuple(self.pages(who))
        return Walk(pages, changed(before, state()))

    def endpoint(self, path: str, method: str = "GET") -> str | None:
        """Name the endpoint that a path leads to; None where there is none."""
        try:
            endpoint, _ = self.urls.match(path.partition("?")[0], method=method)
        except (HTTPException, RequestRedirect):
            return None
        return str(endpoint)

    def _routes(self) -> list[str]:
        """Put the records of the filled department into every route that can be opened."""
        rules = [rule for rule in self.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
        return [self.filled(rule.rule) for rule in rules if rule.endpoint != "static"]

    def filled(self, pattern: str) -> str:
        """Put a record into a pattern: the one that the parameter is named after."""
        records = {**self.world.records, **self._named()}
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda m: records.get(m.group(1), "nothing"), pattern)

    def _named(self) -> dict[str, str]:
        records = self.world.records
        named = {f"{key}_id": value for key, value in records.items()}
        return {
            **named,
            "team_id": records["north"],
            "log_id": records["log_fresh"],
            "attempt_id": records["attempt"],
            "quiz_id": records["quiz"],
            "record_id": records["outside"],
            "job_role_id": records["role"],
            "position": "1",
        }
