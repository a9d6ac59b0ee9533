"""Commands about content: check, publish, export, diff."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click
from flask import current_app

from coach.content.library import read_library
from coach.content.problems import ContentErrors
from coach.content.quality import reading_problems
from coach.db import unit_of_work
from coach.publishing import queries, services
from coach.publishing.brought import told
from coach.publishing.folder import MEDIA, media_files, read_folder
from coach.publishing.pictures import take_in, write_out
from coach.publishing.plan import How
from coach.words import Message

_MOST_NAMED = 12
_SIGNS = {How.ADDED: "+", How.CHANGED: "~", How.RETIRED: "-", How.RETURNED: "+"}

commands = click.Group("content", help="Check, publish, export and compare the content folder.")
_folder = click.option(
    "--from", "folder", type=click.Path(path_type=Path), help="The folder, content/ unless told otherwise."
)


@commands.command()
@_folder
def check(folder: Path | None) -> None:
    """Read the whole library and print every problem with its file and line, then what its writers might look at."""
    sources = _read(folder)
    try:
        library = read_library(sources)
    except ContentErrors as errors:
        raise _told(errors) from None
    lessons = len(list(library.lessons()))
    found = Message(
        "Nothing to mend: %(files)s files, %(modules)s modules, %(lessons)s lessons, %(items)s items.",
        files=len(sources),
        modules=len(library.modules),
        lessons=lessons,
        items=len(library.items),
    )
    click.echo(found)
    for sign in reading_problems(library):
        click.echo(sign)


@commands.command()
@_folder
@click.option("--force", is_flag=True, help="Take the folder's text where the browser changed the same file.")
def publish(folder: Path | None, *, force: bool) -> None:
    """Publish what the folder changed, in one transaction, and print it; what the browser changed stays."""
    sources = _read(folder)
    click.echo(Message("Reading and checking %(files)s files.", files=len(sources)))
    try:
        with unit_of_work():
            take_in(media_files(folder or current_app.config["SETTINGS"].content))
            found = services.publish_folder(sources, force=force, progress=_progress)
    except ContentErrors as errors:
        raise _told(errors) from None
    _tell(found, Message("Nothing changed since the last time."))


@commands.command()
@_folder
def diff(folder: Path | None) -> None:
    """Print what publishing would change, and change nothing."""
    try:
        found = services.plan_folder(_read(folder))
    except ContentErrors as errors:
        raise _told(errors) from None
    _tell(found, Message("Publishing would change nothing."))


@commands.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export(folder: Path) -> None:
    """Write every published file into FOLDER, byte for byte; refuse a folder that holds something."""
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(str(Message("%(folder)s is not empty. Name a new folder.", folder=folder)))
    files = queries.published_files()
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
    media = write_out(files, folder / MEDIA)
    click.echo(Message("Wrote %(files)s files.", files=len(files) + media))


def bring(folder: Mapping[str, str], media: Mapping[str, Path]) -> None:
    """Publish what the folder changed as the product starts, and say what stays as the browser left it.

    A folder that is fit by itself, but not together with what was edited in the browser, keeps nobody from starting.
    """
    try:
        with unit_of_work():
            take_in(media)
            found = services.publish_folder(folder)
    except ContentErrors as errors:
        read_library(folder)
        click.echo(Message("The folder does not fit what was edited in the browser, which stays as it is:"))
        for problem in errors.problems:
            click.echo(problem)
    else:
        for path in found.conflicts:
            click.echo(told(path))


def _read(folder: Path | None) -> Mapping[str, str]:
    try:
        return read_folder(folder or current_app.config["SETTINGS"].content)
    except ContentErrors as errors:
        raise _told(errors) from None


def _told(errors: ContentErrors) -> click.ClickException:
    for problem in errors.problems:
        click.echo(problem, err=True)
    return click.ClickException(
        str(Message("To mend before it can be published: %(count)s.", count=len(errors.problems)))
    )


def _progress(done: int, total: int) -> None:
    click.echo(Message("  %(done)s of %(total)s rows", done=done, total=total))


def _tell(found: services.Brought, nothing: Message) -> None:
    changes = found.changes
    for path in found.conflicts:
        click.echo(told(path))
    if not changes:
        click.echo(nothing)
    for (kind, how), count in changes.counts().items():
        names = changes.of(kind, how)
        more = " …" if count > _MOST_NAMED else ""
        click.echo(f"{_SIGNS[how]} {kind} {how}: {count} ({', '.join(names[:_MOST_NAMED])}{more})")
