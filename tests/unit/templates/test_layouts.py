"""The frames of the pages."""

from __future__ import annotations

from types import SimpleNamespace as Row
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader

from coach.words import Text
from tests.unit.templates.cast import place
from tests.unit.templates.stage import Page, environment

PAGE = """{% extends "layouts/LAYOUT.html" %}
{% block title %}Log coaching{% endblock %}
{% block content %}<h1>Log coaching</h1>{% endblock %}"""
BAR = '{% block actionbar %}<button form="log" type="submit">Save log</button>{% endblock %}'
ME = Row(
    name=Text("Jiwoo Park", "박지우"),
    job_role_name=Text("Sales development", "영업 개발"),
    nav=[place(), place("team")],
)


def page(layout: str, more: str = "", **changed: Any) -> tuple[str, Page]:
    """Render a small page in a layout, and read it."""
    env = environment()
    env.loader = ChoiceLoader([DictLoader({"page.html": PAGE.replace("LAYOUT", layout) + more}), env.loader])  # type: ignore[list-item]
    seen: dict[str, Any] = {
        "me": ME,
        "identity": Row(person_id="p1"),
        "locale": "en",
        "theme": "dark",
        "current_path": "/log",
    }
    source = env.get_template("page.html").render(seen | changed)
    return source, Page(source)


@pytest.mark.parametrize("layout", ["app", "task", "plain"])
def test_it_is_a_whole_page(layout: str) -> None:
    source, read = page(layout)
    assert source.startswith("<!doctype html>")
    assert read.mistakes == []
    assert read.all("html", lang="en", data_theme="dark")
    assert "<title>Log coaching · Didim</title>" in source
    assert len(read.all("main", id="main")) == 1
    assert read.all("a", href="#main")


@pytest.mark.parametrize("layout", ["app", "task", "plain"])
def test_it_asks_for_one_stylesheet_and_two_deferred_scripts(layout: str) -> None:
    _, read = page(layout)
    assert [found["href"] for found in read.all("link", rel="stylesheet")] == ["/static/css/app.css"]
    assert [found["src"] for found in read.all("script")] == ["/static/vendor/htmx.min.js", "/static/js/app.js"]
    assert all("defer" in found for found in read.all("script"))


@pytest.mark.parametrize("layout", ["app", "task", "plain"])
def test_it_has_the_one_heading_of_the_page(layout: str) -> None:
    _, read = page(layout)
    assert len(read.all("h1")) == 1


@pytest.mark.parametrize("layout", ["app", "task", "plain"])
def test_no_id_is_used_twice(layout: str) -> None:
    _, read = page(layout)
    ids = [found["id"] for _, found in read.elements if "id" in found]
    assert len(ids) == len(set(ids))


def test_the_bar_shows_the_title_to_the_eye_alone() -> None:
    _, read = page("app")
    assert read.all("span", **{"class": "title", "aria-hidden": "true"})


def test_the_draft_keeper_learns_whose_page_it_is() -> None:
    assert page("app")[1].all("body", data_who="p1")


def test_a_visitor_gets_a_page_without_an_identity() -> None:
    _, read = page("plain", me=None, identity=None)
    assert "data-who" not in read.all("body")[0]


def test_a_task_swaps_the_tabs_for_one_action() -> None:
    _, app = page("app")
    _, task = page("task", BAR)
    assert app.all("nav", **{"class": "tabbar"})
    assert not task.all("nav", **{"class": "tabbar"})
    assert task.all("section", **{"class": "actionbar stick only-s"})
    assert task.all("button", form="log")


def test_a_task_without_an_action_of_its_own_has_no_empty_bar() -> None:
    assert not page("task")[1].all("section", **{"class": "actionbar stick only-s"})
