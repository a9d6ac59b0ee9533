"""Readiness, for a load balancer or a person with curl, and the logs: everything for admins, one's own for oneself."""

from __future__ import annotations

import uuid
from typing import Any, Final

import sqlalchemy as sa
from flask import Blueprint, request, url_for

from coach.access.policy import Permission
from coach.db import session
from coach.operations import queries
from coach.operations.names import CHANGES, OUTCOMES, act_of, kind_of
from coach.web.guard import public, requires
from coach.web.reader import identity
from coach.web.templating import render

pages: Final = Blueprint("operations", __name__)


@pages.get("/healthz")
@public
def health() -> tuple[str, int, dict[str, str]]:
    """Say ok when the database answers, 503 when not."""
    try:
        session().execute(sa.text("SELECT 1"))
    except sa.exc.SQLAlchemyError:
        return "unavailable\n", 503, {"Content-Type": "text/plain"}
    return "ok\n", 200, {"Content-Type": "text/plain"}


@pages.get("/admin/audit")
@requires(Permission.AUDIT_LOG_READ)
def audit() -> str:
    """Show who looked at what, or only what was refused."""
    outcome = "denied" if request.args.get("only") == "refused" else None
    found = queries.audit_page(before=_before(), outcome=outcome)
    older = _older(found, "operations.audit", **({"only": "refused"} if outcome else {}))
    rows = [
        (row, kind_of(row.code), act_of(row.code), OUTCOMES.get(row.outcome or "", row.outcome))
        for row in found[: queries.PAGE]
    ]
    return render("operations/audit.html", rows=rows, older=older, shown="refused" if outcome else "looked")


@pages.get("/admin/audit/changes")
@requires(Permission.AUDIT_LOG_READ)
def changes() -> str:
    """Show what was changed about people and accounts."""
    found = queries.changes_page(before=_before())
    rows = [(row, CHANGES[row.code], "", "") for row in found[: queries.PAGE]]
    return render("operations/audit.html", rows=rows, older=_older(found, "operations.changes"), shown="changes")


@pages.get("/account/access")
@requires(Permission.AUDIT_LOG_READ_OWN_ACCESS)
def own_access() -> str:
    """Show who looked at one's own record."""
    found = queries.own_access_page(identity(), before=_before())
    rows = [(row, kind_of(row.code)) for row in found[: queries.PAGE]]
    return render("operations/own_access.html", rows=rows, older=_older(found, "operations.own_access"))


def _before() -> uuid.UUID | None:
    return request.args.get("before", type=uuid.UUID)


def _older(found: list[Any], endpoint: str, **kept: Any) -> str:
    """Give the address of the next page where more rows follow than fit."""
    return url_for(endpoint, before=found[queries.PAGE - 1].id, **kept) if len(found) > queries.PAGE else ""
