"""Forms of conversations."""

from __future__ import annotations

from wtforms import RadioField, validators

from coach.web.forms import Form, _l


class BeginForm(Form):
    """Begin: the button is all there is."""


class AnswerForm(Form):
    """Hold the id of what is said; which ids there are is known by the turn, so the service decides."""

    answer = RadioField(
        _l("What do you answer?"),
        [validators.InputRequired(_l("Choose what you say."))],
        choices=[],
        validate_choice=False,
    )
