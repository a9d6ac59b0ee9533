"""The project's own source files, as the tests of its shape read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import config

ROOT: Final = config.HERE
PACKAGE: Final = ROOT / "coach"
TEMPLATES: Final = PACKAGE / "templates"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """Hold one file: where it stands below the project, and its text."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        """Give the path below the project."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def lines(self) -> int:
        """Count the lines."""
        return len(self.text.splitlines())

    def at(self, line: int) -> str:
        """Name a line of the file as an editor opens it."""
        return f"{self.name}:{line}"


@cache
def python() -> tuple[Source, ...]:
    """Read every Python file of the product."""
    paths = [*sorted(PACKAGE.rglob("*.py")), ROOT / "config.py", ROOT / "wsgi.py"]
    return tuple(Source(path, path.read_text(encoding="utf-8")) for path in paths)


@cache
def templates() -> tuple[Source, ...]:
    """Read every template."""
    paths = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
    return tuple(Source(path, path.read_text(encoding="utf-8")) for path in paths)


def template_name(source: Source) -> str:
    """Name a template as a view renders it."""
    return source.path.relative_to(TEMPLATES).as_posix()


def functions(source: Source) -> Iterator[Function]:
    """Walk every function and method of a file."""
    for node in ast.walk(ast.parse(source.text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: Function) -> int:
    """Count the lines of a function from `def` to its end without the docstring."""
    docstring = function.body[0]
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    if isinstance(docstring, ast.Expr) and isinstance(docstring.value, ast.Constant):
        return whole - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)
    return whole


def is_view(function: Function) -> bool:
    """Tell whether a function answers requests: it carries a guard."""
    named = [d.func if isinstance(d, ast.Call) else d for d in function.decorator_list]
    return any(isinstance(d, ast.Name) and d.id in ("requires", "public") for d in named)
