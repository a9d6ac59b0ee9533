"""Views: the calendar file of a workshop, and the link to one's own calendar."""

from __future__ import annotations

import uuid
from datetime import datetime

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from coach.access.policy import Permission
from coach.accounts.links import full_address
from coach.errors import NotFound
from coach.training import calendar_ports, calendars
from coach.training.calendar_ports import DueDay
from coach.training.calendars import BYTES, Entry
from coach.training.workshop_models import Workshop
from coach.training.workshop_pages import find
from coach.training.workshop_rows import WorkshopRow
from coach.web.guard import public, requires
from coach.web.language import in_language, language
from coach.web.limits import limited
from coach.web.reader import me
from coach.web.templating import render
from coach.words import Message, Text


@requires(Permission.MODULE_PUBLISHED_READ)
def workshop_file(workshop_id: uuid.UUID) -> Answer:
    """Answer with the calendar file of a workshop that I may read."""
    row = find(workshop_id)
    return _answer(calendars.write([_entry(row, row.title, language())]), "workshop.ics")


@requires(Permission.OWN_ACCOUNT_EDIT_PREFS)
def calendar() -> Answer:
    """Show whether there is a link to my calendar; make one, or another in its place. It is shown this once."""
    token = calendars.renew(by=me().person_id) if request.method == "POST" else None
    address = full_address("training.feed", token=token) if token else ""
    return render("training/calendar.html", since=calendars.feed_since(me().person_id), address=address)


@requires(Permission.OWN_ACCOUNT_EDIT_PREFS)
def end_calendar() -> Answer:
    """Let my link open nothing any more."""
    calendars.end(by=me().person_id)
    flash(_("The link no longer works."))
    return redirect(url_for("training.calendar"), 303)


@public
@limited("60 per 10 minutes", method="GET")
def feed(token: str) -> Answer:
    """Answer whoever holds the link with that person's workshops and due days, and nothing more."""
    if len(token) != 2 * BYTES:
        raise NotFound
    person = calendars.person_of(token)
    dates = [_entry(row, programme.title, person.language) for row, programme in calendars.dates_of(person.id)]
    due = [_due(each, person.language) for each in calendar_ports.due_days(person.id)]
    answer = _answer(calendars.write([*dates, *due], name="Didim"), "didim.ics")
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _entry(row: Workshop | WorkshopRow, title: Text, code: str) -> Entry:
    called_off: datetime | None = row.called_off_at
    return Entry(
        uid=_uid(row.id),
        title=title.of(code),
        starts=row.starts_at,
        ends=row.ends_at,
        place=row.place or row.link,
        address=full_address("training.workshop", workshop_id=row.id),
        text=row.link,
        changed=row.changed_at,
        sequence=row.version,
        is_called_off=called_off is not None,
    )


def _due(day: DueDay, code: str) -> Entry:
    title = in_language(code, Message("Due: %(what)s", what=day.title))
    return Entry(uid=_uid(day.id), title=title, starts=day.on, address=full_address("home.today"))


def _uid(id_: uuid.UUID) -> str:
    return f"{id_}@didim"


def _answer(text: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, content_type="text/calendar; charset=utf-8", headers=headers)
