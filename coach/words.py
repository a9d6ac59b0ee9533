"""Words that reach a person: messages to be translated, and texts that come in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

LANGUAGES: Final = ("en", "ko")
_NO_BREAK: Final = "\u00a0"


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """Hold an English sentence and its values until `web` translates it.

    The id is the English source with `%(name)s` placeholders; `Message` is a Babel keyword: the id is a literal.
    A value may itself be a Message or a Text: it is put into the reader's language first.
    """

    id: str
    values: dict[str, Any] = field(hash=False)

    def __init__(self, id: str, **values: Any) -> None:  # noqa: A002 -- gettext's word for it
        object.__setattr__(self, "id", id)
        object.__setattr__(self, "values", values)

    def __str__(self) -> str:
        return self.id % self.values if self.values else self.id


@dataclass(frozen=True, slots=True)
class Text:
    """Hold one text in English and Korean."""

    en: str
    ko: str

    @classmethod
    def same(cls, text: str) -> Text:
        """Use one text for both languages, as for a name that was only given once."""
        return cls(en=text, ko=text)

    def of(self, language: str) -> str:
        """Read the text in a language, English where the language is not known."""
        return self.ko if language == "ko" else self.en

    @property
    def unbroken(self) -> Text:
        """Give the text without a place to break a line: a name inside a heading."""
        return Text(self.en.replace(" ", _NO_BREAK), self.ko.replace(" ", _NO_BREAK))

    def __str__(self) -> str:
        return self.en


def level_name(level: int) -> Message:
    """Name a level, 1 to 4, in the words of the scale."""
    return _LEVELS[level]


_LEVELS: Final = {
    1: Message("Not yet"),
    2: Message("With help"),
    3: Message("Alone"),
    4: Message("Could teach"),
}
