"""A draft that Ines has under way: a shorter summary of a lesson, with what Taeyang says to it."""

from __future__ import annotations

import re
from typing import Final

from coach.content.spec import fingerprint_of
from coach.demo.people import Ids
from coach.publishing import drafts
from coach.publishing.queries import published_texts

_LESSON: Final = "modules/ask-about-needs/lessons/01-ask-before-you-quote"
_SUMMARIES: Final = {
    f"{_LESSON}.en.md": "Ask what it is for. The product, the amount and the price follow.",
    f"{_LESSON}.ko.md": "어디에 쓰는지 물으면 제품, 수량, 가격이 따라와요.",
}
_COMMENT: Final = "Good, that is how I say it on the phone. Put the same words into the first question."


def write_a_draft(ids: Ids) -> None:
    """Let Ines change a lesson in both languages and ask two people to read it; one has answered."""
    draft = drafts.begin(by=ids["ines"], title="Ask before you quote: a shorter summary")
    for path, text in sorted(published_texts(_SUMMARIES).items()):
        changed = re.sub(r"(?m)^summary: .*$", f"summary: {_SUMMARIES[path]}", text, count=1)
        drafts.write(by=ids["ines"], draft=draft, path=path, text=changed, version=0, base=fingerprint_of(text))
    for reader in ("taeyang", "eunbi"):
        drafts.invite(by=ids["ines"], draft=draft, person_id=ids[reader])
    drafts.comment(by=ids["taeyang"], draft=draft, text=_COMMENT)
