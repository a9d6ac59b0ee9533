"""What a night does for evidence: calibrate the raters once a month, pool the priors, read every estimate as of now.

The estimates are read after the priors: a page that explains one takes the newest prior, and a list read with an older
one would name another level for the same person. Each step stands by itself in STEPS, so that one that fails keeps none
of the others from running. Time alone changes no finding, and neither does a calibration: nothing is evaluated here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from coach.db import pause, session, unit_of_work
from coach.evidence import calibration, cells, proof
from coach.evidence.models import Cell

PEOPLE_AT_ONCE: Final = 20
"""So many people's cells are read in one transaction: on SQLite everybody else's writing waits for it."""


def calibrate_raters() -> calibration.Raters | None:
    """Calibrate the raters where this month has not seen it yet."""
    due = calibration.raters_are_due()
    pause()
    if not due:
        return None
    with unit_of_work():
        return calibration.calibrate_raters()


def pool_priors() -> calibration.Priors:
    """Pool the prior of every role and skill."""
    with unit_of_work():
        return calibration.calibrate()


def refresh() -> None:
    """Read every cell as of now, each chunk of people in a transaction of its own."""
    for _ in refreshed():
        pass


def people() -> int:
    """Count the people who have a cell: how far `refreshed` has to go."""
    return session().scalar(sa.select(sa.func.count(sa.distinct(Cell.person_id)))) or 0


def refreshed() -> Iterator[tuple[int, int]]:
    """Read every cell as of now, a few people a transaction; yield after each how many people and cells it held."""
    who = list(session().scalars(sa.select(Cell.person_id).distinct().order_by(Cell.person_id)))
    pause()
    for start in range(0, len(who), PEOPLE_AT_ONCE):
        some = who[start : start + PEOPLE_AT_ONCE]
        with unit_of_work():
            read = cells.refresh(session().scalars(sa.select(Cell).where(Cell.person_id.in_(some))))
        yield len(some), read


def recount_teams() -> int:
    """Count every team's sums anew from its members' cells."""
    with unit_of_work():
        return proof.recount_teams()


STEPS: Final = (calibrate_raters, pool_priors, refresh, recount_teams)
