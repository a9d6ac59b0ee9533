"""The base of every form: our own words, one CSRF check at the edge, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from flask import request
from flask_babel import lazy_gettext
from wtforms import Form as WTForm
from wtforms import StringField, validators

from coach.db import discard
from coach.errors import Invalid
from coach.web.language import t

_l: Any = lazy_gettext
"""Mark a string that is translated when it is shown; typed loosely, since WTForms asks for str."""


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
        """Put what a service finds invalid beside its field, and forget what the service had begun."""
        try:
            yield
        except Invalid as error:
            discard()
            field = self._fields.get(error.field or "")
            errors: Any = self.form_errors if field is None else field.errors
            errors.append(t(error.message))

    @property
    def status(self) -> int:
        """Give the status to answer with when the form is shown: 422 where something is wrong."""
        return 422 if self.was_sent else 200


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
