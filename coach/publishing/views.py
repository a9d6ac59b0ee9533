"""Pages of authoring: the table of contents, the author's desk, and one draft."""

from __future__ import annotations

import uuid
from typing import Final

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer

from coach.access.policy import Permission
from coach.media.serving import answer
from coach.publishing import desk, drafts, history, history_pages, review_pages, shelves, uploads, writing_pages
from coach.publishing.checking import checked
from coach.publishing.forms import CommentForm, DraftForm
from coach.publishing.models import LONGEST_PATH
from coach.web.guard import requires
from coach.web.reader import identity, me
from coach.web.templating import render

pages: Final = Blueprint("publishing", __name__)
_BOTH: Final = ("GET", "POST")
_POST: Final = ("POST",)
_ONE: Final = "/author/drafts/<uuid:draft_id>"

pages.add_url_rule(f"{_ONE}/files/<path:path>", view_func=writing_pages.edit, methods=_BOTH)
pages.add_url_rule(f"{_ONE}/preview/<path:path>", view_func=writing_pages.preview)
pages.add_url_rule(f"{_ONE}/title", view_func=writing_pages.rename, methods=_BOTH)
pages.add_url_rule(f"{_ONE}/changes", view_func=writing_pages.changes)
pages.add_url_rule(f"{_ONE}/lessons/new", view_func=writing_pages.new_lesson, methods=_BOTH)
pages.add_url_rule(f"{_ONE}/items/new", view_func=writing_pages.new_item, methods=_POST)
pages.add_url_rule(f"{_ONE}/take-out", view_func=writing_pages.take_out, methods=_POST)
pages.add_url_rule(f"{_ONE}/put-back", view_func=writing_pages.put_back, methods=_POST)
pages.add_url_rule(f"{_ONE}/rebase", view_func=writing_pages.rebase, methods=_POST)
pages.add_url_rule(f"{_ONE}/readers", view_func=review_pages.invite, methods=_POST)
pages.add_url_rule(f"{_ONE}/readers/<uuid:person_id>/remove", view_func=review_pages.uninvite, methods=_POST)
pages.add_url_rule(f"{_ONE}/media", view_func=writing_pages.upload, methods=_POST)
pages.add_url_rule(f"{_ONE}/comments", view_func=review_pages.comment, methods=_POST)
pages.add_url_rule(f"{_ONE}/approve", view_func=review_pages.approve, methods=_POST)
pages.add_url_rule(f"{_ONE}/publish", view_func=review_pages.publish, methods=_BOTH)
pages.add_url_rule(f"{_ONE}/discard", view_func=review_pages.discard, methods=_POST)
pages.add_url_rule("/author/history", view_func=history_pages.publications)
pages.add_url_rule("/author/history/<uuid:publication_id>", view_func=history_pages.publication)
pages.add_url_rule("/author/history/<uuid:publication_id>/undo", view_func=history_pages.undo, methods=_POST)


@pages.get("/author")
@requires(Permission.MODULE_DRAFT_READ)
def index() -> Answer:
    """Show the drafts that I may read, and to an editor all files of the library."""
    return _desk(DraftForm(None))


@pages.post("/author/drafts")
@requires(Permission.MODULE_DRAFT_EDIT)
def begin() -> Answer:
    """Begin a draft, with a file to edit where one was chosen."""
    form, path = DraftForm.of(), request.form.get("path", "")[:LONGEST_PATH]
    if form.validate():
        with form.catching():
            draft = drafts.begin(by=me().person_id, title=form.title.data or "")
            if path:
                return redirect(url_for("publishing.edit", draft_id=draft.id, path=path), 303)
            return redirect(url_for("publishing.show", draft_id=draft.id), 303)
    return _desk(form, path), 422


@pages.get("/author/files/<path:path>")
@requires(Permission.MODULE_DRAFT_EDIT)
def file(path: str) -> Answer:
    """Show a published file, what it was before, and where it can be edited."""
    page = history.file_page(path)
    title = shelves.title_of(checked({}).reading, path)
    return render("publishing/file.html", page=page, title=title, drafts=desk.drafts(identity()))


@pages.get("/media/<uuid:media_id>")
@requires(Permission.MODULE_PUBLISHED_READ)
def media(media_id: uuid.UUID) -> Answer:
    """Serve a picture, sound or video of a lesson: published, or of a draft that the reader may read."""
    return answer(uploads.shown_to(identity(), media_id))


@pages.get(_ONE)
@requires(Permission.MODULE_DRAFT_READ)
def show(draft_id: uuid.UUID) -> Answer:
    """Show one draft: its files and problems, who reads it, what they say."""
    draft, text = desk.draft(identity(), draft_id), request.args.get("who", "").strip()[:80]
    return review_pages.draft_page(draft, CommentForm(None), text=text)


def _desk(form: DraftForm, path: str = "") -> str:
    """Draw the desk; `form` begins a draft, with the file at `path` where one was chosen."""
    asked = {name: request.args.get(name, "").strip()[:80] for name in ("q", "skill", "role")}
    reading = checked({}).reading if writing_pages.is_editor() else None
    return render(
        "publishing/index.html",
        drafts=desk.drafts(identity()),
        shelves=shelves.shelves(reading, text=asked["q"], skill=asked["skill"], role=asked["role"]) if reading else [],
        asked=asked,
        framework=reading.framework if reading else None,
        form=form,
        path=path,
    )
