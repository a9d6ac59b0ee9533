"""`flask people`: bring a roster in."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click
from flask.cli import AppGroup

from coach.db import pause, unit_of_work
from coach.people.enrolling import carry_out
from coach.people.importing import Plan, plan
from coach.people.roster import Problem, Roster, read_roster
from coach.people.roster_columns import Field, Mapped, UnknownColumn, read_mapping

commands: Final = AppGroup("people", help="People: bring a roster in.")


@commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "mappings",
    multiple=True,
    metavar="COLUMN=FIELD",
    help='Say what a column is: "Boss=manager", "Hired=hired_on:dmy".',
)
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="TITLE=ROLE",
    help='Say which role a title is: "Closer=account-manager", or none.',
)
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
def import_roster(file: Path, mappings: tuple[str, ...], roles: tuple[str, ...], dry_run: bool) -> None:
    """Add and change people as a roster (CSV) says: everything, or nothing where something is wrong."""
    mapped, told = _mapped(mappings), _roles(roles)
    roster = read_roster(file.read_bytes(), mapped)
    with unit_of_work():
        planned = plan(roster, roles=told)
        _show(planned)
        if planned.problems:
            raise click.ClickException(f"{len(planned.problems)} to fix. Nothing was written.")
        if dry_run:
            pause()
        else:
            carry_out(planned, by=None)
    click.echo(_count(planned, done=not dry_run) + (" Nothing was written (--dry-run)." if dry_run else ""))


def _mapped(mappings: Sequence[str]) -> list[Mapped]:
    try:
        return [read_mapping(text) for text in mappings]
    except UnknownColumn as error:
        raise click.BadParameter(str(error), param_hint="--map") from error


def _roles(texts: Sequence[str]) -> dict[str, str]:
    pairs = [text.rpartition("=") for text in texts]
    if not all(title.strip() and role.strip() for title, _, role in pairs):
        raise click.BadParameter('write "Title=role", such as "Closer=account-manager".', param_hint="--role")
    return {title.strip(): role.strip() for title, _, role in pairs}


def _show(planned: Plan) -> None:
    _show_reading(planned.roster)
    if planned.problems:
        rows = [(str(p.line or ""), p.column, f"{p.message}{_hint(planned, p)}") for p in planned.problems]
        click.echo(_table(("Line", "Column", "To fix"), rows))
        return
    changes = [(str(c.line), c.name, str(c.what), str(c.before), str(c.after)) for c in planned.changes]
    if changes:
        click.echo(_table(("Line", "Person", "What", "Before", "After"), changes))


def _show_reading(roster: Roster) -> None:
    for line, text in roster.left_out:
        click.echo(f"Line {line} is not about a person, left out: {text}")
    for line, name in roster.gone:
        click.echo(f"Line {line} is about somebody who left, left out: {name}")
    if roster.columns.unused:
        click.echo(f"Columns not used: {', '.join(roster.columns.unused)}")


def _hint(planned: Plan, problem: Problem) -> str:
    """Say which option helps: for a title nobody knows, a day that could be two, or a heading not found."""
    column = problem.column
    if problem.open is Field.TITLE:
        title = planned.unknown_titles[problem.line]
        return f' Say it with --role "{title}=account-manager", or "{title}=none".'
    if problem.open is Field.HIRED_ON:
        return f' Say it with --map "{column}=hired_on:dmy", or "{column}=hired_on:mdy".'
    return ' Say which column it is with --map "COLUMN=name".' if problem.open is Field.NAME else ""


def _count(planned: Plan, *, done: bool) -> str:
    people, teams = planned.added, len(planned.new_teams)
    add, change = ("added", "changed") if done else ("to add", "to change")
    return (
        f"{people} {'person' if people == 1 else 'people'} {add}, {planned.changed} {change}, "
        f"{planned.unchanged} unchanged, {teams} {'team' if teams == 1 else 'teams'} {add}."
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(_width(row[i]) for row in (head, *rows)) for i in range(len(head))]
    lines = [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (head, *rows)
    ]
    return "\n".join((lines[0], "-" * _width(lines[0]), *lines[1:]))


def _width(text: str) -> int:
    """Count the columns of a terminal that a text takes: a Korean syllable takes two."""
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)
