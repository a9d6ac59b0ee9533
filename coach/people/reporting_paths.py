"""Every pair of a manager and somebody below, kept true while reporting lines change."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa

from coach.db import dialect, session
from coach.people.models import ReportingPath


def hold_still() -> None:
    """Let nobody else change a reporting line until this transaction ends.

    Two changes that each look right alone can close a circle together. SQLite has one writer anyhow.
    """
    if dialect() == "postgresql":
        session().execute(sa.text("LOCK TABLE reporting_line IN SHARE ROW EXCLUSIVE MODE"))


def is_above(upper: uuid.UUID, lower: uuid.UUID) -> bool:
    """Tell whether one person stands anywhere above another."""
    path = sa.select(ReportingPath.depth).where(ReportingPath.manager_id == upper, ReportingPath.person_id == lower)
    return session().scalar(path) is not None


def redraw(person_id: uuid.UUID, manager_id: uuid.UUID | None) -> None:
    """Cut the person's subtree from what was above it and hang it below the new manager."""
    below = [(person_id, 0), *session().execute(_paths(ReportingPath.manager_id == person_id, ReportingPath.person_id))]
    ids = [row[0] for row in below]
    session().execute(
        sa.delete(ReportingPath).where(ReportingPath.person_id.in_(ids), ReportingPath.manager_id.not_in(ids)),
        execution_options={"synchronize_session": False},
    )
    if manager_id is None:
        return
    above = [
        (manager_id, 1),
        *(
            (r[0], r[1] + 1)
            for r in session().execute(_paths(ReportingPath.person_id == manager_id, ReportingPath.manager_id))
        ),
    ]
    rows = [{"manager_id": up, "person_id": down, "depth": far + deep} for up, far in above for down, deep in below]
    session().execute(sa.insert(ReportingPath), rows)
    session().expire_all()


def _paths(where: Any, column: Any) -> sa.Select[uuid.UUID, int]:
    return sa.select(column, ReportingPath.depth).where(where)
