"""Forms of evidence: where one sees oneself, an objection, and the answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its hints are a version behind
from wtforms.validators import Length

from coach.evidence.services import LONGEST_TEXT
from coach.web.forms import Form, _l, required, stripped

_ONE_OF_FOUR: Any = {
    "invalid_value_message": _l("Choose one of the four levels."),
    "invalid_choice_message": _l("Choose one of the four levels."),
}
_ONE_OF_TWO: Any = {"invalid_choice_message": _l("Choose whether it counts.")}
_SHORT: Final = Length(max=LONGEST_TEXT, message=_l("Keep this under %(max)d characters."))


class RatingForm(Form):
    """Ask where somebody sees themselves."""

    level = RadioField(
        _l("Where do you see yourself?"),
        [required(_l("Choose one of the four levels."))],
        coerce=int,
        **_ONE_OF_FOUR,
    )

    def offer(self, levels: Mapping[int, str]) -> None:
        """Put the levels with what one can see at each."""
        self.level.choices = [SelectChoice(str(level), words) for level, words in levels.items()]


class ObjectionForm(Form):
    """Ask what is wrong with a piece."""

    text = TextAreaField(
        _l("What is wrong with it?"),
        [required(_l("Say in a sentence what is wrong with it.")), _SHORT],
        filters=[stripped],
    )


class AnswerForm(Form):
    """Ask whether an objection is right, and why."""

    upheld = RadioField(
        _l("What do you say?"),
        [required(_l("Choose whether it counts."))],
        choices=[
            SelectChoice("no", _l("The objection is right: it does not count")),
            SelectChoice("yes", _l("It stays: it counts again")),
        ],
        **_ONE_OF_TWO,
    )
    answer = TextAreaField(_l("Why"), [required(_l("Say in a sentence why.")), _SHORT], filters=[stripped])
