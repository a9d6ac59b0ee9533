"""Files and functions that one can hold in one's head, in modules that say what they are."""

from __future__ import annotations

import ast
import re
from typing import Final

from tests.conventions import sources
from tests.conventions.sources import Source

FILE, FUNCTION, VIEW = 300, 25, 15
NAMELESS: Final = {"utils", "util", "helpers", "helper", "common", "manager", "data", "info", "misc"}
# Modules of slices that know the web although they are no views, forms or commands, and what they need of it.
KNOWS_THE_WEB: Final = {
    "coach/accounts/entering.py": "signs a browser in: its cookie, its name, where it wanted to go",
    "coach/accounts/links.py": "full addresses for mails and terminals",
    "coach/certificates/sheet.py": "a certificate speaks its holder's language",
    "coach/drills/rhythm.py": "a day in the reader's words",
    "coach/home/desk.py": "rows that lead on: addresses",
    "coach/home/lead.py": "rows that lead on: addresses",
    "coach/home/navigation.py": "what a place of the navigation is",
    "coach/home/rep.py": "rows that lead on: addresses, and days in the reader's words",
    "coach/home/search.py": "hits that lead on: addresses",
    "coach/jobs/queue.py": "a worker works inside the application",
    "coach/media/serving.py": "answers with a file, or with a range of it",
    "coach/notifications/letters.py": "a letter speaks its reader's language and holds full addresses",
    "coach/notifications/mail.py": "the settings say where mail goes",
    "coach/operations/night.py": "clears away the rows that the edge keeps",
    "coach/reports/outstanding.py": "rows that lead on: addresses",
    "coach/reports/person.py": "rows that lead on: addresses",
    "coach/reports/team.py": "rows that lead on: addresses",
    "coach/reports/timeline.py": "rows that lead on: addresses",
    "coach/training/tabs.py": "the place that the reader is in",
}
WEB: Final = ("flask", "flask_login", "flask_wtf", "flask_babel", "wtforms", "werkzeug", "coach.web")
CLOCKS: Final = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\(")


def test_a_file_can_be_held_in_the_head() -> None:
    long = [f"{source.name} has {source.lines}" for source in sources.python() if source.lines > FILE]
    assert not long, f"at most {FILE} lines a file, split it by what it is about: {_list(long)}"


def test_a_function_does_one_thing() -> None:
    long = [
        f"{source.at(function.lineno)} {function.name} has {sources.length(function)} lines, at most {limit}"
        for source in sources.python()
        for function in sources.functions(source)
        if sources.length(function) > (limit := VIEW if sources.is_view(function) else FUNCTION)
    ]
    assert not long, f"name a part of it and move it below: {_list(long)}"


def test_the_formatter_lays_out_every_function() -> None:
    found = [
        source.at(line)
        for source in sources.python()
        if "# fmt:" in source.text
        for function in sources.functions(source)
        for line in range(function.lineno, (function.end_lineno or function.lineno) + 1)
        if "# fmt:" in source.text.splitlines()[line - 1]
    ]
    assert not found, f"its length is counted as the formatter lays it: {found}"


def test_a_module_is_named_after_what_it_holds() -> None:
    paths = [source.path.relative_to(sources.ROOT).with_suffix("") for source in sources.python()]
    assert not [str(path) for path in paths if NAMELESS & set(path.parts)]


def test_a_package_opens_with_its_chapter_and_nothing_else() -> None:
    opened = {source.name: ast.parse(source.text) for source in sources.python() if source.path.name == "__init__.py"}
    missing = [
        str(path.parent.relative_to(sources.ROOT))
        for path in sources.PACKAGE.rglob("*.py")
        if not (path.parent / "__init__.py").is_file()
    ]
    assert not missing, f"a package needs its __init__.py: {missing}"
    wrong = [name for name, tree in opened.items() if len(tree.body) != 1 or not ast.get_docstring(tree)]
    assert not wrong, f"these hold one docstring, the chapter of the tour, and nothing else: {wrong}"
    chapters = {name: ast.get_docstring(tree) or "" for name, tree in opened.items() if name != "coach/__init__.py"}
    long = [name for name, text in chapters.items() if "\n\n" in text]
    assert not long, f"a chapter is one paragraph; only the map of the house has more: {long}"


def test_only_the_database_module_ends_a_transaction() -> None:
    found = _lines(re.compile(r"\b(commit|rollback)\("), but="coach/db.py")
    assert not found, f"the edge commits once; jobs and commands use unit_of_work() and pause(): {found}"


def test_only_views_forms_and_commands_of_a_slice_know_the_web() -> None:
    """The import contract names queries, services and models; this holds whatever a module is called."""
    found = {source.name for source in sources.python() if _is_in_a_slice(source) and _imports_the_web(source)}
    assert found - set(KNOWS_THE_WEB) == set(), "pass it what it needs, or say in KNOWS_THE_WEB what that is"
    assert set(KNOWS_THE_WEB) - found == set(), "these need no exception any more"


def test_only_the_clock_reads_the_time() -> None:
    found = _lines(CLOCKS, but="coach/clock.py")
    assert not found, f"ask coach.clock: {found}"


def test_no_word_is_shown_to_a_person_past_the_catalogue() -> None:
    found = [
        source.at(node.lineno)
        for source in sources.python()
        for node in ast.walk(ast.parse(source.text))
        if isinstance(node, ast.Call) and _shows_words(node) and _first_is_literal(node)
    ]
    assert not found, f"wrap the words in _(), _l() or Message(): {found}"


def _is_in_a_slice(source: Source) -> bool:
    parts = source.path.relative_to(sources.ROOT).parts
    if len(parts) < 3 or parts[1] == "web" or parts[-1] == "commands.py" or parts[-1].endswith("forms.py"):
        return False
    return "Blueprint(" not in source.text and not any(map(sources.is_view, sources.functions(source)))


def _imports_the_web(source: Source) -> bool:
    nodes = list(ast.walk(ast.parse(source.text)))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [f"{node.module}." for node in nodes if isinstance(node, ast.ImportFrom)]
    return any(f"{name}.".startswith(tuple(f"{web}." for web in WEB)) for name in names)


def _lines(pattern: re.Pattern[str], *, but: str) -> list[str]:
    return [
        source.at(number)
        for source in sources.python()
        if source.name != but
        for number, line in enumerate(source.text.splitlines(), 1)
        if pattern.search(line)
    ]


def _list(rows: list[str]) -> str:
    return "".join(f"\n  {row}" for row in rows)


def _shows_words(call: ast.Call) -> bool:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name in ("flash", "text_field", "required", "Invalid", "Conflict", "InputRequired", "Length"):
        return True
    return name.endswith("Field") and name[0].isupper()


def _first_is_literal(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    if isinstance(first, ast.JoinedStr):
        return True
    return isinstance(first, ast.Constant) and isinstance(first.value, str) and any(c.isalpha() for c in first.value)
