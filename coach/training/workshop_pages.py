"""Views: workshops that come, that are mine, that were; sign up, give up, say that I am here."""

from __future__ import annotations

import uuid
from typing import Final

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from coach import clock
from coach.access.identity import Capability
from coach.access.policy import Permission
from coach.media.serving import answer as file_answer
from coach.training import outside, workshop_reads, workshop_seats
from coach.training.workshop_forms import CodeForm, MaterialForm
from coach.training.workshop_rows import ProgrammeKind, WorkshopRow
from coach.web.guard import requires
from coach.web.limits import limited
from coach.web.reader import identity, me
from coach.web.templating import render

SHOW: Final = "training.workshop"


def _person() -> str:
    return str(me().person_id)


@requires(Permission.MODULE_PUBLISHED_READ)
def workshops() -> Answer:
    """List what comes, what I signed up for, what is taken elsewhere, and what was."""
    role, confirms = me().job_role_id, me().coaches or me().manages
    rows = workshop_reads.coming(identity(), role)
    return render(
        "training/workshops.html",
        mine=[row for row in rows if row.is_mine],
        coming=[row for row in rows if not row.is_mine],
        past=workshop_reads.past(identity()),
        elsewhere=workshop_reads.programmes(identity(), role, ProgrammeKind.OUTSIDE),
        waiting=outside.waiting_count(identity()) if confirms else 0,
        is_editor=is_editor(),
        now=clock.now(),
    )


@requires(Permission.MODULE_PUBLISHED_READ)
def workshop(workshop_id: uuid.UUID) -> Answer:
    """Show one workshop: where, when, how I stand to it."""
    return _page(find(workshop_id), CodeForm(None))


@requires(Permission.ASSIGNMENT_SELF_ENROL)
def sign_up(workshop_id: uuid.UUID) -> Answer:
    """Take a seat, or a place in the line."""
    find(workshop_id)
    is_seated = workshop_seats.sign_up(by=me().person_id, workshop_id=workshop_id)
    flash(
        _("You have a seat.") if is_seated else _("You are on the waiting list. You hear of it when a seat is yours.")
    )
    return redirect(url_for(SHOW, workshop_id=workshop_id), 303)


@requires(Permission.ASSIGNMENT_SELF_ENROL)
def give_up(workshop_id: uuid.UUID) -> Answer:
    """Give my seat, or my place in the line, to who comes next."""
    find(workshop_id)
    workshop_seats.give_up(by=me().person_id, workshop_id=workshop_id)
    flash(_("Your place is free for somebody else."))
    return redirect(url_for("training.workshops"), 303)


@requires(Permission.PROGRESS_MARK)
@limited("10 per 5 minutes", by=_person)
def here(workshop_id: uuid.UUID) -> Answer:
    """Say that I am here, with the code that is shown in the room."""
    row, form = find(workshop_id), CodeForm.of()
    if form.validate():
        with form.catching():
            workshop_seats.say_here(by=me().person_id, workshop_id=workshop_id, code=form.code.data or "")
            flash(_("Noted: you are here."))
            return redirect(url_for(SHOW, workshop_id=workshop_id), 303)
    return _page(row, form)


@requires(Permission.MODULE_PUBLISHED_READ)
def material(workshop_id: uuid.UUID, media_id: uuid.UUID) -> Answer:
    """Answer with a file of a workshop that I may read."""
    find(workshop_id)
    return file_answer(workshop_reads.material(workshop_id, media_id), download=True)


def find(workshop_id: uuid.UUID) -> WorkshopRow:
    """Give a workshop that is for the reader's role, or theirs in another way."""
    return workshop_reads.workshop(identity(), me().job_role_id, workshop_id)


def is_editor() -> bool:
    """Tell whether the reader makes programmes."""
    return identity().can(Capability.EDITOR)


def _page(row: WorkshopRow, form: CodeForm) -> Answer:
    keeps = is_editor() or row.trainer_id == me().person_id
    page = render(
        "training/workshop.html",
        row=row,
        form=form,
        files=workshop_reads.materials(row.id),
        now=clock.now(),
        is_editor=is_editor(),
        keeps_list=keeps,
        upload=MaterialForm(None),
    )
    return page, form.status
