"""Forms of signing in and of one's own account."""

from __future__ import annotations

from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

from wtforms import PasswordField, SelectField, validators
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its hints are a version behind

from coach.people.addresses import is_address
from coach.web.forms import Form, _l, required, text_field

_AREAS: Final = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@cache
def zones() -> tuple[str, ...]:
    """List the time zones one can choose, by name."""
    return ("UTC", *sorted(name for name in available_timezones() if name.startswith(_AREAS)))


class AddressForm(Form):
    """Ask for an e-mail address."""

    email = text_field(_l("Work e-mail"), longest=254, need=_l("Write your e-mail address."))


class ResetForm(AddressForm):
    """Ask where the link goes; what can be no address is told at once, for everybody alike."""

    def validate_email(self, field: Any) -> None:
        """Refuse what cannot be an address."""
        if not is_address(field.data or ""):
            raise validators.ValidationError(_l("Write an address such as name@company.com."))


class SignInForm(AddressForm):
    """Ask who it is."""

    password = PasswordField(_l("Password"), [required(_l("Write your password."))])


def _new_password() -> PasswordField:
    return PasswordField(_l("New password"), [required(_l("Choose a password."))])


class NewPasswordForm(Form):
    """Ask for a new password, once: it can be looked at while typing."""

    password = _new_password()


class ChangePasswordForm(Form):
    """Ask for the present password and a new one, in the order in which they stand on the page."""

    current = PasswordField(_l("Present password"), [required(_l("Write your present password."))])
    password = _new_password()


class ConfirmForm(Form):
    """Ask for the password once more before something that matters."""

    current = PasswordField(_l("Password"), [required(_l("Write your password."))])


class PreferencesForm(Form):
    """Choose language, colours and time zone."""

    language = SelectField(_l("Language"), choices=[SelectChoice("en", "English"), SelectChoice("ko", "한국어")])
    theme = SelectField(
        _l("Colours"),
        choices=[
            SelectChoice("system", _l("As this device")),
            SelectChoice("light", _l("Light")),
            SelectChoice("dark", _l("Dark")),
        ],
    )
    zone = SelectField(
        _l("Time zone"), choices=lambda: [SelectChoice(name, name.replace("_", " ")) for name in zones()]
    )
