"""Flask commands. Each slice's commands stand in its `commands.py`; this page gathers them."""

from __future__ import annotations

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any, Final, cast

import click
import sqlalchemy as sa
from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

import config
from coach.accounts.queries import holds_demo_accounts
from coach.db import db, pause, session
from coach.engine import NotDurable, web_processes
from coach.jobs.commands import worker
from coach.people.models import Person

GROUPS: Final = {
    "db": ("flask_migrate.cli", "db", "Migrate the database."),
    "content": ("coach.publishing.commands", "commands", "Check, publish, export and compare the content folder."),
    "accounts": ("coach.accounts.commands", "commands", "Let the first admin in."),
    "people": ("coach.people.commands", "commands", "Bring a roster in."),
    "evidence": ("coach.evidence.commands", "commands", "Prove, rebuild and re-read the estimates."),
    "demo": ("coach.demo.commands", "commands", "The demo department."),
}


class Later(click.Group):
    """Load a slice's commands when one of them is asked for: a web process needs none of what they import."""

    def __init__(self, name: str, module: str, group: str, what: str) -> None:
        super().__init__(name, help=what)
        self.module, self.found_as = module, group

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Hand over to the real group, with the options and the beginning of its own."""
        return self._loaded().make_context(info_name, args, parent, **extra)

    def _loaded(self) -> click.Group:
        return cast(click.Group, getattr(import_module(self.module), self.found_as))


def install(app: Flask) -> None:
    """Register every command."""
    for command in (ready, processes, words, worker):
        app.cli.add_command(command)
    for name, (module, group, what) in GROUPS.items():
        app.cli.add_command(Later(name, module, group, what))


@click.command("ready")
def ready() -> None:
    """Bring database, words, static files and content up to date; settle the demo on the very first start."""
    from coach.content.problems import ContentErrors  # here and below: a web process needs none of it

    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- the proxy's own way out
    settings: config.Settings = app.config["SETTINGS"]
    try:
        with _one_at_a_time(settings.var):
            _bring_up(app, settings)
            if not settings.is_production:
                _settle_demo()
            processes_file = settings.var / "web-processes"
            processes_file.write_text(f"{web_processes(settings.database_url)}\n", encoding="utf-8")
    except (NotDurable, ContentErrors, SQLAlchemyError, OSError) as error:
        click.echo(f"Didim does not start: {_one_sentence(error)}", err=True)
        sys.exit(1)


@contextmanager
def _one_at_a_time(var: Path) -> Iterator[None]:
    """Let a second start from the same folder wait for the first, which may be settling the demo."""
    var.mkdir(mode=0o700, parents=True, exist_ok=True)  # people's records, and mails with links
    with (var / "ready.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _bring_up(app: Flask, settings: config.Settings) -> None:
    import flask_migrate

    from coach.publishing.commands import bring
    from coach.publishing.folder import media_files, read_folder
    from coach.web import catalogue, static_files

    with _step("Database"):
        flask_migrate.upgrade()
    refuse_demo(app)
    with _step("Words"):
        catalogue.compile_korean()
    with _step("Static files"):
        static_files.build(settings.var / "static")
    with _step("Content"):
        bring(read_folder(settings.content), media_files(settings.content))


@click.command("web-processes")
def processes() -> None:
    """Print how many web processes may serve this database."""
    click.echo(web_processes(current_app.config["SETTINGS"].database_url))


@click.command("words")
def words() -> None:
    """Compile the Korean catalogue and name what is missing in it."""
    from coach.web import catalogue

    whole, problems = catalogue.gather()
    missing = [
        f"{where}: {text!r} has no Korean" for text, where in catalogue.used().items() if whole.get(text) is None
    ]
    for line in (*problems, *missing):
        click.echo(line)
    click.echo(f"{catalogue.compile_korean()} messages, {len(missing)} missing.")
    sys.exit(1 if problems or missing else 0)


def refuse_demo(app: Flask) -> None:
    """Refuse to serve people from a database that holds demo accounts, however the server was started.

    This is the first look at the database: where it does not answer, that is said in one sentence too.
    """
    if not app.config["SETTINGS"].is_production:
        return
    with app.app_context():
        try:
            holds = _is_there(db.engine.url) and sa.inspect(db.engine).has_table("account") and holds_demo_accounts()
        except (NotDurable, SQLAlchemyError) as error:
            raise config.Refused(_one_sentence(error)) from None
    if holds:
        raise config.Refused("This database holds demo accounts: production needs a database of its own.")


def _is_there(url: sa.URL) -> bool:
    """Tell a SQLite file that `ready` has yet to make; any other database is there or says that it is not."""
    return url.get_backend_name() != "sqlite" or Path(url.database or "").exists()


def _settle_demo() -> None:
    demo = import_module("coach.demo.story")
    nobody = session().scalar(sa.select(Person.id).limit(1)) is None
    pause()  # what is replayed takes the write lock from its start
    if nobody:
        with _step("Demo department, twelve weeks"):
            demo.replay(progress=lambda week: click.echo(f"{week} ", nl=False))
    if holds_demo_accounts():
        click.echo(demo.invitation())


@contextmanager
def _step(name: str) -> Iterator[None]:
    click.echo(f"  {name} ... ", nl=False)
    begun = perf_counter()
    yield
    click.echo(f"{perf_counter() - begun:.1f} s")


def _one_sentence(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
