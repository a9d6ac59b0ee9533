"""Commands of evidence: prove and rebuild the kept sums, read estimates again, calibrate, change the settings."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from coach.db import pause, session, unit_of_work
from coach.errors import Invalid
from coach.evidence import calibration, cells, changes, nights, proof

commands = AppGroup("evidence", help="Prove, refresh and calibrate what is kept of the evidence.")


@commands.command("recompute")
@click.option("--check", is_flag=True, help="Only compare; exit 1 where a kept number is not what the log says.")
def recompute(check: bool) -> None:
    """Build every kept sum anew from the log, or with --check prove that it equals the log."""
    if check:
        _check()
        return
    found = proof.pairs()
    pause()
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
    done = 0
    with click.progressbar(length=nights.people(), label="Reading estimates") as shown:
        for people, read in nights.refreshed():
            done += read
            shown.update(people)
    click.echo(f"{done} estimates and {nights.recount_teams()} teams read as of now.")


@commands.command("calibrate")
@click.option("--raters", is_flag=True, help="Calibrate the raters too, although this month has seen it already.")
def calibrate(raters: bool) -> None:
    """Pool the priors of every role and skill, and once a month how raters write; no finding opens or closes by it."""
    if raters:
        with unit_of_work():
            found = calibration.calibrate_raters()
    else:
        found = nights.calibrate_raters()
    if found:
        click.echo(f"Raters {found.number}: {found.calibrated} of {found.raters} calibrated.")
    priors = nights.pool_priors()
    click.echo(f"Priors {priors.number}: {priors.groups} roles and skills, from {priors.cells} cells.")


@commands.command("settings")
@click.argument("changed", nargs=-1, metavar="[NAME=VALUE]...")
def settings(changed: tuple[str, ...]) -> None:
    """Print the settings in force, or put a version with some of them changed in force."""
    if changed:
        wanted = dict(_setting(one) for one in changed)
        try:
            with unit_of_work():
                made = changes.change_settings(by=None, changes=wanted)
        except Invalid as error:
            raise click.ClickException(str(error)) from error
        click.echo(f"Settings {made.number} are in force.")
    for name, value in changes.in_force().items():
        click.echo(f"{name} = {value:g}")


def _setting(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name, float(value)
    except ValueError:
        raise click.BadParameter(f"{text} is not NAME=VALUE.") from None


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
