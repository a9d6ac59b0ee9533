"""The Korean catalogue: one small file a slice under translations/ko.d, gathered and compiled into one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE: Final = Path(__file__).resolve().parent.parent
PARTS: Final = PACKAGE / "translations" / "ko.d"
COMPILED: Final = PACKAGE / "translations" / "ko" / "LC_MESSAGES" / "messages.mo"
_METHODS: Final = [("templates/**.html", "jinja2"), ("**.py", "python")]
_KEYWORDS: Final = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2), "Message": None}
_OPTIONS: Final = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}


def gather() -> tuple[Catalog, list[str]]:
    """Read every part; return the whole and what is wrong with it (an id with two different translations)."""
    whole, problems = Catalog(locale="ko", fuzzy=False), []
    for path in sorted(PARTS.glob("*.po")):
        part = read_po(io.BytesIO(path.read_bytes()), locale="ko")
        for message in part:
            if not message.id:
                continue
            known = whole.get(message.id)
            if known is not None and known.string != message.string:
                problems.append(f"{path.name}: {message.id!r} is translated another way elsewhere")
            elif known is None:
                whole.add(message.id, message.string, flags=message.flags)
    return whole, problems


def compile_korean() -> int:
    """Compile the parts into the catalogue that the application reads, where one is newer; return the count."""
    whole, _ = gather()
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    packed = io.BytesIO()
    write_mo(packed, whole)
    if not COMPILED.is_file() or COMPILED.read_bytes() != packed.getvalue():
        fresh = COMPILED.with_suffix(".new")
        fresh.write_bytes(packed.getvalue())
        fresh.replace(COMPILED)
    return len(whole)


def used() -> dict[str, str]:
    """Extract every message of the product: id -> where it stands first."""
    found: dict[str, str] = {}
    for file, line, message, _comments, _context in _extracted():
        first = message[0] if isinstance(message, tuple) else message
        if first:
            found.setdefault(first, f"{file}:{line}")
    return found


def _extracted() -> Iterator[tuple[str, int, str | tuple[str, ...], list[str], str | None]]:
    return extract_from_dir(
        PACKAGE,
        method_map=_METHODS,
        options_map=_OPTIONS,
        keywords=_KEYWORDS,
        comment_tags=(),
        strip_comment_tags=False,
    )
