"""Add questions to a skill's file in a draft: what stands there stays as it is, byte for byte."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import yaml

from coach.content.documents import read_document
from coach.content.spec import fingerprint_of
from coach.errors import Invalid
from coach.publishing.drafts import files_of, write
from coach.publishing.models import Draft
from coach.publishing.queries import published_text
from coach.words import Message

_WIDEST: Final = 10_000  # a sentence stays on its line


def add_items_to_draft(*, by: uuid.UUID, draft: Draft, skill: str, items: Sequence[Mapping[str, Any]]) -> str:
    """Append items to items/<skill>.yml in a draft and give the file's path.

    Each item is a mapping as content/items/ has it (id, use, step, kind, stem, ...). Whether it is fit is told where
    the draft is read, with file and line; here only a file that is no list of items is refused.
    """
    path = f"items/{skill}.yml"
    row = next((file for file in files_of(draft) if file.path == path), None)
    stands = published_text(path)
    text = stands if row is None else row.text
    if items:
        base = None if stands is None else fingerprint_of(stands)
        longer = with_items(text, skill, items)
        write(by=by, draft=draft, path=path, text=longer, version=row.version if row else 0, base=base)
    return path


def with_items(text: str | None, skill: str, items: Sequence[Mapping[str, Any]]) -> str:
    """Write items below those of a file, indented as they are; begin the file where there is none."""
    if text and text.strip():
        return with_entries(text, "items", items)
    return f"skill: {skill}\nitems:\n" + "".join(_indented(yaml_of(item), "  ") for item in items)


def with_entries(text: str, key: str, entries: Sequence[Mapping[str, Any]]) -> str:
    """Write entries below the last one of a list in a YAML file; all else stays byte for byte."""
    document, _ = read_document("", text)
    listed = document.value.get(key) if document and isinstance(document.value, dict) else None
    if document is None or not isinstance(listed, list) or not listed:
        raise Invalid(Message("This file has no list “%(key)s” to add to. Mend it first.", key=key))
    last = document.origin(key, len(listed) - 1).source
    end = text.rindex(last) + len(last)
    line = text.splitlines()[document.line(key, 0) - 1]
    indent = line[: len(line) - len(line.lstrip(" "))]
    added = "".join(_indented(yaml_of(entry), indent) for entry in entries).rstrip("\n")
    return f"{text[:end]}\n{added}{text[end:] or chr(10)}"


def yaml_of(item: Mapping[str, Any]) -> str:
    """Write one item as a list entry; texts in quotes, so that none of them is taken for something else."""
    written: str = yaml.dump([_plain(item)], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDEST)
    return written


class _Quoted(str):
    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Write a sentence in double quotes and a word plainly."""


_Dumper.add_representer(
    _Quoted, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style='"')
)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    if isinstance(value, str):
        return str(value) if value.replace("-", "").isalnum() and value.isascii() else _Quoted(value)
    return value


def _indented(entry: str, indent: str) -> str:
    return "".join(_lines(entry, indent))


def _lines(entry: str, indent: str) -> Iterator[str]:
    for line in entry.splitlines(keepends=True):
        yield line if line == "\n" else indent + line
