"""Forms: which file of questions goes where, and which questions go out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from wtforms import FileField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its hints are a version behind

from coach.content.kinds import ItemUse
from coach.integrations.formats import Format
from coach.publishing.desk import DraftRow
from coach.web.forms import Form, _l
from coach.web.language import t
from coach.words import Text, level_name

_OF_THE_LIST: Any = {"default": "", "invalid_choice_message": _l("Choose one of the list.")}
_USES: Any = (
    SelectChoice(ItemUse.CHECK, _l("Checks: kept from lessons, counts as evidence")),
    SelectChoice(ItemUse.LESSON, _l("Lessons: teaches, leaves no evidence")),
)
_LANGUAGES: Any = (SelectChoice("en", "English"), SelectChoice("ko", "한국어"))
_FORMATS: Any = (SelectChoice(Format.MOODLE_XML, "Moodle XML"), SelectChoice(Format.GIFT, "GIFT"))


class ImportForm(Form):
    """Hold a file, where its questions go, and, once it was looked at, the file itself again."""

    questions = FileField(_l("File"))
    skill = SelectField(_l("Skill"), **_OF_THE_LIST)
    step = SelectField(_l("Step"), **_OF_THE_LIST)
    use = SelectField(_l("Used in"), choices=_USES, **_OF_THE_LIST)
    draft = SelectField(_l("Draft"), **_OF_THE_LIST)
    name = HiddenField()
    held = HiddenField()

    def choose_from(self, skills: Sequence[tuple[str, Text]], drafts: Sequence[DraftRow]) -> ImportForm:
        """Let skill and draft be chosen from those that there are."""
        self.skill.choices = [SelectChoice(name, t(text)) for name, text in skills]
        self.step.choices = [
            SelectChoice(str(to), f"{t(level_name(to - 1))} → {t(level_name(to))}") for to in (2, 3, 4)
        ]
        own: list[Any] = [SelectChoice(str(row.id), row.title) for row in drafts]
        self.draft.choices = [SelectChoice("", t(_l("A new draft"))), *own]
        return self

    @property
    def draft_id(self) -> uuid.UUID | None:
        """Give the draft that was chosen; None for a new one."""
        return uuid.UUID(self.draft.data) if self.draft.data else None


class ExportForm(Form):
    """Hold which questions go out, in which language and format."""

    skill = SelectField(_l("Skill"), **_OF_THE_LIST)
    lang = SelectField(_l("Language"), choices=_LANGUAGES, **_OF_THE_LIST)
    form = SelectField(_l("Format"), choices=_FORMATS, **_OF_THE_LIST)

    def choose_from(self, skills: Sequence[tuple[str, Text]]) -> ExportForm:
        """Let the skill be chosen from those that there are, or all of them."""
        every: list[Any] = [SelectChoice(name, t(text)) for name, text in skills]
        self.skill.choices = [SelectChoice("", t(_l("All skills"))), *every]
        return self
