"""What may stand beside a module's lessons: its two forms, told by the slice that has them (see `connect`)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Final

from coach.access.identity import Identity
from coach.ports import Port


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


forms_beside: Final[Port[[Identity, str], ModuleForms | None]] = Port("what stands of a module's two forms?")
"""None where nothing is to be said."""
