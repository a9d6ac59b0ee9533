"""Views: bring a roster in through the browser, in two steps: look, then do."""

from __future__ import annotations

import base64
import binascii
from typing import Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _
from flask_babel import ngettext

from coach.access.policy import Permission
from coach.errors import Invalid
from coach.people import listings
from coach.people.enrolling import carry_out
from coach.people.importing import Plan, plan
from coach.people.roster import read_roster
from coach.people.roster_columns import Field, Mapped
from coach.people.roster_dates import Order
from coach.web.edge import keyless, takes_upload
from coach.web.guard import confirmed, requires
from coach.web.language import t
from coach.web.reader import me
from coach.web.templating import render
from coach.words import Message

LARGEST: Final = 400_000
_TITLE: Final = "role:"


@requires(Permission.USER_ADMIN_IMPORT)
@confirmed(back="people.choose")
@keyless
@takes_upload
def choose() -> Answer:
    """Ask for the file, then show what it would change; nothing is written here."""
    if request.method == "GET":
        return render("people/import.html", wrong=None)
    file = request.files.get("roster")
    raw = file.read(LARGEST + 1) if file is not None else b""
    if file is None or not file.filename:
        return _again(_("Choose a file."))
    if len(raw) > LARGEST:
        return _again(_("This file is too large. Send at most 400 KB at a time."))
    planned = _planned(raw)
    return _preview(raw, planned) if planned.roster.columns.places else _again(t(planned.problems[0].message))


@requires(Permission.USER_ADMIN_IMPORT)
@confirmed(back="people.choose")
def confirm() -> Answer:
    """Do what was shown, or show it again where it is not the same any more or something was told about it."""
    raw = _raw()
    planned = _planned(raw)
    if planned.problems or request.form.get("act") != "do" or request.form.get("shown") != _shown(planned):
        return _preview(raw, planned), 422
    carry_out(planned, by=me().person_id)
    flash(_("%(added)d added, %(changed)d changed.", added=planned.added, changed=planned.changed))
    return redirect(url_for("accounts.invitations" if planned.added else "people.admin"), 303)


def _again(wrong: str) -> tuple[str, int]:
    return render("people/import.html", wrong=wrong), 422


def _preview(raw: bytes, planned: Plan) -> str:
    titles = sorted(set(planned.unknown_titles.values()))
    return render(
        "people/import_preview.html",
        plan=planned,
        shown=_shown(planned),
        file=base64.b64encode(raw).decode(),
        told=_told(),
        titles=titles,
        roles=listings.job_roles(),
        order=request.form.get("order", ""),
        open={problem.open for problem in planned.problems} & {Field.TITLE, Field.HIRED_ON},
        count=ngettext("%(num)d thing to fix", "%(num)d things to fix", len(planned.problems)),
    )


def _planned(raw: bytes) -> Plan:
    order = request.form.get("order")
    roster = read_roster(raw)
    if order in list(Order) and Field.HIRED_ON in roster.columns.places:
        heading = roster.columns.heading(Field.HIRED_ON)
        roster = read_roster(raw, [Mapped(heading, Field.HIRED_ON, Order(order))])
    return plan(roster, roles=_told())


def _told() -> dict[str, str]:
    """Read which role each title was said to be."""
    return {name.removeprefix(_TITLE): role for name, role in request.form.items() if name.startswith(_TITLE) and role}


def _raw() -> bytes:
    try:
        return base64.b64decode(request.form.get("file", ""), validate=True)
    except binascii.Error:
        raise Invalid(Message("The file did not come through whole. Choose it again.")) from None


def _shown(planned: Plan) -> str:
    """Sum up what a plan would do, to notice when it is not what was shown."""
    changes = "|".join(f"{c.line} {c.what.id} {c.before} {c.after}" for c in planned.changes)
    return f"{planned.added}.{planned.changed}.{binascii.crc32(changes.encode()):08x}"
