"""Pages: bring questions in from a file, in two steps, and give the bank out as a file."""

from __future__ import annotations

import base64
import binascii
from typing import Final

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _
from flask_babel import ngettext

from coach.access.policy import Permission
from coach.activity.services import Note
from coach.content.kinds import ItemUse
from coach.errors import Invalid
from coach.integrations import queries
from coach.integrations.formats import WRITERS, Format, read_file
from coach.integrations.forms import ExportForm, ImportForm
from coach.integrations.found import Found, Unreadable
from coach.integrations.items import lacks_reasons
from coach.integrations.plain_text import LARGEST
from coach.integrations.services import add_to_draft
from coach.publishing import desk, drafts
from coach.publishing.checking import checked
from coach.publishing.models import Draft
from coach.web.edge import keyless, takes_upload
from coach.web.guard import confirmed, requires
from coach.web.language import language, t
from coach.web.reader import identity, me, remember_for_after
from coach.web.templating import render
from coach.words import Message

pages: Final = Blueprint("integrations", __name__)


@pages.get("/author/import")
@requires(Permission.QUESTION_BANK_EXPORT_IMPORT)
def choose() -> Answer:
    """Ask for a file of questions and where they go."""
    return render("integrations/import.html", form=_import_form())


@pages.post("/author/import")
@requires(Permission.QUESTION_BANK_EXPORT_IMPORT)
@keyless
@takes_upload
def preview() -> Answer:
    """Show what a file would add and what of it is not taken over; nothing is written here."""
    form = _import_form()
    file = request.files.get("questions")
    name, raw = (file.filename or "", file.read(LARGEST + 1)) if file is not None else ("", b"")
    if form.validate() and (found := _read(form, name, raw)):
        form.name.data, form.held.data = name[:200], base64.b64encode(raw).decode()
        lacking = sum(lacks_reasons(question.body) for question in found.questions)
        return render("integrations/preview.html", form=form, found=found, lacking=lacking)
    return render("integrations/import.html", form=form), 422


@pages.post("/author/import/add")
@requires(Permission.QUESTION_BANK_EXPORT_IMPORT)
def add() -> Answer:
    """Add the questions that were shown to a draft."""
    form = _import_form()
    name = form.name.data or ""
    if form.validate() and (found := _read(form, name, _held(form))):
        with form.catching():
            draft = _draft(form, name)
            _add(draft, form, found)
            count = len(found.questions)
            flash(ngettext("%(num)s question added to the draft.", "%(num)s questions added to the draft.", count))
            return redirect(url_for("publishing.show", draft_id=draft.id), 303)
    return render("integrations/import.html", form=form), 422


@pages.get("/author/export")
@requires(Permission.QUESTION_BANK_EXPORT_EXPORT)
@confirmed(back="integrations.choose_export")
def choose_export() -> Answer:
    """Ask which questions go out."""
    form = ExportForm(None, lang=language()).choose_from(queries.skills())
    return render("integrations/export.html", form=form)


@pages.get("/author/export/questions")
@requires(Permission.QUESTION_BANK_EXPORT_EXPORT)
@confirmed(back="integrations.choose_export")
def export() -> Answer:
    """Give the questions with their keys as a file; who took them is noted."""
    form = ExportForm(request.args).choose_from(queries.skills())
    if not form.validate():
        return render("integrations/export.html", form=form), 422
    written = WRITERS[Format(form.form.data)]
    text = written.write(queries.bank(form.skill.data or None, form.lang.data))
    remember_for_after(Note(Permission.QUESTION_BANK_EXPORT_EXPORT, "granted", None, form.skill.data or None))
    name = f"{form.skill.data or 'questions'}.{form.lang.data}.{written.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(text, content_type=written.content_type, headers=headers)


def _import_form() -> ImportForm:
    return ImportForm.of().choose_from(queries.skills(), desk.drafts(identity()))


def _read(form: ImportForm, name: str, raw: bytes) -> Found | None:
    """Read a file, or put beside the field why it cannot be."""
    wrong = _("Choose a file.")
    try:
        if raw:
            return read_file(name, raw)
    except Unreadable as unreadable:
        wrong = t(unreadable.message)
    form.questions.errors = [wrong]
    return None


def _add(draft: Draft, form: ImportForm, found: Found) -> None:
    add_to_draft(
        by=me().person_id,
        draft=draft,
        reading=checked(desk.texts_of(draft)).reading,
        questions=found.questions,
        skill=form.skill.data,
        step=int(form.step.data),
        use=ItemUse(form.use.data),
    )


def _draft(form: ImportForm, name: str) -> Draft:
    if form.draft_id:
        return desk.draft(identity(), form.draft_id)
    return drafts.begin(by=me().person_id, title=_("Questions from %(name)s", name=name or _("a file")))


def _held(form: ImportForm) -> bytes:
    try:
        return base64.b64decode(form.held.data or "", validate=True)
    except (binascii.Error, ValueError):
        raise Invalid(Message("The file did not come through whole. Choose it again.")) from None
