"""Forms of drills: an answer with its ticket, the rhythm, a day of need."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import DateField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, widgets
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its hints are a version behind

from coach import clock
from coach.drills.models import DrillSettings
from coach.drills.rows import CardRow
from coach.errors import Invalid
from coach.skills.models import Skill
from coach.training.rows import ModuleRow
from coach.web.forms import Form, _l, required, text_field
from coach.web.language import day, t
from coach.words import Message, Text

_A_DAY: Any = {"invalid_value_message": _l("Write a day such as 2026-03-09.")}
_OF_THE_LIST: Any = {"invalid_choice_message": _l("Choose one of the list.")}
_DAYS: Final = (
    SelectChoice("0", _l("Monday")),
    SelectChoice("1", _l("Tuesday")),
    SelectChoice("2", _l("Wednesday")),
    SelectChoice("3", _l("Thursday")),
    SelectChoice("4", _l("Friday")),
    SelectChoice("5", _l("Saturday")),
    SelectChoice("6", _l("Sunday")),
)
_PAUSES: Final = (
    SelectChoice("", _l("No pause")),
    SelectChoice("7", _l("1 week")),
    SelectChoice("14", _l("2 weeks")),
    SelectChoice("28", _l("4 weeks")),
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """Hold what a question on a page was: the card, its turn, the wording, and the moment at which it was shown."""

    card_id: uuid.UUID
    turn: int
    revision_id: uuid.UUID
    shown_at: datetime

    @classmethod
    def of(cls, row: CardRow) -> Ticket:
        """Write the ticket of a question that is being shown now."""
        return cls(row.id, row.turn, row.asked.id, clock.now())

    def seal(self, person_id: uuid.UUID) -> str:
        """Sign it for one person: opening a page writes nothing, so the page itself carries the moment."""
        return _signer(person_id).dumps(
            [str(self.card_id), self.turn, str(self.revision_id), self.shown_at.timestamp()]
        )

    @classmethod
    def read(cls, sealed: str, person_id: uuid.UUID) -> Ticket:
        """Read a ticket back; raise Invalid where it is not ours or not this person's."""
        try:
            card, turn, revision, at = _signer(person_id).loads(sealed)
        except BadSignature:
            raise Invalid(Message("This form is incomplete. Open the page again and send it from there.")) from None
        return cls(uuid.UUID(card), turn, uuid.UUID(revision), datetime.fromtimestamp(at, UTC))


def _signer(person_id: uuid.UUID) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=f"drill {person_id}")


class AnswerForm(Form):
    """Hold the ticket, and the place beside which a mistake is said; the answer's fields differ by kind."""

    ticket = HiddenField()
    answer = StringField()


class RhythmForm(Form):
    """Ask for the days off and for a pause."""

    days_off = SelectMultipleField(
        _l("Days off"),
        choices=list(_DAYS),
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
        **_OF_THE_LIST,
    )
    pause = RadioField(_l("Pause"), choices=list(_PAUSES), default="", **_OF_THE_LIST)

    @classmethod
    def from_settings(cls, held: DrillSettings, today: date) -> RhythmForm:
        """Fill the form from what is kept; a pause that runs is one of the choices."""
        running = held.paused_until if held.paused_until and held.paused_until > today else None
        form = cls.of(days_off=[str(n) for n in held.days_off], pause=running.isoformat() if running else "")
        if running:
            until = SelectChoice(running.isoformat(), t(Message("Until %(day)s", day=day(running))))
            form.pause.choices = [*_PAUSES[:1], until, *_PAUSES[1:]]
        return form

    def paused_until(self, today: date) -> date | None:
        """Give the day on which the drill begins again; None without a pause."""
        chosen = self.pause.data or ""
        if chosen.isdigit():
            return today + timedelta(days=int(chosen))
        return date.fromisoformat(chosen) if chosen else None


class NeedForm(Form):
    """Ask for what, by when."""

    name = text_field(_l("What changes"), longest=80, need=_l("Say what changes."))
    about = SelectField(_l("Skill or module"), [required(_l("Choose a skill or a module."))], **_OF_THE_LIST)
    on_day = DateField(_l("Day"), [required(_l("Pick a day."))], **_A_DAY)

    def offer(self, skills: Collection[Skill], modules: Collection[ModuleRow]) -> None:
        """Put the skills and modules into the list."""
        in_skills, in_modules = t(Message("Skills")), t(Message("Modules"))
        self.about.choices = [
            SelectChoice("", t(Message("Choose a skill or a module"))),
            *(SelectChoice(f"skill {row.id}", t(row.name), optgroup=in_skills) for row in skills),
            *(SelectChoice(f"module {row.id}", t(row.title), optgroup=in_modules) for row in modules),
        ]

    def named(self) -> dict[str, Any]:
        """Give the name, the day, and the skill or the module that was chosen."""
        kind, _, chosen = (self.about.data or "").partition(" ")
        subject = {"skill_id": None, "module_id": None, f"{kind}_id": chosen}
        return {"name": Text.same(self.name.data or ""), "on_day": self.on_day.data, **subject}
