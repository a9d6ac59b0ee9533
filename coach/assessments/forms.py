"""Forms of assessments."""

from __future__ import annotations

from wtforms import BooleanField, StringField

from coach.web.forms import Form, _l


class BeginForm(Form):
    """Begin a check: the button is all there is."""


class AnswerForm(Form):
    """Hold the place beside which a mistake is said; the fields differ by kind and are read by `items.answers`."""

    answer = StringField(_l("Answer"))


class HandInForm(Form):
    """Hand in; where answers are missing, say that this is meant."""

    leave_blank = BooleanField(_l("Leave them blank. They count as not right."))
