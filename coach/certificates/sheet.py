"""The words of the printed sheet, side by side in both languages, whichever the reader's is."""

from __future__ import annotations

from dataclasses import dataclass

from coach.certificates.queries import Earned
from coach.web.language import in_language
from coach.words import LANGUAGES, Message


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one language of the sheet; days are written so that they read the same everywhere."""

    lang: str
    eyebrow: str
    person: str
    sentence: str
    facts: tuple[tuple[str, str], ...]


def sides(found: Earned) -> tuple[Side, ...]:
    """Write the sheet in both languages."""
    return tuple(_side(found, lang) for lang in LANGUAGES)


def _side(found: Earned, lang: str) -> Side:
    def say(words: Message) -> str:
        return in_language(lang, words)

    sentence = Message(
        "has gone through the whole path of the role and, by what others saw, is likely at the level it asks."
    )
    facts = (
        (say(Message("Job role")), found.role_name.of(lang)),
        (say(Message("Earned")), found.earned_on.isoformat()),
        (say(Message("Valid until")), found.valid_until.isoformat()),
    )
    return Side(lang, say(Message("Certificate")), found.person_name.of(lang), say(sentence), facts)
