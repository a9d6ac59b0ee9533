"""Views: let others read a draft, say what one thinks, approve and publish."""

from __future__ import annotations

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from coach.access.policy import Permission
from coach.content.problems import ContentErrors
from coach.errors import NotFound
from coach.people import queries as people
from coach.publishing import desk, drafts, uploads
from coach.publishing.checking import checked
from coach.publishing.forms import CommentForm
from coach.publishing.models import Draft
from coach.web.guard import requires
from coach.web.reader import identity, me
from coach.web.templating import render


@requires(Permission.MODULE_DRAFT_EDIT)
def invite(draft_id: uuid.UUID) -> Answer:
    """Ask somebody to read the draft."""
    draft = desk.draft(identity(), draft_id)
    try:
        person_id = uuid.UUID(request.form.get("person", ""))
    except ValueError as error:
        raise NotFound from error
    drafts.invite(by=me().person_id, draft=draft, person_id=person_id)
    return _back(draft)


@requires(Permission.MODULE_DRAFT_EDIT)
def uninvite(draft_id: uuid.UUID, person_id: uuid.UUID) -> Answer:
    """Let somebody read the draft no longer."""
    draft = desk.draft(identity(), draft_id)
    drafts.uninvite(draft=draft, person_id=person_id)
    return _back(draft)


@requires(Permission.MODULE_DRAFT_READ)
def comment(draft_id: uuid.UUID) -> Answer:
    """Say what one thinks of the draft."""
    draft, form = desk.draft(identity(), draft_id), CommentForm.of()
    if form.validate():
        with form.catching():
            drafts.comment(by=me().person_id, draft=draft, text=form.text.data or "")
            return _back(draft)
    return draft_page(draft, form), 422


@requires(Permission.MODULE_DRAFT_PUBLISH)
def approve(draft_id: uuid.UUID) -> Answer:
    """Say, as a second editor, that the draft may be published as it stands."""
    draft = desk.draft(identity(), draft_id)
    drafts.approve(by=me().person_id, draft=draft, stamp=request.form.get("stamp", ""))
    flash(_("Approved. It can be published as it stands."))
    return _back(draft)


@requires(Permission.MODULE_DRAFT_PUBLISH)
def publish(draft_id: uuid.UUID) -> Answer:
    """Ask once more, then publish to everybody."""
    draft = desk.draft(identity(), draft_id)
    if request.method == "GET":
        return _ask(draft), 200
    try:
        drafts.publish_draft(by=me().person_id, draft=draft, stamp=request.form.get("stamp", ""))
    except ContentErrors:
        return _ask(draft), 422
    flash(_("Published. Everybody learns from the new texts now."))
    return redirect(url_for("publishing.publications"), 303)


@requires(Permission.MODULE_DRAFT_EDIT)
def discard(draft_id: uuid.UUID) -> Answer:
    """Throw a draft away."""
    drafts.discard(draft=desk.draft(identity(), draft_id), stamp=request.form.get("stamp", ""))
    flash(_("Thrown away. What is published stays as it is."))
    return redirect(url_for("publishing.index"), 303)


def draft_page(draft: Draft, form: CommentForm, *, text: str = "") -> str:
    """Draw one draft: its files and problems, who reads it, what they say; `text` looks for another reader."""
    check = checked(desk.texts_of(draft) if draft.is_open else {})
    page, media = desk.draft_page(identity(), draft, check), uploads.of_draft(draft)
    found = people.search(text) if text and page.may_edit else []
    return render("publishing/draft.html", page=page, check=check, text=text, found=found, form=form, media=media)


def _ask(draft: Draft) -> str:
    if not draft.is_open:
        raise NotFound
    check = checked(desk.texts_of(draft))
    page = desk.draft_page(identity(), draft, check)
    return render("publishing/publish.html", page=page, check=check)


def _back(draft: Draft) -> Answer:
    return redirect(url_for("publishing.show", draft_id=draft.id), 303)
