"""Forms of programmes, workshops, the code in the room, and what was taken elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import request
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    TimeField,
    validators,
    widgets,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its hints are a version behind

from coach.content.kinds import EVERY_ROLE
from coach.errors import Invalid
from coach.skills.models import JobRole, Skill
from coach.training.programmes import ProgrammeWanted
from coach.training.workshop_models import Programme, Workshop
from coach.training.workshop_rows import KIND_NAMES, ProgrammeKind
from coach.training.workshops import WorkshopWanted
from coach.web.forms import Edited, Form, _l, required, stripped, text_field
from coach.web.language import t
from coach.words import Message, Text

LAST_WEEK: Final = 52
_A_NUMBER: Any = {"invalid_value_message": _l("Write a number.")}
_A_DAY: Any = {"invalid_value_message": _l("Write a day such as 2026-03-09.")}
_A_TIME: Any = {"invalid_value_message": _l("Write a time such as 14:30.")}
_OF_THE_LIST: Any = {"default": "", "invalid_choice_message": _l("Choose one of the list.")}


def _sentences(label: Any) -> TextAreaField:
    checks = [
        required(_l("Write a sentence.")),
        validators.Length(max=400, message=_l("Keep this under %(max)d characters.")),
    ]
    return TextAreaField(label, checks, filters=[stripped])


class ProgrammeForm(Edited):
    """Hold what an editor writes about a programme; the weeks on paths are read by `weeks`."""

    kind = RadioField(
        _l("How it is taken"),
        choices=[SelectChoice(kind.value, "") for kind in ProgrammeKind],
        **(_OF_THE_LIST | {"default": "in_person"}),
    )
    title_en = text_field(_l("Title"), longest=120, need=_l("Write a title."))
    title_ko = text_field(_l("Title in Korean"), longest=120, need=_l("Write a title."))
    summary_en = _sentences(_l("What one can do afterwards"))
    summary_ko = _sentences(_l("The same in Korean"))
    minutes = IntegerField(
        _l("Minutes"),
        [required(_l("Write a number.")), validators.NumberRange(10, 6000, _l("Between 10 and 6000 minutes."))],
        **_A_NUMBER,
    )
    skill = SelectField(_l("Skill"), **_OF_THE_LIST)
    roles = SelectMultipleField(
        _l("For whom"),
        validate_choice=False,
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    retired = BooleanField(_l("No longer offered"))
    role_rows: tuple[tuple[str, Text, str], ...] = ()

    @classmethod
    def about(
        cls,
        row: Programme | None,
        places: Mapping[str, int],
        roles: list[JobRole],
        skills: list[Skill],
        *,
        sent: bool = True,
    ) -> Any:
        """Make the form of a programme, or an empty one, with what can be chosen; `sent=False` reads the record."""
        held: dict[str, Any] = _held(row) if row else {"roles": [EVERY_ROLE]}
        form = cls.of(**held) if sent else cls(**held)
        form.kind.choices = [SelectChoice(kind.value, t(name)) for kind, name in KIND_NAMES.items()]
        form.skill.choices = [SelectChoice("", t(Message("None")))] + [SelectChoice(s.id, t(s.name)) for s in skills]
        everybody = SelectChoice(EVERY_ROLE, t(Message("Everybody")))
        form.roles.choices = [everybody, *(SelectChoice(role.id, t(role.name)) for role in roles)]
        said = request.form if form.was_sent and sent else {f"week-{role}": str(week) for role, week in places.items()}
        form.role_rows = tuple((role.id, role.name, said.get(f"week-{role.id}", "").strip()) for role in roles)
        return form

    def texts(self) -> dict[str, str]:
        """Put the weeks into words too, each beside its role."""
        weeks = {f"{t(Message('On the path, in week'))}: {t(name)}": week for _, name, week in self.role_rows}
        return super().texts() | weeks

    def wanted(self) -> ProgrammeWanted:
        """Read the form; raise Invalid where a week is none."""
        known = {role for role, _, _ in self.role_rows} | {EVERY_ROLE}
        return ProgrammeWanted(
            kind=ProgrammeKind(self.kind.data),
            title=Text(self.title_en.data or "", self.title_ko.data or ""),
            summary=Text(self.summary_en.data or "", self.summary_ko.data or ""),
            minutes=int(self.minutes.data or 0),
            skill_id=self.skill.data or None,
            roles=tuple(role for role in self.roles.data or () if role in known),
            weeks={role: _week(said) for role, _, said in self.role_rows if said},
            is_retired=bool(self.retired.data),
        )


class WorkshopForm(Edited):
    """Hold the date of a programme; day and hours are of the editor's own zone."""

    day = DateField(_l("Day"), [required(_l("Pick a day."))], **_A_DAY)
    begins = TimeField(_l("From"), [required(_l("Write a time such as 14:30."))], **_A_TIME)
    until = TimeField(_l("To"), [required(_l("Write a time such as 14:30."))], **_A_TIME)
    place = text_field(_l("Venue"), longest=200)
    link = text_field(_l("Link"), longest=500)
    seats = IntegerField(
        _l("Seats"),
        [required(_l("Write a number.")), validators.NumberRange(1, 500, _l("Between 1 and 500 seats."))],
        **_A_NUMBER,
    )
    trainer = SelectField(_l("Trainer"), **_OF_THE_LIST)

    @classmethod
    def about(
        cls, row: Workshop | None, trainers: Iterable[tuple[uuid.UUID, Text]], zone: str, *, sent: bool = True
    ) -> Any:
        """Make the form of a workshop, or an empty one; `sent=False` reads the record alone."""
        held = _planned(row, ZoneInfo(zone)) if row else {}
        form = cls.of(**held) if sent else cls(**held)
        nobody = SelectChoice("", t(Message("Not decided yet")))
        form.trainer.choices = [nobody, *(SelectChoice(str(id_), t(name)) for id_, name in trainers)]
        return form

    def wanted(self, zone: str) -> WorkshopWanted:
        """Read the form."""
        day = self.day.data or date.min
        starts, ends = (
            datetime.combine(day, hour or time.min, ZoneInfo(zone)).astimezone(UTC)
            for hour in (self.begins.data, self.until.data)
        )
        return WorkshopWanted(
            starts,
            ends,
            self.place.data or "",
            self.link.data or "",
            int(self.seats.data or 0),
            uuid.UUID(self.trainer.data) if self.trainer.data else None,
        )


class CodeForm(Form):
    """Hold the code that is shown in the room."""

    code = text_field(_l("Code"), longest=20, need=_l("Type the code that is shown in the room."))


class MaterialForm(Form):
    """Hold a file to hang on a workshop."""

    file = FileField(_l("File"))


class OutsideForm(Form):
    """Hold a diploma from elsewhere."""

    issuer = text_field(_l("With whom"), longest=120, need=_l("Say with whom you took it."))
    taken_on = DateField(_l("Day it ended"), [required(_l("Pick a day."))], **_A_DAY)
    file = FileField(_l("Diploma file"))

    def validate_file(self, field: Any) -> None:
        """Ask for the file together with what else is missing; the file itself is looked at when it is kept."""
        if not request.files.get(field.name):
            raise validators.ValidationError(t(Message("Choose a file.")))


class DecisionForm(Form):
    """Hold why a diploma is declined."""

    reason = TextAreaField(
        _l("If not: why"),
        [validators.Optional(), validators.Length(max=400, message=_l("Keep this under %(max)d characters."))],
        filters=[stripped],
    )


def _held(row: Programme) -> dict[str, Any]:
    return {
        "version": str(row.version),
        "kind": row.kind,
        "title_en": row.title.en,
        "title_ko": row.title.ko,
        "summary_en": row.summary.en,
        "summary_ko": row.summary.ko,
        "minutes": row.minutes,
        "skill": row.skill_id or "",
        "roles": list(row.roles),
        "retired": row.retired_at is not None,
    }


def _planned(row: Workshop, zone: ZoneInfo) -> dict[str, Any]:
    starts, ends = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
    return {
        "version": str(row.version),
        "day": starts.date(),
        "begins": starts.time(),
        "until": ends.time(),
        "place": row.place,
        "link": row.link,
        "seats": row.seats,
        "trainer": str(row.trainer_id or ""),
    }


def _week(said: str) -> int:
    week = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
    if not 1 <= week <= LAST_WEEK:
        raise Invalid(Message("A week is a number from 1 to %(last)s.", last=LAST_WEEK))
    return week
