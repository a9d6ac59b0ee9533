"""The edge of a request: one transaction, one answer for each form, and what is written after the answer."""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from flask import Flask, Response, current_app, g, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from coach import clock
from coach.activity.services import Note, audit
from coach.db import (
    bare,
    bare_upsert,
    begin_writing,
    dialect,
    discard,
    end_writing,
    pause,
    run,
    save,
    session,
    unit_of_work,
)  # fmt: skip
from coach.errors import Invalid, NotFound
from coach.web.models import LONGEST_PLACE, SpentKey
from coach.web.reader import reader
from coach.words import Message

log = logging.getLogger("didim.edge")
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_KEYLESS: Final = "__didim_keyless__"
_UPLOAD: Final = "__didim_upload__"
_LONGEST_KEY: Final = 64


def install(app: Flask) -> None:
    """Attach the edge to an application, before any blueprint adds hooks of its own."""
    app.before_request(_open)
    app.after_request(_close)
    app.teardown_request(_forget)


def keyless(view: Any) -> Any:
    """Mark an unsafe view that needs no single-use key, because doing it twice changes nothing more."""
    setattr(view, _KEYLESS, True)
    return view


def takes_upload(view: Any) -> Any:
    """Mark a view that files are sent to: its body may be larger, once it is known who sends it."""
    setattr(view, _UPLOAD, True)
    return view


def form_key() -> str:
    """Make a single-use key for a form on this page."""
    return secrets.token_urlsafe(24)


def _open() -> None:
    if request.method not in SAFE and getattr(current_app.view_functions.get(request.endpoint or ""), _UPLOAD, False):
        _receive()
    end_writing() if request.method in SAFE else begin_writing()
    if "\0" in request.path or _holds_nul(request.args):
        raise NotFound  # no address of ours holds a NUL
    if request.method not in SAFE and _holds_nul(request.form):
        raise Invalid(Message("A character in this cannot be kept. Go back, type the text anew and send it again."))


def _holds_nul(sent: MultiDict[str, str]) -> bool:
    """Tell whether a name or any of its texts holds a NUL, which PostgreSQL stores in no text."""
    return any("\0" in text for pair in sent.items(multi=True) for text in pair)


def _receive() -> None:
    """Take in the body of an upload before the request's transaction begins: a slow line then holds no lock.

    Only somebody who is signed in may send a large one; the files wait on disk until the view reads them.
    """
    end_writing()
    if reader() is not None:
        request.max_content_length = current_app.config["LARGEST_UPLOAD"]
    pause()
    request.files  # noqa: B018 -- reading it is what takes the body in


def spend_key() -> AnyResponse | None:
    """Take the form's single-use key; a key already spent gets the answer it got the first time.

    A key that is being spent by another request makes this one wait for it (unique key, same transaction as the work).
    """
    if request.method in SAFE or request.endpoint is None:
        return None
    if getattr(current_app.view_functions[request.endpoint], _KEYLESS, False):
        return None
    key = request.form.get("form_key", "")
    if not 0 < len(key) <= _LONGEST_KEY:
        raise Invalid(Message("This form is incomplete. Open the page again and send it from there."))
    person = reader()
    row = {
        "key": key,
        "person_id": person.person_id if person else None,
        "spent_at": clock.now(),
        "status": 0,
        "location": "",
    }
    if run(_spend(dialect()), row).scalar_one_or_none() is not None:
        g.form_key = key
        return None
    return _same_answer(key, row["person_id"])


@cache
def _spend(engine: str) -> Any:
    return bare_upsert(SpentKey, engine).on_conflict_do_nothing(index_elements=["key"]).returning(sa.column("key"))


_SPENT: Final = bare(SpentKey)
_ANSWER: Final = (
    sa.update(_SPENT)
    .where(_SPENT.c.key == sa.bindparam("spent"))
    .values(status=sa.bindparam("status"), location=sa.bindparam("location"))
)


def _same_answer(key: str, person_id: Any) -> AnyResponse:
    spent = session().execute(sa.select(SpentKey).where(SpentKey.key == key)).scalar_one()
    if spent.person_id != person_id or not spent.location:
        raise Invalid(Message("This form was already sent. Open the page again to see where things stand."))
    return redirect(spent.location, spent.status if 300 <= spent.status < 400 else 303)  # a page is got again


def _close(response: Response) -> Response:
    if request.method not in SAFE:
        if response.status_code < 400:
            _keep(response)
        else:
            discard()
    notes, is_due = g.pop("after_answer", []), _is_due()
    if notes or is_due:
        person = reader()
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- the proxy is gone by then
        response.call_on_close(lambda: _write_after(app, notes, person, is_alive=is_due))
    return response


def _keep(response: Response) -> None:
    """Commit the work, and with it the audit of what was looked at for it."""
    notes, person = g.pop("after_answer", []), reader()
    if notes:
        audit(notes, by=person.person_id if person else None)
    if "form_key" in g:
        place = response.headers.get("Location", request.path)
        kept = place if len(place) <= LONGEST_PLACE else "/"
        run(_ANSWER, {"spent": g.form_key, "status": response.status_code, "location": kept})
    save()


def _is_due() -> bool:
    person = reader() if "_login_user" in g else None
    return person is not None and clock.now() - person.last_seen_at > timedelta(minutes=5)


def _write_after(app: Flask, notes: list[Any], person: Any, *, is_alive: bool) -> None:
    """Write audit entries and the sign of life; a failure is logged, the answer is already out."""
    with app.app_context():
        try:
            with unit_of_work():
                audit([n for n in notes if isinstance(n, Note)], by=person.person_id if person else None)
                if is_alive and person is not None:
                    app.extensions["didim"].seen(person.session_id)
        except Exception:
            log.exception("what belongs after the answer was not written")


def _forget(_error: BaseException | None) -> None:
    discard()
    end_writing()
