"""Sign in and out, one-time links, passwords, preferences."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import Final
from zoneinfo import available_timezones

import sqlalchemy as sa

from coach import clock
from coach.accounts import events
from coach.accounts.models import Account, OneTimeLink, SignInSession
from coach.accounts.queries import account_by_email, hashed, uninvited, usable_link
from coach.activity.services import record
from coach.db import session
from coach.errors import Invalid, NotFound
from coach.jobs.services import send_later
from coach.people.models import Person
from coach.words import LANGUAGES, Message

RESET_HOURS: Final = 2
INVITATION_DAYS: Final = 14
THEMES: Final = ("system", "light", "dark")


def open_account(person_id: uuid.UUID, *, password_hash: str | None = None, is_demo: bool = False) -> Account:
    """Let a person have an account; without a password until the invitation is used."""
    account = session().get(Account, person_id)
    if account is None:
        account = Account(person_id=person_id, is_demo=is_demo)
        session().add(account)
    if password_hash is not None:
        account.password_hash, account.password_changed_at = password_hash, clock.now()
    session().flush()
    return account


def start_session(person_id: uuid.UUID, *, hours: int, device: str = "") -> str:
    """Sign a browser in; return the token that only it will hold."""
    token, now = secrets.token_urlsafe(32), clock.now()
    session().add(
        SignInSession(
            token_hash=hashed(token),
            person_id=person_id,
            created_at=now,
            confirmed_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(hours=hours),
            device=device[:120],
        )
    )
    record(events.SIGNED_IN, by=person_id, about=person_id)
    return token


def end_session(session_id: uuid.UUID, *, by: uuid.UUID, person_id: uuid.UUID) -> None:
    """Sign one browser of a person out; raise NotFound where it is not theirs."""
    found = session().get(SignInSession, session_id)
    if found is None or found.person_id != person_id:
        raise NotFound
    found.ended_at = found.ended_at or clock.now()
    record(events.SIGNED_OUT, by=by, about=person_id)


def end_sessions(person_id: uuid.UUID, *, by: uuid.UUID | None, but: uuid.UUID | None = None) -> None:
    """Sign a person out everywhere, but perhaps in the browser that asks."""
    here = SignInSession.id != but if but else sa.true()
    session().execute(
        sa.update(SignInSession)
        .where(SignInSession.person_id == person_id, SignInSession.ended_at.is_(None), here)
        .values(ended_at=clock.now())
    )
    record(events.SIGNED_OUT, by=by, about=person_id)


def seen(session_id: uuid.UUID) -> None:
    """Note that a browser is in use."""
    session().execute(sa.update(SignInSession).where(SignInSession.id == session_id).values(last_seen_at=clock.now()))


def make_link(person_id: uuid.UUID, *, by: uuid.UUID | None, purpose: str) -> str:
    """Make a one-time link (reset or invite); return its token, which is stored only as a hash."""
    token, now = secrets.token_urlsafe(32), clock.now()
    good_for = timedelta(hours=RESET_HOURS) if purpose == "reset" else timedelta(days=INVITATION_DAYS)
    session().add(
        OneTimeLink(
            token_hash=hashed(token), person_id=person_id, purpose=purpose, created_at=now, expires_at=now + good_for
        )
    )
    record(events.LINK_SENT, by=by, about=person_id, purpose=purpose)
    return token


def mail_link(person: Person, *, by: uuid.UUID | None, purpose: str) -> None:
    """Send a person a one-time link; the mail leaves after the transaction."""
    open_account(person.id)
    send_later(f"link_{purpose}", to=person.id, token=make_link(person.id, by=by, purpose=purpose))


def invite(people: Collection[uuid.UUID], *, by: uuid.UUID) -> int:
    """Mail an invitation to each of some people who never had a link; return how many there were."""
    new = [person_id for person_id, _, _ in uninvited() if person_id in people]
    for person in session().scalars(sa.select(Person).where(Person.id.in_(new))).all():
        mail_link(person, by=by, purpose="invite")
    return len(new)


def mail_reset(email: str) -> None:
    """Send a reset link where the address has an account; nobody is told whether it has."""
    found = account_by_email(email)
    person = session().get(Person, found[0]) if found else None
    if person is not None:
        mail_link(person, by=None, purpose="reset")


def use_link(token: str, *, password_hash: str) -> uuid.UUID:
    """Set the password that a one-time link is for and end every open session; raise NotFound where it is spent."""
    link = usable_link(token)
    if link is not None:  # whoever sets this password takes the account first: links and account in one order
        session().get(Account, link.person_id, with_for_update=True)
    spent = sa.update(OneTimeLink).where(OneTimeLink.token_hash == hashed(token), OneTimeLink.used_at.is_(None))
    if link is None or session().scalar(spent.values(used_at=clock.now()).returning(OneTimeLink.id)) is None:
        raise NotFound(Message("This link was used or is too old. Ask for a new one."))
    set_password(link.person_id, by=link.person_id, password_hash=password_hash)
    return link.person_id


def set_password(person_id: uuid.UUID, *, by: uuid.UUID, password_hash: str) -> None:
    """Store a new password hash, sign the person out everywhere and spend every link still on its way."""
    open_account(person_id, password_hash=password_hash)
    end_sessions(person_id, by=by)
    unused = sa.update(OneTimeLink).where(OneTimeLink.person_id == person_id, OneTimeLink.used_at.is_(None))
    session().execute(unused.values(used_at=clock.now()))
    record(events.PASSWORD_SET, by=by, about=person_id)


def confirm(session_id: uuid.UUID) -> None:
    """Note that the password was asked for and given in this session."""
    session().execute(sa.update(SignInSession).where(SignInSession.id == session_id).values(confirmed_at=clock.now()))


def set_preferences(
    person_id: uuid.UUID, *, language: str | None = None, theme: str | None = None, zone: str | None = None
) -> None:
    """Remember language, theme and time zone; what is not known is refused."""
    check_preferences(language=language, theme=theme, zone=zone)
    chosen = {name: value for name, value in (("language", language), ("theme", theme), ("zone", zone)) if value}
    if chosen:  # past the version: an admin who edits the record has nothing to do with it
        session().execute(sa.update(Person).where(Person.id == person_id).values(chosen))
    record(events.PREFERENCES_CHANGED, by=person_id, about=person_id)


def check_preferences(*, language: str | None = None, theme: str | None = None, zone: str | None = None) -> None:
    """Raise Invalid for a language, theme or time zone that is not known."""
    if language is not None and language not in LANGUAGES:
        raise Invalid(Message("Choose one of the languages."), field="language")
    if theme is not None and theme not in THEMES:
        raise Invalid(Message("Choose one of the themes."), field="theme")
    if zone is not None and zone not in available_timezones():
        raise Invalid(Message("Choose one of the time zones."), field="zone")
