"""Forms of the author's pages."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, SelectField, TextAreaField, validators
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its hints are a version behind

from coach.content.reading import Reading
from coach.publishing.blanks import LessonWanted
from coach.web.forms import Edited, Form, _l, text_field
from coach.web.language import t

_TOO_LONG = _l("Keep this under %(max)d characters.")
_OF_THE_LIST: Any = {"default": "", "invalid_choice_message": _l("Choose one of the list.")}
LONGEST_FILE = 400_000


def with_plain_lines(text: str | None) -> str | None:
    """Give a text the line ends that content files have: a browser sends CRLF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


class DraftForm(Form):
    """Hold the name of a new draft."""

    title = text_field(_l("Title"), longest=200, need=_l("Write a title."))


class TitleForm(DraftForm, Edited):
    """Hold another name for a draft."""


class FileForm(Edited):
    """Hold a file's text, with the published text it was opened on; version 0 where the draft did not hold it."""

    base = HiddenField()
    text = TextAreaField(
        _l("Text"), [validators.Length(max=LONGEST_FILE, message=_TOO_LONG)], filters=[with_plain_lines]
    )


class CommentForm(Form):
    """Hold what somebody thinks of a draft."""

    text = TextAreaField(_l("Comment"), [validators.InputRequired(_l("Write what you think."))])


class LessonForm(Form):
    """Hold what a new lesson is begun with."""

    module = text_field(_l("Module"), longest=60, need=_l("Choose a module, or name a new one."))
    slug = text_field(_l("File name"), longest=60, need=_l("Name the file."))
    skill = SelectField(_l("Skill"), **_OF_THE_LIST)
    to_level = SelectField(
        _l("Leads to level"), choices=[SelectChoice(str(n), str(n)) for n in (2, 3, 4)], **_OF_THE_LIST
    )

    def choose_from(self, reading: Reading) -> LessonForm:
        """Let the skill be chosen from those of the framework."""
        skills = reading.framework.skills if reading.framework else ()
        self.skill.choices = [SelectChoice(skill.id, t(skill.name)) for skill in skills]
        return self

    def wanted(self) -> LessonWanted:
        """Give what was asked for."""
        return LessonWanted(
            self.module.data or "", self.slug.data or "", self.skill.data or "", int(self.to_level.data or 2)
        )
