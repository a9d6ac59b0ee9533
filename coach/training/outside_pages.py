"""Views: a programme with its dates, and the way of a diploma from elsewhere to whoever confirms it."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from coach import clock
from coach.access.policy import Permission
from coach.errors import NotFound
from coach.media.ports import limits
from coach.media.queries import media
from coach.media.serving import answer as file_answer
from coach.people.queries import relations_to
from coach.training import outside, workshop_reads
from coach.training import workshops as services
from coach.training.workshop_forms import DecisionForm, OutsideForm
from coach.training.workshop_models import OutsideRecord
from coach.training.workshop_pages import is_editor
from coach.training.workshop_rows import ProgrammeRow
from coach.web import guard
from coach.web.edge import takes_upload
from coach.web.guard import requires
from coach.web.language import today
from coach.web.reader import identity, me
from coach.web.templating import render


@requires(Permission.MODULE_PUBLISHED_READ)
def programme(programme_id: uuid.UUID) -> Answer:
    """Show what a programme is, when it can be taken, or the form for one taken elsewhere."""
    return _page(programme_id, OutsideForm(None))


@requires(Permission.PROGRESS_MARK)
@takes_upload
def send_diploma(programme_id: uuid.UUID) -> Answer:
    """Say that I took a programme elsewhere; it counts once a coach or my manager has confirmed it."""
    row, form, sent = _programme(programme_id), OutsideForm.of(), request.files.get("file")
    if not row.is_outside or row.retired_at is not None:
        raise NotFound
    if form.validate():
        with form.catching():
            _send(row, form, sent)
            flash(_("Sent. Your coach or manager looks at it."))
            return redirect(url_for("training.programme", programme_id=programme_id), 303)
    return _page(programme_id, form)


@requires(Permission.ATTEMPT_RESULT_GRADE_OPEN)
def outside_waiting() -> Answer:
    """List the diplomas that I may confirm."""
    return render("training/outside_waiting.html", rows=outside.waiting(identity()))


@requires(Permission.ATTEMPT_RESULT_GRADE_OPEN)
def decide(record_id: uuid.UUID) -> Answer:
    """Confirm a diploma, or say why not."""
    sent, form = _sent(record_id, Permission.ATTEMPT_RESULT_GRADE_OPEN), DecisionForm.of()
    if form.was_sent and form.validate():
        with form.catching():
            is_confirmed = request.form.get("verdict") == "confirm"
            outside.decide(by=me().person_id, sent=sent, is_confirmed=is_confirmed, reason=form.reason.data or "")
            flash(_("Confirmed. It counts now.") if is_confirmed else _("Sent back with your reason."))
            return redirect(url_for("training.outside_waiting"), 303)
    return render("training/outside_decide.html", row=outside.waiting_row(record_id), sent=sent, form=form), form.status


@requires(Permission.PROGRESS_READ)
def diploma(record_id: uuid.UUID) -> Answer:
    """Answer with the file of a diploma to who may read the progress of its person."""
    return file_answer(media(_sent(record_id, Permission.PROGRESS_READ).media_id), download=True)


def _send(row: ProgrammeRow, form: OutsideForm, sent: FileStorage | None) -> None:
    stream, name = (sent.stream, sent.filename or "") if sent is not None else (services.nothing(), "")
    outside.send(
        by=me().person_id,
        programme_id=row.id,
        stream=stream,
        filename=name,
        today=today(),
        taken_on=form.taken_on.data or today(),
        issuer=form.issuer.data or "",
    )


def _sent(record_id: uuid.UUID, permission: Permission) -> OutsideRecord:
    sent = outside.sent_record(record_id)
    guard.check(permission, relations_to(identity(), sent.person_id), about=sent.person_id)
    return sent


def _programme(programme_id: uuid.UUID) -> ProgrammeRow:
    return workshop_reads.programme(identity(), me().job_role_id, programme_id)


def _page(programme_id: uuid.UUID, form: OutsideForm) -> Answer:
    row = _programme(programme_id)
    dates = () if row.is_outside else workshop_reads.coming(identity(), me().job_role_id, programme_id)
    page = render(
        "training/programme.html",
        row=row,
        dates=dates,
        form=form,
        now=clock.now(),
        is_editor=is_editor(),
        megabytes=limits().document,
    )
    return page, 422 if form.errors else 200
