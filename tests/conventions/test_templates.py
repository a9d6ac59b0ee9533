"""Templates are short, compile, are used, and hold no script, no unescaped text and no words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

import pytest
from flask import Flask
from jinja2 import Environment, nodes

from tests.conventions import sources
from tests.conventions.sources import Source, template_name

LONGEST: Final = 80
# Where `|safe` may stand, and why nothing that a person typed can get there.
SAFE: Final = {
    "coach/templates/components/prose.html": "the text of a lesson, made when published by an allow-list of tags",
}
# htmx evaluates these as code; the CSP would refuse it, so the page would only look alive.
EVALUATED: Final = {
    "hx-on": re.compile(r"\bhx-on\b"),
    "js: values": re.compile(r"""["'](js|javascript):"""),
    "hx-boost": re.compile(r"\bhx-boost\b"),
    "a trigger with a [filter]": re.compile(r"""hx-trigger\s*=\s*("[^"]*\[|'[^']*\[)"""),
}
# Names that are the same in every language, and what is printed on the keys of a keyboard.
SAME_EVERYWHERE: Final = {"Didim", "디딤", "English", "한국어"}
KEYS: Final = re.compile(r"(Ctrl|Shift|Alt|Esc|Enter|Tab|[A-Z0-9]|[–+ ])+")
READ_OUT: Final = ("alt", "aria-label", "aria-description", "placeholder", "title", "label")
HOLE: Final = "\ue000"
CLASS_BLOCK: Final = re.compile(r"\{% block \w*class %\}[^{]*\{% endblock %\}")


def test_a_template_is_short() -> None:
    long = [f"{source.name} has {source.lines}" for source in sources.templates() if source.lines > LONGEST]
    assert not long, f"at most {LONGEST} lines a template, move a part out: {long}"


def test_a_template_compiles(environment: Environment) -> None:
    for source in sources.templates():
        environment.compile(source.text, name=template_name(source), filename=str(source.path))


def test_a_template_holds_no_inline_style_script_or_handler(environment: Environment) -> None:
    found = [
        f"{source.at(line)} {what}"
        for source in sources.templates()
        for line, what in _read(source, environment).inline
    ]
    assert not found, f"styles stand in the stylesheet, behaviour in a script file: {found}"


def test_a_template_has_nothing_that_htmx_would_evaluate() -> None:
    found = [
        f"{source.name} uses {what}"
        for source in sources.templates()
        for what, pattern in EVALUATED.items()
        if pattern.search(source.text)
    ]
    assert not found


def test_a_template_escapes_what_it_shows() -> None:
    unsafe = [
        source.at(number)
        for source in sources.templates()
        for number, line in enumerate(source.text.splitlines(), 1)
        if re.search(r"\|\s*safe\b|\bautoescape\s+false", line) and source.name not in SAFE
    ]
    assert not unsafe, f"nothing that a person typed may get there; say in SAFE why it can not: {unsafe}"
    stale = [name for name in SAFE if not (sources.ROOT / name).is_file()]
    assert not stale, f"SAFE names what is not there: {stale}"


def test_a_template_says_nothing_past_the_catalogue(environment: Environment) -> None:
    found = [
        words
        for source in sources.templates()
        for words in (*_written(source, environment), *_passed(source, environment))
    ]
    assert not found, f'wrap the words in {{{{ _("...") }}}}: {found}'


def test_every_template_is_used(environment: Environment) -> None:
    known = {template_name(source): source for source in sources.templates()}
    reached, waiting = set(), [name for name in known if any(f'"{name}"' in file.text for file in sources.python())]
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting.extend((_named(known[name], environment) & set(known)) - reached)
    assert set(known) == reached, f"delete these, nothing shows them: {sorted(set(known) - reached)}"


def test_templates_name_only_templates_that_there_are(environment: Environment) -> None:
    known = {template_name(source) for source in sources.templates()}
    missing = {source.name: _named(source, environment) - known for source in sources.templates()}
    assert not {name: names for name, names in missing.items() if names}


def test_views_render_only_templates_that_there_are() -> None:
    known = {template_name(source) for source in sources.templates()}
    rendered = {
        name: source.name
        for source in sources.python()
        for name in re.findall(r'\brender(?:_template)?\(\s*"([^"]+)"', source.text)
    }
    assert not {name: where for name, where in rendered.items() if name not in known}


@pytest.fixture(scope="module")
def environment() -> Environment:
    """Give an environment that reads templates as the application does."""
    made = Flask("coach").jinja_env
    made.trim_blocks = made.lstrip_blocks = True
    for name in (*FILTERS, "tojson"):
        made.filters.setdefault(name, str)
    return made


FILTERS: Final = (
    "t",
    "day",
    "day_short",
    "day_time",
    "time_of_day",
    "level",
    "signed",
    "initials",
    "josa",
    "level_name",
)


def _named(source: Source, environment: Environment) -> set[str]:
    tree = environment.parse(source.text)
    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    return {constant.value for node in tree.find_all(kinds) for constant in node.template.find_all(nodes.Const)} | {
        node.template.value for node in tree.find_all(kinds) if isinstance(node.template, nodes.Const)
    }


class _Reader(HTMLParser):
    """Collect what a reader would see or hear of the HTML between the holes, and what stands inline."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[tuple[int, str]] = []
        self.inline: list[tuple[int, str]] = []
        self.within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the attributes that are read out, and those that run or style."""
        self.within, line = tag, self.getpos()[0]
        self.words += [(line, value) for name, value in attrs if name in READ_OUT and value]
        self.inline += [(line, name) for name, _ in attrs if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in dict(attrs)):
            self.inline.append((line, f"<{tag}>"))

    def handle_data(self, data: str) -> None:
        """Note a text, unless it is what is printed on a key."""
        if not (self.within == "kbd" and KEYS.fullmatch(data.strip())):
            self.words.append((self.getpos()[0], data))


def _read(source: Source, environment: Environment) -> _Reader:
    """Read the HTML of a template with a hole where a value will be."""
    page, inside = [], False
    for _line, kind, value in environment.lex(re.sub(CLASS_BLOCK, "", source.text)):
        if kind in ("variable_begin", "block_begin", "comment_begin", "raw_begin"):
            in_tag = bool(page) and page[-1].endswith(("<", "</"))
            page.append(("x" if in_tag else HOLE) if kind == "variable_begin" else "")
            inside = True
        elif kind in ("variable_end", "block_end", "comment_end", "raw_end"):
            inside = False
        elif kind == "data" and not inside:
            page.append(value)
            continue
        page.append("\n" * value.count("\n") if inside and not page[-1].endswith("<") else "")
    reader = _Reader()
    reader.feed("".join(page))
    reader.close()
    return reader


def _written(source: Source, environment: Environment) -> Iterator[str]:
    """Find words that stand in the HTML itself."""
    for line, text in _read(source, environment).words:
        left = " ".join(text.replace(HOLE, " ").split()).strip("· ")
        if left not in SAME_EVERYWHERE and any(c.isalpha() for c in left):
            yield f"{source.at(line)} {left[:60]!r}"


def _passed(source: Source, environment: Environment) -> Iterator[str]:
    """Find words that are passed as a literal: they begin with a capital and go on in small letters, or are Korean."""
    tree = environment.parse(source.text)
    translated = [
        call
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in ("_", "gettext", "ngettext")
    ]
    known = {id(found) for node in (*translated, *tree.find_all(nodes.Compare)) for found in node.find_all(nodes.Const)}
    for constant in tree.find_all(nodes.Const):
        text = constant.value
        if isinstance(text, str) and id(constant) not in known and text not in SAME_EVERYWHERE and _is_words(text):
            yield f"{source.at(constant.lineno)} {text[:60]!r}"


def _is_words(text: str) -> bool:
    if KEYS.fullmatch(text):
        return False
    return any("가" <= c <= "힣" for c in text) or bool(re.match(r"[A-Z][a-z]", text.strip()))
