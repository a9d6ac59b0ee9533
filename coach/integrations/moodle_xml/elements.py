"""XML as a tree that knows its lines; a file with a document type or entities of its own is refused. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from coach.integrations.found import Unreadable
from coach.words import Message

DEEPEST: Final = 40
MOST: Final = 200_000


@dataclass(slots=True)
class Element:
    """Hold one element: its name, attributes, own text, children, and the line where it begins."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def own(self) -> str:
        """Give the text directly inside."""
        return "".join(self.pieces).strip()

    def all(self, name: str) -> Iterator[Element]:
        """Walk through the children of a name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Element | None:
        """Give the first child of a name."""
        return next(self.all(name), None)

    def value(self, name: str) -> str:
        """Give the text of a child, of its <text> where it has one; empty where there is none."""
        child = self.first(name)
        inner = child.first("text") if child else None
        return inner.own if inner else child.own if child else ""


def read_tree(text: str) -> Element:
    """Read XML, or raise Unreadable with the line."""
    builder = _Builder()
    parser = expat.ParserCreate(encoding="utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda name, attributes: builder.start(name, attributes, parser.CurrentLineNumber)
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, str(error.code))
        message = Message("Line %(line)s cannot be read as XML: %(reason)s.", line=error.lineno, reason=reason)
        raise Unreadable(message) from None
    if builder.root is None:
        raise Unreadable(Message("This file holds no XML."))
    return builder.root


def _refuse_doctype(*_args: object) -> None:
    raise Unreadable(
        Message("This file has a document type (DOCTYPE) of its own, which Moodle never writes. Take it out.")
    )


class _Builder:
    """Put elements below each other as they begin and end."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        element = Element(name.lower(), attributes, line)
        self._count += 1
        if len(self._open) >= DEEPEST or self._count > MOST:
            raise Unreadable(Message("Line %(line)s: this file is nested too deeply or too long.", line=line))
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, text: str) -> None:
        if self._open:
            self._open[-1].pieces.append(text)
