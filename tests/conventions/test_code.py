"""Files and functions that one can hold in one's head, in modules that say what they are."""

from __future__ import annotations

import ast
import re
from typing import Final

from tests.conventions import sources

FILE, FUNCTION, VIEW = 300, 25, 15
NAMELESS: Final = {"utils", "util", "helpers", "helper", "common", "manager", "data", "info", "misc"}
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


def test_only_the_database_module_ends_a_transaction() -> None:
    found = _lines(re.compile(r"\b(commit|rollback)\("), but="coach/db.py")
    assert not found, f"the edge commits once; jobs and commands use unit_of_work() and pause(): {found}"


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
