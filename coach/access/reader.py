"""The person whose request this is: who, in which language, where in the house."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from coach.access.identity import Capability, Identity
from coach.words import Text


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """Hold what every page needs of the person signed in; read with one statement a request.

    The last four properties are what Flask-Login asks of a user; nobody gets here who may not sign in.
    """

    token: str
    session_id: uuid.UUID
    identity: Identity
    name: Text
    short_name: Text
    language: str
    theme: str
    zone: str
    job_role_id: str | None
    job_role_name: Text | None
    team_id: uuid.UUID | None
    manages: bool
    coaches: bool
    last_seen_at: datetime
    confirmed_at: datetime

    @property
    def person_id(self) -> uuid.UUID:
        """Give the person's id."""
        return self.identity.person_id

    @property
    def is_admin(self) -> bool:
        """Tell whether the account runs the system."""
        return self.identity.can(Capability.ADMIN)

    @property
    def is_authenticated(self) -> bool:
        """Say that somebody is signed in."""
        return True

    @property
    def is_active(self) -> bool:
        """Say that the account may be used."""
        return True

    @property
    def is_anonymous(self) -> bool:
        """Say that this is not a visitor."""
        return False

    def get_id(self) -> str:
        """Give Flask-Login the token that the browser holds."""
        return self.token
