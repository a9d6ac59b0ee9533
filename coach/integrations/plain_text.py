"""Text out of files: bytes of any usual encoding, HTML without its tags."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from coach.content.documents import ODD_CHARACTER
from coach.integrations.found import Unreadable
from coach.words import Message

LARGEST: Final = 700_000  # bytes of a file; the preview's form holds it whole, a third longer
_ENCODINGS: Final = ("utf-8-sig", "cp949")
_BREAKS: Final = frozenset({"p", "br", "div", "li", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"})
_MEDIA: Final = frozenset({"img", "audio", "video", "iframe", "object", "embed"})
_HIDDEN: Final = frozenset({"script", "style"})
_LINES: Final = re.compile(r"\s*\n\s*")


def decode(data: bytes) -> str:
    """Read a file as UTF-8 or, from older Korean programs, CP949, with plain line ends.

    Raises Unreadable where it is too large, neither of both, or holds control characters.
    """
    if len(data) > LARGEST:
        raise Unreadable(Message("This file is larger than 700 KB. Divide it."))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _checked(data.decode("utf-16", "replace"))
    for encoding in _ENCODINGS:
        try:
            return _checked(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise Unreadable(Message("This file is not text in UTF-8 or CP949. Save it as UTF-8."))


def _checked(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = ODD_CHARACTER.search(plain)
    if odd is not None:
        line = plain.count("\n", 0, odd.start()) + 1
        raise Unreadable(Message("Line %(line)s holds a control character. Take it out.", line=line))
    return plain


def without_tags(html: str) -> tuple[str, bool]:
    """Give the text of HTML, its blocks on lines of their own, and whether pictures or recordings were left out."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    text = ODD_CHARACTER.sub("", "".join(parser.parts).replace("\xa0", " "))
    return _LINES.sub("\n", text).strip(), parser.had_media


class _Text(HTMLParser):
    """Collect what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.had_media = False
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where a block begins; a picture leaves its description."""
        self._hidden += tag in _HIDDEN
        if tag in _BREAKS:
            self.parts.append("\n")
        if tag in _MEDIA:
            self.had_media = True
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        """End a line where a block ends."""
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self._hidden:
            self.parts.append(data)
