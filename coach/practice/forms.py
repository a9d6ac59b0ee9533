"""What is handed in, and what a rater marks."""

from __future__ import annotations

import re
import uuid
from typing import Final

from flask import request
from wtforms import FileField, StringField, TextAreaField, validators

from coach.errors import Invalid
from coach.practice.rows import Handed, Upload
from coach.rubrics.rows import Rubric, Said, ScoringRow, Verdict
from coach.web.forms import Form, _l, required, stripped, text_field
from coach.words import Message

REMARKS: Final = 3
_SECOND: Final = re.compile(r"(?:(?P<minutes>\d{1,3}):)?(?P<seconds>\d{1,4})")
_TOO_LONG = _l("Keep this under %(max)d characters.")


class WorkForm(Form):
    """Hold what a person writes, records or links to."""

    text = TextAreaField(_l("Your text"))
    file = FileField(_l("A recording from this device"))
    link = StringField(_l("Link to a video"), [validators.Optional()], filters=[stripped])

    @property
    def handed(self) -> Handed:
        """Give what was sent as the service takes it."""
        sent = request.files.get("file")
        upload = Upload(sent.stream, sent.filename or "") if sent is not None and sent.filename else None
        return Handed(text=self.text.data or "", link=self.link.data or "", file=upload)


class AnswerForm(Form):
    """Hold the answer to what was said."""

    text = TextAreaField(
        _l("Your answer"),
        [required(_l("Write your answer.")), validators.Length(max=1000, message=_TOO_LONG)],
        filters=[stripped],
    )


class RemarkForm(Form):
    """Hold one remark and the second it belongs to."""

    second = text_field(_l("At"), longest=8)
    text = text_field(_l("Remark"), longest=400)

    @property
    def said(self) -> Said:
        """Give the remark as the service takes it."""
        return Said(self.text.data or "", second_of(self.second.data or "", "second"))


class ScoreForm(Form):
    """Hold the marks of a rater; criteria and remarks are read by `read`."""

    note = TextAreaField(
        _l("In one or two sentences"),
        [validators.Optional(), validators.Length(max=1000, message=_TOO_LONG)],
        filters=[stripped],
    )
    marks: dict[str, int]
    focus: tuple[str, ...]
    remarks: list[tuple[str, str]]

    def read(self, rubric: Rubric, own: ScoringRow | None) -> None:
        """Read what was sent, else what stands."""
        if not self.was_sent:
            self.marks = {each.id: level for each, level in own.marks if level} if own else {}
            self.focus = tuple(each.id for each in own.focus) if own else ()
            self.remarks = [("", "")] * REMARKS
            return
        sent = {each.id: request.form.get(f"mark-{each.id}", "") for each in rubric.criteria}
        self.marks = {key: int(value) for key, value in sent.items() if value in {"1", "2", "3", "4"}}
        self.focus = tuple(request.form.getlist("focus"))
        pairs = ((request.form.get(f"second-{n}", ""), request.form.get(f"remark-{n}", "")) for n in range(REMARKS))
        self.remarks = [(second.strip(), text.strip()) for second, text in pairs]

    @property
    def verdict(self) -> Verdict:
        """Give what was marked as the service takes it."""
        said = tuple(Said(text, second_of(second, "remarks")) for second, text in self.remarks if text)
        return Verdict(marks=self.marks, focus=self.focus, note=self.note.data or "", remarks=said)


def second_of(text: str, field: str) -> int | None:
    """Read a moment typed as 1:05 or 65; nothing means the whole."""
    if not text.strip():
        return None
    found = _SECOND.fullmatch(text.strip())
    if found is None:
        raise Invalid(Message("Write the moment as 1:05."), field=field)
    return 60 * int(found["minutes"] or 0) + int(found["seconds"])


def named(text: str) -> uuid.UUID | None:
    """Read an id that a hidden field carries."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
