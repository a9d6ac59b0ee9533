"""Bold and stress next to Korean, where particles follow a quotation or bracket without a space.

CommonMark takes the second mark of `**“네”**예요` for no end, since punctuation stands before it and a letter after it
(commonmark-spec issue 650). Next to an East Asian letter only whitespace decides here; `_` keeps CommonMark's rule.
"""

from __future__ import annotations

import unicodedata

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter


def allow_emphasis_beside_korean(markdown: MarkdownIt) -> MarkdownIt:
    """Put the rule below before CommonMark's own."""
    markdown.inline.ruler.before("emphasis", "emphasis_beside_korean", _stars)
    return markdown


def _stars(state: StateInline, silent: bool) -> bool:
    if silent or state.src[state.pos] != "*":
        return False
    scanned = state.scanDelims(state.pos, True)
    end = state.pos + scanned.length
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    opens = scanned.can_open or (_is_east_asian(before) and not after.isspace())
    closes = scanned.can_close or (_is_east_asian(after) and not before.isspace())
    for _ in range(scanned.length):
        state.push("text", "", 0).content = "*"
        at = len(state.tokens) - 1
        delimiter = Delimiter(marker=ord("*"), length=scanned.length, token=at, end=-1, open=opens, close=closes)
        state.delimiters.append(delimiter)
    state.pos = end
    return True


def _is_east_asian(letter: str) -> bool:
    return unicodedata.category(letter) == "Lo" and unicodedata.east_asian_width(letter) in "WFH"
