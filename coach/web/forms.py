"""The base of every form: our own words, one CSRF check at the edge, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, Self

from flask import request
from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    validators,
)
from wtforms import Form as WTForm

from coach.db import discard
from coach.errors import Conflict, Invalid, check_version
from coach.web.language import day, t
from coach.words import Message

_l: Any = lazy_gettext
"""Mark a string that is translated when it is shown; typed loosely, since WTForms asks for str."""
_UNSHOWN: Any = (HiddenField, FileField, PasswordField)


class Form(WTForm):
    """Hold what was typed; the CSRF token and the single-use key are checked before the view runs."""

    class Meta:
        """Keep WTForms from making a token of its own: one check is enough."""

        csrf = False

    form_errors: list[Any]

    @classmethod
    def of(cls, **defaults: Any) -> Self:
        """Make the form from what was sent, else from defaults."""
        return cls(request.form if request.method == "POST" else None, **defaults)

    @property
    def was_sent(self) -> bool:
        """Tell whether this request sent the form."""
        return request.method == "POST"

    @contextmanager
    def catching(self) -> Iterator[None]:
        """Put what a service finds invalid beside its field, and forget what the service had begun.

        A conflict goes on to the page that shows both texts, its fields named as they are here; where the service
        gives none, what was typed stands there all the same.
        """
        try:
            yield
        except Invalid as error:
            discard()
            field = self._fields.get(error.field or "")
            errors: Any = self.form_errors if field is None else field.errors
            errors.append(t(error.message))
        except Conflict as error:
            typed = self._labelled(error.typed or self.texts())
            raise Conflict(error.message, current=self._labelled(error.current), typed=typed) from error

    def texts(self) -> dict[str, str]:
        """Put what the form holds into words, by field, for two versions to stand side by side."""
        return {field.name: _in_words(field) for field in self if not isinstance(field, _UNSHOWN)}

    def _labelled(self, texts: Mapping[str, Any]) -> dict[str, str]:
        """Name fields by their labels; what is no field (a file, a skill) is named already."""
        names = {field.name: str(field.label.text) for field in self}
        return {names.get(name, name): day(text) if isinstance(text, date) else text for name, text in texts.items()}

    @property
    def status(self) -> int:
        """Give the status to answer with when the form is shown: 422 where something is wrong."""
        return 422 if self.was_sent else 200


class Edited(Form):
    """Be a form of a record that others may change meanwhile: `version` says which state of it was opened."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """Read the version that the writer saw; 0 where there was none, or where none was sent."""
        sent = self.version.raw_data
        return number(sent[0] if sent else None)

    def refuse_stale(self, now: int, standing: Callable[[], Form]) -> None:
        """Raise Conflict, with both texts, where the record has another version now; `standing` is made only then."""
        check_version(now, self.seen, current=lambda: standing().texts(), typed=self.texts())


def number(said: str | None) -> int:
    """Read a version that a hidden field carries; 0 where it holds none."""
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 9 else 0


def required(message: Any) -> validators.InputRequired:
    """Ask for a value with a sentence that says what to do."""
    return validators.InputRequired(message)


def stripped(value: str | None) -> str | None:
    """Take the white space off both ends."""
    return value.strip() if isinstance(value, str) else value


def text_field(label: Any, *, longest: int = 200, need: Any = None, **options: Any) -> StringField:
    """Make a one-line field with a length limit and, where `need` is given, a required one."""
    checks: list[Any] = [required(need)] if need is not None else [validators.Optional()]
    checks.append(validators.Length(max=longest, message=_l("Keep this under %(max)d characters.")))
    return StringField(label, checks, filters=[stripped], **options)


def _in_words(field: Any) -> str:
    if isinstance(field, SelectField | RadioField | SelectMultipleField):
        chosen = field.data if isinstance(field.data, list) else [field.data or ""]
        return ", ".join(str(label) for value, label, *_rest in field.iter_choices() if value in chosen)
    if isinstance(field, BooleanField):
        return str(t(Message("Yes"))) if field.data else str(t(Message("No")))
    return day(field.data) if isinstance(field.data, date) else "" if field.data is None else str(field.data)
