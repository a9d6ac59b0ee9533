"""The two-minute log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import DateField, RadioField, StringField, TextAreaField, validators
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its hints are a version behind

from coach.coaching.services import Due, Outcome, Setting, Talk
from coach.web.forms import Edited, _l, stripped, text_field
from coach.web.language import t
from coach.words import Message, level_name

SETTINGS = [
    SelectChoice(Setting.CALL, _l("Call")),
    SelectChoice(Setting.MEETING, _l("Meeting")),
    SelectChoice(Setting.DEMO, _l("Demo")),
    SelectChoice(Setting.ROLE_PLAY, _l("Role play")),
]
DUES = [
    SelectChoice(Due.NEXT_CALL, _l("Next call")),
    SelectChoice(Due.WEEK, _l("This week")),
    SelectChoice(Due.DAY, _l("Pick a day")),
]
OUTCOMES = [
    SelectChoice(Outcome.DID, _l("Did it")),
    SelectChoice(Outcome.PARTLY, _l("Partly")),
    SelectChoice(Outcome.NOT_YET, _l("Not yet")),
]
_TOO_LONG = _l("Keep this under %(max)d characters.")
_A_DAY: Any = {"invalid_value_message": _l("Write a day such as 2026-03-09.")}
_OF_THE_LIST: Any = {"invalid_choice_message": _l("Choose one of the list.")}


class LogForm(Edited):
    """Hold what a coach saw, and the one thing agreed; the ratings are read by `levels`."""

    setting = RadioField(_l("What"), choices=SETTINGS, default=Setting.CALL, **_OF_THE_LIST)
    held_on = DateField(_l("When"), [validators.InputRequired(_l("Choose a day."))], **_A_DAY)
    about = text_field(_l("What was it about?"), longest=120)
    action = TextAreaField(
        _l("Agreed next"), [validators.Optional(), validators.Length(max=400, message=_TOO_LONG)], filters=[stripped]
    )
    due = RadioField(_l("By when"), choices=DUES, default=Due.NEXT_CALL, **_OF_THE_LIST)
    due_on = DateField(_l("Day"), [validators.Optional()], **_A_DAY)
    lesson = StringField(_l("Suggest a lesson"))
    outcome = RadioField(_l("How did it go?"), [validators.Optional()], choices=OUTCOMES, validate_choice=False)

    rated: dict[str, int]
    skill_names: Mapping[str, str]

    def read_levels(self, sent: Any, names: Mapping[str, str], before: dict[str, int]) -> None:
        """Read the ratings that were sent, else take those from before; one that is no level counts as not seen.

        `names` are those of the skills that can be rated, by their ids.
        """
        self.skill_names = names
        if sent is None:
            self.rated = before
            return
        found = {skill_id: sent.get(f"rate-{skill_id}", "") for skill_id in names}
        self.rated = {skill_id: int(value) for skill_id, value in found.items() if value in {"1", "2", "3", "4"}}

    def texts(self) -> dict[str, str]:
        """Put what was seen into words too, skill by skill."""
        names, rated = self.skill_names, self.rated.items()
        seen = ", ".join(f"{names.get(skill, skill)}: {t(level_name(level))}" for skill, level in rated)
        return super().texts() | {str(t(Message("What did you see?"))): seen}

    def talk(self, today: date) -> Talk:
        """Give what was typed as the service takes it."""
        return Talk(
            setting=Setting(self.setting.data),
            held_on=self.held_on.data or today,
            levels=self.rated,
            about=self.about.data or "",
            action=self.action.data or "",
            due=Due(self.due.data),
            due_on=self.due_on.data,
            lesson_id=self.lesson.data or None,
        )

    @property
    def went(self) -> Outcome | None:
        """Give how the last agreed thing went, if the coach said so."""
        return Outcome(self.outcome.data) if self.outcome.data in set(Outcome) else None
