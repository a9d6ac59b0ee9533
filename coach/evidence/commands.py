"""Commands of evidence: prove the kept sums, rebuild them, and read every estimate again."""

from __future__ import annotations

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from coach.db import session, unit_of_work
from coach.evidence import cells, proof
from coach.evidence.models import Cell

commands = AppGroup("evidence", help="Prove and refresh what is kept of the evidence.")


@commands.command("recompute")
@click.option("--check", is_flag=True, help="Only compare; exit 1 where a kept number is not what the log says.")
def recompute(check: bool) -> None:
    """Build every kept sum anew from the log, or with --check prove that it equals the log."""
    if check:
        _check()
        return
    found = proof.pairs()
    session().rollback()
    with click.progressbar(length=len(found), label="Building cells") as shown:
        for some in proof.chunks(found):
            with unit_of_work():
                for person_id, skill_id in some:
                    cells.rebuild(person_id, skill_id)
            shown.update(len(some))
    with unit_of_work():
        teams = proof.recount_teams()
    click.echo(f"{len(found)} cells and {teams} teams built from the log.")


@commands.command("refresh")
def refresh() -> None:
    """Read every estimate as of now, and count the teams again; no finding opens or closes by it."""
    people = list(session().scalars(sa.select(Cell.person_id).distinct()))
    session().rollback()
    done = 0
    with click.progressbar(range(0, len(people), 50), label="Reading estimates") as shown:
        for start in shown:
            with unit_of_work():
                here = sa.select(Cell).where(Cell.person_id.in_(people[start : start + 50]))
                done += cells.refresh(session().scalars(here))
    with unit_of_work():
        teams = proof.recount_teams()
    click.echo(f"{done} estimates and {teams} teams read as of now.")


def _check() -> None:
    found, differences = proof.pairs(), []
    with click.progressbar(length=len(found), label="Comparing cells") as shown:
        for some in proof.chunks(found):
            differences += proof.cell_differences(some)
            session().expunge_all()
            shown.update(len(some))
    differences += proof.team_differences()
    for difference in differences:
        click.echo(str(difference), err=True)
    if differences:
        raise click.ClickException(f"{len(differences)} kept numbers differ from the log. Run it without --check.")
    click.echo(f"{len(found)} cells and every team equal the log.")
