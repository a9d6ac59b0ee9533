"""Forms of the pages about people."""

from __future__ import annotations

import uuid
from typing import Any, Self

from wtforms import (
    DateField,
    SelectField,
    SelectMultipleField,
    validators,
    widgets,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # its hints are a version behind

from coach.access.identity import Capability
from coach.people import listings
from coach.people.addresses import is_address
from coach.people.models import Person
from coach.people.queries import PersonRow
from coach.people.records import Wanted
from coach.web.forms import Edited, Form, _l, text_field
from coach.web.language import t
from coach.words import Text

CAPABILITIES = (
    SelectChoice(Capability.COACH, _l("Coach: may be paired with people to coach")),
    SelectChoice(Capability.EDITOR, _l("Editor: writes lessons and questions")),
    SelectChoice(Capability.ADMIN, _l("Admin: runs accounts and the system")),
)
_WRONG_DAY: Any = {"invalid_value_message": _l("Write a day such as 2026-03-09.")}
_OF_THE_LIST: Any = {"default": "", "invalid_choice_message": _l("Choose one of the list.")}


class PersonForm(Edited):
    """Hold the record of a person."""

    name_en = text_field(_l("Name"), longest=120, need=_l("Write a name."))
    name_ko = text_field(_l("Name in Korean"), longest=60)
    email = text_field(_l("Work e-mail"), longest=254)
    employee_no = text_field(_l("Employee number"), longest=60)
    hired_on = DateField(_l("Hire date"), [validators.Optional()], **_WRONG_DAY)
    job_role = SelectField(_l("Role"), **_OF_THE_LIST)
    team = SelectField(_l("Team"), **_OF_THE_LIST)
    new_team = text_field(_l("Or a new team"), longest=80)
    manager = SelectField(_l("Reports to"), **_OF_THE_LIST)

    @classmethod
    def about(cls, person: Person | None = None, row: PersonRow | None = None, *, sent: bool = True) -> Self:
        """Make the form of a person, or an empty one, with what can be chosen; `sent=False` reads the record alone."""
        held = _held(person, row) if person and row else {}
        form = cls.of(**held) if sent else cls(**held)
        form.job_role.choices = _choices(listings.job_roles(row.job_role_id if row else None))
        form.team.choices = _choices((team.id, team.name) for team in listings.teams())
        form.manager.choices = _choices(listings.possible_managers(person, row))
        return form

    def validate_name_en(self, field: Any) -> None:
        """Refuse a name of spaces."""
        if not field.data:
            raise validators.ValidationError(_l("Write a name."))

    def validate_email(self, field: Any) -> None:
        """Refuse what cannot be an address."""
        if field.data and not is_address(field.data):
            raise validators.ValidationError(_l("Write an address such as name@company.com."))

    def wanted(self) -> Wanted:
        """Read the form."""
        name = self.name_en.data or ""
        return Wanted(
            name=Text(name, self.name_ko.data or name),
            email=(self.email.data or "").lower() or None,
            employee_no=self.employee_no.data or None,
            hired_on=self.hired_on.data,
            job_role_id=self.job_role.data or None,
            team_id=_id(self.team.data),
            manager_id=_id(self.manager.data),
            new_team=self.new_team.data or None,
        )


class CapabilitiesForm(Edited):
    """Choose what an account may do beyond its own work."""

    capabilities = SelectMultipleField(
        _l("May also"),
        choices=CAPABILITIES,
        **_OF_THE_LIST,
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )

    @classmethod
    def about(cls, person: Person) -> Self:
        """Make the form as the account stands."""
        return cls(capabilities=[grant.capability for grant in person.capabilities], version=str(person.version))


class CoachForm(Form):
    """Choose a coach."""

    coach = SelectField(_l("Coach"), **_OF_THE_LIST)


def _held(person: Person, row: PersonRow) -> dict[str, Any]:
    return {
        "version": str(person.version),
        "name_en": person.name.en,
        "name_ko": person.name.ko if person.name.ko != person.name.en else "",
        "email": person.email or "",
        "employee_no": person.employee_no or "",
        "hired_on": person.hired_on,
        "job_role": row.job_role_id or "",
        "team": str(row.team_id or ""),
        "manager": str(row.manager_id or ""),
    }


def _choices(pairs: Any) -> list[Any]:
    return [SelectChoice("", _l("None")), *(SelectChoice(str(value), t(name)) for value, name in pairs)]


def _id(value: str | None) -> uuid.UUID | None:
    return uuid.UUID(value) if value else None
