"""Say words in the reader's language: the catalogue is found once a request, not once a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from babel.support import NullTranslations
from flask import g
from flask_babel import force_locale, get_domain, get_locale

from coach.words import Message, Text


@dataclass(frozen=True, slots=True)
class Speaker:
    """Hold a language and its catalogue."""

    code: str
    catalogue: NullTranslations

    def put(self, value: Any) -> Any:
        """Put a Message or a Text, and the values within, into the language; leave anything else as it is."""
        if isinstance(value, Text):
            return value.ko if self.code == "ko" else value.en
        if isinstance(value, Message):
            text = self.catalogue.gettext(value.id)
            return text % {name: self.put(inner) for name, inner in value.values.items()} if value.values else text
        return value

    def say(self, text: str, /, **values: Any) -> str:
        """Translate one sentence and put its values in."""
        found = str(self.catalogue.gettext(text))
        return found % values if values else found

    def say_number(self, one: str, many: str, num: int, /, **values: Any) -> str:
        """Translate a sentence about a number, in the plural form of the language."""
        return str(self.catalogue.ngettext(one, many, num)) % {"num": num, **values}


def speaker() -> Speaker:
    """Give the speaker of this request, or of what runs outside one."""
    try:
        found: Speaker | None = g.get("speaker")
    except RuntimeError:  # outside of any application, as in a test of a chart
        return Speaker("en", NullTranslations())
    if found is None:
        locale = get_locale()
        found = g.speaker = Speaker(locale.language if locale else "en", get_domain().get_translations())
    return found


def speaker_of(code: str) -> Speaker:
    """Give the speaker of a given language."""
    with force_locale(code):
        return Speaker(code, get_domain().get_translations())


def say(text: str, /, **values: Any) -> str:
    """Translate one sentence into the language of this request."""
    return speaker().say(text, **values)


def say_number(one: str, many: str, num: int, /, **values: Any) -> str:
    """Translate a sentence about a number into the language of this request."""
    return speaker().say_number(one, many, num, **values)
