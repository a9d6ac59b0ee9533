"""What may stand beside a module's lessons: its two forms, told by the slice that has them (see `connect`)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from coach.access.identity import Identity


@dataclass(frozen=True, slots=True)
class FormRow:
    """Hold one of the two forms round a module: `right` of its `size` questions once it is handed in."""

    quiz_id: str
    attempt_id: uuid.UUID | None
    right: int
    size: int
    is_taken: bool


@dataclass(frozen=True, slots=True)
class ModuleForms:
    """Hold the forms that a module's page shows: taken, begun, or open now."""

    before: FormRow | None
    after: FormRow | None

    @property
    def open(self) -> FormRow | None:
        """Give the form that waits for the person."""
        return next((form for form in (self.after, self.before) if form is not None and not form.is_taken), None)


FormsOf = Callable[[Identity, str], ModuleForms | None]
_forms_of: list[FormsOf] = []


def connect(forms_of: FormsOf) -> None:
    """Take the reader of a module's forms."""
    _forms_of[:] = [forms_of]


def forms_beside(identity: Identity, module_id: str) -> ModuleForms | None:
    """Give what stands of a module's two forms for a person; None where nothing is to be said."""
    return next((forms_of(identity, module_id) for forms_of in _forms_of), None)
