"""Read accounts and sessions."""

from __future__ import annotations

import hashlib
import uuid

import sqlalchemy as sa

from coach import clock
from coach.access.identity import Capability, Identity
from coach.access.reader import Reader
from coach.accounts.models import Account, OneTimeLink, SignInSession
from coach.db import run, session
from coach.people.models import CapabilityGrant, CoachPairing, JobRoleHolding, Person, ReportingPath, TeamMembership
from coach.people.ordering import by_name
from coach.skills.models import JobRole
from coach.words import Text


def hashed(token: str) -> str:
    """Hash a token of 256 random bits; SHA-256 is enough for what cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def load_reader(token: str) -> Reader | None:
    """Find whose browser holds a token: one statement, None where the session ended or the person may not sign in."""
    rows = run(_READER, {"token": hashed(token), "now": clock.now()}).all()
    if not rows:
        return None
    first = rows[0]
    held = frozenset(Capability(row.capability) for row in rows if row.capability)
    return Reader(
        token=token,
        session_id=first.session_id,
        identity=Identity(first.person_id, held),
        name=first.name,
        short_name=first.short_name,
        language=first.language,
        theme=first.theme,
        zone=first.zone,
        job_role_id=first.role_id,
        job_role_name=first.role_name,
        team_id=first.team_id,
        manages=first.manages,
        coaches=first.coaches,
        last_seen_at=first.last_seen_at,
        confirmed_at=first.confirmed_at,
    )


_READER = (
    sa.select(
        SignInSession.id.label("session_id"),
        SignInSession.last_seen_at,
        SignInSession.confirmed_at,
        Person.id.label("person_id"),
        Person.name,
        Person.short_name,
        Person.language,
        Person.theme,
        Person.zone,
        CapabilityGrant.capability,
        JobRole.id.label("role_id"),
        JobRole.name.label("role_name"),
        TeamMembership.team_id,
        sa.exists().where(ReportingPath.manager_id == Person.id).label("manages"),
        sa.exists().where(CoachPairing.coach_id == Person.id, CoachPairing.until.is_(None)).label("coaches"),
    )
    .join(Person, Person.id == SignInSession.person_id)
    .outerjoin(CapabilityGrant, CapabilityGrant.person_id == Person.id)
    .outerjoin(JobRoleHolding, sa.and_(JobRoleHolding.person_id == Person.id, JobRoleHolding.until.is_(None)))
    .outerjoin(JobRole, JobRole.id == JobRoleHolding.job_role_id)
    .outerjoin(TeamMembership, sa.and_(TeamMembership.person_id == Person.id, TeamMembership.until.is_(None)))
    .where(
        SignInSession.token_hash == sa.bindparam("token"),
        SignInSession.ended_at.is_(None),
        SignInSession.expires_at > sa.bindparam("now"),
        Person.deactivated_at.is_(None),
        Person.erased_at.is_(None),
    )
)


def account_by_email(email: str) -> tuple[uuid.UUID, str | None] | None:
    """Find the account of an address: person id and password hash; None where nobody may sign in with it."""
    query = (
        sa.select(Person.id, Account.password_hash)
        .join(Account, Account.person_id == Person.id)
        .where(Person.email == email.strip().lower(), Person.deactivated_at.is_(None), Person.erased_at.is_(None))
    )
    row = session().execute(query).one_or_none()
    return (row[0], row[1]) if row else None


def password_hash(person_id: uuid.UUID) -> str | None:
    """Read the password hash of a person's account."""
    return session().scalar(sa.select(Account.password_hash).where(Account.person_id == person_id))


def open_sessions(person_id: uuid.UUID) -> list[SignInSession]:
    """List the browsers in which a person is signed in, the last used first."""
    query = sa.select(SignInSession).where(
        SignInSession.person_id == person_id, SignInSession.ended_at.is_(None), SignInSession.expires_at > clock.now()
    )
    return list(session().scalars(query.order_by(SignInSession.last_seen_at.desc())))


def usable_link(token: str) -> OneTimeLink | None:
    """Find a one-time link that was not used, is still good and belongs to somebody who may sign in."""
    query = sa.select(OneTimeLink).join(Person, Person.id == OneTimeLink.person_id)
    return session().scalar(
        query.where(
            OneTimeLink.token_hash == hashed(token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.now(),
            Person.deactivated_at.is_(None),
            Person.erased_at.is_(None),
        )
    )


def uninvited() -> list[tuple[uuid.UUID, Text, str]]:
    """List who works here, has an address and was never sent a link, by name: with name and address."""
    invited = sa.exists().where(Account.person_id == Person.id)
    query = sa.select(Person.id, Person.name, Person.email).where(
        Person.email.is_not(None), Person.deactivated_at.is_(None), Person.erased_at.is_(None), ~invited
    )
    return [(row[0], row[1], row[2] or "") for row in session().execute(query.order_by(*by_name()))]


def holds_demo_accounts() -> bool:
    """Tell whether demo people can sign in to this database."""
    return session().scalar(sa.select(Account.person_id).where(Account.is_demo).limit(1)) is not None


def admins() -> list[tuple[uuid.UUID, bool]]:
    """List the active admins and whether each has a password yet."""
    query = (
        sa.select(Person.id, Account.password_hash.is_not(None))
        .join(CapabilityGrant, CapabilityGrant.person_id == Person.id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(CapabilityGrant.capability == Capability.ADMIN, Person.deactivated_at.is_(None))
    )
    return [(row[0], bool(row[1])) for row in session().execute(query)]
