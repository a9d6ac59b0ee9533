"""`flask accounts`: the first admin of a new house."""

from __future__ import annotations

from typing import Final

import click
from flask.cli import AppGroup

from coach.access.identity import Capability
from coach.accounts.links import full_address
from coach.accounts.queries import admins
from coach.accounts.services import INVITATION_DAYS, make_link, open_account
from coach.db import unit_of_work
from coach.errors import DidimError
from coach.people.addresses import is_address
from coach.people.models import Person
from coach.people.queries import person as load
from coach.people.queries import person_by_email
from coach.people.services import add_person, set_capabilities
from coach.words import Text

commands: Final = AppGroup("accounts", help="Accounts: the first admin.")


@commands.command("first-admin")
@click.option("--name", required=True, help="The name of the admin.")
@click.option("--email", required=True, help="The address the admin signs in with.")
def first_admin(name: str, email: str) -> None:
    """Make the first admin and print a one-time link to choose a password."""
    try:
        with unit_of_work():
            link = _invite(name.strip(), email.strip().lower())
    except DidimError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Open this link within {INVITATION_DAYS} days to choose a password. It works once:\n{link}")


def _invite(name: str, email: str) -> str:
    person = person_by_email(email)
    standing = admins()
    if any(has_password for _, has_password in standing):
        raise click.ClickException("There is an admin already. Ask them for an invitation, under Accounts.")
    if standing and (person is None or person.id not in [admin for admin, _ in standing]):
        waiting = load(standing[0][0])
        raise click.ClickException(
            f"{waiting.name} is to be the first admin and has not chosen a password yet. "
            f"Ask for a new link with --email {waiting.email}."
        )
    person = person or _add(name, email)
    if not any(grant.capability == Capability.ADMIN for grant in person.capabilities):
        held = {Capability(grant.capability) for grant in person.capabilities}
        set_capabilities(person, by=None, capabilities={*held, Capability.ADMIN})
    open_account(person.id)
    return full_address("accounts.welcome_link", token=make_link(person.id, by=None, purpose="invite"))


def _add(name: str, email: str) -> Person:
    if not is_address(email):
        raise click.BadParameter("Give an e-mail address, such as name@company.com.", param_hint="--email")
    return add_person(by=None, name=Text.same(name), email=email)
