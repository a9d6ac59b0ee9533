"""Errors to answers: the one place where a status code is chosen for something that went wrong."""

from __future__ import annotations

import logging
from typing import Any, Final

from flask import Flask, current_app, g, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from coach.db import discard
from coach.errors import Conflict, DidimError, Forbidden, Invalid, NotFound
from coach.web.guard import PUBLIC, guard_of
from coach.web.reader import reader
from coach.web.templating import render
from coach.words import Message

log = logging.getLogger("didim.errors")
_MEGABYTE: Final = 1024 * 1024
_STATUS: dict[type[DidimError], int] = {NotFound: 404, Forbidden: 403, Invalid: 422, Conflict: 409}
_TITLES = {
    400: Message("This form has expired"),
    401: Message("Please sign in"),
    403: Message("Not open to you"),
    404: Message("Nothing here"),
    405: Message("That is not possible here"),
    409: Message("Changed in the meantime"),
    413: Message("That is too large"),
    422: Message("Something to fix"),
    429: Message("Too many tries"),
    500: Message("Something went wrong on our side"),
    503: Message("Busy at the moment"),
}
_SENTENCES = {
    400: Message("Go back, open the page again and send it once more. What you typed is still there when you go back."),
    401: Message("Sign in, then open the page again."),
    403: Message("This is not open to your account. Ask your manager if you need it."),
    404: Message("We could not find that page. It may have moved, or it is not yours to see."),
    405: Message("Go back and use the button on the page."),
    429: Message("Wait a minute, then try again."),
    500: Message("Nothing was saved. Go back and try again; if it happens again, tell an admin."),
    503: Message("Nothing was saved. Wait a moment and try again."),
}


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DidimError, _told)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(
        StaleDataError, lambda _error: _told(Conflict(Message("Somebody changed this while you had it open.")))
    )
    app.register_error_handler(IntegrityError, _raced)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def page(status: int, message: Message | None = None, **values: Any) -> tuple[str, int]:
    """Render the error page, or for htmx its fragment."""
    discard()
    g.pop("form_key", None)
    template = "errors/fragment.html" if request.headers.get("HX-Request") else "errors/page.html"
    title = _TITLES.get(status, _TITLES[500])
    message = message or _SENTENCES.get(status, _SENTENCES[500])
    return render(template, title=title, message=message, status=status, **values), status


def _expired(_error: CSRFError) -> tuple[str, int]:
    return page(401 if _is_signed_out() else 400)


def _is_signed_out() -> bool:
    """Tell whether the sender of a form signed out meanwhile, perhaps beside it."""
    is_open = request.endpoint is None or guard_of(current_app, request.endpoint) == PUBLIC
    return not is_open and reader() is None


def _told(error: DidimError) -> tuple[str, int]:
    if isinstance(error, Conflict):
        return page(409, error.message, current=error.current, typed=error.typed)
    return page(_STATUS[type(error)], error.message)


def _http(error: HTTPException) -> Any:
    if error.code == 413:
        return page(401) if _is_signed_out() else page(413, _too_large())
    return error if error.code is None or error.code < 400 else page(error.code)


def _too_large() -> Message:
    """Name the limit that held, of the whole or of what was typed, and the way out."""
    most, sent = request.max_content_length or 0, request.content_length
    if sent is None or sent > most:
        return Message(
            "At most %(megabytes)s MB can be sent at once. Go back and choose a smaller file, or send less. "
            "What you typed is still there when you go back.",
            megabytes=most // _MEGABYTE,
        )
    return Message(
        "At most %(megabytes)s MB of text can be sent at once. Go back and shorten or divide it. "
        "What you typed is still there when you go back.",
        megabytes=(request.max_form_memory_size or most) // _MEGABYTE,
    )


def _raced(error: IntegrityError) -> tuple[str, int]:
    """Answer whoever lost a race on a unique constraint: the other one was kept."""
    log.warning("a constraint refused a row: %s", error.orig)
    return _told(Conflict(Message("Somebody changed this at the same moment. Open the page again and send it again.")))


def _busy(error: OperationalError) -> tuple[str, int]:
    log.error("the database did not answer", exc_info=error)
    return page(503)


def _broken(error: Exception) -> tuple[str, int]:
    log.error("unhandled", exc_info=error)
    return page(500)
