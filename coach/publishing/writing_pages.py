"""Views: write in a draft's files, see them as readers will, see what changed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from io import BytesIO

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from coach.access.identity import Capability
from coach.access.policy import Permission
from coach.content.spec import fingerprint_of
from coach.db import discard
from coach.errors import Invalid, NotFound
from coach.publishing import blanks, desk, drafts, shelves, uploads
from coach.publishing.checking import Checked, checked
from coach.publishing.differences import difference
from coach.publishing.forms import FileForm, LessonForm, TitleForm
from coach.publishing.models import LONGEST_PATH, Draft, DraftFile
from coach.publishing.preview import HOLDS_KEYS
from coach.publishing.preview import preview as shown
from coach.publishing.queries import published_text, published_texts
from coach.web.edge import takes_upload
from coach.web.forms import number
from coach.web.guard import requires
from coach.web.language import language, t
from coach.web.reader import identity, me
from coach.web.templating import render


@requires(Permission.MODULE_DRAFT_EDIT)
def edit(draft_id: uuid.UUID, path: str) -> Answer:
    """Edit a file of a draft; what is wrong with it stands at its lines."""
    draft = desk.draft(identity(), draft_id)
    if len(path) > LONGEST_PATH:
        raise NotFound
    row, stands = _row(draft, path), published_text(path)
    form = FileForm.of(version=_version(row), base=_base(stands), text=_text(row, stands))
    if form.was_sent and form.validate():
        _write(draft, path, form)
        flash(_("Saved in the draft."))
        preview_next = request.form.get("then") == "preview"
        return redirect(url_for(_PREVIEW if preview_next else _EDIT, draft_id=draft_id, path=path), 303)
    return _edit_page(draft, path, form, row, stands)


@requires(Permission.MODULE_DRAFT_READ)
def preview(draft_id: uuid.UUID, path: str) -> Answer:
    """Show a file as its readers will see it; answers to editors alone."""
    draft = desk.draft(identity(), draft_id)
    check = checked(desk.texts_of(draft))
    if path not in check.reading.sources:
        raise NotFound
    return render(
        "publishing/preview.html",
        draft=draft,
        path=path,
        page=shown(check.reading, path, lang := _language_of(path), with_keys=is_editor()),
        check=check,
        lang=lang,
        title=shelves.title_of(check.reading, path),
        may_edit=is_editor() and draft.is_open,
    )


@requires(Permission.MODULE_DRAFT_READ)
def changes(draft_id: uuid.UUID) -> Answer:
    """Show what the draft changes, line by line; files with answers to editors alone."""
    draft = desk.draft(identity(), draft_id)
    texts = {
        path: text for path, text in desk.texts_of(draft).items() if is_editor() or not path.startswith(HOLDS_KEYS)
    }
    stands = published_texts(texts)
    rows = [difference(path, stands.get(path), text) for path, text in texts.items()]
    return render("publishing/changes.html", draft=draft, rows=rows)


@requires(Permission.MODULE_DRAFT_EDIT)
def rename(draft_id: uuid.UUID) -> Answer:
    """Give a draft another title."""
    draft = desk.draft(identity(), draft_id)
    form = TitleForm.of(title=draft.title, version=draft.version)
    if form.was_sent and form.validate():
        with form.catching():
            drafts.hold(draft)
            form.refuse_stale(draft.version, lambda: TitleForm(None, title=draft.title))
            drafts.rename(draft=draft, title=form.title.data or "")
            return redirect(url_for("publishing.show", draft_id=draft_id), 303)
    return render("publishing/rename.html", draft=draft, form=form), form.status


@requires(Permission.MODULE_DRAFT_EDIT)
def new_lesson(draft_id: uuid.UUID) -> Answer:
    """Begin a lesson in both languages, in a module that there is or in a new one."""
    draft = desk.draft(identity(), draft_id)
    reading = checked(desk.texts_of(draft)).reading
    form = LessonForm.of(module=request.args.get("module", "")[:60]).choose_from(reading)
    if form.was_sent and form.validate():
        with form.catching():
            begun = blanks.new_lesson(reading, form.wanted())
            _keep(draft, begun)
            path = next(path for path in begun if path.endswith(".en.md"))
            return redirect(url_for(_EDIT, draft_id=draft_id, path=path), 303)
    return render("publishing/new_lesson.html", draft=draft, form=form, reading=reading), form.status


@requires(Permission.MODULE_DRAFT_EDIT)
def new_item(draft_id: uuid.UUID) -> Answer:
    """Begin a question at the end of a skill's file."""
    draft, skill = desk.draft(identity(), draft_id), request.form.get("skill", "")
    reading = checked(desk.texts_of(draft)).reading
    if skill not in {each.id for each in (reading.framework.skills if reading.framework else ())}:
        raise NotFound
    _keep(draft, blanks.new_item(reading, skill, 2))
    return redirect(url_for(_EDIT, draft_id=draft_id, path=f"items/{skill}.yml"), 303)


@takes_upload
@requires(Permission.MODULE_DRAFT_EDIT)
def upload(draft_id: uuid.UUID) -> Answer:
    """Take in a picture, sound or video for the draft's texts."""
    draft, sent = desk.draft(identity(), draft_id), request.files.get("file")
    stream, name = (sent.stream, sent.filename or "") if sent else (BytesIO(), "")
    try:
        uploads.add(by=me().person_id, draft=draft, stream=stream, filename=name)
    except Invalid as error:
        discard()
        flash(t(error.message), "error")
    return redirect(url_for("publishing.show", draft_id=draft_id, _anchor="media"), 303)


@requires(Permission.MODULE_DRAFT_EDIT)
def take_out(draft_id: uuid.UUID) -> Answer:
    """Take a file out of the library, once the draft is published."""
    draft, path = _chosen(draft_id)
    seen, base = number(request.form.get("version")), _base(published_text(path)) or None
    drafts.write(by=me().person_id, draft=draft, path=path, text=None, version=seen, base=base)
    return redirect(url_for("publishing.show", draft_id=draft_id), 303)


@requires(Permission.MODULE_DRAFT_EDIT)
def put_back(draft_id: uuid.UUID) -> Answer:
    """Leave a file as it is published."""
    draft, path = _chosen(draft_id)
    drafts.put_back(draft=draft, path=path, version=number(request.form.get("version")))
    return redirect(url_for("publishing.show", draft_id=draft_id), 303)


@requires(Permission.MODULE_DRAFT_EDIT)
def rebase(draft_id: uuid.UUID) -> Answer:
    """Say that a file takes account of what was published meanwhile."""
    draft, path = _chosen(draft_id)
    drafts.rebase(by=me().person_id, draft=draft, path=path, base=request.form.get("base", "")[:64] or None)
    return redirect(url_for(_EDIT, draft_id=draft_id, path=path), 303)


def is_editor() -> bool:
    """Tell whether the reader may write and see answers."""
    return identity().can(Capability.EDITOR)


_EDIT, _PREVIEW = "publishing.edit", "publishing.preview"


def _write(draft: Draft, path: str, form: FileForm) -> None:
    drafts.write(
        by=me().person_id,
        draft=draft,
        path=path,
        text=form.text.data or "",
        version=form.seen,
        base=form.base.data or None,
    )


def _language_of(path: str) -> str:
    """Read which language a preview is asked for in: by its address, else its file's, else the reader's."""
    lang = request.args.get("lang") or (path.rsplit(".", 2)[1] if path.endswith(".md") else language())
    return lang if lang in ("en", "ko") else "en"


def _edit_page(draft: Draft, path: str, form: FileForm, row: DraftFile | None, stands: str | None) -> Answer:
    texts = {**desk.texts_of(draft), **({path: form.text.data} if form.was_sent else {})}
    check = checked(texts)
    now = _base(stands)
    moved = difference(path, row.text, stands) if row and desk.has_moved(row, now or None) else None
    page = render(
        "publishing/edit.html",
        draft=draft,
        path=path,
        form=form,
        row=row,
        check=check,
        moved=moved,
        now=now,
        lines=_lines(form.text.data or "", check, path),
        title=shelves.title_of(check.reading, path),
        media=uploads.of_draft(draft),
    )
    return page, form.status


def _lines(text: str, check: Checked, path: str) -> list[tuple[str, bool]]:
    bad = {problem.line for problem in check.of(path)}
    return [(line, number in bad) for number, line in enumerate(text.split("\n"), 1)]


def _row(draft: Draft, path: str) -> DraftFile | None:
    return next((file for file in drafts.files_of(draft) if file.path == path), None)


def _text(row: DraftFile | None, stands: str | None) -> str:
    return (row.text if row and row.text is not None else stands) or ""


def _version(row: DraftFile | None) -> int:
    return row.version if row else 0


def _base(stands: str | None) -> str:
    return "" if stands is None else fingerprint_of(stands)


def _chosen(draft_id: uuid.UUID) -> tuple[Draft, str]:
    draft, path = desk.draft(identity(), draft_id), request.form.get("path", "")
    if not 0 < len(path) <= LONGEST_PATH or (published_text(path) is None and _row(draft, path) is None):
        raise NotFound
    return draft, path


def _keep(draft: Draft, texts: Mapping[str, str]) -> None:
    """Put begun files into a draft, on top of what it holds."""
    held = {file.path: file for file in drafts.files_of(draft)}
    stands = published_texts(texts)
    for path, text in texts.items():
        base = _base(stands.get(path)) or None
        drafts.write(by=me().person_id, draft=draft, path=path, text=text, version=_version(held.get(path)), base=base)
