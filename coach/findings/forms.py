"""Forms of findings: why it is none, and what the person sees differently."""

from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import Length

from coach.findings.services import LONGEST_TEXT
from coach.web.forms import Form, _l, required, stripped


class DeclineForm(Form):
    """Ask why something is not a finding."""

    reason = TextAreaField(
        _l("Why is this not a finding?"),
        [
            required(_l("Say in a sentence why this is not a finding.")),
            Length(max=LONGEST_TEXT, message=_l("Keep this under %(max)d characters.")),
        ],
        filters=[stripped],
    )


class WordsForm(Form):
    """Ask what the person sees differently."""

    text = TextAreaField(
        _l("What do you see differently?"),
        [
            required(_l("Say in a sentence what you see differently.")),
            Length(max=LONGEST_TEXT, message=_l("Keep this under %(max)d characters.")),
        ],
        filters=[stripped],
    )
