"""YAML read with libyaml into plain values that remember their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml
from yaml.composer import ComposerError

from coach.content.problems import Problem
from coach.content.spec import Origin, fingerprint_of
from coach.words import Message

MOST_LEVELS = 40
_TAGS: Final[dict[type[yaml.Node], str]] = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
_PLAIN_TAGS = frozenset(_TAGS.values())
_QUOTED = frozenset({"'", '"', "|", ">"})
_NOTHING = frozenset({"", "~", "null"})

# Control characters (CR too), line ends that are none in an editor, halves of surrogate pairs, the byte order mark:
# no database or page takes all of them, and lines would be counted in two ways.
ODD_CHARACTER: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")

Key = str | int


class Document:
    """Hold a file's value and find the line of any part of it.

    All scalars are text (`No`, `3` and `true` too; the models make numbers of them), an empty one is None.
    `first_line` is where the text begins in its file, for YAML at the head of a Markdown file.
    """

    __slots__ = ("_first_line", "_root", "path", "text", "value")

    def __init__(self, path: str, text: str, root: yaml.Node | None, value: Any, first_line: int) -> None:
        self.path = path
        self.text = text
        self.value = value
        self._root = root
        self._first_line = first_line

    @property
    def id(self) -> str | None:
        """Read the document's own id as it is written, though the rest may not be usable."""
        found = self.value.get("id") if isinstance(self.value, dict) else None
        return found if isinstance(found, str) else None

    def line(self, *place: Key) -> int:
        """Find the line of a place such as ("items", 3, "stem"); of its nearest parent where it is missing."""
        line, _ = self._find(place)
        return line + self._first_line

    def origin(self, *place: Key) -> Origin:
        """Cut out the source of a place, without the blank lines and comments that follow it."""
        line, node = self._find(place)
        source = "" if node is None else self.text[node.start_mark.index : _end(node)].rstrip()
        return Origin(self.path, line + self._first_line, source, fingerprint_of(source))

    def _find(self, place: tuple[Key, ...]) -> tuple[int, yaml.Node | None]:
        node = self._root
        line = 0 if node is None else node.start_mark.line
        for key in place:
            found = _child(node, key)
            if found is not None:
                line, node = found
        return line, node


def read_document(path: str, text: str, first_line: int = 1) -> tuple[Document | None, list[Problem]]:
    """Read YAML, or say what keeps it from being read.

    A document with repeated keys is still returned (the first one counts), so that the rest of it is checked too.
    """
    try:
        root = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        return None, [Problem(path, _line_of(error, text) + first_line, _unreadable(error))]
    except (yaml.YAMLError, UnicodeError):
        message = Message(
            "This file holds characters that are not text. Save it as UTF-8 and remove control characters."
        )
        return None, [Problem(path, None, message)]
    builder = _Builder(path, first_line)
    value = None if root is None else builder.build(root)
    return Document(path, text, root, value, first_line), builder.problems


class _Loader(yaml.CBaseLoader):
    """Compose nodes with libyaml, and stop before nesting could exhaust the stack (libyaml itself recurses)."""

    _depth = 0

    def resolve(self, kind: type[yaml.Node], _value: Any, _implicit: Any) -> str:
        """Tag every node by its shape alone, since all scalars are text; the base class looks for rules first."""
        return _TAGS[kind]

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        self._depth += 1
        if self._depth > MOST_LEVELS:
            mark = None if current_node is None else current_node.start_mark
            raise ComposerError(None, None, "lists and blocks are nested too deeply", mark)

    def ascend_resolver(self) -> None:
        self._depth -= 1


class _Builder:
    """Turn nodes into values and collect what is not allowed in them."""

    def __init__(self, path: str, first_line: int) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._first_line = first_line
        self._seen: set[int] = set()

    def build(self, node: yaml.Node) -> Any:
        if id(node) in self._seen:
            self._report(node, Message("References such as “*name” are not supported. Write the text out here."))
            return None
        self._seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            self._report(node, Message("Tags such as “!name” are not supported. Write the value without it."))
            return None
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child) for child in node.value]
        if ODD_CHARACTER.search(node.value):
            self._report(node, Message("Take the control character out of this text."))
        quoted = isinstance(node, yaml.ScalarNode) and node.style in _QUOTED
        return None if node.value in _NOTHING and not quoted else node.value

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[str, Any]]:
        keys: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._report(key, Message("Write a plain word before the colon."))
            elif key.value in keys:
                self._report(key, Message("“%(key)s” stands here twice. Keep one of them.", key=key.value))
            else:
                keys.add(key.value)
                yield key.value, self.build(value)

    def _report(self, node: yaml.Node, message: Message) -> None:
        self.problems.append(Problem(self._path, node.start_mark.line + self._first_line, message))


def _child(node: yaml.Node | None, key: Key) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                return name.start_mark.line, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and 0 <= key < len(node.value):
        child = node.value[key]
        return child.start_mark.line, child
    return None


def _end(node: yaml.Node) -> int:
    """Find where a node's text ends: libyaml lets a block run on to the next entry, its last leaf does not."""
    last: yaml.Node = node
    for _ in range(MOST_LEVELS):  # a reference may lead back to its own parent
        if not isinstance(last, yaml.CollectionNode) or not last.value or last.flow_style:
            break
        tail = last.value[-1]
        last = tail[1] if isinstance(last, yaml.MappingNode) else tail
    return int(last.end_mark.index)


def _line_of(error: yaml.MarkedYAMLError, text: str) -> int:
    """Read the line of an error; what is missed at the end is told at the last line that is written."""
    mark = error.problem_mark or error.context_mark
    return min(int(mark.line), text.rstrip("\n").count("\n")) if mark is not None else 0


def _unreadable(error: yaml.MarkedYAMLError) -> Message:
    reason = str(error.problem or error.context)
    return Message(
        "This cannot be read as YAML: %(reason)s. Check the indent, the quotes and the colons here and just above.",
        reason=reason,
    )
