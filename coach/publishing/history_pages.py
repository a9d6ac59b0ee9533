"""Views: what was published, what that changed, and how to take it back."""

from __future__ import annotations

import uuid
from typing import Final

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from coach.access.policy import Permission
from coach.publishing import drafts, history
from coach.web.guard import requires
from coach.web.reader import me
from coach.web.templating import render

MOST_FILES: Final = 30


@requires(Permission.MODULE_DRAFT_EDIT)
def publications() -> Answer:
    """List what was published."""
    return render("publishing/history.html", rows=history.publications())


@requires(Permission.MODULE_DRAFT_EDIT)
def publication(publication_id: uuid.UUID) -> Answer:
    """Show what one publication changed."""
    row = history.publication_row(publication_id)
    rows = history.differences(publication_id, most=MOST_FILES)
    return render("publishing/publication.html", row=row, rows=rows, left=row.files - len(rows))


@requires(Permission.MODULE_DRAFT_EDIT)
def undo(publication_id: uuid.UUID) -> Answer:
    """Make a draft with the texts that stood before."""
    before = history.publication_row(publication_id)
    title = _("Undo: %(title)s", title=before.title or _("From the content folder"))
    draft = drafts.undo(by=me().person_id, publication=history.publication(publication_id), title=title)
    flash(_("This draft holds the texts from before. Publish it to bring them back."))
    return redirect(url_for("publishing.show", draft_id=draft.id), 303)
