"""Commands of the demo department, and what anyone needs to check the access rules from outside."""

from __future__ import annotations

import json
from typing import Any, Final

import click
import flask_migrate
import sqlalchemy as sa
from flask import current_app

import config
from coach.db import Base, db, unit_of_work
from coach.demo.cast import CAST
from coach.demo.story import PASSWORD, invitation, replay
from coach.people.models import Person
from coach.publishing.folder import read_folder
from coach.publishing.services import publish
from coach.web.guard import guard_of

commands: Final = click.Group("demo", help="The demo department.")

# For each relation of the access matrix: who holds it, towards whom.
PERSONAS: Final = {
    "self": ("jiwoo", "jiwoo"),
    "author": ("taeyang", "jiwoo"),
    "peer": ("yuna", "jiwoo"),
    "outsider": ("haeun", "jiwoo"),
    "coach": ("taeyang", "jiwoo"),
    "coach_other": ("felix", "jiwoo"),
    "coach_former": ("mirae", "jiwoo"),
    "manager": ("sora", "jiwoo"),
    "upline": ("kyungmi", "jiwoo"),
    "manager_other": ("marcus", "jiwoo"),
    "manager_former": ("jaehee", "jiwoo"),
    "editor": ("ines", "jiwoo"),
    "admin": ("dana", "jiwoo"),
}


@commands.command("fresh")
@click.option("--yes", is_flag=True, help="Do not ask.")
def fresh(*, yes: bool) -> None:
    """Empty the database of this machine and replay the demo department."""
    settings: config.Settings = current_app.config["SETTINGS"]
    if settings.is_production:
        raise click.ClickException("This is production: the demo department is not for here.")
    if not yes:
        click.confirm(f"Empty {_where(settings)} and fill it with the demo department?", abort=True)
    settings.var.mkdir(mode=0o700, parents=True, exist_ok=True)  # before the first start there is none
    _empty()
    flask_migrate.upgrade()
    with unit_of_work():
        publish(read_folder(settings.content), by=None)
    replay(progress=lambda week: click.echo(f"week {week}"))
    click.echo(invitation())


@commands.command("personas")
def personas() -> None:
    """Print, as JSON, one way to sign in for each relation of the access matrix."""
    people = {member.key: member for member in CAST}
    ids = {p.email: str(p.id) for p in db.session.scalars(sa.select(Person).where(Person.email.is_not(None)))}
    rows: dict[str, Any] = {"anon": None}
    for relation, (actor, subject) in PERSONAS.items():
        rows[relation] = {
            "email": people[actor].email,
            "password": PASSWORD,
            "person_id": ids.get(people[actor].email),
            "subject_id": ids.get(people[subject].email),
        }
    click.echo(json.dumps(rows, indent=1))


@commands.command("routes")
def routes() -> None:
    """Print, as JSON, the guard of every route: method and url pattern -> object.action, or public."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- the proxy's own way out
    rows = {
        f"{method} {rule.rule}": str(guard_of(app, rule.endpoint))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if rule.endpoint != "static"
    }
    click.echo(json.dumps(rows, indent=1, sort_keys=True))


def _empty() -> None:
    """Drop every table; the append-only ones refuse a delete, not a drop."""
    with db.engine.connect() as connection, connection.begin():
        tables = sa.inspect(connection).get_table_names()
        for name in [*reversed([t.name for t in Base.metadata.sorted_tables]), "alembic_version"]:
            if name in tables:
                connection.exec_driver_sql(f'DROP TABLE "{name}"')
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("DROP FUNCTION IF EXISTS append_only_refuse(), append_only_permit() CASCADE")


def _where(settings: config.Settings) -> str:
    return sa.make_url(settings.database_url).render_as_string(hide_password=True)
