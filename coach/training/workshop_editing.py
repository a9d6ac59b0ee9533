"""Views: editors make programmes and plan dates; a trainer keeps the list of who was there."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from coach import clock
from coach.access.policy import Permission
from coach.skills import queries as framework
from coach.training import programmes, workshop_reads, workshop_seats
from coach.training import workshops as services
from coach.training.workshop_forms import MaterialForm, ProgrammeForm, WorkshopForm
from coach.training.workshop_models import Programme, Workshop
from coach.training.workshop_pages import SHOW
from coach.training.workshop_rows import CODE_OPENS
from coach.web.edge import takes_upload
from coach.web.guard import requires
from coach.web.reader import identity, me
from coach.web.templating import render

_PROGRAMME = "training.programme"


@requires(Permission.MODULE_DRAFT_EDIT)
def all_programmes() -> Answer:
    """List every programme, also those no longer offered."""
    return render("training/programmes.html", rows=workshop_reads.every_programme(identity()))


@requires(Permission.MODULE_DRAFT_EDIT)
def new_programme() -> Answer:
    """Make a programme."""
    form = _programme_form(None)
    if form.was_sent and form.validate():
        with form.catching():
            made = programmes.make(by=me().person_id, wanted=form.wanted())
            return redirect(url_for(_PROGRAMME, programme_id=made.id), 303)
    return render("training/programme_edit.html", form=form, row=None), form.status


@requires(Permission.MODULE_DRAFT_EDIT)
def edit_programme(programme_id: uuid.UUID) -> Answer:
    """Change a programme."""
    row = programmes.programme(programme_id)
    form = _programme_form(row)
    if form.was_sent and form.validate():
        with form.catching():
            _rewrite(row, form)
            flash(_("Saved."))
            return redirect(url_for(_PROGRAMME, programme_id=programme_id), 303)
    return render("training/programme_edit.html", form=form, row=row), form.status


@requires(Permission.MODULE_DRAFT_EDIT)
def plan(programme_id: uuid.UUID) -> Answer:
    """Plan a date of a programme."""
    programme, form = programmes.programme(programme_id), _workshop_form(None)
    if form.was_sent and form.validate():
        with form.catching():
            made = services.plan(by=me().person_id, programme_id=programme_id, wanted=form.wanted(me().zone))
            return redirect(url_for(SHOW, workshop_id=made.id), 303)
    return render("training/workshop_edit.html", form=form, programme=programme, row=None, files=()), form.status


@requires(Permission.MODULE_DRAFT_EDIT)
def edit_workshop(workshop_id: uuid.UUID) -> Answer:
    """Change a date: who signed up hears of another time or place."""
    row = workshop_reads.held(identity(), workshop_id)
    form = _workshop_form(row)
    if form.was_sent and form.validate():
        with form.catching():
            _change(row, form)
            flash(_("Saved."))
            return redirect(url_for(SHOW, workshop_id=workshop_id), 303)
    return _edit_page(row, form, MaterialForm(None)), form.status


@requires(Permission.MODULE_DRAFT_EDIT)
def call_off(workshop_id: uuid.UUID) -> Answer:
    """Call a date off: who signed up hears of it."""
    services.call_off(by=me().person_id, workshop_id=workshop_id)
    return redirect(url_for(SHOW, workshop_id=workshop_id), 303)


@requires(Permission.MODULE_DRAFT_EDIT)
@takes_upload
def add_material(workshop_id: uuid.UUID) -> Answer:
    """Hang a file on a workshop."""
    row, form = workshop_reads.held(identity(), workshop_id), MaterialForm.of()
    sent = request.files.get("file")
    if form.validate():
        with form.catching():
            stream, name = (sent.stream, sent.filename or "") if sent is not None else (services.nothing(), "")
            services.add_material(by=me().person_id, workshop_id=row.id, stream=stream, filename=name)
            return redirect(url_for("training.edit_workshop", workshop_id=workshop_id, _anchor="materials"), 303)
    return _edit_page(row, _workshop_form(row, sent=False), form), 422


@requires(Permission.MODULE_DRAFT_EDIT)
def remove_material(workshop_id: uuid.UUID, media_id: uuid.UUID) -> Answer:
    """Take a file off a workshop."""
    services.remove_material(workshop_id=workshop_reads.held(identity(), workshop_id).id, media_id=media_id)
    return redirect(url_for("training.edit_workshop", workshop_id=workshop_id, _anchor="materials"), 303)


# A workshop's list is a draft of a record: its trainer is the author of it, and editors may read and correct it.
@requires(Permission.MODULE_DRAFT_READ)
def attendance(workshop_id: uuid.UUID) -> Answer:
    """Show who signed up and the code for the room; note who was there."""
    row = workshop_reads.held(identity(), workshop_id)
    if request.method == "POST":
        present, shown = _ids("present"), _ids("shown")
        workshop_seats.note_attendance(by=me().person_id, workshop_id=row.id, present=present, shown=shown)
        flash(_("Saved."))
        return redirect(url_for("training.attendance", workshop_id=workshop_id), 303)
    is_open = row.called_off_at is None and clock.now() >= row.starts_at - CODE_OPENS
    programme, people = programmes.programme(row.programme_id), workshop_reads.attendees(row)
    return render("training/attendance.html", row=row, programme=programme, people=people, is_open=is_open)


def _rewrite(row: Programme, form: ProgrammeForm) -> None:
    programmes.change(
        row,
        by=me().person_id,
        wanted=form.wanted(),
        version=form.seen,
        current=lambda: _programme_form(row, sent=False).texts(),
        typed=form.texts(),
    )


def _programme_form(row: Programme | None, *, sent: bool = True) -> ProgrammeForm:
    places = programmes.weeks_of(row.id) if row else {}
    form: ProgrammeForm = ProgrammeForm.about(row, places, framework.roles(), framework.skills(), sent=sent)
    return form


def _workshop_form(row: Workshop | None, *, sent: bool = True) -> WorkshopForm:
    trainers = workshop_reads.trainers(row.trainer_id if row else None)
    form: WorkshopForm = WorkshopForm.about(row, trainers, me().zone, sent=sent)
    return form


def _change(row: Workshop, form: WorkshopForm) -> None:
    services.change(
        by=me().person_id,
        workshop_id=row.id,
        wanted=form.wanted(me().zone),
        version=form.seen,
        current=lambda: _workshop_form(row, sent=False).texts(),
        typed=form.texts(),
    )


def _edit_page(row: Workshop, form: WorkshopForm, upload: MaterialForm) -> str:
    programme, files = programmes.programme(row.programme_id), workshop_reads.materials(row.id)
    return render(
        "training/workshop_edit.html",
        form=form,
        programme=programme,
        row=row,
        files=files,
        upload=upload,
        now=clock.now(),
    )


def _ids(name: str) -> set[uuid.UUID]:
    found = set()
    for said in request.form.getlist(name):
        try:
            found.add(uuid.UUID(said))
        except ValueError:
            continue
    return found
