"""Forms of assignments: what, to whom, by when; and another day."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any, Final

from wtforms import DateField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its hints are a version behind
from wtforms.validators import Optional

from coach.assignments.giving import GivingPage, LessonChoice
from coach.web.forms import Edited, Form, _l, required
from coach.web.language import t
from coach.words import Message

_WHEN: Final = [
    SelectChoice("week", _l("In 1 week")),
    SelectChoice("two_weeks", _l("In 2 weeks")),
    SelectChoice("day", _l("Pick a day")),
]
_A_DAY: Any = {"invalid_value_message": _l("Write a day such as 2026-03-09.")}
_OF_THE_LIST: Any = {"invalid_choice_message": _l("Choose one of the list.")}
_NOBODY: Any = {"invalid_value_message": _l("Choose one of the list.")}
_DAYS: Final = {"week": 7, "two_weeks": 14}


def _person(value: object) -> uuid.UUID:
    return uuid.UUID(str(value))


class DueForm(Form):
    """Ask by when."""

    when = RadioField(_l("By when"), choices=_WHEN, default="two_weeks", **_OF_THE_LIST)
    due_on = DateField(_l("Day"), [Optional()], **_A_DAY)

    def due(self, today: date) -> date | None:
        """Work out the day; None where a day was to be picked and was not."""
        if self.when.data in _DAYS:
            return today + timedelta(days=_DAYS[self.when.data])
        return self.due_on.data

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the day where one was to be picked."""
        valid = super().validate(extra_validators)
        if self.when.data == "day" and self.due_on.data is None and not self.due_on.errors:
            self.due_on.errors = [*self.due_on.errors, t(Message("Pick a day."))]
            return False
        return valid


class GiveForm(DueForm):
    """Ask which lesson, to whom, by when."""

    lesson_id = SelectField(_l("Lesson"), [required(_l("Choose a lesson."))], validate_choice=False)
    to = SelectMultipleField(_l("People"), coerce=_person, validate_choice=False, **_NOBODY)
    roles = SelectMultipleField(_l("Whole roles"), validate_choice=False)
    because = SelectMultipleField(_l("Because of"), coerce=_person, validate_choice=False, **_NOBODY)
    back = HiddenField()

    def offer(self, page: GivingPage) -> None:
        """Put the lessons into the list, the proposed ones first."""
        proposed, shown = t(Message("Proposed")), {lesson.id for lesson in page.proposed}
        others = [lesson for lesson in page.lessons if lesson.id not in shown]
        self.lesson_id.choices = [
            SelectChoice("", t(Message("Choose a lesson"))),
            *(_choice(lesson, proposed) for lesson in page.proposed),
            *(_choice(lesson, t(lesson.skill_name)) for lesson in others),
        ]

    def people(self, page: GivingPage) -> list[uuid.UUID]:
        """List everybody chosen, one by one or by role."""
        return list(dict.fromkeys([*(self.to.data or []), *page.people_of(self.roles.data or [])]))


class MoveForm(Edited):
    """Ask for another day."""

    due_on = DateField(_l("Due"), [required(_l("Pick a day."))], **_A_DAY)


def _choice(lesson: LessonChoice, group: str) -> SelectChoice:
    words = Message("%(title)s, %(minutes)s min", title=lesson.title, minutes=lesson.minutes)
    return SelectChoice(lesson.id, t(words), optgroup=group)
