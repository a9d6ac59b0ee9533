"""Every form can be sent safely, once; every answer tells the browser what it may load and keep."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from flask import Flask
from werkzeug.routing import Rule
from wtforms import DateField, IntegerField, SelectField, TimeField
from wtforms.fields.core import UnboundField

from coach.access.identity import Relation
from coach.access.policy import POLICY, Permission, hides
from coach.accounts.forms import PreferencesForm
from coach.media.serving import POLICY as FILE_POLICY
from coach.publishing.models import LONGEST_PATH
from coach.web.edge import _KEYLESS
from coach.web.forms import Form
from coach.web.guard import guard_of
from coach.web.models import LONGEST_PLACE
from tests.client import Page
from tests.conventions.walk import WALKERS, Walk, Walker
from tests.conventions.world import changed, state

# Forms without a single-use key, and why sending them twice changes nothing more.
KEYLESS: Final = {
    "accounts.preferences": "the same choice twice is the same choice",
    "accounts.sign_in": "whoever signs in twice is signed in",
    "accounts.sign_out": "whoever is signed out stays so",
    "accounts.confirm": "the same password twice says the same",
    "people.choose": "shows what a file would change and writes nothing",
    "integrations.preview": "shows what a file would add and writes nothing",
}
# Forms that are shown and never validated: the view reads each field by itself.
SHOWN_ONLY: Final = (PreferencesForm,)
READ: Final = (DateField, IntegerField, TimeField)
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FORM: Final = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_HIDDEN: Final = re.compile(r'<input\b(?=[^>]*type="hidden")(?=[^>]*name="([\w-]+)")(?=[^>]*value="([^"]+)")')


@pytest.mark.parametrize("who", WALKERS)
def test_every_page_holds_what_a_form_needs_and_nothing_inline(
    who: str, walker: Walker, walk: Callable[[str], Walk]
) -> None:
    wrong, forms = [], 0
    for seen in walk(who).pages:
        if seen.answer.status_code == 200 and seen.answer.mimetype == "text/html":
            page = Page(seen.answer.text)
            wrong += [f"{seen.path}: {problem}" for problem in page.problems]
            wrong += [f"{seen.path}: {problem}" for problem in _forms(walker, seen.path, seen.answer.text)]
            forms += len(_FORM.findall(seen.answer.text))
    assert forms > 10
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", WALKERS)
def test_every_answer_says_what_the_browser_may_do(who: str, walk: Callable[[str], Walk]) -> None:
    wrong = []
    for seen in walk(who).pages:
        headers, cache = seen.answer.headers, seen.answer.headers.get("Cache-Control")
        wrong += [f"{seen.path}: {name}" for name, value in HEADERS.items() if headers.get(name) != value]
        policy = headers.get("Content-Security-Policy", "")
        # an uploaded file is no page: nothing in it runs, and its reader's browser may keep it, asking each time
        is_file = seen.answer.mimetype != "text/html" and (policy, cache) == (FILE_POLICY, "private, no-cache")
        if not is_file and (not _is_strict(policy) or cache != "no-store"):
            wrong.append(f"{seen.path}: {policy} {cache}")
    assert not wrong, "\n".join(wrong)


def test_answers_that_are_no_pages_say_it_too(filled: Flask) -> None:
    client = filled.test_client()
    answers = [
        client.get("/nowhere"),
        client.get("/account"),
        client.post("/sign-in"),
        client.get("/healthz"),
        client.get("/static/app.css"),
        client.get("/static/missing.css"),
        client.put("/sign-in"),
    ]
    assert {answer.status_code for answer in answers} == {404, 302, 400, 200, 405}
    for answer in answers:
        assert _is_strict(answer.headers["Content-Security-Policy"]), answer.request.path
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, answer.request.path
        answer.close()


def test_a_form_without_its_token_is_refused_and_changes_nothing(walker: Walker, filled: Flask) -> None:
    before, wrong = state(), []
    for who in ("jiwoo", "dana", "sora"):
        opened = walker.browser(who)
        for rule in filled.url_map.iter_rules():
            for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}:
                path = walker.filled(rule.rule)
                answer = opened._send(method, path, data={"form_key": "k", "csrf_token": "made up"})
                if answer.status_code != 400:
                    wrong.append(f"{method} {path} as {who}: {answer.status}")
    assert not wrong, "\n".join(wrong)
    assert changed(before, state()) == {}


def test_a_form_without_its_key_is_refused_and_changes_nothing(walker: Walker, filled: Flask) -> None:
    before, wrong = state(), []
    opened = walker.browser("dana")
    token = _hidden(opened.get("/account/confirm").text)["csrf_token"]
    for rule in filled.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and rule.endpoint not in KEYLESS:
            answer = opened._send("POST", walker.filled(rule.rule), data={"csrf_token": token})
            if answer.status_code not in (403, 422) and not (answer.status_code == 404 and _is_hidden(filled, rule)):
                wrong.append(f"{rule.rule}: {answer.status}")
    assert not wrong, "\n".join(wrong)
    assert changed(before, state()) == {}


def _is_hidden(app: Flask, rule: Rule) -> bool:
    """Tell whether a form is an editor's, of whose drafts an admin is not even to know."""
    guard = guard_of(app, rule.endpoint)
    return isinstance(guard, Permission) and POLICY[guard] == {Relation.EDITOR} and hides(guard)


def test_the_forms_without_a_key_are_these_and_no_others(filled: Flask) -> None:
    found = {endpoint for endpoint, view in filled.view_functions.items() if getattr(view, _KEYLESS, False)}
    assert found == set(KEYLESS), "a @keyless view stands in KEYLESS with the reason why twice is once"
    assert all(guard_of(filled, endpoint) for endpoint in found)


def test_a_key_that_somebody_else_spent_does_nothing(walker: Walker) -> None:
    def send(who: str) -> int:
        opened = walker.browser(who)
        token = _hidden(opened.get("/account/confirm").text)["csrf_token"]
        data = {"csrf_token": token, "form_key": "one and the same key", "level": "2"}
        return opened._send("POST", "/skills/qualify/rate", data=data).status_code

    assert send("hana") == 303
    before = state()
    assert send("jiwoo") == 422
    assert changed(before, state()) == {}


def test_a_form_that_a_page_answered_leads_back_to_that_page(walker: Walker) -> None:
    opened = walker.browser("hana")
    token = _hidden(opened.get("/calendar").text)["csrf_token"]
    data = {"csrf_token": token, "form_key": "one key for one calendar"}
    assert opened._send("POST", "/calendar", data=data).status_code == 200
    before = state()
    again = opened._send("POST", "/calendar", data=data)
    assert (again.status_code, again.headers["Location"]) == (303, "/calendar")
    assert changed(before, state()) == {}


def test_a_form_that_leads_to_a_very_long_address_is_kept_as_well(walker: Walker) -> None:
    ines = walker.browser("ines")
    ines.get("/author")
    path = "😀" * LONGEST_PATH
    begun = ines.post("/author/drafts", {"title": "Anywhere", "path": path, "form_key": "one key for a long way"})
    assert len(begun.headers["Location"]) > LONGEST_PLACE
    again = ines.post("/author/drafts", {"title": "Anywhere", "path": path, "form_key": "one key for a long way"})
    assert again.headers["Location"] == "/"


def _forms(walker: Walker, path: str, html: str) -> list[str]:
    wrong = []
    for attributes, body in _FORM.findall(html):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        if told.get("method", "get").lower() != "post":
            continue
        action = told.get("action") or path
        endpoint, hidden = walker.endpoint(action, "POST"), _hidden(body)
        if endpoint is None:
            wrong.append(f"a form is sent to {action}, which is no route")
        if "csrf_token" not in hidden:
            wrong.append(f"the form to {action} has no csrf_token: put {{{{ hidden_fields() }}}} into it")
        if "form_key" not in hidden and endpoint not in KEYLESS:
            wrong.append(f"the form to {action} has no form_key: put {{{{ hidden_fields() }}}} into it")
    return wrong


def _hidden(html: str) -> dict[str, str]:
    return dict(_HIDDEN.findall(html))


def _is_strict(policy: str) -> bool:
    return "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy


def test_no_form_answers_in_the_words_of_its_library(app: Flask) -> None:
    """WTForms says "Not a valid date value." in English on a Korean page, unless the field brings a sentence."""
    assert len(_made()) > 20, f"{app.name} has more forms than that"
    silent = [
        f"{form.__name__}.{name}: {message}"
        for form in _made()
        for name, made in vars(form).items()
        if isinstance(made, UnboundField)
        for message in _needed(made)
        if message not in made.kwargs
    ]
    assert silent == []


def _made(of: type[Form] = Form) -> list[type[Form]]:
    found: list[type[Form]] = [sub for sub in of.__subclasses__() if sub not in SHOWN_ONLY]
    return [*found, *(form for sub in found for form in _made(sub))]


def _needed(made: Any) -> Iterator[str]:
    field, said = made.field_class, made.kwargs
    coerced = "coerce" in said if issubclass(field, SelectField) else issubclass(field, READ)
    if coerced:
        yield "invalid_value_message"
    if issubclass(field, SelectField) and said.get("validate_choice", True):
        yield "invalid_choice_message"
