"""Markdown made into HTML that is safe to show as it is.

CommonMark with tables; HTML in the source is shown as text, and what comes out passes an allow-list of tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from coach.content.emphasis import allow_emphasis_beside_korean

_TAGS: Final = (
    "a blockquote br code dd div dl dt em h3 h4 h5 h6 hr img li ol p pre strong table tbody td th thead tr ul"
)
_CLASSES: Final = {"dl": {"call"}, "td": {"num"}, "th": {"num"}}
_HIGHEST_HEADING: Final = 3
_COLONS: Final = ":："
UPLOADS: Final = "/media/"
_UPLOADED: Final = re.compile(r"media:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")

_MARKDOWN: Final = allow_emphasis_beside_korean(MarkdownIt("commonmark", {"html": False}).enable("table"))
_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS.split()),
    clean_content_tags={"script", "style"},
    attributes={"a": {"href", "title"}, "img": {"src", "alt"}, "ol": {"start"}},
    allowed_classes=_CLASSES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener noreferrer",
)


def render(markdown: str) -> str:
    """Render Markdown to safe HTML.

    Headings begin at h3, since the part has its own. A quotation whose paragraphs begin with a speaker in bold
    (`**Customer:** "…"`) becomes a list of who says what. Pictures come from this site only; `media:<id>` names an
    uploaded file.
    """
    tokens = _MARKDOWN.parse(markdown.encode("utf-8", "replace").decode("utf-8"))
    html: str = _MARKDOWN.renderer.render(list(_arranged(tokens)), _MARKDOWN.options, {})
    return clean(html)


def clean(html: str) -> str:
    """Keep only what the allow-list names."""
    return _CLEANER.clean(html)


def _arranged(tokens: Sequence[Token]) -> Iterator[Token]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "blockquote_open":
            end = _closing(tokens, at)
            call = _call(tokens[at + 1 : end])
            if call:
                yield from call
                at = end + 1
                continue
        yield _fitted(token)
        at += 1


def _fitted(token: Token) -> Token:
    """Fit one token to the page: headings below the part's own, alignment by class, no foreign pictures."""
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{max(_HIGHEST_HEADING, int(token.tag[1:]))}"
    elif token.type in ("td_open", "th_open"):
        aligned = token.attrs.pop("style", "")
        if aligned == "text-align:right":
            token.attrs["class"] = "num"
    elif token.type == "inline":
        token.children = [_own_picture(child) for child in token.children or ()]
    return token


def _own_picture(token: Token) -> Token:
    source = str(token.attrs.get("src", ""))
    uploaded = _UPLOADED.fullmatch(source)
    if token.type == "image" and uploaded:
        token.attrs["src"] = f"{UPLOADS}{uploaded[1]}"
        return token
    if token.type != "image" or (source.startswith("/") and not source.startswith("//")):
        return token
    return Token("text", "", 0, content=token.content)


def _closing(tokens: Sequence[Token], at: int) -> int:
    level = tokens[at].level
    return next(end for end in range(at + 1, len(tokens)) if tokens[end].level == level and tokens[end].nesting < 0)


def _call(inside: Sequence[Token]) -> list[Token]:
    """Make rows of speaker and speech; nothing if anything else stands in the quotation."""
    if any(token.type not in ("paragraph_open", "inline", "paragraph_close") for token in inside):
        return []
    lines = [line for token in inside if token.type == "inline" for line in _lines(token.children or [])]
    if not lines or not _speaker(lines[0]):
        return []
    rows: list[Token] = []
    for line in lines:
        rows.extend(_row(line, first=not rows))
    return [Token("call_open", "dl", 1, attrs={"class": "call"}, block=True), *rows, *_closed("div", "dl")]


def _lines(children: Sequence[Token]) -> list[list[Token]]:
    """Split a paragraph before each new speaker, so that turns may stand line under line."""
    lines: list[list[Token]] = [[]]
    for at, child in enumerate(children):
        if child.type == "softbreak" and _speaker(children[at + 1 : at + 6]):
            lines.append([])
        else:
            lines[-1].append(child)
    return lines


def _speaker(line: Sequence[Token]) -> str:
    """Read the speaker's name from a line that begins with it in bold before a colon; empty for any other line."""
    bold = [token for token in line[:5] if token.type != "text" or token.content][:3]
    if [token.type for token in bold] != ["strong_open", "text", "strong_close"]:
        return ""
    name = bold[1].content.rstrip()
    return name.rstrip(_COLONS).rstrip() if name.endswith(tuple(_COLONS)) else ""


def _row(line: Sequence[Token], *, first: bool) -> list[Token]:
    """Begin a row for a new speaker, or let the last one go on in a further dd."""
    speaker = _speaker(line)
    if not speaker:
        return [*_opened("dd"), _inline(line), *_closed("dd")]
    close = next(at for at, token in enumerate(line) if token.type == "strong_close")
    before = [] if first else _closed("div")
    name = _inline([Token("text", "", 0, content=speaker)])
    said = [*_opened("dd"), _inline(line[close + 1 :]), *_closed("dd")]
    return [*before, *_opened("div", "dt"), name, *_closed("dt"), *said]


def _inline(children: Sequence[Token]) -> Token:
    kept = [_own_picture(child) for child in children]
    if kept and kept[0].type == "text":
        kept[0].content = kept[0].content.lstrip()
    return Token("inline", "", 0, children=kept)


def _opened(*tags: str) -> list[Token]:
    return [Token(f"{tag}_open", tag, 1) for tag in tags]


def _closed(*tags: str) -> list[Token]:
    return [Token(f"{tag}_close", tag, -1, block=tag in ("div", "dl")) for tag in tags]
